"""`helder export CASE`: tables to share, files for those who must act, evidence for an investigator."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, assessment_option, case_argument, option, reason_option
from helder.cli.keys import keys_of
from helder.cli.logged import log, need_reason
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import counted, number
from helder.cli.usage import UsageError

if TYPE_CHECKING:
    from helder.results.open import Results


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "export",
        say,
        _export,
        help=say(
            "Schrijf uitkomsten naar een nieuwe map.\n\nZonder meer: aantallen om te delen. Aantallen van 1 tot en met "
            "10 staan er niet in, en ook niet wat ze zou verraden. Met --people: één rij per mens uit het register, "
            "versleuteld met de sleutel van de zaak. Met --evidence: alles waarmee een onafhankelijke onderzoeker de "
            "uitkomsten kan narekenen, zonder namen. Voor beide zijn de sleutel en een reden nodig; er komt een regel "
            "in het logboek.",
            "Write results into a new folder.\n\nPlain: numbers to share. Numbers from 1 to 10 are left out, and what "
            "would give them away too. With --people: one row for each person of the register, sealed with the case's "
            "key. With --evidence: all that an independent investigator needs to recompute the outcome, without names. "
            "Both need the key and a reason; a line goes into the audit log.",
        ),
        params=[
            case_argument(say),
            assessment_option(say),
            option(
                "--format",
                type=click.Choice(["csv", "parquet", "xlsx"]),
                default="csv",
                show_default=True,
                help=say("Het soort bestand.", "The kind of file."),
            ),
            option(
                "--out",
                type=click.Path(path_type=Path),
                metavar=say("MAP", "DIR"),
                help=say(
                    "Een map die er nog niet is; anders een nieuwe in DOSSIER/exports.",
                    "A folder that is not there yet; else a new one in CASE/exports.",
                ),
            ),
            option("--people", is_flag=True, help=say("Eén rij per mens.", "One row for each person.")),
            option(
                "--plain",
                is_flag=True,
                help=say(
                    "Met --people: leesbaar in plaats van versleuteld. Wie het bestand heeft, weet alles.",
                    "With --people: readable instead of sealed. Who has the file knows everything.",
                ),
            ),
            option(
                "--evidence", is_flag=True, help=say("Het bewijs, om na te rekenen.", "The evidence, to recompute.")
            ),
            reason_option(
                say,
                say("Waarom (verplicht met --people en --evidence).", "Why (required with --people and --evidence)."),
            ),
        ],
        examples=[
            ("helder export lab-2025 --format xlsx", say("Aantallen als rekenblad.", "Numbers as a spreadsheet.")),
            (
                'helder export lab-2025 --evidence --reason "contra-expertise" --out evidence',
                say("Het bewijs voor een onderzoeker.", "The evidence for an investigator."),
            ),
        ],
        gives={
            "export": say("numbers, people of evidence", "numbers, people or evidence"),
            "assessment": say("naam van de beoordeling", "name of the assessment"),
            "folder": say("de nieuwe map", "the new folder"),
            "files": say("de bestanden daarin", "the files in it"),
            "numbers": say("hoeveel aantallen", "how many numbers"),
            "hidden": say("hoeveel daarvan niet getoond", "how many of them not shown"),
            "people": say("hoeveel mensen", "how many people"),
        },
    )


def _export(
    screen: Screen,
    case: Path,
    assessment: str,
    format: str,
    out: Path | None,
    people: bool,
    plain: bool,
    evidence: bool,
    reason: str | None,
) -> None:
    from helder.results.open import Results

    say = screen.say
    if people and evidence:
        raise UsageError(
            say("--people en --evidence gaan niet samen.", "--people and --evidence do not go together."),
            do=say("Geef de opdracht tweemaal.", "Give the command twice."),
        )
    if plain and not people:
        raise UsageError(say("--plain hoort bij --people.", "--plain goes with --people."))
    what = "people" if people else "evidence" if evidence else "numbers"
    if what != "numbers":
        reason = need_reason(reason, say)
    results = Results.open(case, assessment)
    folder = out or case / "exports" / f"{assessment}-{what}-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}"
    if what == "numbers":
        made = _numbers(results, folder, format)
    else:
        made = _about_people(results, folder, format, what, plain, reason or "")
    document: dict[str, Any] = {"export": what, "assessment": assessment, "folder": str(folder), **made}
    screen.show(document, lambda console: console.print(_words(document, say)))
    if plain and not screen.json:
        screen.remark(
            "Dit bestand is leesbaar voor wie het heeft. Zet het op versleutelde opslag en gooi het weg na gebruik.",
            "Who has this file can read it. Keep it on encrypted storage and delete it after use.",
        )


def _numbers(results: Results, folder: Path, format: Any) -> dict[str, Any]:
    from helder.results.export import numbers, whole

    with whole(folder) as draft:
        made = numbers(results, draft, format)
    folder.chmod(0o755)
    return made


def _about_people(results: Results, folder: Path, format: Any, what: str, plain: bool, reason: str) -> dict[str, Any]:
    from helder.results.export import people, whole
    from helder.results.handover import hand_over

    case = results.case.folder
    keys = keys_of(case)
    with whole(folder) as draft:
        details = {"assessment": results.record.assessment, "plain": plain or what == "evidence", "people": None}
        log(case, f"export.{what}", reason=reason, details=details)
        if what == "people":
            return people(results, keys, draft, format, sealed=not plain)
        return hand_over(results, keys, draft)


def _words(document: dict[str, Any], say: Say) -> str:
    folder = document["folder"]
    if document["export"] == "numbers":
        shown, hidden = (number(document[key], say) for key in ("numbers", "hidden"))
        return say(
            f"{shown} aantallen in {folder}, waarvan {hidden} niet getoond: te klein, of ze verraden een klein aantal.",
            f"{shown} numbers in {folder}, {hidden} of them not shown: too small, or they would give a small one away.",
        )
    if document["export"] == "people":
        people = counted(document["people"], say)
        return say(f"{people:mens|mensen} in {folder}.", f"{people:person|people} in {folder}.")
    return say(
        f"Het bewijs staat in {folder}. Narekenen: python3 {folder}/recompute.py {folder}",
        f"The evidence is in {folder}. Recompute: python3 {folder}/recompute.py {folder}",
    )
