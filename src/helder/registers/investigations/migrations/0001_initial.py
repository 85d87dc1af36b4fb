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
            name="Investigation",
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
                    models.SlugField(
                        help_text="zo haalt een brief de vraag aan", max_length=60, verbose_name="korte naam"
                    ),
                ),
                ("question_nl", models.CharField(max_length=400, verbose_name="vraag in het Nederlands")),
                ("question_en", models.CharField(max_length=400, verbose_name="vraag in het Engels")),
                ("who", models.CharField(max_length=160, verbose_name="wie onderzoekt het")),
                ("mandate", models.CharField(blank=True, max_length=300, verbose_name="op grond waarvan")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("announced", "aangekondigd"),
                            ("running", "loopt"),
                            ("answered", "beantwoord"),
                            ("stopped", "gestopt zonder antwoord"),
                        ],
                        default="announced",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="sinds")),
                ("expected", models.DateField(blank=True, null=True, verbose_name="antwoord verwacht op")),
                ("findings", models.TextField(blank=True, verbose_name="bevindingen")),
                ("cited", models.CharField(blank=True, max_length=300, verbose_name="waar dat staat")),
                (
                    "lessons",
                    models.CharField(blank=True, max_length=300, verbose_name="geleerd: korte namen van maatregelen"),
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
                    models.UniqueConstraint(fields=("entry", "version"), name="investigation_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("entry",),
                        name="investigation_one_current_version",
                    ),
                ],
            },
        ),
    ]
