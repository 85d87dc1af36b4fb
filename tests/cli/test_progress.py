"""Progress: bars on a terminal for what takes long, a line for each stage elsewhere, and never on standard output."""

from __future__ import annotations

import io
import time

import pytest

from helder.cli import progress as module
from helder.cli.progress import progress, stage_name
from helder.cli.say import Say


class Terminal(io.StringIO):
    """A standard error that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch):
    """Put a terminal in place of standard error, inside the test: pytest sets its own for each phase."""

    def put() -> Terminal:
        made = Terminal()
        monkeypatch.setattr("sys.stderr", made)
        monkeypatch.setenv("TERM", "xterm")
        return made

    return put


@pytest.mark.parametrize(
    ("stage", "nl", "en"),
    [
        ("source-register", "bron register lezen", "reading source register"),
        ("linkage", "rijen aan mensen koppelen", "linking rows to people"),
        ("exposure-as_told", "beoordelen: as_told", "assessing: as_told"),
        ("other", "other", "other"),
    ],
)
def test_stages_are_told_in_words(stage, nl, en):
    assert stage_name(stage, Say("nl")) == nl
    assert stage_name(stage, Say("en")) == en


def test_elsewhere_each_finished_stage_is_one_line(capsys):
    with progress(Say("en")) as listen:
        listen("linkage", 0.0)
        listen("linkage", 0.5)
        time.sleep(0.06)
        listen("linkage", 1.0)
        listen("evidence", 0.0)
        listen("evidence", 1.0)
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "linking rows to people: 0.1 s\n"


def test_on_a_terminal_what_is_quick_shows_nothing(terminal):
    terminal = terminal()
    with progress(Say("en")) as listen:
        listen("linkage", 0.0)
        listen("linkage", 1.0)
    assert terminal.getvalue() == ""


def test_on_a_terminal_what_takes_long_shows_bars(terminal, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 0.02)
    terminal = terminal()
    with progress(Say("nl")) as listen:
        listen("source-log", 0.0)
        listen("source-log", 1.0)
        listen("linkage", 0.3)
        deadline = time.monotonic() + 10
        while "koppelen" not in terminal.getvalue() and time.monotonic() < deadline:
            time.sleep(0.02)
        listen("evidence", 0.0)
        listen("linkage", 1.0)
        listen("evidence", 1.0)
    shown = terminal.getvalue()
    assert "rijen aan mensen koppelen" in shown
    assert "bewijs verzamelen" in shown
    assert "bron log lezen" not in shown
