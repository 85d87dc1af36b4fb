"""Every mistake ends in a few clear lines and its own exit code, never in a traceback or in data."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from cli.run import PLAIN, ROOT, helder, process
from helder.cli import failure
from helder.domain import errors


def lines(done) -> list[str]:
    assert done.out == ""
    return done.err.splitlines()


def test_an_error_says_what_where_and_what_to_do(tmp_path):
    assert lines(helder("status", tmp_path)) == [
        "Error: There is no case.toml here.",
        f"  Where: {tmp_path}/case.toml",
        "  Do: Name a case folder, or make one with 'helder new FOLDER'.",
    ]


def test_exit_codes_tell_kinds_of_errors_apart():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.HelderError)]
    codes = [kind.exit_code for kind in kinds]
    assert len(set(codes)) == len(codes)
    assert not set(codes) & set(failure.OTHER_CODES)


def test_no_key_is_one_clear_error(demo_copy):
    demo_copy.key_file.unlink()
    done = helder("run", demo_copy.folder)
    assert done.code == 4
    assert lines(done)[0] == "Error: There is no key."


def test_a_wrong_key_is_one_clear_error(demo_copy, tmp_path):
    other = tmp_path / "other.key"
    helder("key", "new", other)
    done = helder("person", demo_copy.folder, "X", "--reason", "test", env={"HELDER_KEY_FILE": str(other)})
    assert done.code == 4
    assert lines(done)[0].startswith("Error: ")


def test_a_key_inside_the_case_is_refused(demo_copy):
    inside = demo_copy.folder / "oops.key"
    helder("key", "new", inside)
    done = helder("run", demo_copy.folder, env={"HELDER_KEY_FILE": str(inside)})
    assert done.code == 4
    assert "inside the case folder" in done.err


@pytest.mark.parametrize(("language", "said"), [("en", "Error: The key file"), ("nl", "Fout: Het sleutelbestand")])
def test_a_demo_with_a_key_that_is_not_there_makes_no_people_first(tmp_path, language, said):
    gone, out = tmp_path / "gone.key", tmp_path / "demo"
    done = helder("--lang", language, "demo", "--people", 2_000, "--out", out, env={"HELDER_KEY_FILE": str(gone)})
    assert done.code == 4
    assert lines(done)[0].startswith(said) and str(gone) in done.err
    assert not out.exists()


def test_an_assessment_that_was_not_run_says_so(demo_copy):
    (demo_copy.folder / "work" / "runs" / "as_told.json").unlink()
    done = helder("groups", demo_copy.folder, "--assessment", "as_told", "--json")
    assert done.code == 2
    assert "has not been run yet" in done.document["what"]


def test_two_runs_at_once_are_refused(demo_copy):
    from helder.engines.store import Store

    with Store(demo_copy.folder / "work").lock():
        done = helder("run", demo_copy.folder, "--json")
    assert done.code == done.document["exit_code"] == 5


@pytest.fixture
def broken(monkeypatch):
    """A command that fails in a way nobody foresaw, with data in the message."""

    def fail(folder):
        raise ValueError("Jansen, 999990019")

    monkeypatch.setattr("helder.case.load_case", fail)


@pytest.mark.parametrize("json", [[], ["--json"]])
def test_an_unexpected_error_shows_no_data(broken, json):
    done = helder("status", "x", *json)
    assert done.code == 70
    assert "ValueError" in done.out + done.err
    assert "helder.cli.status, line " in done.out + done.err
    assert "HELDER_DEBUG=1" in done.out + done.err
    assert "Jansen" not in done.out + done.err
    assert "Traceback" not in done.out + done.err


def test_an_unexpected_error_can_be_looked_into(broken, capfd):
    done = helder("status", "x", env={"HELDER_DEBUG": "1"})
    assert done.code == 70
    assert "Traceback" in done.err
    assert "Jansen" in done.err


def test_an_error_outside_our_own_code_has_no_place():
    try:
        int("x")
    except ValueError as error:
        assert failure.translate(error, failure.Say("en")).where == ""


def test_colours_only_where_a_terminal_shows_them(monkeypatch):
    error = errors.CaseError("Wrong.", do="Repair.")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in failure.in_words(error, failure.Say("en"))
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in failure.in_words(error, failure.Say("en"))


def test_the_module_is_the_program(tmp_path):
    assert process("--version", cwd=tmp_path).out.startswith("helder ")


@pytest.mark.parametrize("words", [["--help"], ["key", "--help"], ["schema", "--help"], ["run", "--help"]])
def test_help_loads_no_heavy_package(words):
    """So that it is there at once: what counts is what is loaded, a clock would depend on the machine."""
    code = (
        f"import sys; from helder.cli.program import Program\ntry: Program().main({words!r})\nexcept SystemExit: pass"
    )
    code += "\nprint([m for m in ('duckdb', 'pyarrow', 'pydantic', 'rich', 'splink', 'sqlglot') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **PLAIN, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
