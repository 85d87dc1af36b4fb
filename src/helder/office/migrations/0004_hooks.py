"""The tables as Django made them from the models."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0003_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="van wie")),
                ("url", models.URLField(max_length=300, verbose_name="adres")),
                ("topics", models.JSONField(default=list)),
                ("nonce", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("paused", models.BooleanField(default=False)),
                ("ended", models.DateTimeField(blank=True, null=True)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("event", models.CharField(max_length=80)),
                ("body", models.TextField()),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("due", models.DateTimeField(blank=True, db_index=True, null=True)),
                ("taken", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=60)),
                (
                    "hook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="office.hook"
                    ),
                ),
            ],
        ),
    ]
