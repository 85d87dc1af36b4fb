"""How commands are declared: parameters and help in the user's language, examples, --json and --lang on each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from helder.cli.say import LANGUAGES, VARIABLE, Say

_EXTRA = re.compile(r"  \[default: ([^];]*)[^]]*\]$")


class Example(NamedTuple):
    """A command line and what it does."""

    line: str
    does: str


class Translated(click.Command):
    """Click's own headings in the user's language; examples below."""

    say: Say
    examples: Sequence[Example] = ()

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line."""
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", self.say("[OPTIES]", "[OPTIONS]"))
        formatter.write_usage(ctx.command_path, pieces, self.say("Gebruik: ", "Usage: "))

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What is given by position."""
        rows = self.explained(ctx, click.Argument)
        if rows:
            with formatter.section(self.say("Wat u opgeeft", "Arguments")):
                formatter.write_dl(rows)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What is given by name."""
        with formatter.section(self.say("Opties", "Options")):
            formatter.write_dl(self.explained(ctx, click.Option))

    def explained(self, ctx: click.Context, kind: type[click.Parameter]) -> list[tuple[str, str]]:
        """Each parameter of a kind and what it means."""
        records = [param.get_help_record(ctx) for param in self.get_params(ctx) if isinstance(param, kind)]
        default = self.say("  [anders: ", "  [default: ")
        return [(name, _EXTRA.sub(rf"{default}\1]", means)) for name, means in filter(None, records)]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, a line each, with what they do."""
        if self.examples:
            with formatter.section(self.say("Voorbeelden", "Examples")):
                for example in self.examples:
                    formatter.write(f"{'':{formatter.current_indent}}{example.line}\n")
                    with formatter.indentation():
                        formatter.write_text(example.does)


class Command(Translated):
    """One command. `run` gets the screen and then the parameters by name; it may give an exit code.

    `gives` are the keys of its JSON document, for the reference.
    """

    def __init__(
        self,
        name: str,
        say: Say,
        run: Callable[..., int | None],
        *,
        help: str,
        params: Sequence[click.Parameter] = (),
        examples: Sequence[tuple[str, str]] = (),
        gives: Mapping[str, str] | None = None,
    ) -> None:
        self.say = say
        self.gives = dict(gives or {})
        self.examples = [Example(*example) for example in examples]
        super().__init__(name, callback=click.pass_obj(run), params=[*params, *common(say)], help=help)


class Group(Translated, click.Group):
    """A command with commands of its own, such as `helder key`."""

    def __init__(self, name: str, say: Say, commands: Sequence[click.Command], *, help: str) -> None:
        self.say = say
        click.Group.__init__(self, name, commands=list(commands), params=list(common(say)), help=help, **ALONE)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands."""
        super().format_options(ctx, formatter)
        rows = [(name, (self.commands[name].help or "").split("\n")[0]) for name in self.list_commands(ctx)]
        with formatter.section(self.say("Opdrachten", "Commands")):
            formatter.write_dl(rows)


def _help_when_alone() -> None:
    """Without a command show what there is; with --json that is no document, so it is an error."""
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        if context.obj.json:
            raise click.exceptions.NoSuchCommand("", ctx=context)
        click.echo(context.get_help())


ALONE: dict[str, Any] = {"invoke_without_command": True, "callback": _help_when_alone}
"""What groups do when no command is named."""


def common(say: Say) -> list[click.Parameter]:
    """The options that every command has. They are read before parsing, so their values are not passed on."""
    return [
        option(
            "--json",
            is_flag=True,
            expose_value=False,
            help=say("Schrijf één JSON-document en niets anders.", "Write one JSON document and nothing else."),
        ),
        option(
            "--lang",
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help=say(f"Taal; anders {VARIABLE} of de locale.", f"Language; else {VARIABLE} or the locale."),
        ),
        click.Option(
            ["--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            help=say("Toon deze uitleg.", "Show this help."),
            callback=_show_help,
        ),
    ]


def _show_help(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(context.get_help())
        context.exit()


def option(*names: str, **attributes: Any) -> click.Option:
    """An option of a command."""
    return click.Option(list(names), **attributes)


def case_argument(say: Say) -> click.Argument:
    """CASE: the case folder."""
    return click.Argument(
        ["case"],
        metavar=say("DOSSIER", "CASE"),
        type=click.Path(path_type=Path),
        help=say("de map van de zaak", "the case folder"),
    )


def assessment_option(say: Say) -> click.Option:
    """--assessment: which reading of the evidence."""
    return option(
        "--assessment",
        default="current",
        show_default=True,
        metavar=say("NAAM", "NAME"),
        help=say("Welke beoordeling uit case.toml.", "Which assessment of case.toml."),
    )


def reason_option(say: Say, why: str) -> click.Option:
    """--reason: why somebody looks at people; goes into the audit log."""
    return option("--reason", metavar=say("REDEN", "REASON"), help=why)


def engine_option(say: Say) -> click.Option:
    """--engine: which database engine."""
    return option(
        "--engine",
        type=click.Choice(["duckdb", "spark"]),
        default="duckdb",
        show_default=True,
        help=say("Rekenmotor; de uitkomst is dezelfde.", "Database engine; the answer is the same."),
    )
