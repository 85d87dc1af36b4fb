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
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("current", models.BooleanField(default=True, editable=False)),
                ("withdrawn", models.BooleanField(default=False, editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("why", models.CharField(blank=True, max_length=400, verbose_name="reden van de wijziging")),
                (
                    "name",
                    models.SlugField(help_text="zo haalt een brief hem aan", max_length=60, verbose_name="korte naam"),
                ),
                ("words_nl", models.CharField(max_length=400, verbose_name="in het Nederlands")),
                ("words_en", models.CharField(max_length=400, verbose_name="in het Engels")),
                ("owner", models.CharField(max_length=120, verbose_name="eigenaar")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "voorgenomen"),
                            ("active", "van kracht"),
                            ("done", "uitgevoerd"),
                            ("stopped", "gestopt"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="sinds")),
                ("until", models.DateField(blank=True, null=True, verbose_name="geldt tot en met")),
                ("evidence", models.CharField(blank=True, max_length=400, verbose_name="bewijs")),
                (
                    "answers",
                    models.CharField(blank=True, max_length=300, verbose_name="bij welke bevinding of welk risico"),
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
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "version"), name="measure_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("entry",), name="measure_one_current_version"
                    ),
                ],
            },
        ),
    ]
