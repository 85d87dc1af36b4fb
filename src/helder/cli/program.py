"""The program itself: finds commands without loading them, and turns every exception into words and an exit code."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import FrameType
from typing import Any, NoReturn

import click

from helder.cli.command import ALONE, Translated, common, option
from helder.cli.failure import BROKEN_PIPE, Terminated, report
from helder.cli.say import Say, language
from helder.cli.screen import Screen

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("Bouw de voorbeeldzaak met verzonnen mensen.", "Build the reference case with made-up people."),
    "new": ("Begin een nieuwe zaak.", "Start a new case."),
    "check": ("Controleer alles, reken niets uit.", "Check everything, compute nothing."),
    "run": ("Reken uit wat veranderd is.", "Compute what changed."),
    "status": ("Toon hoe de zaak ervoor staat.", "Show how the case stands."),
    "person": ("Leg uit wat over één mens bekend is.", "Explain what is known about one person."),
    "groups": ("Toon wie welke brief krijgt, in aantallen.", "Show who gets which letter, in numbers."),
    "diff": ("Vergelijk twee beoordelingen.", "Compare two assessments."),
    "round": ("Plan, maak en verstuur een ronde brieven.", "Plan, make and send a round of letters."),
    "review": ("Laat mensen twijfelgevallen beslissen.", "Let people decide doubtful links."),
    "gaps": ("Toon welk bewijs ontbreekt, en bij wie.", "Show which evidence is missing, and who has it."),
    "reconcile": ("Leg gepubliceerde getallen naast het bewijs.", "Compare published numbers with the evidence."),
    "export": ("Schrijf tabellen om te delen.", "Write tables to share."),
    "serve": ("Open het crisiskantoor in de browser.", "Open the case office in the browser."),
    "facts": ("Haal feiten uit het kantoor voor de brieven.", "Take facts from the office to the letters."),
    "remind": ("Stuur herinneringen aan termijnen.", "Send reminders of legal terms."),
    "webhooks": ("Bericht webadressen wat er gebeurde.", "Tell web addresses what happened."),
    "backup": ("Maak een reservekopie van de hele zaak.", "Back up the whole case."),
    "restore": ("Zet een reservekopie terug.", "Put a backup back."),
    "prune": ("Ruim uitkomsten op die niet meer nodig zijn.", "Remove results that are no longer needed."),
    "schema": ("Toon het JSON-schema van case.toml.", "Show the JSON Schema of case.toml."),
    "plain": ("Controleer of een tekst makkelijk genoeg is.", "Check whether a text is plain enough."),
    "key": ("Maak een sleutel.", "Make a key."),
    "audit": ("Controleer het logboek.", "Check the audit log."),
}
"""Every command and its one line of help. The module `helder.cli.<name>` is loaded when the command is asked for."""


COMPLETION = "_HELDER_COMPLETE"
"""Set by shells that ask how to complete a command line; see click's documentation."""


class Program(Translated, click.Group):
    """The group of all commands. Reads the language first, so that help and errors are in it."""

    def __init__(self) -> None:
        super().__init__("helder", **ALONE)
        self.speak(Say("en"))

    def speak(self, say: Say) -> None:
        """Use this language from now on."""
        self.say = say
        self.help = say(
            "Helder: wat weten we na een datalek, over wie, hoe zeker, en aan wie is het verteld?\n\n"
            "Begin met 'helder demo'.",
            "Helder: after a data breach, what do we know, about whom, how surely, and who has been told?\n\n"
            "Start with 'helder demo'.",
        )
        version = option(
            "--version",
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help=say("Toon de versie.", "Show the version."),
        )
        self.params = [*common(say), version]
        self.commands.clear()

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order in which one needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = import_module(f"helder.cli.{cmd_name}").command(self.say)
        return self.commands[cmd_name]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; a near miss is named."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.exceptions.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands, loading none."""
        super().format_options(ctx, formatter)
        with formatter.section(self.say("Opdrachten", "Commands")):
            formatter.write_dl([(name, self.say(*line)) for name, line in COMMANDS.items()])

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str = "helder", **extra: Any
    ) -> NoReturn:
        """Run the program and exit."""
        arguments = list(sys.argv[1:] if args is None else args)
        self.speak(Say(language(arguments, os.environ)))
        screen = Screen(self.say, json="--json" in arguments)
        came: list[int] = []
        try:
            for stream in (sys.stdout, sys.stderr):
                if isinstance(stream, io.TextIOWrapper):
                    stream.reconfigure(errors="replace")  # a letter that cannot be shown is no reason to stop
            with _private(), _listening(came):
                code = self._run(arguments, prog_name, screen)
            sys.stdout.flush()
        except BrokenPipeError:
            _quiet()
            sys.exit(BROKEN_PIPE)
        except (Exception, KeyboardInterrupt, Terminated) as error:
            # A database that is interrupted raises an error of its own.
            sys.exit(_report(_stop(came[0]) if came else error, screen))
        sys.exit(code or 0)

    def _run(self, arguments: list[str], prog_name: str, screen: Screen) -> int | None:
        """Parse and do; without click's own handling of errors, which speaks English only."""
        if instruction := os.environ.get(COMPLETION):
            from click.shell_completion import shell_complete

            return shell_complete(self, {"obj": screen}, prog_name, COMPLETION, instruction)
        try:
            with self.make_context(prog_name, arguments, obj=screen) as context:
                code: int | None = self.invoke(context)
                return code
        except click.exceptions.Exit as ended:
            return ended.exit_code


def _stop(number: int) -> BaseException:
    return KeyboardInterrupt() if number == signal.SIGINT else Terminated()


def _report(error: BaseException, screen: Screen) -> int:
    try:
        code = report(error, screen.say, json=screen.json)
        sys.stdout.flush()
    except BrokenPipeError:
        _quiet()
        return BROKEN_PIPE
    return code


def _quiet() -> None:
    """Nobody reads any more: let Python's own flush at the end go nowhere."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


@contextmanager
def _private() -> Iterator[None]:
    """What the program writes, only its user can read: folders 0700, files 0600."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _listening(came: list[int]) -> Iterator[None]:
    """SIGTERM and SIGHUP clean up as Ctrl-C does, instead of ending the process at once; `came` tells what came."""

    def stop(number: int, frame: FrameType | None) -> None:
        came.append(number)
        raise _stop(number)

    here = threading.current_thread() is threading.main_thread()
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if here else ()
    old = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from helder import __version__

        click.echo(f"helder {__version__}")
        context.exit()
