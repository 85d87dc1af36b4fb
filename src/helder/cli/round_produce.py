"""`helder round produce CASE ROUND`: make the letters of a planned round, specimens until it is approved."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, case_argument, option
from helder.cli.keys import keys_of
from helder.cli.logged import log
from helder.cli.progress import progress
from helder.cli.round import round_argument
from helder.cli.round_words import compared_key, not_asked
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import facts, number

if TYPE_CHECKING:
    from rich.console import Console


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "produce",
        say,
        _produce,
        help=say(
            "Maak de brieven van een ronde in rounds/RONDE/out: drukbestanden met hun lijsten, of brieven één voor één als "
            "het kanaal voor post ze zo neemt (Notify).\n\nTot twee mensen de ronde "
            "hebben goedgekeurd staat op elke pagina SPECIMEN. Na een storing of Ctrl-C gaat dezelfde opdracht verder: "
            "geen brief dubbel, geen brief te weinig. Briefpapier en wensen van de drukker staan in letters/paper.toml.",
            "Make the letters of a round in rounds/ROUND/out: print files with their lists, or letters one by one when the "
            "channel for post takes them so (Notify).\n\nUntil two people have "
            "approved the round every page says SPECIMEN. After a failure or Ctrl-C the same command goes on: no letter "
            "twice, none missing. Letter paper and the print house's wishes stand in letters/paper.toml.",
        ),
        params=[case_argument(say), round_argument(say), processes_option(say)],
        examples=[("helder round produce lab-2025 round2", say("Maak ze, of ga verder.", "Make them, or go on."))],
        gives=produced_keys(say),
    )


def processes_option(say: Say) -> click.Option:
    """--processes: how many work at the same time."""
    return option(
        "--processes",
        type=click.IntRange(1, 256),
        metavar="N",
        help=say(
            "Zoveel processen tegelijk; anders één per processor. De brieven zijn dezelfde.",
            "So many processes at once; else one per processor. The letters are the same.",
        ),
    )


def produced_keys(say: Say) -> dict[str, str]:
    """What each key of the document holds."""
    return {
        "round": say("de ronde", "the round"),
        "state": say("hoe zij ervoor staat", "how it stands"),
        "specimen": say("of op elke pagina SPECIMEN staat", "whether every page says SPECIMEN"),
        "waits": say("wat er nog nodig is voor echte brieven", "what real letters still wait for"),
        "date": say("de dag op de brieven", "the day on the letters"),
        "people": say(
            "mensen in de ronde = letters + suppressed + unreachable",
            "people in the round = letters + suppressed + unreachable",
        ),
        "letters": say("brieven = printed + singles", "letters = printed + singles"),
        "suppressed": say("aan wie niet geschreven wordt", "who are not written to"),
        "unreachable": say("die niet te bereiken zijn", "who cannot be reached"),
        "printed": say("brieven in drukbestanden", "letters in print files"),
        "singles": say("brieven die één voor één gaan", "letters that go one by one"),
        "variants": say("verschillende documenten", "different documents"),
        "files": say("drukbestanden", "print files"),
        "pages": say("bedrukte pagina's", "printed pages"),
        "sheets": say("vellen", "sheets"),
        "bytes": say("lengte van de drukbestanden", "length of the print files"),
        "bytes_per_letter": say("dezelfde, per brief", "the same, per letter"),
        "seconds": say("duur", "how long it took"),
        "out": say("de map", "the folder"),
        "compared": compared_key(say),
    }


def _produce(screen: Screen, case: Path, round: str, processes: int | None) -> None:
    from helder.case import load_case
    from helder.cli.office import office_of
    from helder.pipeline.producing import produce

    load_case(case).round(round)
    keys = keys_of(case)
    with progress(screen.say) as listen:
        now, office = dt.datetime.now(dt.UTC), office_of(case)
        made = produce(case, keys, round, now=now, processes=processes, progress=listen, office=office)
    document = {**asdict(made), "waits": list(made.waits)}
    details = {name: document[name] for name in ("letters", "specimen", "files")}
    log(case, "round.produce", subject=f"round/{round}", details=details)
    screen.show(document, lambda console: _render(console, document, case, screen.say))


def _render(console: Console, made: dict[str, Any], case: Path, say: Say) -> None:
    rows = (
        (say("brieven", "letters"), made["letters"]),
        (say("  in drukbestanden", "  in print files"), made["printed"]),
        (say("  één voor één", "  one by one"), made["singles"]),
        (say("geen brief, met reden", "no letter, for a reason"), made["suppressed"]),
        (say("niet te bereiken", "cannot be reached"), made["unreachable"]),
        (say("verschillende documenten", "different documents"), made["variants"]),
        (say("drukbestanden", "print files"), made["files"]),
        (say("vellen", "sheets"), made["sheets"]),
        (say("bytes per brief", "bytes a letter"), made["bytes_per_letter"]),
    )
    facts(console, [(label, number(value, say)) for label, value in rows])
    console.print(say(f"Zij staan in {made['out']}.", f"They are in {made['out']}."))
    if made["specimen"]:
        console.print(
            say(
                "Op elke pagina staat SPECIMEN: de ronde is nog niet goedgekeurd.",
                "Every page says SPECIMEN: the round is not approved yet.",
            )
        )
    elif made["compared"] is None:
        console.print(not_asked(say))
    round = made["round"]
    console.print(say("Lees ze terug met: ", "Read them back with: ") + f"helder round verify {case} {round}")
    one = (
        f"helder round letter {case} {round} {say('KENMERK --out brief.pdf', 'REFERENCE --out letter.pdf')} --reason …"
    )
    console.print(say("Bekijk er een met: ", "Look at one with: ") + one, soft_wrap=True)
