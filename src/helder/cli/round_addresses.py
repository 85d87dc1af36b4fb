"""`helder round addresses CASE ROUND --reason "…"`: ask the register where people live now."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, case_argument, option, reason_option
from helder.cli.keys import keys_of
from helder.cli.logged import log, need_reason
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import counted, number
from helder.domain.errors import CaseError

if TYPE_CHECKING:
    from rich.console import Console

    from helder.domain.address_refresh import AddressRegister
    from helder.results.open import Results

_OUTCOMES = {
    "address": ("adres bevestigd", "address confirmed"),
    "none": ("geen adres bekend bij het register", "the register knows no address"),
    "not_confirmed": ("niets over gehoord; het oude adres blijft staan", "no answer; the old address stands"),
    "other_person": ("nummer van iemand anders; oude adres blijft", "number of somebody else; old address stands"),
    "invalid_number": ("niet gevraagd: geen eigen, geldig nummer", "not asked: no valid number of their own"),
}


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "addresses",
        say,
        _addresses,
        help=say(
            "Vraag de basisregistratie waar mensen nu wonen, vóór de brieven worden gemaakt.\n\nAlleen wat op de "
            "envelop komt wordt gevraagd, en de geboortedatum als controle. Toegang staat in de omgeving: "
            "HELDER_BRP_URL, en HELDER_BRP_API_KEY of HELDER_BRP_TOKEN. Gestopt of afgebroken? Geef dezelfde opdracht "
            "opnieuw: wat beantwoord is, wordt niet nog eens gevraagd.",
            "Ask the register where people live now, before letters are made.\n\nOnly what goes on the envelope is "
            "asked for, and the date of birth as a check. Access stands in the environment: HELDER_BRP_URL, and "
            "HELDER_BRP_API_KEY or HELDER_BRP_TOKEN. Stopped or broken off? Give the same command again: what was "
            "answered is not asked twice.",
        ),
        params=[
            case_argument(say),
            click.Argument(
                ["round"], metavar=say("RONDE", "ROUND"), help=say("naam van de ronde", "name of the round")
            ),
            option(
                "--from",
                "source",
                default="brp",
                show_default=True,
                metavar=say("REGISTER", "REGISTER"),
                help=say("Aan welk register.", "Which register."),
            ),
            reason_option(
                say,
                say(
                    "Waarom u mensen opzoekt (verplicht); komt in het logboek.",
                    "Why you look people up (required); goes into the log.",
                ),
            ),
            option(
                "--most",
                type=click.IntRange(min=1),
                metavar=say("AANTAL", "NUMBER"),
                help=say(
                    "Stel niet meer vragen dan dit (20 mensen per vraag).",
                    "Ask no more questions than this (20 people each).",
                ),
            ),
            option(
                "--per-second",
                type=click.FloatRange(min=0.01, max=1000),
                default=5.0,
                show_default=True,
                metavar=say("AANTAL", "NUMBER"),
                help=say(
                    "Hoeveel vragen per seconde het register toelaat.",
                    "How many questions a second the register allows.",
                ),
            ),
            option(
                "--since",
                type=click.DateTime(["%Y-%m-%d"]),
                metavar=say("DATUM", "DATE"),
                help=say(
                    "Vraag opnieuw wat vóór deze dag beantwoord is.", "Ask again what was answered before this day."
                ),
            ),
        ],
        examples=[
            (
                'helder round addresses lab-2025 round1 --reason "adressen vóór ronde 1"',
                say("Vraag alles wat nog niet beantwoord is.", "Ask all that is not answered yet."),
            ),
            (
                'helder round addresses lab-2025 round1 --since 2025-09-01 --most 5000 --reason "besluit 12"',
                say("Ververs oude antwoorden, met een grens.", "Refresh old answers, within a budget."),
            ),
        ],
        gives={
            "round": say("de ronde", "the round"),
            "from": say("het register", "the register"),
            "people": say("mensen in de ronde, zonder overledenen", "people in the round, without the deceased"),
            "asked": say("mensen over wie nu gevraagd is", "people asked about in this run"),
            "left": say("mensen over wie nog gevraagd moet worden", "people still to be asked about"),
            "questions": say("vragen die verstuurd zijn, herhalingen meegeteld", "questions sent, repetitions counted"),
            "unguarded": say(
                "adressen waarbij geen geboortedatum te vergelijken was", "addresses without a date of birth to compare"
            ),
            "outcomes": say("aantal mensen per uitkomst, over alle antwoorden", "people by outcome, over all answers"),
        },
    )


def _addresses(
    screen: Screen,
    case: Path,
    round: str,
    source: str,
    reason: str | None,
    most: int | None,
    per_second: float,
    since: dt.datetime | None,
) -> None:
    from dataclasses import asdict

    from helder.case.load import load_case
    from helder.cli.progress import progress
    from helder.pipeline.asking import ask_for_addresses
    from helder.results.open import Results

    reason = need_reason(reason, screen.say)
    told = load_case(case).round(round)
    results, keys = Results.open(case, told.assessment), keys_of(case)
    register = _opened(results, source, per_second, screen.say)
    try:
        log(case, "addresses.ask", reason=reason, details={"round": round, "from": source})
        with progress(screen.say) as listen:
            done = ask_for_addresses(
                results,
                told,
                register,
                keys,
                today=dt.date.today(),
                most=most,
                since=since.date() if since else None,
                tell=lambda share: listen("addresses", share),
            )
        counts = {"round": round, "questions": done.questions, "asked": done.asked, "left": done.left}
        log(case, "addresses.answered", reason=reason, details=counts)
    finally:
        register.close()
    document = {"round": round, "from": source, **asdict(done)}
    screen.show(document, lambda console: _render(console, document, screen.say))


def _opened(results: Results, source: str, per_second: float, say: Say) -> AddressRegister:
    """The register of the case's country by that name. Raises `CaseError` when there is none."""
    import os

    from helder.countries import country

    found = country(results.case.file.case.country).address_registers
    if source not in found:
        known = ", ".join(found) or say("geen", "none")
        raise CaseError(
            say(
                f"Er is geen register '{source}' om naar adressen te vragen.",
                f"There is no register '{source}' to ask.",
            ),
            where="--from",
            do=say(
                f'Bekend: {known}. Adressen uit een bestand zijn een bron: fills = "addresses" in case.toml.',
                f'Known: {known}. Addresses in a file are a source: fills = "addresses" in case.toml.',
            ),
        )
    return found[source](os.environ, per_second)


def _render(console: Console, document: dict[str, Any], say: Say) -> None:
    asked, questions, left = (counted(document[key], say) for key in ("asked", "questions", "left"))
    console.print(
        say(
            f"Over {asked:mens|mensen} gevraagd, in {questions:vraag|vragen}.",
            f"Asked about {asked:person|people}, in {questions:question|questions}.",
        )
    )
    for outcome, people in document["outcomes"].items():
        if people:
            console.print(f"  {number(people, say):>9}  {say(*_OUTCOMES[outcome])}")
    if document["left"]:
        console.print(
            say(
                f"Nog {left:|} te gaan: geef dezelfde opdracht opnieuw.",
                f"{left:|} to go: give the same command again.",
            )
        )
