"""The tables as Django made them from the models."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import helder.registers.numbers.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Number",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("current", models.BooleanField(default=True, editable=False)),
                ("withdrawn", models.BooleanField(default=False, editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("why", models.CharField(blank=True, max_length=400, verbose_name="reden van de wijziging")),
                ("name", models.SlugField(max_length=40, verbose_name="korte naam, om te citeren als [[naam]]")),
                (
                    "query",
                    models.CharField(
                        choices=helder.registers.numbers.models._choices,
                        max_length=120,
                        verbose_name="wat er geteld wordt",
                    ),
                ),
                ("assessment", models.SlugField(default="current", max_length=40, verbose_name="beoordeling")),
                ("value", models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="getal")),
                ("unit", models.CharField(blank=True, editable=False, max_length=8, verbose_name="eenheid")),
                ("exactness", models.CharField(blank=True, editable=False, max_length=8, verbose_name="hoe precies")),
                ("as_of", models.DateField(blank=True, editable=False, null=True, verbose_name="peildatum")),
                ("result", models.CharField(blank=True, editable=False, max_length=64, verbose_name="uitkomst")),
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
                    models.UniqueConstraint(fields=("entry", "version"), name="number_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("entry",), name="number_one_current_version"
                    ),
                ],
            },
        ),
    ]
