"""`helder round check CASE ROUND`: are the letters true for everyone who would read them?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, case_argument
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import facts, number, table

if TYPE_CHECKING:
    from rich.console import Console

    from helder.pipeline.lettering import Checked

_SHOWN = 25
STOPPED = 14
"""Exit code when something stops the round."""


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "check",
        say,
        _check,
        help=say(
            "Controleer of de brieven van een ronde waar zijn.\n\nVoor elke lezer die er is, en voor elke lezer die het "
            "bewijs toelaat: klopt elke bewering, staat alles er één keer, ontbreekt er niets? En voor elke zin: zeggen "
            "de woorden wat ze beweren, in elke taal? Zolang iets de ronde tegenhoudt, eindigt de opdracht met code 14.",
            "Check whether the letters of a round are true.\n\nFor every reader there is, and every reader that the "
            "evidence allows: does each claim hold, is everything said once, is nothing missing? And for each sentence: "
            "do its words say what it claims, in each language? While something stops the round, the exit code is 14.",
        ),
        params=[
            case_argument(say),
            click.Argument(["round"], metavar=say("RONDE", "ROUND"), help=say("de ronde", "the round")),
        ],
        examples=[("helder round check lab-2025 round2", say("Controleer ronde 2.", "Check round 2."))],
        gives=GIVES(say),
    )


def GIVES(say: Say) -> dict[str, str]:  # noqa: N802
    """The keys of the JSON document."""
    return {
        "round": say("de ronde", "the round"),
        "assessment": say("de beoordeling", "the assessment"),
        "passed": say("of niets de ronde tegenhoudt", "whether nothing stops the round"),
        "planned": say(
            "of de mensen van de geplande ronde zijn gelezen; anders iedereen in de groepen",
            "whether the planned round's people were read; else everybody in the groups",
        ),
        "letters": say("de brieven", "the letters"),
        "profiles": say("verschillende profielen", "different profiles"),
        "people": say("mensen die een brief lezen", "people who read a letter"),
        "misled": say("mensen die iets onwaars zouden lezen", "people who would read something untrue"),
        "boxes": say("verzamelingen toegelaten lezers", "sets of admissible readers"),
        "variants": say(
            "verschillende documenten; null: teksten ontbreken", "different documents; null: texts missing"
        ),
        "seconds": say("duur", "how long it took"),
        "findings": say(
            "wat gevonden is: rule, says, letter, block, language, of, detail, profiles, people, occurs, stops, example",
            "what was found: rule, says, letter, block, language, of, detail, profiles, people, occurs, stops, example",
        ),
    }


def _check(screen: Screen, case: Path, round: str) -> int:
    from helder.pipeline.lettering import check_letters

    checked = check_letters(case, round)
    document = summary(checked, screen.say) | {"planned": False}
    screen.show(document, lambda console: _show(console, screen.say, checked))
    return 0 if checked.report.passed else STOPPED


def summary(checked: Checked, say: Say) -> dict[str, Any]:
    """What was checked and found, as one document."""
    report = checked.report
    return {
        "round": checked.round,
        "assessment": checked.assessment,
        "passed": report.passed,
        "letters": list(checked.letters),
        "profiles": report.profiles,
        "people": report.people,
        "misled": report.misled,
        "boxes": report.boxes,
        "variants": len(checked.variants.documents) if checked.variants else None,
        "seconds": round(checked.seconds, 2),
        "findings": [finding.as_dict(say.lang) for finding in report.findings],
    }


def _show(console: Console, say: Say, checked: Checked) -> None:
    report = checked.report
    stopping = [finding for finding in report.findings if finding.stops]
    facts(
        console,
        [
            (say("Profielen", "Profiles"), number(report.profiles, say)),
            (say("Lezers", "Readers"), number(report.people, say)),
            (say("Lezen iets onwaars", "Read something untrue"), number(report.misled, say)),
            (
                say("Documenten", "Documents"),
                number(len(checked.variants.documents), say) if checked.variants else "–",
            ),
            (say("Houdt de ronde tegen", "Stops the round"), number(len(stopping), say)),
            (say("Aandachtspunten", "Hints"), number(len(report.findings) - len(stopping), say)),
        ],
    )
    if not report.findings:
        return
    columns = (
        say("Brief", "Letter"),
        say("Blok of zin", "Block or sentence"),
        say("Taal", "Language"),
        say("Wat", "What"),
        say("Mensen", "People"),
    )
    rows = [
        (
            finding.place.letter,
            " ".join(filter(None, (finding.place.block, finding.place.of))),
            finding.place.language,
            " ".join(filter(None, (finding.as_dict(say.lang)["says"], finding.place.detail))),
            number(finding.people, say) if finding.occurs else "",
        )
        for finding in report.findings[:_SHOWN]
    ]
    table(console, say("Gevonden", "Found"), columns, rows, right=(4,))
    example = next((finding.example for finding in stopping if finding.example), None)
    if example:
        states = ", ".join(f"{item}: {state}" for item, state in example["items"].items())
        console.print(say("Kleinste lezer bij wie het misgaat: ", "Smallest reader for whom it fails: ") + states)
