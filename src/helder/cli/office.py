"""What commands do with the case office: set it up in this process, or fill it in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from helder.cli.keys import found_at, keys_of
from helder.domain.errors import StorageError


def prepare(case: Path) -> None:
    """Set Django up for a case, and bring its database up to date. Raises `KeyFileError`, `CaseError`."""
    keys_of(case)
    os.environ["HELDER_CASE"] = str(case.resolve())
    if path := found_at(case):
        os.environ["HELDER_KEY_FILE"] = str(path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helder.web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    office = case / "office.db"
    if office.exists():
        office.chmod(0o600)


def filled(case: Path) -> dict[str, int]:
    """Fill the office of the reference case where it is empty, and take its facts to the letters.

    Gives how many entries were added, by register.

    In a process of its own: one process can serve one case only. Raises `StorageError`.
    """
    command = [sys.executable, "-m", "helder.cli.office", str(case)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own module)
    if done.returncode:
        raise StorageError(
            "The case office could not be filled.",
            where=str(case / "office.db"),
            do="Free space on the disk, or take the folder away, and try again.",
        )
    added: dict[str, int] = json.loads(done.stdout)
    return added


def _fill(case: Path) -> None:
    prepare(case)
    from django.utils import timezone

    from helder.office.letter_facts import put, taken_now
    from helder.web.fill import fill_demo

    added = fill_demo()
    put(case, taken_now(timezone.localdate()).text)
    print(json.dumps(added))  # noqa: T201 (what `filled` reads)


if __name__ == "__main__":
    _fill(Path(sys.argv[1]))
