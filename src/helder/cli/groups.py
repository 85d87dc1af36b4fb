"""`helder groups CASE`: who gets which letter, in numbers."""

from __future__ import annotations

from pathlib import Path

import click

from helder.cli.command import Command, assessment_option, case_argument
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import group_rows, table


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "groups",
        say,
        _groups,
        help=say(
            "Toon de groepen: wie welke brief krijgt, in aantallen.\n\nDe groepen verdelen iedereen over wie het gaat; "
            "wie in geen groep past, houdt de run tegen. De aantallen zijn precies en voor intern gebruik.",
            "Show the groups: who gets which letter, in numbers.\n\nThe groups partition everybody in scope; whoever "
            "fits in none stops the run. The numbers are exact and for internal use.",
        ),
        params=[case_argument(say), assessment_option(say)],
        examples=[
            (
                "helder groups lab-2025",
                say("De groepen van de huidige beoordeling.", "The groups of the current assessment."),
            ),
            ("helder groups lab-2025 --assessment as_told", say("Zoals destijds verteld.", "As told at the time.")),
        ],
        gives={
            "case": say("id van de zaak", "id of the case"),
            "assessment": say("naam van de beoordeling", "name of the assessment"),
            "as_of": say(
                "dag waarop het bewijs bekend was; null: alles", "day on which the evidence was known; null: all"
            ),
            "people": say("som van groups", "sum of groups"),
            "outsiders_found": say("anderen, gevonden in de gelekte gegevens", "others, found in the leaked data"),
            "groups": say("{groep: mensen}", "{group: people}"),
            "labels": say("{groep: naam}", "{group: name}"),
        },
    )


def _groups(screen: Screen, case: Path, assessment: str) -> None:
    from helder.results.counts import groups, people_found
    from helder.results.open import Results

    results, say = Results.open(case, assessment), screen.say
    counted = groups(results)
    document = {
        "case": results.record.case,
        "assessment": assessment,
        "as_of": results.record.as_of,
        "people": sum(counted.values()),
        "outsiders_found": people_found(results, in_scope=False),
        "groups": counted,
        "labels": {group.id: group.label.get(say.lang, group.id) for group in results.case.file.groups},
    }
    columns = (say("Groep", "Group"), "", say("Mensen", "People"), "")
    rows = group_rows(counted, results.case, say)
    screen.show(document, lambda console: table(console, say("Groepen", "Groups"), columns, rows, right=(2, 3)))
