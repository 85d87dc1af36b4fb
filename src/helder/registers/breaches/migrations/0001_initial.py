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
            name="Breach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("current", models.BooleanField(default=True, editable=False)),
                ("withdrawn", models.BooleanField(default=False, editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("why", models.CharField(blank=True, max_length=400, verbose_name="reden van de wijziging")),
                ("name", models.CharField(max_length=120, verbose_name="korte naam")),
                ("found_on", models.DateField(verbose_name="ontdekt op")),
                ("facts", models.TextField(verbose_name="wat er gebeurd is")),
                ("effects", models.TextField(verbose_name="gevolgen")),
                ("action", models.TextField(verbose_name="wat eraan gedaan is")),
                ("people", models.CharField(blank=True, max_length=120, verbose_name="hoeveel mensen, hoe precies")),
                (
                    "notified",
                    models.CharField(
                        choices=[("yes", "ja"), ("no", "nee"), ("not_yet", "nog niet")],
                        max_length=8,
                        verbose_name="gemeld bij de toezichthouder",
                    ),
                ),
                ("notified_on", models.DateField(blank=True, null=True, verbose_name="gemeld op")),
                ("why_not", models.CharField(blank=True, max_length=400, verbose_name="waarom niet gemeld")),
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
                    models.UniqueConstraint(fields=("entry", "version"), name="breach_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("entry",), name="breach_one_current_version"
                    ),
                ],
            },
        ),
    ]
