"""`helder person CASE ID --reason "…"`: what is known about one person, and why."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, assessment_option, case_argument, reason_option
from helder.cli.keys import keys_of
from helder.cli.logged import log, need_reason
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.domain.errors import CaseError

if TYPE_CHECKING:
    from rich.console import Console

_KEYED = re.compile(r"p-[a-z2-7]{16}")


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "person",
        say,
        _person,
        help=say(
            "Leg uit wat over één mens bekend is: per gegeven wat er gebeurd kan zijn, en elk stuk bewijs met zijn "
            "plaats.\n\nVóór er iets verschijnt, komt een regel in het logboek (office.db): wie keek, naar welke mens "
            "(versleuteld nummer) en waarom. Geef '-' in plaats van het nummer om het van de standaardinvoer te lezen; "
            "dan komt het niet in de geschiedenis van de terminal.",
            "Explain what is known about one person: for each item what can have happened, and every piece of evidence "
            "with its place.\n\nBefore anything is shown a line goes into the audit log (office.db): who looked, at "
            "whom (by keyed id) and why. Give '-' instead of the id to read it from standard input, so that it does "
            "not stay in the history of the shell.",
        ),
        params=[
            case_argument(say),
            click.Argument(
                ["id"],
                metavar="ID",
                help=say(
                    "het nummer in het register, een versleuteld nummer (p-…), of '-'",
                    "the register's id, a keyed id (p-…), or '-'",
                ),
            ),
            reason_option(
                say,
                say("Waarom u kijkt (verplicht); komt in het logboek.", "Why you look (required); goes into the log."),
            ),
            assessment_option(say),
        ],
        examples=[
            (
                'helder person lab-2025 - --reason "vraagt wat er gestolen is" < nummer.txt',
                say("Het nummer staat in een bestand.", "The id stands in a file."),
            ),
            (
                'helder person lab-2025 p-abcdefgh234567ab --reason "complaint 12"',
                say("Iemand van wie u het versleutelde nummer hebt.", "Somebody whose keyed id you have."),
            ),
        ],
        gives={
            "person": say("versleuteld nummer", "keyed id"),
            "assessment": say("naam van de beoordeling", "name of the assessment"),
            "as_of": say(
                "dag waarop het bewijs bekend was; null: alles", "day on which the evidence was known; null: all"
            ),
            "in_scope": say("of de zaak over deze mens gaat", "whether the person is in scope"),
            "group": say("groep", "group"),
            "profile": say("nummer van het bewijsprofiel", "number of the profile"),
            "severity": say("ernst volgens ENISA 2013", "severity by ENISA 2013"),
            "parties": say(
                "per partij waar het lek was: items met toestand, mogelijke werelden en waardoor",
                "for each breached party: items with state, worlds left and because of what",
            ),
            "evidence": say(
                "elk stuk bewijs met zijn plaats, en een koppeling in woorden",
                "each piece of evidence with its place, and a link in words",
            ),
            "stated": say("verklaringen, en of ze meetellen", "statements, and whether they count"),
        },
    )


def _person(screen: Screen, case: Path, id: str, reason: str | None, assessment: str) -> None:
    from helder.results.explain import Explainer
    from helder.results.open import Results

    reason = need_reason(reason, screen.say)
    results, keys = Results.open(case, assessment), keys_of(case)
    id = _from_input(screen) if id == "-" else id.strip()
    whom = id if _KEYED.fullmatch(id) else keys.keyed_id(id)
    explainer = Explainer(results, keys)
    try:
        log(case, "person.look", subject=whom, reason=reason, details={"assessment": assessment})
        found = explainer.person(id, screen.lang)
    finally:
        explainer.close()
    screen.show(found, lambda console: _render(console, found, results.case.file.groups, screen.say))


def _from_input(screen: Screen) -> str:
    """The id from standard input: asked for without showing it on a terminal, else the first line."""
    if sys.stdin.isatty():
        id = str(click.prompt(screen.say("Nummer", "Id"), hide_input=True, err=True))
    else:
        id = sys.stdin.readline()
    if not id.strip():
        raise CaseError(
            screen.say("De standaardinvoer is leeg.", "Standard input is empty."),
            do=screen.say("Geef het nummer op de eerste regel.", "Give the id on the first line."),
        )
    return id.strip()


def _render(console: Console, found: dict[str, Any], groups: list[Any], say: Say) -> None:
    group = next((g.label.get(say.lang, g.id) for g in groups if g.id == found["group"]), None)
    console.print(found["person"], style="bold")
    if not found["in_scope"]:
        console.print(say("Valt buiten de mensen over wie de zaak gaat.", "Is outside the scope of the case."))
    elif group:
        console.print(say(f"Groep: {group}", f"Group: {group}"))
    for party in found["parties"]:
        console.print()
        console.print(f"{party['name']}: {party['says']}", style="bold")
        _because(console, party, "  ", say)
        for item in party["items"]:
            _item(console, item, say)
    _evidence(console, found, say)


def _item(console: Console, item: dict[str, Any], say: Say) -> None:
    console.print(f"  {item['label']}: {item['says']}")
    if item["worlds_left"] == 1:
        console.print(f"      {item['worlds'][0]}", style="dim")
    else:
        left = say(f"nog {item['worlds_left']} van 14 mogelijk", f"{item['worlds_left']} of 14 still possible")
        console.print(f"      {left}", style="dim")
    _because(console, item, "      ", say)


def _because(console: Console, told: dict[str, Any], indent: str, say: Say) -> None:
    """What a conclusion rests on, in words, with the names by which decisions call it."""
    if told["because"]:
        named = (f"{words} ({id})" for words, id in zip(told["reasons"], told["because"], strict=True))
        console.print(f"{indent}{say('door', 'because of')}: {'; '.join(named)}", style="dim")
    if told["tie"]:
        console.print(f"{indent}{say('want', 'for')} {told['tie']}", style="dim")


def _evidence(console: Console, found: dict[str, Any], say: Say) -> None:
    console.print()
    console.print(say("Bewijs", "Evidence"), style="bold")
    for line in found["evidence"]:
        place = line["place"]
        row = say(f"{place['file']}, rij {place['row']}", f"{place['file']}, row {place['row']}")
        counts = "" if line["counts"] else say(" (telt niet mee)", " (does not count)")
        console.print(f"  {line['says']}{counts}")
        console.print(f"      {row} (sha256 {place['sha256'][:12]}…)", style="dim")
        for reason in line.get("link", ()):
            console.print(f"      {reason}", style="dim")
    if found["stated"]:
        console.print()
        console.print(say("Verklaard", "Stated"), style="bold")
    for line in found["stated"]:
        console.print(f"  {line['says']}")
        if line["document"]:
            console.print(f"      {line['document']}", style="dim")
