"""What is wrong with a command line, in Dutch or English: click's exceptions as ours."""

from __future__ import annotations

import click

from helder.cli.say import Say
from helder.domain.errors import HelderError

USAGE = 64


class UsageError(HelderError):
    """The command line is not right."""

    exit_code = USAGE


def usage_error(error: click.ClickException, say: Say) -> UsageError:
    """The same error in the user's language, with the command whose help tells more."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "helder"
    do = say(f"Zie '{path} --help'.", f"See '{path} --help'.")
    near = list(getattr(error, "possibilities", None) or ())
    if near:
        do = say(f"Bedoelde u {_or(near, 'of')}?", f"Did you mean {_or(near, 'or')}?") + " " + do
    return UsageError(_what(error, say), where=path, do=do)


def _what(error: click.ClickException, say: Say) -> str:
    if isinstance(error, click.NoSuchOption):
        return say(f"De optie '{error.option_name}' bestaat niet.", f"There is no option '{error.option_name}'.")
    if isinstance(error, click.exceptions.NoSuchCommand):
        if not error.command_name:
            return say("Er staat geen opdracht.", "There is no command.")
        return say(f"De opdracht '{error.command_name}' bestaat niet.", f"There is no command '{error.command_name}'.")
    if isinstance(error, click.MissingParameter):
        return say(f"{_param(error)} ontbreekt.", f"{_param(error)} is missing.")
    if isinstance(error, click.BadParameter):
        return _bad_value(error, say)
    if isinstance(error, click.exceptions.BadOptionUsage):
        return say(f"De optie '{error.option_name}' klopt niet.", f"The option '{error.option_name}' is not right.")
    if "unexpected extra argument" in error.format_message():
        return say("Er staat te veel op de opdrachtregel.", "There is too much on the command line.")
    return error.format_message()


def _param(error: click.BadParameter) -> str:
    return error.param.get_error_hint(error.ctx) if error.param else "?"


def _bad_value(error: click.BadParameter, say: Say) -> str:
    """The value itself is not repeated: it may be somebody's number."""
    kind = error.param.type if error.param else None
    expected = say("een andere waarde", "another value")
    if isinstance(kind, click.Choice):
        expected = _or([str(choice) for choice in kind.choices], say("of", "or"))
    elif isinstance(kind, click.DateTime):
        expected = say("een datum als 2025-09-12", "a date such as 2025-09-12")
    elif isinstance(kind, click.IntRange):
        most = "" if kind.max is None else say(f" tot en met {kind.max}", f" up to {kind.max}")
        expected = say(f"een geheel getal vanaf {kind.min}{most}", f"a whole number from {kind.min}{most}")
    elif isinstance(kind, click.Path):
        return say(
            f"{_param(error)} is er niet of kan niet gelezen worden.", f"{_param(error)} is not there or unreadable."
        )
    return say(f"{_param(error)}: verwacht wordt {expected}.", f"{_param(error)}: expected {expected}.")


def _or(words: list[str], conjunction: str) -> str:
    quoted = [f"'{word}'" for word in words]
    return f" {conjunction} ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
