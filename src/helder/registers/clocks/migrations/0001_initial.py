"""The tables as Django made them from the models."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import helder.registers.clocks.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Clock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("current", models.BooleanField(default=True, editable=False)),
                ("withdrawn", models.BooleanField(default=False, editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("why", models.CharField(blank=True, max_length=400, verbose_name="reden van de wijziging")),
                (
                    "duty",
                    models.CharField(
                        choices=helder.registers.clocks.models._choices, max_length=40, verbose_name="plicht"
                    ),
                ),
                ("party", models.SlugField(max_length=40, verbose_name="wie moet het doen")),
                ("to", models.CharField(max_length=80, verbose_name="aan wie")),
                (
                    "started",
                    models.DateTimeField(
                        blank=True,
                        help_text="het moment van de gebeurtenis waarmee de plicht begint",
                        null=True,
                        verbose_name="begonnen op",
                    ),
                ),
                ("met", models.DateTimeField(blank=True, null=True, verbose_name="gedaan op")),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="reden als het later was")),
                ("extended", models.BooleanField(default=False, verbose_name="verlengd, en dat is gezegd")),
                (
                    "asked_regulator",
                    models.BooleanField(
                        default=False, verbose_name="voorgelegd aan de toezichthouder, nog geen oordeel"
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
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "version"), name="clock_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("entry",), name="clock_one_current_version"
                    ),
                ],
            },
        ),
    ]
