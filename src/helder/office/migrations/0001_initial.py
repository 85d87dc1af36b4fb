"""The tables as Django made them from the models."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.SlugField(max_length=60, unique=True, verbose_name="gebruikersnaam")),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres")),
                ("roles", models.JSONField(blank=True, default=list, verbose_name="rollen")),
                ("party", models.SlugField(blank=True, max_length=40, verbose_name="partij")),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Nederlands"), ("en", "English")],
                        default="nl",
                        max_length=2,
                        verbose_name="taal",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="actief")),
                ("created", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("roles", models.JSONField(default=list)),
                ("party", models.SlugField(blank=True, max_length=40)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField()),
                ("used", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.SlugField(max_length=40)),
                ("subject", models.CharField(max_length=80)),
                ("content_hash", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("note", models.CharField(blank=True, max_length=400)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "subject", "content_hash", "by"), name="approval_once_each"
                    )
                ],
            },
        ),
    ]
