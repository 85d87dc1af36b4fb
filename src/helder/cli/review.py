"""`helder review CASE export|import|status`: doubtful links, decided by people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, case_argument
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import number, table

if TYPE_CHECKING:
    from rich.console import Console


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "review",
        say,
        _review,
        help=say(
            "Laat mensen beslissen over gelekte rijen die misschien bij iemand horen.\n\n'export' schrijft de "
            "twijfelgevallen naast elkaar in een werkblad; er staan persoonsgegevens in. Wie beslist vult in: ja of "
            "nee, naam, dag en reden. 'import' leest dat terug in decisions/; daarna verwerkt 'helder run' het. "
            "'status' telt wat nog wacht.",
            "Let people decide on leaked rows that may belong to somebody.\n\n'export' writes the doubtful cases side "
            "by side into a worksheet; it holds personal data. Who decides fills in: yes or no, name, day and reason. "
            "'import' reads that back into decisions/; then 'helder run' applies it. 'status' counts what still waits.",
        ),
        params=[
            case_argument(say),
            click.Argument(
                ["action"],
                type=click.Choice(["export", "import", "status"]),
                metavar="export|import|status",
                help=say("wat u wilt doen", "what you want to do"),
            ),
        ],
        examples=[("helder review lab-2025 status", say("Hoeveel wacht er nog?", "How many still wait?"))],
    )


def _review(screen: Screen, case: Path, action: str) -> None:
    _status(screen, case)


def _status(screen: Screen, case: Path) -> None:
    from helder.results.open import Results

    results, say = Results.open(case), screen.say
    waiting = [row for row in results.links if row["outcome"] == "review"]
    document: dict[str, Any] = {
        "case": results.record.case,
        "waiting": sum(row["records"] for row in waiting),
        "by_dataset": {
            dataset: sum(row["records"] for row in waiting if row["dataset"] == dataset)
            for dataset in results.case.datasets
        },
        "decided": sum(row["records"] for row in results.links if row["method"] == "decision"),
    }

    def render(console: Console) -> None:
        rows = [(dataset, number(count, say)) for dataset, count in document["by_dataset"].items()]
        columns = (say("Gegevens", "Dataset"), say("Rijen die wachten", "Rows that wait"))
        table(console, say("Te beslissen", "To decide"), columns, rows, right=(1,))
        decided = number(document["decided"], say)
        console.print(say(f"{decided} rijen door mensen beslist.", f"{decided} rows decided by people."))

    screen.show(document, render)
