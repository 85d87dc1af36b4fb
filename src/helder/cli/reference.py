"""The reference of all commands, in Markdown, made of the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from helder.cli.command import Command, Translated
from helder.cli.failure import OTHER_CODES
from helder.cli.program import Program
from helder.cli.say import Lang, Say
from helder.domain import errors

_INTRO = (
    """# Opdrachten

Elke opdracht kent `--help`, `--lang` en `--json`. Met `--json` staat op de standaarduitvoer één JSON-document en niets
anders, ook bij een fout (`error`, `what`, `where`, `do`, `exit_code`); voortgang gaat naar de foutuitvoer. De taal is
die van `--lang`, anders `HELDER_LANG`, anders de locale. `HELDER_DEBUG=1` toont bij een onverwachte fout de volledige
melding; `NO_COLOR` zet kleuren uit.
""",
    """# Commands

Every command takes `--help`, `--lang` and `--json`. With `--json`, standard output carries one JSON document and nothing
else, for an error too (`error`, `what`, `where`, `do`, `exit_code`); progress goes to standard error. The language is that
of `--lang`, else `HELDER_LANG`, else the locale. `HELDER_DEBUG=1` shows the whole message of an unexpected error;
`NO_COLOR` takes colours away.
""",
)
_EVERYWHERE = {"--json", "--lang", "--help"}


def page(lang: Lang) -> str:
    """The whole reference in one language."""
    say = Say(lang)
    program = Program()
    program.speak(say)
    commands = "".join(_command(words, one, say) for words, one in _all(program, ("helder",)))
    return say(*_INTRO) + commands + _codes(say)


def _all(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        yield words, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from _all(found, (*words, name))


def _command(words: tuple[str, ...], command: click.Command, say: Say) -> str:
    assert isinstance(command, Translated)
    context = click.Context(command, info_name=" ".join(words))
    pieces = command.collect_usage_pieces(context)[1:]
    parts = [f"\n## {' '.join(words)}\n\n    {' '.join([*words, *pieces])}\n\n{inspect.cleandoc(command.help or '')}\n"]
    own = [
        (f"`{name}`", means)
        for kind in (click.Argument, click.Option)
        for name, means in command.explained(context, kind)
        if name.split()[0] not in _EVERYWHERE
    ]
    parts.append(_rows((say("wat u opgeeft", "argument or option"), say("betekenis", "meaning")), own))
    if isinstance(command, Command):
        keys = [(f"`{key}`", meaning) for key, meaning in command.gives.items()]
        parts.append(_rows((say("sleutel in de JSON", "key of the JSON"), say("betekenis", "meaning")), keys))
    parts += [f"\n    {example.line}\n\n{example.does}\n" for example in command.examples]
    return "".join(parts)


def _codes(say: Say) -> str:
    """The exit codes, of all errors and of what is no error of the user."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.HelderError)]
    rows = [(str(kind.exit_code), f"`{kind.__name__}`") for kind in kinds]
    rows += [(str(code), say(*meaning)) for code, meaning in OTHER_CODES.items()]
    title = say("Exitcodes", "Exit codes")
    head = (say("code", "code"), say("wat er was", "what happened"))
    return f"\n## {title}\n{_rows(head, sorted(rows, key=lambda row: int(row[0])))}"


def _rows(head: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    if not rows:
        return ""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in (head, *rows)]
    return "\n" + "\n".join([lines[0], "| --- | --- |", *lines[1:]]) + "\n"
