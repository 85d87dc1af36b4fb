"""The same tests on PostgreSQL, but for those marked `any_database`, as these are: the office has one setting for its database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from helder.audit.postgresql import holds
from helder.domain.errors import CaseError, StorageError
from helder.web.database import database
from once import SHARED, shared
from servers import postgresql

pytestmark = pytest.mark.any_database


@pytest.mark.postgres
@pytest.mark.slow
def test_the_office_is_the_same_on_postgresql(tmp_path_factory):
    with postgresql() as url:
        here = Path(__file__).parent
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", str(here)]
        command += ["-m", "not browser and not any_database"]
        env = {**os.environ, "DATABASE_URL": url, SHARED: str(shared(tmp_path_factory))}
        done = subprocess.run(command, cwd=here.parents[1], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize(
    "url",
    [
        "mysql://somewhere/db",
        "postgresql://helder:secret@db.example/helder?sslmod=verify-full",
        "host=db.example dbname=helder",
    ],
)
def test_an_address_that_is_not_understood_whole_is_refused_and_not_told(tmp_path, url):
    with pytest.raises(CaseError, match="not a PostgreSQL address") as error:
        database(url, tmp_path)
    assert "secret" not in str(error.value.as_dict())


def test_what_the_address_asks_of_the_connection_is_asked(tmp_path):
    said = "postgresql://helder:se%40cret@db.example:5433/helder?sslmode=verify-full&connect_timeout=3"
    found = database(said, tmp_path)
    assert {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "helder",
        "USER": "helder",
        "PASSWORD": "se@cret",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full", "connect_timeout": "3"},
    }


@pytest.mark.postgres
def test_an_option_that_the_server_cannot_meet_is_an_error_and_no_less_safe_connection():
    with postgresql() as url:
        assert not holds(url, "audit_line")
        with pytest.raises(StorageError, match="SSL"):
            holds(f"{url}{'&' if '?' in url else '?'}sslmode=require", "audit_line")
