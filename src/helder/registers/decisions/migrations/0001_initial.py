"""The tables as Django made them from the models."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("current", models.BooleanField(default=True, editable=False)),
                ("withdrawn", models.BooleanField(default=False, editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("why", models.CharField(blank=True, max_length=400, verbose_name="reden van de wijziging")),
                ("what", models.CharField(max_length=400, verbose_name="besluit")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("crisis", "besluit in de crisis"),
                            ("waiver", "afwijking van een regel"),
                            ("no_letter", "waarom geen brief (AVG art. 34)"),
                            ("risk", "oordeel over het risico"),
                            ("other", "anders"),
                        ],
                        default="crisis",
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                ("by", models.CharField(max_length=160, verbose_name="wie besloot (functie)")),
                ("decided", models.DateTimeField(default=django.utils.timezone.now, verbose_name="wanneer")),
                ("information", models.TextField(verbose_name="op grond van welke informatie")),
                ("alternatives", models.TextField(blank=True, verbose_name="wat niet is gekozen, en waarom")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="opnieuw bekijken op")),
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
                    models.UniqueConstraint(fields=("entry", "version"), name="decision_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("entry",), name="decision_one_current_version"
                    ),
                ],
            },
        ),
    ]
