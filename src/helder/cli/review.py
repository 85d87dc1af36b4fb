"""`helder review export|import|status CASE`: people decide which doubtful links are right."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, Group, assessment_option, case_argument, option, reason_option
from helder.cli.keys import keys_of
from helder.cli.logged import log, need_reason
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import facts, number, table
from helder.cli.usage import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from helder.linkage.bound import Judged

_KINDS = (".xlsx", ".csv")
_STALE = {
    "gone": ("rij of kandidaat is weg", "the row or a candidate is gone"),
    "changed": ("rij, bestand of kandidaat is anders", "the row, its file or a candidate is another"),
    "newcomer": ("er is nu een betere kandidaat", "there is a better candidate now"),
    "basis": ("geen grondslag meer om te koppelen", "there is no basis to link any more"),
}


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Group(
        "review",
        say,
        [_export_command(say), _import_command(say), _status_command(say)],
        help=say(
            "Laat mensen twijfelgevallen beslissen: gelekte rijen die van iemand kunnen zijn.\n\nZet ze in een "
            "rekenblad (export), vul het in, lees het terug (import) en draai 'helder run'.",
            "Let people decide doubtful links: leaked rows that may be somebody's.\n\nPut them in a spreadsheet "
            "(export), fill it in, read it back (import) and give 'helder run'.",
        ),
    )


def _export_command(say: Say) -> click.Command:
    return Command(
        "export",
        say,
        _export,
        help=say(
            "Schrijf de twijfelgevallen met hun kandidaten naast elkaar in een rekenblad.\n\nHet bestand bevat "
            "persoonsgegevens: alleen u kunt het openen, er is een reden nodig, en er komt een regel in het logboek. "
            "Gooi het weg na gebruik.",
            "Write the rows under review side by side with their candidates into a spreadsheet.\n\nThe file holds "
            "personal data: only you can open it, a reason is needed, and a line goes into the audit log. Delete it "
            "after use.",
        ),
        params=[
            case_argument(say),
            option(
                "--out",
                type=click.Path(path_type=Path),
                metavar=say("BESTAND", "FILE"),
                help=say(
                    "Een nieuw bestand, .xlsx of .csv; anders een .xlsx in DOSSIER/exports.",
                    "A new file, .xlsx or .csv; else an .xlsx in CASE/exports.",
                ),
            ),
            assessment_option(say),
            reason_option(say, say("Waarom (verplicht); komt in het logboek.", "Why (required); goes into the log.")),
        ],
        examples=[
            (
                'helder review export lab-2025 --out reviews.xlsx --reason "first round of reviews"',
                say("Alle twijfelgevallen.", "All rows under review."),
            )
        ],
    )


def _import_command(say: Say) -> click.Command:
    return Command(
        "import",
        say,
        _import,
        help=say(
            "Lees de besluiten uit een ingevuld bestand.\n\nZe komen in decisions/reviews.csv: alle, of geen als er "
            "iets niet klopt. Ze gelden voor precies deze rijen en kandidaten, vanaf de volgende 'helder run'.",
            "Read the decisions from a file that was filled in.\n\nThey go into decisions/reviews.csv: all of them, or "
            "none when something is wrong. They hold for exactly these rows and candidates, from the next run on.",
        ),
        params=[
            case_argument(say),
            click.Argument(
                ["file"],
                metavar=say("BESTAND", "FILE"),
                type=click.Path(path_type=Path),
                help=say("het ingevulde bestand, .xlsx of .csv", "the file that was filled in, .xlsx or .csv"),
            ),
            assessment_option(say),
        ],
        examples=[("helder review import lab-2025 reviews.xlsx", say("Neem de besluiten over.", "Take them over."))],
    )


def _status_command(say: Say) -> click.Command:
    return Command(
        "status",
        say,
        _status,
        help=say(
            "Toon hoeveel twijfelgevallen er open zijn, wat besloten is en door wie, en wat vervallen is.",
            "Show how many rows are open, what was decided and by whom, and what is stale.",
        ),
        params=[case_argument(say), assessment_option(say)],
        examples=[("helder review status lab-2025", say("Hoe het ervoor staat.", "How it stands."))],
    )


def _export(screen: Screen, case: Path, out: Path | None, assessment: str, reason: str | None) -> None:
    from helder.linkage.review_file import write_reviews
    from helder.pipeline.reviewing import reviewing

    say = screen.say
    reason = need_reason(reason, say)
    path = out or case / "exports" / f"reviews-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}.xlsx"
    if path.suffix.lower() not in _KINDS:
        raise UsageError(
            say("Het bestand is geen .xlsx of .csv.", "The file is no .xlsx or .csv."),
            do=say("Geef zo'n naam met --out.", "Give such a name with --out."),
        )
    with reviewing(case, keys_of(case), assessment) as now:
        reviews = now.reviews(screen.lang)
        log(case, "review.export", reason=reason, details={"assessment": assessment, "reviews": len(reviews)})
        write_reviews(path, reviews, screen.lang)
    document = {"file": str(path), "reviews": len(reviews), "candidates": sum(len(one.candidates) for one in reviews)}
    shown = number(len(reviews), say)
    text = say(f"{shown} twijfelgevallen in {path}.", f"{shown} rows under review in {path}.")
    screen.show(document, lambda console: console.print(text, soft_wrap=True))
    if not screen.json:
        screen.remark(
            "Wie dit bestand heeft, kan het lezen. Zet het op versleutelde opslag en gooi het weg na gebruik.",
            "Who has this file can read it. Keep it on encrypted storage and delete it after use.",
        )


def _import(screen: Screen, case: Path, file: Path, assessment: str) -> None:
    import hashlib

    from helder.engines.store import Store
    from helder.linkage.reviews import path_of, write_decisions
    from helder.pipeline.reviewing import reviewing

    keys = keys_of(case)
    with reviewing(case, keys, assessment) as now, Store(case / "work").lock():
        done, text = now.merged(file, dt.datetime.now().astimezone().date())
        counts = {"new": done.new, "changed": done.changed, "same": done.same}
        log(case, "review.import", details={**counts, "sha256": hashlib.sha256(text.encode()).hexdigest()})
        if done.new or done.changed:
            write_decisions(path_of(case), text)
    document = {"file": str(path_of(case)), "decisions": len(done.decisions), **counts}
    say = screen.say
    new, changed, same = (number(counts[word], say) for word in counts)
    words = say(
        f"{new} nieuwe besluiten, {changed} gewijzigd, {same} stonden er al. Ze gelden na 'helder run {case}'.",
        f"{new} new decisions, {changed} changed, {same} were there already. They hold after 'helder run {case}'.",
    )
    screen.show(document, lambda console: console.print(words, soft_wrap=True))


def _status(screen: Screen, case: Path, assessment: str) -> None:
    from helder.pipeline.reviewing import reviewing

    with reviewing(case, keys_of(case), assessment) as now:
        judged, under_review = now.judged, now.under_review()
    fresh = [one.decision for one in judged if not one.stale]
    settled = {one.place for one in fresh if one.verdict != "unsure"}
    document: dict[str, Any] = {
        "assessment": assessment,
        "open": len(under_review - settled),
        "decided": dict(Counter(one.verdict for one in fresh)),
        "stale": _stale(judged),
        "by": dict(sorted(Counter(one.by for one in fresh).items())),
    }
    screen.show(document, lambda console: _render(console, document, screen.say))


def _stale(judged: list[Judged]) -> dict[str, int]:
    return dict(sorted(Counter(one.stale for one in judged if one.stale).items()))


def _render(console: Console, document: dict[str, Any], say: Say) -> None:
    decided = document["decided"]
    rows = [
        (say("open: een mens moet beslissen", "open: a person must decide"), document["open"]),
        (say("besloten: van deze mens", "decided: this person's"), decided.get("accepted", 0)),
        (say("besloten: van niemand", "decided: nobody's"), decided.get("none", 0)),
        (say("bekeken en onzeker (blijft open)", "looked at and unsure (stays open)"), decided.get("unsure", 0)),
    ]
    rows += [
        (say(f"vervallen: {_STALE[word][0]}", f"stale: {_STALE[word][1]}"), many)
        for word, many in document["stale"].items()
    ]
    facts(console, [(label, number(many, say)) for label, many in rows])
    by = [(name, number(many, say)) for name, many in document["by"].items()]
    table(console, say("Door wie", "By whom"), (say("Naam", "Name"), say("Besluiten", "Decisions")), by, right=(1,))
