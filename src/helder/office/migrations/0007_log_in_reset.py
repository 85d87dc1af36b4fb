"""A link by which somebody sets the log-in of the account that they have anew, who gave it, and who answered until then."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _account() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0006_audit_indexes"),
    ]

    operations = [
        migrations.AddField(model_name="user", name="reset_by", field=_account()),
        migrations.AddField(model_name="invitation", name="account", field=_account()),
        migrations.AddField(model_name="invitation", name="answered", field=_account()),
    ]
