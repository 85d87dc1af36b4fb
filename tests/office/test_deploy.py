"""The settings as they are behind a name: Django's own check for a site that is open to the world finds nothing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from pipeline import small_case

pytestmark = pytest.mark.any_database


def manage(folder, *words, **more):
    environment = {**os.environ, "HELDER_CASE": str(folder), "HELDER_KEY": "0f" * 32, "HELDER_KEY_FILE": "", **more}
    environment["DJANGO_SETTINGS_MODULE"] = "helder.web.settings"
    command = [sys.executable, "-m", "django", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def check(folder, **more):
    return manage(folder, "check", "--deploy", "--fail-level", "WARNING", **more)


def test_the_database_is_made_as_the_registers_say(tmp_path):
    """A field that changes needs a migration; words about it are put right where they stand."""
    done = manage(small_case.write(tmp_path / "case"), "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout


def test_behind_a_name_the_deployment_check_is_clean(tmp_path):
    done = check(small_case.write(tmp_path / "case"), HELDER_HOST="office.example")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_check_would_find_a_site_that_speaks_plain_http(tmp_path):
    done = check(small_case.write(tmp_path / "case"), HELDER_HOST="")
    assert done.returncode != 0
    assert "SECURE_SSL_REDIRECT" in done.stderr
