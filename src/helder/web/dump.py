"""The office's PostgreSQL, out and in by PostgreSQL's own programs: one consistent moment, and one transaction."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from helder.domain.errors import StorageError
from helder.web.database import database

_VARIABLES = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
_EMPTY = "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'"


def _environment(url: str) -> dict[str, str]:
    """How the programs find the database: never by an argument, which every user of the machine can read."""
    settings = database(url, Path())
    return {**os.environ, **{name: settings[key] for name, key in _VARIABLES.items() if settings[key]}}


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise StorageError(
            f"PostgreSQL's program {name} is missing.",
            where="DATABASE_URL",
            do="Install PostgreSQL's client programs, of the server's version or newer.",
        )
    return found


@contextmanager
def _running(
    name: str, *arguments: str, url: str, stdin: int | None = None, stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that must end well. Raises `StorageError` with the first line of what it had to say."""
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 (PostgreSQL's own programs, no shell)
            [_program(name), "--no-password", *arguments],
            env=_environment(url),
            stdin=stdin,
            stdout=stdout,
            stderr=said,
        ) as child,
    ):
        try:
            yield child
        except BrokenPipeError:
            pass  # it ended early; what it said is raised below
        except BaseException:
            child.kill()
            raise
        if child.stdin:
            child.stdin.close()
        if child.wait():
            said.seek(0)
            line = said.readline().decode("utf-8", "replace").strip()
            raise StorageError(
                f"PostgreSQL refuses: {line}", where="DATABASE_URL", do="Look at the database's own log."
            )


def ready(url: str) -> None:
    """Raises `StorageError` when there is a database at `url` and PostgreSQL's program to copy it is missing."""
    if url:
        _program("pg_dump")


@contextmanager
def dumped(url: str) -> Iterator[IO[bytes]]:
    """The database at `url` in pg_dump's own format, as a stream: nothing of it touches the disk."""
    with _running("pg_dump", "--format=custom", "--no-owner", "--no-acl", url=url, stdout=subprocess.PIPE) as child:
        assert child.stdout
        yield child.stdout


def refuse_filled(url: str) -> None:
    """Raises `StorageError` unless the database at `url` has nothing in it: a restore never writes over anything."""
    with _running("psql", "--no-psqlrc", "-At", "-c", _EMPTY, url=url, stdout=subprocess.PIPE) as child:
        assert child.stdout
        count = int(child.stdout.read() or 0)
    if count:
        raise StorageError(
            "The database has tables already.", where="DATABASE_URL", do="Restore into a new, empty database."
        )


def put_back(url: str, content: IO[bytes]) -> None:
    """Fill the empty database at `url` from a dump, all or nothing."""
    options = ("--no-owner", "--no-acl", "--exit-on-error", "--single-transaction")
    name = database(url, Path())["NAME"]
    with _running("pg_restore", *options, f"--dbname={name}", url=url, stdin=subprocess.PIPE) as child:
        assert child.stdin
        shutil.copyfileobj(content, child.stdin, 1 << 20)
