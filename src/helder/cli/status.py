"""`helder status CASE`: how the case stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, case_argument
from helder.cli.keys import found_at
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.strays import stray_lines
from helder.cli.tables import facts, number, table
from helder.domain.errors import HelderError

if TYPE_CHECKING:
    from rich.console import Console

    from helder.case import Case


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "status",
        say,
        _status,
        help=say(
            "Toon hoe de zaak ervoor staat: wat is uitgerekend en wanneer, welke bronnen sindsdien veranderden, en wat "
            "op een beslissing van een mens wacht. Een sleutel is niet nodig.",
            "Show how the case stands: what was computed and when, which sources changed since, and what waits for a "
            "person's decision. No key is needed.",
        ),
        params=[case_argument(say)],
        examples=[("helder status lab-2025", say("De stand van de zaak.", "The state of the case."))],
        gives={
            "case": say("id van de zaak", "id of the case"),
            "title": say("titel van de zaak", "title of the case"),
            "key_file": say("gevonden sleutelbestand", "key file that was found"),
            "assessments": say(
                "per beoordeling wat de laatste run vond", "for each assessment what the last run found"
            ),
            "sources": say(
                "per bron de rijen, en wat sindsdien veranderde", "for each source its rows, and what changed since"
            ),
        },
    )


def _status(screen: Screen, case: Path) -> None:
    from helder.case import load_case

    loaded = load_case(case)
    names = list(dict.fromkeys(["current", *loaded.file.assessments]))
    document = {
        "case": loaded.file.case.id,
        "title": loaded.file.case.title.get(screen.lang, loaded.file.case.id),
        "key_file": str(found_at(case) or ""),
        "assessments": [_assessment(loaded, name) for name in names],
        "sources": [_source(loaded, id) for id in loaded.source_ids],
    }
    screen.show(document, lambda console: _render(console, document, loaded, screen.say))


def _assessment(case: Case, name: str) -> dict[str, Any]:
    """What the last run of an assessment found; only `run: false` when there is none."""
    from helder.results.counts import summary
    from helder.results.open import Results

    try:
        results = Results.open(case.folder, name)
        found = summary(results)
    except HelderError as error:
        return {"assessment": name, "run": False, "why": error.what}
    kept = ("as_of", "engine", "records", "linked", "review", "unlinked", "people", "contradictions", "stray_lines")
    return {
        "assessment": name,
        "run": True,
        "finished": results.record.finished.isoformat(timespec="seconds"),
        **{key: found[key] for key in kept},
    }


def _source(case: Case, id: str) -> dict[str, Any]:
    """A source as the last run read it, and what changed in its files since."""
    from helder.results.open import Results
    from helder.sources import SourceFacts, changed

    source: dict[str, Any] = {"source": id, "fills": case.file.sources[id].fills, "records": None, "changed": []}
    for name in ("current", *case.file.assessments):
        try:
            results = Results.open(case.folder, name)
            facts = SourceFacts.from_dict(results.facts(f"source-{id}")).seen(results.record.seen.get(id, ()))
        except (HelderError, StopIteration):
            continue
        of_nobody = results.facts("evidence").get("about_nobody", {})
        source |= {"records": facts.records, "used": facts.used, "rejected": facts.rejected}
        if id in of_nobody:
            source["of_nobody"] = of_nobody[id]
        try:
            source["changed"] = [str(change) for change in changed(case, facts)]
        except HelderError as error:
            source["changed"] = [error.what]
        break
    return source


def _render(console: Console, document: dict[str, Any], case: Case, say: Say) -> None:
    console.print(document["title"], style="bold")
    key = document["key_file"] or say("geen bestand gevonden", "no file found")
    facts(console, [(say("sleutel", "key"), key)], numbers=False)
    rows = [
        (
            one["assessment"],
            one["finished"].replace("T", " ")[:16],
            one["as_of"] or "",
            number(one["people"], say),
            number(one["records"], say),
            number(one["review"], say),
            number(one["contradictions"], say),
        )
        if one["run"]
        else (one["assessment"], say("niet uitgerekend", "not computed"), "", "", "", "", "")
        for one in document["assessments"]
    ]
    columns = (
        "",
        say("Uitgerekend (UTC)", "Computed (UTC)"),
        say("Bekend op", "Known on"),
        say("Mensen", "People"),
        say("Rijen", "Records"),
        say("Te beslissen", "To decide"),
        say("Tegenspraak", "Contradictions"),
    )
    table(console, say("Beoordelingen", "Assessments"), columns, rows, right=(3, 4, 5, 6))
    sources = [
        (
            one["source"],
            one["fills"],
            number(one["records"], say) if one["records"] is not None else "",
            number(one["rejected"], say) if one["records"] is not None else "",
            " ".join(one["changed"]),
        )
        for one in document["sources"]
    ]
    names = (
        say("Bron", "Source"),
        say("Vult", "Fills"),
        say("Rijen", "Records"),
        say("Terzijde", "Set aside"),
        say("Veranderd", "Changed"),
    )
    table(console, say("Bronnen", "Sources"), names, sources, right=(2, 3))
    told = [
        line for one in document["assessments"] if one["run"] for line in stray_lines(one["stray_lines"], case, say)
    ]
    for line in dict.fromkeys(told):
        console.print(line, style="yellow")
