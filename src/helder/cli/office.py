"""What commands do with the case office: set it up in this process, or fill it in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helder.cli.keys import found_at, keys_of
from helder.cli.logged import database_url
from helder.domain.errors import StorageError

if TYPE_CHECKING:
    from helder.letters.taken import Office


def prepare(case: Path) -> None:
    """Set Django up for a case, and bring its database up to date. Raises `KeyFileError`, `CaseError`, `StorageError`."""
    _set_up(case)
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise StorageError(
            f"The office's database cannot be used: {error}.",
            where="DATABASE_URL" if database_url() else str(case / "office.db"),
            do="Look at the disk or the database, or put a backup back: helder restore.",
        ) from None
    office = case / "office.db"
    if office.exists():
        office.chmod(0o600)


def _set_up(case: Path) -> None:
    keys_of(case)
    os.environ["HELDER_CASE"] = str(case.resolve())
    if path := found_at(case):
        os.environ["HELDER_KEY_FILE"] = str(path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helder.web.settings")
    import django

    django.setup()


def filled(case: Path) -> dict[str, int]:
    """Fill the office of the reference case where it is empty, and take its facts to the letters.

    Gives how many entries were added, by register. Raises `StorageError`.
    """
    done = _apart(case, "fill")
    if done is None:
        raise StorageError(
            "The case office could not be filled.",
            where=str(case / "office.db"),
            do="Free space on the disk, or take the folder away, and try again.",
        )
    added: dict[str, int] = done
    return added


def office_of(case: Path) -> Office:
    """Asks the office of a case what `helder facts` would take now; None when there is none here. Raises `StorageError`."""

    def said() -> str | None:
        if not (database_url() or (case / "office.db").exists()):
            return None
        done = _apart(case, "facts")
        if done is None:
            raise StorageError(
                "The office could not be asked whether its facts still hold.",
                where="DATABASE_URL" if database_url() else str(case / "office.db"),
                do=f"helder facts {case}",
            )
        text: str | None = done["text"]
        return text

    return said


def _apart(case: Path, what: str) -> Any:
    """What the office does in a process of its own: one process can serve one case only. None when it failed."""
    command = [sys.executable, "-m", "helder.cli.office", str(case), what]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own module)
    return None if done.returncode else json.loads(done.stdout)


def _fill(case: Path) -> dict[str, int]:
    prepare(case)
    from django.utils import timezone

    from helder.office.letter_facts import put, taken_now
    from helder.web.fill import fill_demo

    added = fill_demo()
    put(case, taken_now(timezone.localdate()).text)
    return added


def _facts(case: Path) -> dict[str, str | None]:
    """The facts as they would be taken now. A database that holds a log and no office yet has nothing to say of facts."""
    _set_up(case)
    from django.db import connection
    from django.utils import timezone

    if "django_migrations" not in connection.introspection.table_names():
        return {"text": None}
    prepare(case)
    from helder.office.letter_facts import taken_now

    return {"text": taken_now(timezone.localdate()).text}


if __name__ == "__main__":
    print(json.dumps({"fill": _fill, "facts": _facts}[sys.argv[2]](Path(sys.argv[1]))))  # noqa: T201 (what `_apart` reads)
