"""Indexes of the audit log, for the page that looks things up in it; a log of before them gets them here."""

from typing import Any

from django.db import migrations

from helder.audit import create


def make(apps: Any, editor: Any) -> None:
    """Make what the log lacks."""
    with editor.connection.cursor() as cursor:
        create(cursor, editor.connection.vendor)


class Migration(migrations.Migration):
    """Nothing but the log."""

    dependencies = [("office", "0005_confirmed")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
