"""The same tests on PostgreSQL: the office has one setting for its database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from servers import postgresql


@pytest.mark.postgres
@pytest.mark.slow
def test_the_office_is_the_same_on_postgresql():
    if os.environ.get("DATABASE_URL"):
        pytest.skip("this is that run")
    with postgresql() as url:
        here = Path(__file__).parent
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", str(here)]
        command += ["-m", "not browser"]
        done = subprocess.run(
            command, cwd=here.parents[1], env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True
        )
    assert done.returncode == 0, done.stdout[-3000:]


def test_another_kind_of_database_is_refused(tmp_path):
    from helder.domain.errors import CaseError
    from helder.web.database import database

    with pytest.raises(CaseError, match="not a PostgreSQL address"):
        database("mysql://somewhere/db", tmp_path)
