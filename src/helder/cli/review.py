"""`helder review CASE export|import|status`: doubtful links, decided by people."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, case_argument, option, reason_option
from helder.cli.keys import keys_of
from helder.cli.logged import log
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import facts, number, table
from helder.cli.usage import UsageError

if TYPE_CHECKING:
    from rich.console import Console

_ACTIONS = ("export", "import", "status")
_WHY = "review of doubtful links"


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "review",
        say,
        _review,
        help=say(
            "Laat mensen beslissen over gelekte rijen die misschien bij iemand horen.\n\n'export' schrijft de "
            "twijfelgevallen naast elkaar in een rekenblad (.xlsx of .csv). Daar staan persoonsgegevens in: er komt "
            "een regel in het logboek. Wie beslist, vult in: het nummer van de kandidaat, 'geen' of 'onzeker'; naam, "
            "dag en reden. 'import' leest dat terug in decisions/reviews.csv, alles of niets; daarna verwerkt 'helder "
            "run' het. 'status' telt wat nog wacht.",
            "Let people decide on leaked rows that may belong to somebody.\n\n'export' writes the doubtful cases side "
            "by side into a spreadsheet (.xlsx or .csv). It holds personal data: a line goes into the audit log. Who "
            "decides fills in: the number of the candidate, 'none' or 'unsure'; name, day and reason. 'import' reads "
            "that back into decisions/reviews.csv, all or nothing; then 'helder run' applies it. 'status' counts what "
            "still waits.",
        ),
        params=[
            case_argument(say),
            click.Argument(
                ["action"],
                type=click.Choice(_ACTIONS),
                metavar="|".join(_ACTIONS),
                help=say("wat u wilt doen", "what you want to do"),
            ),
            click.Argument(
                ["file"],
                required=False,
                type=click.Path(path_type=Path),
                metavar=say("[BESTAND]", "[FILE]"),
                help=say("het ingevulde bestand, bij 'import'", "the file that was filled in, for 'import'"),
            ),
            option(
                "--out",
                type=click.Path(path_type=Path),
                metavar=say("BESTAND", "FILE"),
                help=say(
                    "Bij 'export': een nieuw bestand (.xlsx of .csv); anders een nieuw in DOSSIER/exports.",
                    "For 'export': a new file (.xlsx or .csv); else a new one in CASE/exports.",
                ),
            ),
            reason_option(say, say("Bij 'export': waarom, voor het logboek.", "For 'export': why, for the audit log.")),
        ],
        examples=[
            ("helder review lab-2025 status", say("Hoeveel wacht er nog?", "How many still wait?")),
            (
                "helder review lab-2025 export --out twijfel.xlsx",
                say("Schrijf de twijfelgevallen.", "Write the cases."),
            ),
            ("helder review lab-2025 import twijfel.xlsx", say("Lees de beslissingen terug.", "Read decisions back.")),
        ],
    )


def _review(screen: Screen, case: Path, action: str, file: Path | None, out: Path | None, reason: str | None) -> None:
    if (action == "import") != (file is not None):
        raise UsageError(
            screen.say(
                "Bij 'import', en alleen daar, hoort het ingevulde bestand.",
                "'import', and nothing else, takes the file that was filled in.",
            ),
            do="helder review --help",
        )
    if action == "export":
        _export(screen, case, out, reason)
    elif file is not None:
        _import(screen, case, file)
    else:
        _status(screen, case)


def _export(screen: Screen, case: Path, out: Path | None, reason: str | None) -> None:
    from helder.linkage.review_file import write_reviews
    from helder.pipeline.reviewing import reviewing

    path = out or case / "exports" / f"reviews-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}.xlsx"
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise UsageError(
            screen.say("Een bestand met twijfelgevallen is .xlsx of .csv.", "A file of reviews is .xlsx or .csv."),
            where=str(path),
            do=screen.say("Geef een andere naam met --out.", "Name another with --out."),
        )
    with reviewing(case, keys_of(case)) as work:
        found = work.reviews(screen.lang)
        log(case, "review.export", reason=(reason or "").strip() or _WHY, details={"rows": len(found)})
        write_reviews(path, found, screen.lang)
    document = {"export": "reviews", "file": str(path), "rows": len(found)}
    rows = number(len(found), screen.say)
    said = screen.say(
        f"{rows} rijen in {path}. Vul de gele vakken in en lees het terug met:\n  helder review {case} import {path}",
        f"{rows} rows in {path}. Fill in the yellow cells, and read it back with:\n  helder review {case} import {path}",
    )
    screen.show(document, lambda console: console.print(said, soft_wrap=True))


def _import(screen: Screen, case: Path, file: Path) -> None:
    from helder.linkage.reviews import path_of, write_decisions
    from helder.pipeline.reviewing import reviewing

    with reviewing(case, keys_of(case)) as work:
        merged, text = work.merged(file, dt.date.today())
    found = {"new": merged.new, "changed": merged.changed, "same": merged.same, "decisions": len(merged.decisions)}
    if merged.new or merged.changed:
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        log(case, "review.import", details={**found, "sha256": sha256})
        write_decisions(path_of(case), text)
    document = {"import": str(file), **found}
    new, changed, same = (number(found[key], screen.say) for key in ("new", "changed", "same"))
    said = screen.say(
        f"{new} beslissingen nieuw, {changed} veranderd, {same} waren er al. Verwerk ze met: helder run {case}",
        f"{new} decisions new, {changed} changed, {same} were there already. Apply them with: helder run {case}",
    )
    screen.show(document, lambda console: console.print(said, soft_wrap=True))


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
        "decided": dict(results.facts("linkage").get("reviews", {})),
    }
    words = {
        "accepted": say("van de gekozen mens", "of the person chosen"),
        "none": say("van geen van hen", "of none of them"),
        "unsure": say("onzeker, wacht nog", "unsure, still waits"),
        "stale": say("niet meer geldig: de rij of een kandidaat veranderde", "stale: the row or a candidate changed"),
        "overruled": say("anders dan de koppeling vond", "otherwise than linkage found"),
    }

    def render(console: Console) -> None:
        rows = [(dataset, number(count, say)) for dataset, count in document["by_dataset"].items()]
        columns = (say("Gegevens", "Dataset"), say("Rijen die wachten", "Rows that wait"))
        table(console, say("Te beslissen", "To decide"), columns, rows, right=(1,))
        console.print(say("Beslist, in de laatste run", "Decided, in the last run"), style="bold")
        facts(console, [(words.get(name, name), number(count, say)) for name, count in document["decided"].items()])

    screen.show(document, render)
