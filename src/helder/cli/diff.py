"""`helder diff CASE A B`: what changed between two assessments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, case_argument
from helder.cli.keys import keys_of
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import facts, number, table

if TYPE_CHECKING:
    from rich.console import Console

    from helder.case import Case


def command(say: Say) -> click.Command:
    """The command in the user's language."""

    def assessment(name: str, help: str) -> click.Argument:
        return click.Argument([name], metavar=name.upper(), help=help)

    return Command(
        "diff",
        say,
        _diff,
        help=say(
            "Vergelijk twee beoordelingen van één zaak, mens voor mens, in aantallen.\n\nWie iets anders te horen "
            "krijgt, en voor wie er nu minder zeker is dan eerst: hun volgende brief moet dat zeggen. De aantallen "
            "zijn precies en voor intern gebruik.",
            "Compare two assessments of one case, person by person, in numbers.\n\nWho will be told something else, "
            "and for whom less is certain than before: their next letter must say so. The numbers are exact and for "
            "internal use.",
        ),
        params=[
            case_argument(say),
            assessment("a", say("de eerdere beoordeling", "the earlier assessment")),
            assessment("b", say("de latere beoordeling", "the later assessment")),
        ],
        examples=[
            (
                "helder diff lab-2025 as_told current",
                say("Wat destijds verteld is naast wat nu bekend is.", "What was told beside what is known now."),
            )
        ],
        gives={
            "before": say("eerdere beoordeling", "earlier assessment"),
            "after": say("latere beoordeling", "later assessment"),
            "people": say("mensen over wie het gaat", "people in scope"),
            "changed": say("mensen voor wie iets veranderde", "people for whom something changed"),
            "more_known": say("mensen van wie meer bekend is", "people of whom more is known"),
            "weaker": say("mensen van wie minder zeker is", "people of whom less is certain"),
            "groups": say("{van → naar: mensen}", "{from → to: people}"),
            "items": say("{gegeven: {van → naar: mensen}}", "{item: {from → to: people}}"),
        },
    )


def _diff(screen: Screen, case: Path, a: str, b: str) -> None:
    from helder.results.diff import diff, open_both

    before, after = open_both(case, a, b)
    found = diff(before, after, keys_of(case))
    screen.show(found, lambda console: _render(console, found, after.case, screen.say))


def _render(console: Console, found: dict[str, Any], case: Case, say: Say) -> None:
    from helder.domain.states import BY_ID

    console.print(f"{found['before']} → {found['after']}", style="bold")
    names = (
        ("people", say("mensen over wie het gaat", "people in scope")),
        ("changed", say("  voor wie iets veranderde", "  for whom something changed")),
        ("more_known", say("  van wie meer bekend is", "  of whom more is known")),
        ("weaker", say("  van wie minder zeker is", "  of whom less is certain")),
    )
    facts(console, [(label, number(found[name], say)) for name, label in names])
    people = say("Mensen", "People")
    moves = [(move, number(count, say)) for move, count in found["groups"].items()]
    table(console, say("Van groep veranderd", "Changed group"), (say("Groep", "Group"), people), moves, right=(1,))

    def named(move: str) -> str:
        return " → ".join(BY_ID[state].name(say.lang) for state in move.split(" → "))

    rows = [
        (case.items[item].label.get(say.lang, item) if first else "", named(move), number(count, say))
        for item, counts in found["items"].items()
        for first, (move, count) in zip([True, *[False] * len(counts)], counts.items(), strict=False)
    ]
    columns = (say("Gegeven", "Item"), say("Wat we weten", "What is known"), people)
    table(console, say("Gegevens", "Items"), columns, rows, right=(2,))
