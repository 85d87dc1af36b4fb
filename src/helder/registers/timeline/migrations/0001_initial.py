"""The tables as Django made them from the models."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import helder.registers.timeline.rules


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("current", models.BooleanField(default=True, editable=False)),
                ("withdrawn", models.BooleanField(default=False, editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("why", models.CharField(blank=True, max_length=400, verbose_name="reden van de wijziging")),
                ("what", models.CharField(max_length=300, verbose_name="wat er gebeurde")),
                (
                    "party",
                    models.SlugField(
                        help_text="staat ze er niet bij, zet haar dan bij Partijen",
                        max_length=40,
                        verbose_name="van wie of wat",
                    ),
                ),
                ("on", models.DateField(blank=True, null=True, verbose_name="dag")),
                ("time", models.TimeField(blank=True, null=True, verbose_name="tijd")),
                ("zone", models.CharField(default="Europe/Amsterdam", max_length=40, verbose_name="tijdzone")),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            (helder.registers.timeline.rules.Precision["MOMENT"], "op dit moment"),
                            (helder.registers.timeline.rules.Precision["DATE"], "op deze dag"),
                            (helder.registers.timeline.rules.Precision["WEEK"], "in de week van"),
                            (helder.registers.timeline.rules.Precision["MONTH"], "in de maand van"),
                            (helder.registers.timeline.rules.Precision["UNKNOWN"], "onbekend wanneer"),
                        ],
                        default=helder.registers.timeline.rules.Precision["DATE"],
                        max_length=10,
                        verbose_name="hoe precies bekend",
                    ),
                ),
                ("until", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                ("known_by", models.CharField(blank=True, max_length=200, verbose_name="wie het toen wist")),
                ("source", models.CharField(max_length=300, verbose_name="bron")),
                (
                    "document_sha256",
                    models.CharField(
                        blank=True,
                        max_length=64,
                        validators=[django.core.validators.RegexValidator("^[0-9a-f]{64}$")],
                        verbose_name="SHA-256 van het brondocument",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("confirmed", "bevestigd"),
                            ("several", "meer bronnen"),
                            ("single", "één bron"),
                            ("claimed", "alleen beweerd"),
                        ],
                        default="confirmed",
                        max_length=12,
                        verbose_name="zekerheid",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["current", "withdrawn", "on"], name="timeline_ev_current_8633ee_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "version"), name="event_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("entry",), name="event_one_current_version"
                    ),
                ],
            },
        ),
    ]
