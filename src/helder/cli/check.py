"""`helder check CASE`: everything that can be checked without computing anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.check_days import in_the_future, not_yet
from helder.cli.command import Command, case_argument
from helder.cli.doubts import doubt_advice, doubt_sentence
from helder.cli.dutch import in_dutch
from helder.cli.failure import translate
from helder.cli.finding import Finding
from helder.cli.keys import found_at, keys_of
from helder.cli.progress import progress
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.storage import known_encrypted, open_to_others
from helder.cli.strays import stray_advice, stray_sentence
from helder.cli.tables import counted, number
from helder.domain.errors import HelderError

if TYPE_CHECKING:
    from rich.console import Console

    from helder.case import Case
    from helder.engines.duckdb import DuckEngine
    from helder.sources import SourceFacts
    from helder.sources.table import Odd


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "check",
        say,
        _check,
        help=say(
            "Controleer alles, reken niets uit: case.toml, de beslissingen, of elke bron er is en past bij wat de zaak "
            "ervan zegt, de sleutel, en of de bestanden veilig staan. Eindigt met de code van de eerste fout.",
            "Check everything, compute nothing: case.toml, the decisions, whether every source is there and fits what "
            "the case says of it, the key, and whether the files are kept safely. Ends with the code of the first "
            "error.",
        ),
        params=[case_argument(say)],
        examples=[("helder check lab-2025", say("Vóór de eerste run.", "Before the first run."))],
        gives={
            "case": say("id van de zaak", "id of the case"),
            "ok": say("of er geen fouten zijn", "whether there are no errors"),
            "errors": say("aantal fouten", "number of errors"),
            "warnings": say("aantal waarschuwingen", "number of warnings"),
            "findings": say("[{level, about, what, where, do}]", "[{level, about, what, where, do}]"),
        },
    )


def _check(screen: Screen, case: Path) -> int:
    from helder.case import load_case
    from helder.sources.trial import trial_engine

    say = screen.say
    loaded = load_case(case)
    errors: list[HelderError] = []
    found = [
        Finding(
            "right", "case.toml", say("case.toml en de beslissingen kloppen.", "case.toml and the decisions are right.")
        )
    ]

    def attempt(about: str, look: Callable[[], Iterator[Finding]]) -> None:
        try:
            found.extend(look())
        except HelderError as error:
            error = translate(error, say)
            errors.append(error)
            found.append(Finding("error", about, error.what, error.where, error.do))

    found.extend(_unchanged(case, say))
    found.extend(not_yet(loaded, say))
    found.extend(in_the_future(loaded, say))
    attempt("case.toml", lambda: _register(loaded))
    attempt("decisions", lambda: _reviews(loaded))
    with trial_engine() as engine, progress(say) as listen:
        for id in loaded.source_ids:
            listen(f"source-{id}", 0.0)
            attempt(id, lambda id=id: _source(engine, loaded, id, say))  # type: ignore[misc]
            listen(f"source-{id}", 1.0)
        attempt("case.toml", lambda: _stated(engine, loaded))
    attempt("counts", lambda: _claims(loaded, say))
    attempt("key", lambda: _key(loaded, say))
    found.extend(_safety(case, say))
    found.extend(_kept_too_long(loaded, say))
    levels = [one.level for one in found]
    document: dict[str, Any] = {
        **(errors[0].as_dict() if errors else {}),
        "case": loaded.file.case.id,
        "ok": not errors,
        "errors": levels.count("error"),
        "warnings": levels.count("warning"),
        "findings": [one._asdict() for one in found],
    }
    screen.show(document, lambda console: _render(console, found, say))
    return errors[0].exit_code if errors else 0


def _unchanged(case: Path, say: Say) -> Iterator[Finding]:
    """Lines that `helder new` made up and nobody has changed."""
    text = (case / "case.toml").read_text("utf-8").splitlines()
    places = [str(at) for at, line in enumerate(text, start=1) if "# CHANGE" in line]
    lines = counted(len(places), say)
    if places:
        yield Finding(
            "warning",
            "case.toml",
            say(
                f"{lines:regel van case.toml is verzonnen en moet|regels van case.toml zijn verzonnen en moeten} nog veranderd worden.",
                f"{lines:line of case.toml is|lines of case.toml are} made up and still must be changed.",
            ),
            f"case.toml: {', '.join(places)}",
            say("Verander ze en haal '# CHANGE' weg.", "Change them and take '# CHANGE' away."),
        )


def _register(case: Case) -> Iterator[Finding]:
    """Whether there is one register."""
    from helder.pipeline.inputs import the_register

    the_register(case)
    yield from ()


def _reviews(case: Case) -> Iterator[Finding]:
    """Whether what people decided of doubtful rows is as Helder wrote it: a run would say so only when it gets there."""
    from helder.linkage.reviews import path_of, read_decisions

    read_decisions(path_of(case.folder))
    yield from ()


def _stated(engine: DuckEngine, case: Case) -> Iterator[Finding]:
    """Whether statements and deletions in sources are right: those files are small, so they are read."""
    from helder.sources.trial import with_stated_sources

    with_stated_sources(engine, case)
    yield from ()


def _source(engine: DuckEngine, case: Case, id: str, say: Say) -> Iterator[Finding]:
    """Whether a source is there with all columns that are mapped; what is not used, set aside, or changed."""
    from helder.sources.mapping import plan
    from helder.sources.reading import open_files

    planned = plan(case, id)
    files = open_files(case, planned)
    for file in files:
        facts = file.facts(planned.columns)
        stated = ", ".join(f"{name} {value}" for name, value in facts.stated.items())
        yield Finding(
            "right", id, f"{facts.format}: {stated}" if stated else facts.format, f"{facts.name} {facts.sha256[:12]}"
        )
        for doubt in map(asdict, facts.doubts):
            advice = doubt_advice(doubt, id, say)
            yield Finding("warning", id, doubt_sentence(doubt, say), facts.name, advice)
        if facts.unused_columns and case.file.sources[id].fills == "leaked":
            yield Finding(
                "warning",
                id,
                say(
                    f"Niet gebruikte kolommen: {', '.join(facts.unused_columns)}.",
                    f"Columns not used: {', '.join(facts.unused_columns)}.",
                ),
                facts.name,
                say(
                    "Staat er iets in dat mensen moeten weten? Koppel de kolom dan aan een gegeven ('item:…').",
                    "If they hold anything that people must know of, map the column to an item ('item:…').",
                ),
            )
    yield from _values(engine, case, id, say)


def _values(engine: DuckEngine, case: Case, id: str, say: Say) -> Iterator[Finding]:
    """What is odd in the values, by the last run or else by the first rows; dates there that cannot be read.

    Those are an error where the first rows are all, else a warning.
    """
    from helder.sources.sample import ROWS
    from helder.sources.trial import first_rows

    whole, odd, error, rows_seen = first_rows(engine, case, id)
    if not rows_seen:
        yield Finding(
            "warning",
            id,
            say("Er staat geen enkele rij in die te gebruiken is.", "It holds not one row that can be used."),
            do=say("Is dit het hele bestand? Vraag de afzender.", "Is this the whole file? Ask the sender."),
        )
    if error and whole:
        raise error
    rows = number(ROWS, say)
    seen = "" if whole else say(f" (gezien aan de eerste {rows} rijen)", f" (seen in the first {rows} rows)")
    if error:
        told = translate(error, say)
        yield Finding("warning", id, told.what + seen, told.where, told.do)
    last = list(_last_run(case, id, say))
    yield from last or (one._replace(what=one.what.removesuffix(".") + f"{seen}.") for one in _odd(odd, id, say))


def _last_run(case: Case, id: str, say: Say) -> Iterator[Finding]:
    """What the last run found of a source, if there was one, and whether its files changed since."""
    from helder.results.counts import strays
    from helder.results.open import Results
    from helder.sources import SourceFacts, changed

    try:
        results = Results.open(case.folder)
        facts = SourceFacts.from_dict(results.facts(f"source-{id}")).seen(results.record.seen.get(id, ()))
    except (HelderError, StopIteration):
        return
    for change in changed(case, facts):
        yield Finding(
            "warning", id, str(change), do=say("'helder run' leest de bron opnieuw.", "'helder run' reads it again.")
        )
    yield from _odd(facts, id, say)
    for stray in strays(results):
        if stray["source"] == id:
            do = stray_advice(stray, results.case, say) if stray["declared"] and not stray["accepted"] else ""
            yield Finding("warning", id, stray_sentence(stray, results.case, say), do=do)


def _odd(found: SourceFacts | Odd, id: str, say: Say) -> Iterator[Finding]:
    """Rows that are set aside, and values that cannot be read or say that there is none."""
    for reason in found.reasons:
        rows = counted(reason.rows, say)
        where = say(f"kolom {reason.column}", f"column {reason.column}") if reason.column else ""
        what = say(
            f"{rows:rij|rijen} terzijde gelegd: {in_dutch(reason.reason)}.",
            f"{rows:row|rows} set aside: {reason.reason}.",
        )
        yield Finding("warning", id, what, where)
    for counts, dutch, english in (
        (found.unreadable, "niet te lezen", "that cannot be read"),
        (found.fillers, "gelezen als leeg", "read as empty"),
    ):
        for field, count in counts.items():
            if field == "items":
                continue  # told below, by who received them
            values = number(count, say)
            yield Finding("warning", id, say(f"{field}: {values} keer {dutch}.", f"{field}: {values} {english}."))
    if unknown := found.unreadable.get("items", 0):
        rows = counted(unknown, say)
        yield Finding(
            "warning",
            id,
            say(
                f"{rows:rij noemt|rijen noemen} een gegeven dat case.toml niet kent; de rest {rows:-ervan|van die rijen} telt mee.",
                f"{rows:row names|rows name} an item that case.toml does not declare; the rest of {rows:-it|those rows} counts.",
            ),
            do=say(
                f"Vertaal het woord in sources.{id}.columns.items (values), of laat het daar leeg: dan is het geen gegeven van deze zaak.",
                f"Translate the word in sources.{id}.columns.items (values), or make it empty there: then it is no item of this case.",
            ),
        )


def _claims(case: Case, say: Say) -> Iterator[Finding]:
    """Whether the published numbers can be read."""
    from helder.results.reconcile import read_claims

    if case.file.counts:
        claims = counted(len(read_claims(case.folder / case.file.counts)), say)
        what = say(
            f"{claims:gepubliceerd getal|gepubliceerde getallen}.", f"{claims:published number|published numbers}."
        )
        yield Finding("right", "counts", what, case.file.counts)


def _key(case: Case, say: Say) -> Iterator[Finding]:
    """Whether there is a key, outside the folder, and whether it is that of the results."""
    from helder.engines.manifest import read_manifest

    keys = keys_of(case.folder)
    where = str(found_at(case.folder) or "HELDER_KEY")
    yield Finding(
        "right", "key", say("Er is een sleutel, buiten de map.", "There is a key, outside the folder."), where
    )
    manifests = map(read_manifest, sorted((case.folder / "work").glob("[!.]*/[!.]*/manifest.json")))
    if any(manifest and manifest.inputs.get("key") != keys.key_id.hex() for manifest in manifests):
        yield Finding(
            "warning",
            "key",
            say("Sommige uitkomsten zijn met een andere sleutel gemaakt.", "Some results were made with another key."),
            str(case.folder / "work"),
            say("'helder run' rekent ze opnieuw uit.", "'helder run' computes them again."),
        )


def _safety(case: Path, say: Say) -> Iterator[Finding]:
    """Whether the files of the case are kept safely."""
    sources = case / "sources"
    place = sources if sources.exists() else case
    if not known_encrypted(place):
        yield Finding(
            "warning",
            "storage",
            say(
                "Niet vast te stellen dat de bronnen op versleutelde opslag staan.",
                "It cannot be established that the sources lie on encrypted storage.",
            ),
            str(place),
            say("Zet de map op een versleutelde schijf (LUKS).", "Keep the folder on an encrypted disk (LUKS)."),
        )
    exposed = [
        path
        for name in ("sources", "rounds", "exports")
        if (case / name).is_dir()
        for path in open_to_others(case / name)
    ]
    exposed += [path for path in [case / "office.db"] if path.exists() and path.stat().st_mode & 0o007]
    files = counted(len(exposed), say)
    if exposed:
        yield Finding(
            "warning",
            "storage",
            say(
                f"Iedere gebruiker van deze machine kan {files:bestand|bestanden} van de zaak lezen.",
                f"Every user of this machine can read {files:file|files} of the case.",
            ),
            str(exposed[0]),
            f"chmod -R o= {case}",
        )


def _kept_too_long(case: Case, say: Say) -> Iterator[Finding]:
    """Whether the day has passed after which nothing may be kept."""
    until = case.file.case.retention_until
    if until is not None and until < dt.date.today():
        yield Finding(
            "warning",
            "case.toml",
            say(
                f"De bewaartermijn is voorbij sinds {until:%d-%m-%Y}.",
                f"The retention period ended on {until:%d-%m-%Y}.",
            ),
            "case.toml [case] retention_until",
            say(
                f"'helder prune {case.folder}' wist wat aan mensen verteld is; verwijder daarna de map, haar sleutel en haar "
                "kopieën.",
                f"'helder prune {case.folder}' erases what people were told; then remove the folder, its key and its backups.",
            ),
        )


def _render(console: Console, found: list[Finding], say: Say) -> None:
    signs = {"right": ("✓", "green"), "warning": ("!", "yellow"), "error": ("✗", "red")}
    for one in found:
        sign, style = signs[one.level]
        console.print(f"{sign} {one.about}: {one.what}", style=style if one.level != "right" else None)
        for label, text in ((say("waar", "where"), one.where), (say("doe", "do"), one.do)):
            if text and one.level != "right":
                console.print(f"    {label}: {text}")
    levels = [one.level for one in found]
    errors, warnings = (counted(levels.count(one), say) for one in ("error", "warning"))
    console.print(
        say(
            f"{errors:fout|fouten}, {warnings:waarschuwing|waarschuwingen}.",
            f"{errors:error|errors}, {warnings:warning|warnings}.",
        )
    )
