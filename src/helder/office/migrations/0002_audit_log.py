"""The audit log's tables and guards stand in the same database, so that an act and its line are one transaction."""

from typing import Any

from django.db import migrations

from helder.audit import create


def make(apps: Any, editor: Any) -> None:
    """Make the log; nothing happens to one that is there."""
    with editor.connection.cursor() as cursor:
        create(cursor, editor.connection.vendor)


class Migration(migrations.Migration):
    """After the office's own tables."""

    dependencies = [("office", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
