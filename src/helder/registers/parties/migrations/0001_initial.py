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
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("current", models.BooleanField(default=True, editable=False)),
                ("withdrawn", models.BooleanField(default=False, editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("why", models.CharField(blank=True, max_length=400, verbose_name="reden van de wijziging")),
                ("short", models.SlugField(max_length=40, verbose_name="korte naam")),
                ("name", models.CharField(max_length=160, verbose_name="naam")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("controller", "verwerkings\N{SOFT HYPHEN}verantwoordelijke"),
                            ("processor", "verwerker"),
                            ("principal", "opdrachtgever"),
                            ("regulator", "toezichthouder"),
                            ("client", "andere klant van de getroffen partij"),
                            ("other", "anders"),
                        ],
                        max_length=12,
                        verbose_name="rol",
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="functie om te bellen (geen persoonlijke gegevens)"
                    ),
                ),
                ("contract", models.CharField(blank=True, max_length=200, verbose_name="contract")),
                (
                    "notice_hours",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="afgesproken meldtermijn in uren"),
                ),
                ("standard", models.CharField(blank=True, default="", max_length=80, verbose_name="norm")),
                (
                    "audited",
                    models.CharField(
                        choices=[("yes", "ja"), ("no", "nee"), ("unknown", "niet bekend")],
                        default="unknown",
                        max_length=8,
                        verbose_name="onafhankelijk getoetst",
                    ),
                ),
                ("audited_on", models.DateField(blank=True, null=True, verbose_name="laatste toets")),
                (
                    "risk_assessed",
                    models.CharField(
                        choices=[("yes", "ja"), ("no", "nee"), ("unknown", "niet bekend")],
                        default="unknown",
                        max_length=8,
                        verbose_name="risicoanalyse gedaan",
                    ),
                ),
                ("risk_assessed_on", models.DateField(blank=True, null=True, verbose_name="laatste risicoanalyse")),
                ("suspended", models.BooleanField(default=False, verbose_name="samenwerking opgeschort")),
                ("suspended_since", models.DateField(blank=True, null=True, verbose_name="opgeschort sinds")),
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
                    models.UniqueConstraint(fields=("entry", "version"), name="party_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("entry",), name="party_one_current_version"
                    ),
                ],
            },
        ),
    ]
