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
            name="Point",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("current", models.BooleanField(default=True, editable=False)),
                ("withdrawn", models.BooleanField(default=False, editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("why", models.CharField(blank=True, max_length=400, verbose_name="reden van de wijziging")),
                ("request", models.CharField(max_length=160, verbose_name="verzoek (van wie, datum)")),
                ("number", models.CharField(max_length=20, verbose_name="punt")),
                ("asked", models.TextField(verbose_name="wat er gevraagd wordt")),
                ("owner", models.CharField(max_length=120, verbose_name="wie het antwoord schrijft")),
                ("due", models.DateField(blank=True, null=True, verbose_name="uiterlijk")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("drafted", "antwoord in concept"),
                            ("answered", "beantwoord"),
                            ("not_ours", "niet aan ons"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="stand",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="antwoord")),
                (
                    "actions",
                    models.CharField(blank=True, max_length=300, verbose_name="acties: korte namen van maatregelen"),
                ),
                ("evidence", models.CharField(blank=True, max_length=400, verbose_name="bewijs")),
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
                    models.UniqueConstraint(fields=("entry", "version"), name="point_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("entry",), name="point_one_current_version"
                    ),
                ],
            },
        ),
    ]
