"""`helder gaps CASE`: which missing evidence would settle how many people's questions, and whom to ask for it."""

from __future__ import annotations

from pathlib import Path

import click

from helder.cli.command import Command, assessment_option, case_argument
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import number, table


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "gaps",
        say,
        _gaps,
        help=say(
            "Toon welk bewijs ontbreekt: bij wie u het kunt vragen, en voor hoeveel mensen het antwoord hoogstens iets "
            "beslist.",
            "Show which evidence is missing: whom to ask for it, and for how many people the answer settles something "
            "at most.",
        ),
        params=[case_argument(say), assessment_option(say)],
        examples=[
            (
                "helder gaps lab-2025",
                say("De vraag die het meeste beslist, staat bovenaan.", "The question that settles most stands first."),
            )
        ],
        gives={
            "case": say("id van de zaak", "id of the case"),
            "assessment": say("naam van de beoordeling", "name of the assessment"),
            "gaps": say("[{kind, ask, whom, people, wholly, records}]", "[{kind, ask, whom, people, wholly, records}]"),
        },
    )


def _gaps(screen: Screen, case: Path, assessment: str) -> None:
    from helder.results.gaps import as_rows, gaps
    from helder.results.open import Results

    say = screen.say
    results = Results.open(case, assessment)
    found = gaps(results)
    document = {"case": results.record.case, "assessment": assessment, "gaps": as_rows(found, screen.lang)}
    columns = (
        say("Vraag", "Question"),
        say("Aan", "Ask"),
        say("Mensen met iets beslist", "People with something settled"),
        say("met alles", "with all settled"),
    )
    rows = [(gap.ask(screen.lang), gap.whom, number(gap.people, say), number(gap.wholly, say)) for gap in found]
    title = say("Wat ontbreekt", "What is missing") if rows else ""
    screen.show(
        document,
        lambda console: (
            table(console, title, columns, rows, right=(2, 3))
            if rows
            else console.print(say("Er is geen open vraag.", "No question is open."))
        ),
    )
