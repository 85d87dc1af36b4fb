"""`helder review CASE export|import|status`: doubtful links, decided by people."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, assessment_option, case_argument, option, reason_option
from helder.cli.keys import keys_of
from helder.cli.logged import log, need_reason
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import counted, facts, number, table
from helder.cli.usage import UsageError

if TYPE_CHECKING:
    from rich.console import Console

_ACTIONS = ("export", "import", "status")
_STALE = {
    "gone": ("de rij of een kandidaat is weg", "the row or a candidate is gone"),
    "changed": ("de rij, haar bestand of een kandidaat is anders", "the row, its file or a candidate is another"),
    "newcomer": ("er is nu een betere kandidaat", "there is a better candidate now"),
    "basis": ("er is geen grondslag meer om te koppelen", "there is no basis to link any more"),
}


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "review",
        say,
        _review,
        help=say(
            "Laat mensen beslissen over gelekte rijen die misschien bij iemand horen.\n\n'export' schrijft de "
            "twijfelgevallen naast elkaar in een rekenblad (.xlsx of .csv). Daar staan persoonsgegevens in: alleen u "
            "kunt het openen, er is een reden nodig en er komt een regel in het logboek. Wie beslist, vult in: het "
            "nummer van de kandidaat, 'geen' of 'onzeker'; naam, dag en reden. 'import' leest dat terug in "
            "decisions/reviews.csv, alles of niets; daarna verwerkt 'helder run' het. 'status' telt wat open is, "
            "besloten en vervallen, en door wie.",
            "Let people decide on leaked rows that may belong to somebody.\n\n'export' writes the doubtful cases side "
            "by side into a spreadsheet (.xlsx or .csv). It holds personal data: only you can open it, a reason is "
            "needed, and a line goes into the audit log. Who decides fills in: the number of the candidate, 'none' or "
            "'unsure'; name, day and reason. 'import' reads that back into decisions/reviews.csv, all or nothing; then "
            "'helder run' applies it. 'status' counts what is open, decided and stale, and by whom.",
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
            assessment_option(say),
            reason_option(
                say,
                say(
                    "Waarom (verplicht bij 'export'); komt in het logboek.",
                    "Why (required for 'export'); goes into the log.",
                ),
            ),
        ],
        examples=[
            ("helder review lab-2025 status", say("Hoeveel wacht er nog?", "How many still wait?")),
            (
                'helder review lab-2025 export --out twijfel.xlsx --reason "week 40"',
                say("Schrijf de twijfelgevallen.", "Write the cases."),
            ),
            ("helder review lab-2025 import twijfel.xlsx", say("Lees de beslissingen terug.", "Read decisions back.")),
        ],
        gives={
            "case": say("id van de zaak", "id of the case"),
            "open": say("status: rijen die op een beslissing wachten", "status: rows that wait for a decision"),
            "decided": say("status: {besluit: rijen}", "status: {decision: rows}"),
            "stale": say("status: {waarom: vervallen besluiten}", "status: {why: stale decisions}"),
            "by": say("status: {wie: besluiten}", "status: {who: decisions}"),
            "export": say("export: 'reviews'", "export: 'reviews'"),
            "file": say("export: het geschreven bestand", "export: the file written"),
            "rows": say("export: rijen erin", "export: rows in it"),
            "import": say("import: het gelezen bestand", "import: the file read"),
            "new": say("import: nieuwe beslissingen", "import: new decisions"),
            "changed": say("import: veranderde", "import: changed ones"),
            "same": say("import: die er al waren", "import: that were there already"),
            "decisions": say("import: beslissingen in totaal", "import: decisions in all"),
        },
    )


def _review(
    screen: Screen,
    case: Path,
    action: str,
    file: Path | None,
    out: Path | None,
    assessment: str,
    reason: str | None,
) -> None:
    if (action == "import") != (file is not None):
        raise UsageError(
            screen.say(
                "Bij 'import', en alleen daar, hoort het ingevulde bestand.",
                "'import', and nothing else, takes the file that was filled in.",
            ),
            do="helder review --help",
        )
    if action == "export":
        _export(screen, case, out, assessment, need_reason(reason, screen.say))
    elif file is not None:
        _import(screen, case, file, assessment)
    else:
        _status(screen, case, assessment)


def _export(screen: Screen, case: Path, out: Path | None, assessment: str, reason: str) -> None:
    from helder.linkage.review_file import write_reviews
    from helder.pipeline.reviewing import reviewing

    path = out or case / "exports" / f"reviews-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}.xlsx"
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise UsageError(
            screen.say("Een bestand met twijfelgevallen is .xlsx of .csv.", "A file of reviews is .xlsx or .csv."),
            where=str(path),
            do=screen.say("Geef een andere naam met --out.", "Name another with --out."),
        )
    with reviewing(case, keys_of(case), assessment) as work:
        found = work.reviews(screen.lang)
        log(case, "review.export", reason=reason, details={"assessment": assessment, "rows": len(found)})
        write_reviews(path, found, screen.lang)
    document = {"export": "reviews", "file": str(path), "rows": len(found)}
    rows = counted(len(found), screen.say)
    said = screen.say(
        f"{rows:rij|rijen} in {path}. Vul de gele vakken in en lees het terug met:\n  helder review {case} import {path}",
        f"{rows:row|rows} in {path}. Fill in the yellow cells, and read it back with:\n  helder review {case} import {path}",
    )
    screen.show(document, lambda console: console.print(said))
    if not screen.json:
        screen.remark(
            "Wie dit bestand heeft, kan het lezen. Zet het op versleutelde opslag en gooi het weg na gebruik.",
            "Who has this file can read it. Keep it on encrypted storage and delete it after use.",
        )


def _import(screen: Screen, case: Path, file: Path, assessment: str) -> None:
    from helder.engines.store import Store
    from helder.linkage.reviews import path_of, write_decisions
    from helder.pipeline.reviewing import reviewing

    # Alone in the case: two imports at once would each write what the other does not know.
    with reviewing(case, keys_of(case), assessment) as work, Store(case / "work").lock():
        merged, text = work.merged(file, dt.datetime.now().astimezone().date())
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
    screen.show(document, lambda console: console.print(said))


def _status(screen: Screen, case: Path, assessment: str) -> None:
    from helder.pipeline.reviewing import reviewing

    with reviewing(case, keys_of(case), assessment) as work:
        judged, under_review = work.judged, work.under_review()
    fresh = [one.decision for one in judged if not one.stale]
    verdicts = Counter(one.verdict for one in fresh)
    settled = {one.place for one in fresh if one.verdict != "unsure"}
    document: dict[str, Any] = {
        "case": work.results.record.case,
        "open": len(under_review - settled),
        "decided": {"accepted": verdicts["accepted"], "none": verdicts["none"], "unsure": verdicts["unsure"]},
        "stale": dict(sorted(Counter(one.stale for one in judged if one.stale).items())),
        "by": dict(sorted(Counter(one.by for one in fresh).items())),
    }
    screen.show(document, lambda console: _render(console, document, screen.say))


def _render(console: Console, document: dict[str, Any], say: Say) -> None:
    words = {
        "accepted": say("besloten: van de gekozen mens", "decided: of the person chosen"),
        "none": say("besloten: van niemand van hen", "decided: of none of them"),
        "unsure": say("bekeken en onzeker; wacht nog", "looked at and unsure; still waits"),
    }
    rows = [(say("wacht op een beslissing", "waits for a decision"), document["open"])]
    rows += [(words[verdict], count) for verdict, count in document["decided"].items()]
    rows += [
        (say(f"vervallen: {_STALE[why][0]}", f"stale: {_STALE[why][1]}"), count)
        for why, count in document["stale"].items()
    ]
    facts(console, [(label, number(count, say)) for label, count in rows])
    by = [(name, number(count, say)) for name, count in document["by"].items()]
    table(console, say("Door wie", "By whom"), (say("Naam", "Name"), say("Besluiten", "Decisions")), by, right=(1,))
