"""`helder prune CASE`: results of earlier runs that no assessment stands on any more are removed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from helder.cli.command import Command, case_argument
from helder.cli.logged import log
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import number


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "prune",
        say,
        _prune,
        help=say(
            "Ruim op: haal de uitkomsten van eerdere runs weg waar geen beoordeling meer op staat.\n\nElke run bewaart wat "
            "hij uitrekende, ook over mensen (versleuteld), zodat niets twee keer hoeft. Wat oud is moet weg als het niet "
            "meer nodig is. Bronnen, besluiten, rondes en de laatste run van elke beoordeling blijven. Na de bewaartermijn "
            "(retention_until in case.toml) gaat ook weg wat aan mensen verteld is.",
            "Tidy up: remove the results of earlier runs that no assessment stands on any more.\n\nEvery run keeps what it "
            "computed, about people too (sealed), so that nothing is done twice. What is old must go when it is not "
            "needed. Sources, decisions, rounds and the last run of each assessment stay. After the retention period "
            "(retention_until in case.toml) what people were told goes too.",
        ),
        params=[case_argument(say)],
        examples=[("helder prune lab-2025", say("Alleen wat nu geldt blijft.", "Only what holds now stays."))],
        gives={
            "removed": say("aantal uitkomsten dat weg is", "number of results removed"),
            "bytes": say("ruimte die vrij kwam", "room that came free"),
            "kept": say("aantal uitkomsten dat bleef", "number of results kept"),
            "told_erased": say(
                "of gewist is wat aan mensen verteld is", "whether the record of what people were told was erased"
            ),
        },
    )


def _prune(screen: Screen, case: Path) -> None:
    from helder.case import load_case
    from helder.engines.store import Store
    from helder.results.record import records
    from helder.rounds.told import forget_told, told_path

    until = load_case(case).file.case.retention_until
    store = Store(case / "work")
    with store.lock():
        keep = {(stage.name, stage.key) for record in records(case) for stage in record.stages}
        before = _size(case / "work")
        removed = store.prune(keep)
        over = until is not None and until < dt.date.today() and told_path(case).exists()
        if over:
            log(case, "told.erased", subject="case", details={"retention_until": str(until)})
            forget_told(case)
        document = {
            "told_erased": over,
            "removed": removed,
            "bytes": before - _size(case / "work"),
            "kept": len(list(store.results())),
        }
    say, free = screen.say, number(round(document["bytes"] / 1e6), screen.say)
    screen.show(
        document,
        lambda console: console.print(
            say(
                f"{number(removed, say)} oude uitkomsten weg, {free} MB vrij; {number(document['kept'], say)} blijven.",
                f"{number(removed, say)} old results removed, {free} MB free; {number(document['kept'], say)} stay.",
            )
            + (
                say(
                    " De bewaartermijn is voorbij: wat aan mensen verteld is, is gewist.",
                    " The retention period is over: the record of what people were told was erased.",
                )
                if over
                else ""
            )
        ),
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
