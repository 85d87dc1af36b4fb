"""`helder run CASE`: compute what changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, assessment_option, case_argument, engine_option, option
from helder.cli.doubts import doubt_lines
from helder.cli.keys import keys_of
from helder.cli.progress import progress
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.strays import stray_lines
from helder.cli.tables import counted, number, summary, summary_keys

if TYPE_CHECKING:
    from rich.console import Console


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "run",
        say,
        _run,
        help=say(
            "Reken uit wat veranderd is, en toon de uitkomst in aantallen.\n\nAlleen stappen waarvan de invoer "
            "veranderde, worden gedaan. Is een run gestopt, dan gaat dezelfde opdracht verder waar die ophield. De "
            "aantallen zijn precies en voor intern gebruik: gebruik 'helder export' voor wat naar buiten gaat.",
            "Compute what changed, and show the outcome in numbers.\n\nOnly stages whose inputs changed are done. When "
            "a run was stopped, the same command goes on where it ended. The numbers are exact and for internal use: "
            "use 'helder export' for what goes outside.",
        ),
        params=[
            case_argument(say),
            assessment_option(say),
            option(
                "--as-of",
                type=click.DateTime(["%Y-%m-%d"]),
                metavar=say("DATUM", "DATE"),
                help=say("Alleen bewijs dat op die dag bekend was.", "Only evidence that was known on that day."),
            ),
            engine_option(say),
            option(
                "--save-model",
                type=click.Path(dir_okay=False, path_type=Path),
                metavar=say("BESTAND", "FILE"),
                help=say(
                    "Bewaar het koppelmodel van deze run. Met 'model' onder [thresholds] gebruikt een volgende run het, en "
                    "traint dan niet.",
                    "Keep this run's linkage model. With 'model' under [thresholds] a later run uses it and does not train.",
                ),
            ),
        ],
        examples=[
            ("helder run lab-2025", say("Reken uit wat veranderd is.", "Compute what changed.")),
            (
                "helder run lab-2025 --as-of 2025-09-12",
                say("Wat we op 12 september konden weten.", "What we could know on 12 September."),
            ),
            (
                "helder run lab-2025 --assessment as_told --json",
                say("Een andere beoordeling, als JSON.", "Another assessment, as JSON."),
            ),
            (
                "helder run lab-2025 --save-model lab-2025/model.json",
                say("Bewaar wat het koppelen leerde.", "Keep what linkage learnt."),
            ),
        ],
        gives=summary_keys(say),
    )


def _run(
    screen: Screen, case: Path, assessment: str, as_of: dt.datetime | None, engine: str, save_model: Path | None
) -> None:
    from helder.case import load_case
    from helder.linkage.saved import write_model
    from helder.pipeline import run
    from helder.results.counts import summary as count
    from helder.results.open import Results

    load_case(case)
    keys, day = keys_of(case), as_of.date() if as_of else None
    with progress(screen.say) as listen:
        run(case, keys, assessment=assessment, as_of=day, engine=engine, progress=listen)
    results = Results.open(case, assessment)
    document = count(results)
    if save_model:
        write_model(save_model, results.facts("linkage")["model"])

    def render(console: Console) -> None:
        _changed(console, document, screen.say)
        summary(console, document, results.case, screen.say)
        _done(console, document, screen.say)
        for decision in results.case.not_yet:
            not_yet = ("Telt nog niet mee, gedateerd na vandaag", "Does not count yet, dated after today")
            console.print(f"{screen.say(*not_yet)}: {decision}.", style="yellow")
        for line in doubt_lines(document["doubts"], screen.say):
            console.print(line, style="yellow")
        for line in stray_lines(document["stray_lines"], results.case, screen.say):
            console.print(line, style="yellow")

    screen.show(document, render)


def _changed(console: Console, document: dict[str, Any], say: Say) -> None:
    for source, what in document["changed"].items():
        console.print(say(f"Bron {source} is veranderd: {what}", f"Source {source} changed: {what}"))


def _done(console: Console, document: dict[str, Any], say: Say) -> None:
    for source, rows in document["rejected"].items():
        console.print(
            say(
                f"Bron {source}: {counted(rows, say):rij|rijen} terzijde gelegd; zie 'helder check'.",
                f"Source {source}: {counted(rows, say):row|rows} set aside; see 'helder check'.",
            )
        )
    seconds = sum(document["seconds"].values())
    again, stages = len(document["reused"]), counted(len(document["seconds"]), say)
    console.print(
        say(
            f"{stages:stap|stappen} in {seconds:.1f} s, waarvan {again} niet veranderd; "
            f"{number(document['peak_memory_mb'], say)} MB.",
            f"{stages:stage|stages} in {seconds:.1f} s, {again} of them unchanged; "
            f"{number(document['peak_memory_mb'], say)} MB.",
        )
    )
