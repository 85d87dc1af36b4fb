"""`helder round verify CASE ROUND`: read every letter back from the bytes that were made."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, case_argument
from helder.cli.keys import keys_of
from helder.cli.logged import log
from helder.cli.progress import progress
from helder.cli.round import round_argument
from helder.cli.round_check import STOPPED
from helder.cli.round_produce import processes_option
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import facts, number, table

if TYPE_CHECKING:
    from rich.console import Console

IN_DUTCH = {
    "file": "het bestand is geen leesbare PDF, of niet dat van de lijst",
    "count": "in het bestand staan niet de brieven die erin moeten staan",
    "pages": "de pagina's zijn niet die van de brief, in hun volgorde",
    "part": "het documentdeel heeft niet de pagina's van de brief",
    "text": "de tekst is niet die van de variant",
    "address": "het adres is niet dat van de mens",
    "salutation": "de aanhef is niet die van de mens",
    "about": "de brief noemt niet de mens over wie hij gaat",
    "reference": "het kenmerk is niet op elke pagina dat van de brief",
    "code": "de code is niet die van de brief",
    "qr": "de QR-code leidt niet waarheen zij moet",
    "sheet": "de code van een vel klopt niet",
    "surplus": "er staat iets op de pagina dat er niet hoort",
    "hash": "de lijst zegt iets anders",
    "manifest": "de regel van de lijst is niet die van de brief",
}
"""`letters.typeset.verifying.PROBLEMS` in Dutch."""


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "verify",
        say,
        _verify,
        help=say(
            "Lees elke gemaakte brief terug uit de bytes op de schijf: alle, geen steekproef.\n\nKloppen naam, adres, "
            "kenmerk, code en tekst, en staat er niets van iemand anders op? Het lezen gaat langs een eigen weg, niet "
            "langs die van het maken. Is er iets mis, dan eindigt de opdracht met code 1. Het oordeel komt in "
            "rounds/RONDE/out/verified.json.",
            "Read every letter back from the bytes on the disk: all of them, not a sample.\n\nAre name, address, "
            "reference, code and text right, and is nothing of anybody else on it? Reading goes a way of its own, not "
            "that of making. When something is wrong, the exit code is 1. The verdict is written to "
            "rounds/ROUND/out/verified.json.",
        ),
        params=[case_argument(say), round_argument(say), processes_option(say)],
        examples=[("helder round verify lab-2025 round2", say("Lees ze alle terug.", "Read all of them back."))],
        gives={
            "round": say("de ronde", "the round"),
            "letters": say("brieven = verified + wrong", "letters = verified + wrong"),
            "verified": say("brieven die helemaal kloppen", "letters that are right in everything"),
            "wrong": say("brieven die niet kloppen", "letters that are not right"),
            "problems": say("{wat er mis is: keer}", "{what is wrong: times}"),
            "first": say(
                "tot twintig verkeerde: kind, sequence, problem", "up to twenty wrong ones: kind, sequence, problem"
            ),
            "specimen": say("of op elke pagina SPECIMEN staat", "whether every page says SPECIMEN"),
            "at": say("wanneer (UTC)", "when (UTC)"),
            "seconds": say("duur", "how long it took"),
        },
    )


def _verify(screen: Screen, case: Path, round: str, processes: int | None) -> int:
    from helder.case import load_case
    from helder.pipeline.producing import verify

    load_case(case).round(round)
    keys = keys_of(case)
    with progress(screen.say) as listen:
        found = verify(case, keys, round, now=dt.datetime.now(dt.UTC), processes=processes, progress=listen)
    document = asdict(found)
    details = {name: document[name] for name in ("letters", "verified", "wrong")}
    log(case, "round.verify", subject=f"round/{round}", details=details)
    screen.show(document, lambda console: _render(console, document, screen.say))
    return STOPPED if found.wrong else 0


def _render(console: Console, found: dict[str, Any], say: Say) -> None:
    from helder.letters.typeset.verifying import PROBLEMS

    rows = (
        (say("teruggelezen", "read back"), found["letters"]),
        (say("  kloppen helemaal", "  right in everything"), found["verified"]),
        (say("  kloppen niet", "  not right"), found["wrong"]),
    )
    facts(console, [(label, number(value, say)) for label, value in rows])
    wrong = [(say(IN_DUTCH[word], PROBLEMS[word]), number(times, say)) for word, times in found["problems"].items()]
    table(console, say("Wat er mis is", "What is wrong"), ("", say("Keer", "Times")), wrong, right=(1,))
    if wrong:
        console.print(say("Maak de ronde opnieuw, en lees haar terug.", "Produce the round again, and read it back."))
