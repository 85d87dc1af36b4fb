"""The tables as Django made them from the models."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import helder.registers.notifications.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first", "eerste melding"),
                            ("follow_up", "vervolgmelding"),
                            ("withdrawn", "intrekking"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reference", models.CharField(blank=True, max_length=120)),
                ("reason", models.CharField(blank=True, max_length=400)),
                ("content", models.JSONField()),
                ("content_hash", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("current", models.BooleanField(default=True, editable=False)),
                ("withdrawn", models.BooleanField(default=False, editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("why", models.CharField(blank=True, max_length=400, verbose_name="reden van de wijziging")),
                (
                    "field",
                    models.PositiveIntegerField(
                        choices=helder.registers.notifications.models._fields, verbose_name="veld"
                    ),
                ),
                (
                    "value",
                    models.TextField(
                        help_text="Bij een keuze de letters (a of a,c). Een getal citeert u als [[naam]].",
                        verbose_name="antwoord",
                    ),
                ),
                (
                    "exactness",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "precies"),
                            ("at_least", "ten minste"),
                            ("at_most", "ten hoogste"),
                            ("estimate", "schatting"),
                        ],
                        max_length=8,
                        verbose_name="hoe precies, bij een aantal",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="bron")),
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
                    models.UniqueConstraint(fields=("entry", "version"), name="answer_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("entry",), name="answer_one_current_version"
                    ),
                ],
            },
        ),
    ]
