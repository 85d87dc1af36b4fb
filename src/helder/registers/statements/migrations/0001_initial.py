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
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("current", models.BooleanField(default=True, editable=False)),
                ("withdrawn", models.BooleanField(default=False, editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("why", models.CharField(blank=True, max_length=400, verbose_name="reden van de wijziging")),
                ("said_on", models.DateField(verbose_name="dag")),
                ("issuer", models.SlugField(max_length=40, verbose_name="wie het zei")),
                ("words", models.CharField(max_length=400, verbose_name="wat er gezegd is")),
                ("number", models.BigIntegerField(blank=True, null=True, verbose_name="getal")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("records", "records"),
                            ("people", "mensen"),
                            ("letters", "brieven"),
                            ("none", "geen getal"),
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="waarvan",
                    ),
                ),
                (
                    "exactness",
                    models.CharField(
                        choices=[("exact", "precies"), ("approximate", "ongeveer"), ("unknown", "niet gezegd")],
                        default="unknown",
                        max_length=12,
                        verbose_name="hoe precies",
                    ),
                ),
                (
                    "corrects",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="verbetert een eerdere uitspraak (welke)"
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="bron")),
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
                "indexes": [models.Index(fields=["current", "said_on"], name="statements__current_e242f5_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "version"), name="statement_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("entry",), name="statement_one_current_version"
                    ),
                ],
            },
        ),
    ]
