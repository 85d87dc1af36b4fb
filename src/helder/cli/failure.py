"""From an exception to what the user sees and the exit code. No data is shown: unexpected errors have no words."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any

import click

from helder.cli.dutch import in_dutch
from helder.cli.say import Say
from helder.cli.screen import as_json
from helder.cli.usage import USAGE, usage_error
from helder.domain.errors import HelderError

INCOMPLETE, STOPPED, UNLIKE_RECEIPT = 18, 19, 20
INTERNAL = 70
INTERRUPTED = 130
BROKEN_PIPE = 141
TERMINATED = 143
DEBUG = "HELDER_DEBUG"

OTHER_CODES: dict[int, tuple[str, str]] = {
    0: ("gelukt", "done"),
    INCOMPLETE: (
        "overdracht: nog niet alles is weg; dezelfde opdracht gaat verder, of iets is onzeker en wacht op u",
        "handover: not everything is gone yet; the same command goes on, or something is unsure and waits for you",
    ),
    STOPPED: ("overdracht: iemand liet haar ophouden met --stop", "handover: somebody stopped it with --stop"),
    UNLIKE_RECEIPT: (
        "overdracht: de bevestiging van de drukker is niet wat verstuurd is",
        "handover: the print house's receipt is not what was sent",
    ),
    USAGE: ("de opdrachtregel klopt niet", "the command line is not right"),
    INTERNAL: ("een fout in Helder zelf", "an error in Helder itself"),
    INTERRUPTED: ("gestopt met Ctrl-C", "stopped with Ctrl-C"),
    BROKEN_PIPE: ("de lezer van de uitvoer is gestopt", "the reader of the output went away"),
    TERMINATED: ("gestopt door het systeem", "stopped by the system"),
}
"""Exit codes beside those of `domain.errors`."""


class InternalError(HelderError):
    """An error in Helder itself."""

    exit_code = INTERNAL


class StoppedError(HelderError):
    """The user or the system stopped the command."""

    exit_code = INTERRUPTED


class Terminated(SystemExit):
    """SIGTERM or SIGHUP came: everything is cleaned up as after Ctrl-C.

    A SystemExit, as libraries that go on after any error (the web server's loop is one) let that one through.
    """


def translate(error: BaseException, say: Say) -> HelderError:
    """Any exception as one of ours, to be shown, in the user's language."""
    if isinstance(error, HelderError):
        if say.lang == "nl":
            error.what, error.do = in_dutch(error.what), in_dutch(error.do)
        return error
    if isinstance(error, click.ClickException):
        return usage_error(error, say)
    if isinstance(error, KeyboardInterrupt | click.Abort | Terminated):
        stopped = StoppedError(
            say("Gestopt.", "Stopped."),
            do=say(
                "Niets is half geschreven; dezelfde opdracht gaat verder waar deze ophield.",
                "Nothing is half written; the same command goes on where this one stopped.",
            ),
        )
        stopped.exit_code = TERMINATED if isinstance(error, Terminated) else INTERRUPTED
        return stopped
    return InternalError(
        say(
            f"Onverwachte fout in Helder ({type(error).__name__}).",
            f"Unexpected error in Helder ({type(error).__name__}).",
        ),
        where=_raised_at(error),
        do=say(
            f"Zet {DEBUG}=1 voor de volledige melding (die kan gegevens bevatten) en meld de fout.",
            f"Set {DEBUG}=1 for the whole message (it may hold data), and report the error.",
        ),
    )


def report(error: BaseException, say: Say, *, json: bool) -> int:
    """Show the error, as JSON on stdout or as lines on stderr, and give the exit code."""
    ours = translate(error, say)
    if os.environ.get(DEBUG) and isinstance(ours, InternalError):
        traceback.print_exception(error, file=sys.stderr)
    if json:
        click.echo(as_json(ours.as_dict()))
    else:
        click.echo(in_words(ours, say), err=True)
    return ours.exit_code


def in_words(error: HelderError, say: Say) -> str:
    """The error as lines; red and bold where a terminal shows them and NO_COLOR is not set."""
    colours = sys.stderr.isatty() and not os.environ.get("NO_COLOR")

    def bold(text: str, **style: Any) -> str:
        return click.style(text, bold=True, **style) if colours else text

    if isinstance(error, StoppedError):
        return f"{error.what} {error.do}"
    lines = [f"{bold(say('Fout', 'Error') + ':', fg='red')} {error.what}"]
    if error.where:
        lines.append(f"  {bold(say('Waar', 'Where') + ':')} {error.where}")
    if error.do:
        lines.append(f"  {bold(say('Doe', 'Do') + ':')} {error.do}")
    return "\n".join(lines)


def _raised_at(error: BaseException) -> str:
    """The last place in our own code: module and line, never values."""
    ours = [
        f for f, _ in traceback.walk_tb(error.__traceback__) if str(f.f_globals.get("__name__")).startswith("helder")
    ]
    return f"{ours[-1].f_globals['__name__']}, line {ours[-1].f_lineno}" if ours else ""
