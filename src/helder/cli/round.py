"""`helder round VERB CASE ROUND`: a round of letters, from plan to the last return. Each verb has a module of its own."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import click

from helder.cli.command import ALONE, Translated, common
from helder.cli.say import Say

VERBS: dict[str, tuple[str, str]] = {
    "addresses": ("Vraag de basisregistratie waar mensen nu wonen.", "Ask the register where people live now."),
    "plan": ("Leg vast wie wat te horen krijgt.", "Freeze who is told what."),
    "show": ("Toon een ronde in aantallen, en wie geen brief krijgt.", "Show a round, and who gets no letter."),
    "check": ("Controleer of elke brief waar is en te lezen.", "Check that every letter is true and can be read."),
    "produce": ("Maak de brieven.", "Make the letters."),
    "verify": ("Lees elke gemaakte brief terug.", "Read every letter back."),
    "letter": ("Maak één brief opnieuw.", "Make one letter again."),
    "handover": ("Geef de brieven uit handen.", "Hand the letters over."),
    "returns": ("Verwerk post die terugkomt.", "Take in returned mail."),
    "close": ("Sluit de ronde.", "Close the round."),
}
"""Every verb and its one line of help, in the order in which one needs them; `helder.cli.round_<verb>`, when it is there."""


class _Rounds(Translated, click.Group):
    """The group of the verbs, each loaded when it is asked for."""

    def __init__(self, say: Say) -> None:
        self.say = say
        super().__init__(
            "round",
            params=list(common(say)),
            help=say(
                "Een ronde brieven: wie wat te horen krijgt, van plan tot de laatste retour.",
                "A round of letters: who is told what, from the plan to the last return.",
            ),
            **ALONE,
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs that are there."""
        return [verb for verb in VERBS if find_spec(f"helder.cli.round_{verb}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one verb."""
        if cmd_name not in self.list_commands(ctx):
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = import_module(f"helder.cli.round_{cmd_name}").command(self.say)
        return self.commands[cmd_name]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that is asked for; a near miss is named."""
        verbs = self.list_commands(ctx)
        if args[0] not in verbs and not args[0].startswith("-"):
            raise click.exceptions.NoSuchCommand(args[0], possibilities=verbs, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then verbs, loading none."""
        super().format_options(ctx, formatter)
        with formatter.section(self.say("Opdrachten", "Commands")):
            formatter.write_dl([(verb, self.say(*VERBS[verb])) for verb in self.list_commands(ctx)])


def command(say: Say) -> click.Command:
    """The group in the user's language."""
    return _Rounds(say)


def round_argument(say: Say) -> click.Argument:
    """ROUND: the id of a round of case.toml."""
    return click.Argument(
        ["round"], metavar=say("RONDE", "ROUND"), help=say("een ronde uit case.toml", "a round of case.toml")
    )
