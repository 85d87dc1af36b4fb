"""The tables as Django made them from the models."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import helder.registers.scans.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("party", models.SlugField(max_length=40)),
                ("questionnaire", models.CharField(max_length=40)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("sufficient", "voldoende"),
                            ("conditions", "voldoende onder voorwaarden"),
                            ("insufficient", "onvoldoende"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reasons", models.TextField()),
                ("basis", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ScanAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("current", models.BooleanField(default=True, editable=False)),
                ("withdrawn", models.BooleanField(default=False, editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("why", models.CharField(blank=True, max_length=400, verbose_name="reden van de wijziging")),
                ("party", models.SlugField(max_length=40, verbose_name="partij")),
                (
                    "questionnaire",
                    models.CharField(
                        choices=helder.registers.scans.models._versions,
                        default=helder.registers.scans.models._default,
                        max_length=40,
                        verbose_name="vragenlijst",
                    ),
                ),
                ("question", models.SlugField(max_length=40, verbose_name="vraag")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("yes", "ja"),
                            ("partly", "gedeeltelijk"),
                            ("no", "nee"),
                            ("not_applicable", "niet van toepassing"),
                            ("unknown", "niet bekend"),
                        ],
                        max_length=14,
                        verbose_name="antwoord",
                    ),
                ),
                (
                    "rests_on",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("said", "alleen gezegd"),
                            ("document", "document gezien"),
                            ("audit", "onafhankelijke toets"),
                            ("tested", "zelf nagegaan"),
                        ],
                        max_length=8,
                        verbose_name="waarop het berust",
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=400, verbose_name="bewijs")),
                ("seen_on", models.DateField(blank=True, null=True, verbose_name="gezien op")),
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
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "version"), name="scananswer_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("entry",), name="scananswer_one_current_version"
                    ),
                ],
            },
        ),
    ]
