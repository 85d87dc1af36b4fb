"""`helder reconcile CASE`: published numbers beside the evidence."""

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
        "reconcile",
        say,
        _reconcile,
        help=say(
            "Leg gepubliceerde getallen naast het bewijs.\n\nElk getal is een bewering: van iemand, op een dag, in een "
            "eenheid (rijen, mensen, brieven). Ze staan in het bestand dat 'counts' in case.toml noemt.",
            "Compare published numbers with the evidence.\n\nEvery number is a claim: by somebody, on a day, in a unit "
            "(records, people, letters). They stand in the file that 'counts' of case.toml names.",
        ),
        params=[case_argument(say), assessment_option(say)],
        examples=[
            (
                "helder reconcile lab-2025 --assessment as_told",
                say(
                    "Naast het bewijs zoals het destijds gelezen is.", "Beside the evidence as it was read at the time."
                ),
            )
        ],
        gives={
            "case": say("id van de zaak", "id of the case"),
            "assessment": say("naam van de beoordeling", "name of the assessment"),
            "claims": say(
                "elke bewering met ours, difference en verdict", "each claim with ours, difference and verdict"
            ),
        },
    )


def _reconcile(screen: Screen, case: Path, assessment: str) -> None:
    from helder.results.open import Results
    from helder.results.reconcile import as_rows, reconcile

    say = screen.say
    results = Results.open(case, assessment)
    found = as_rows(reconcile(results))
    verdicts = {
        "equal": say("gelijk", "equal"),
        "about": say("ongeveer", "about"),
        "differs": say("VERSCHILT", "DIFFERS"),
        "other_meaning": say("betekent iets anders", "means something else"),
        "not_comparable": say("niet te vergelijken", "not comparable"),
    }
    columns = (
        say("Gepubliceerd", "Published"),
        say("Door", "By"),
        say("Bewering", "Claim"),
        say("Getal", "Number"),
        say("Bewijs", "Evidence"),
        "",
    )
    rows = [
        (
            row["published"],
            row["issuer"],
            row["meaning"],
            number(row["number"], say),
            number(row["ours"], say),
            verdicts.get(row["verdict"], row["verdict"]),
        )
        for row in found
    ]
    document = {"case": results.record.case, "assessment": assessment, "claims": found}
    nothing = say("De zaak noemt geen gepubliceerde getallen.", "The case names no published numbers.")
    screen.show(
        document,
        lambda console: (
            table(console, say("Beweringen en bewijs", "Claims and evidence"), columns, rows, right=(3, 4))
            if rows
            else console.print(nothing)
        ),
    )
