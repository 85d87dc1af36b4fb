"""Evidence for an independent investigator: all that is needed to recompute every conclusion, and nobody's name.

People stand in it under their keyed id only. It is still about people: who also has the register and the key, or the
received files, can tell who is who.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import shutil
from collections.abc import Iterator
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from helder import __version__
from helder.domain.states import STATES
from helder.domain.tables import ASSESSED, EVIDENCE, Column, Table
from helder.domain.worlds import PERSON_IN, PERSON_OUT, STOLEN, WORLDS
from helder.engines.disk import writing
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.exposure.evidence import EvidenceClass
from helder.exposure.marking import Marking
from helder.exposure.marks import Mark
from helder.exposure.rules import PERSON, rules
from helder.results.export import keyed, plain
from helder.results.open import Results

_SECRET = re.compile(r"(://[^\s/:@\"']*):[^\s/@\"']*@")
_PACKAGES = ("duckdb", "pyarrow", "splink", "sqlglot", "pyspark")
_SMALL = ("profiles", "marks", "profile_worlds", "clashes")


def hand_over(results: Results, keys: Keys, folder: Path) -> dict[str, Any]:
    """Write the evidence of an assessment into `folder`, and give the names of the files."""
    engine = DuckEngine(keys)
    try:
        _people(results, keys, engine, folder)
        for table in _SMALL:
            plain(results.published(results.exposure, table), engine, folder, table)
        plain(results.published("evidence", "classes"), engine, folder, "classes")
        plain(results.published("decided", "link_counts"), engine, folder, "link_counts")
        for source in results.sources:
            fills = results.case.file.sources[source].fills
            if fills in ("statements", "deletions"):
                plain(results.published(f"source-{source}", fills), engine, folder, f"{fills}_{source}")
    finally:
        engine.close()
    with writing(folder):
        _meaning(results, folder)
        _texts(results, folder)
        sums = "".join(f"{_hash(path)}  {path.relative_to(folder)}\n" for path in _files(folder))
        (folder / "SHA256SUMS").write_text(sums, "utf-8")
    return {"files": [str(path.relative_to(folder)) for path in _files(folder)]}


def _people(results: Results, keys: Keys, engine: DuckEngine, folder: Path) -> None:
    """Evidence and conclusions with keyed ids in place of numbers."""
    register = keyed(results, keys, engine)
    for table, published in (
        (EVIDENCE, results.published("evidence", "evidence")),
        (ASSESSED, results.published(results.exposure, "assessed")),
    ):
        person = Column("person", "text", "the person's keyed id", True)
        shape = Table(table.name, (person, *table.columns[1:]), table.order, personal=False)
        rest = ", ".join(f"t.{name}" for name in table.names[1:])
        engine.read("rows", published)
        engine.publish(
            f"SELECT r.keyed AS person, {rest} FROM rows AS t JOIN {register} AS r ON r.person = t.person",
            shape,
            folder,
        )


def _meaning(results: Results, folder: Path) -> None:
    """What marks each class of evidence sets, and the rules that meet them."""
    case = results.case
    reading = case.assessment(results.record.assessment).model_copy(update={"as_of": results.record.as_of})
    marking = Marking(case, reading)
    of_class = [marking.marks(EvidenceClass.from_row(row)) for row in results.rows("evidence", "classes")]
    built = rules(case, reading, {mark for marks in of_class for mark in marks})
    marks = sorted(
        {mark for some in of_class for mark in some} | {m for rule in built for m in rule.when | rule.unless}
    )
    number = {mark: position for position, mark in enumerate(marks)}
    pairs = [(position, number[mark]) for position, some in enumerate(of_class) for mark in sorted(some)]
    columns = {"class": [pair[0] for pair in pairs], "mark": [pair[1] for pair in pairs]}
    pq.write_table(pa.table(columns), folder / "class_marks.parquet")
    whole = {
        "marks": [mark._asdict() for mark in marks],
        "rules": [
            {
                "evidence": rule.evidence,
                "party": rule.party,
                "item": rule.item,
                "when": _positions(rule.when, number),
                "unless": _positions(rule.unless, number),
                "leaves": rule.leaves,
            }
            for rule in built
        ],
        "set_aside": dict(_set_aside(results)),
        "worlds": [{"ours": world.ours, "other": world.other, "fate": world.fate} for world in WORLDS],
        "states": [{"state": s.id, "inside": s.inside, "nl": s.nl, "en": s.en} for s in STATES],
        "stolen": STOLEN,
        "person": PERSON,
        "in": PERSON_IN,
        "out": PERSON_OUT,
    }
    (folder / "rules.json").write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _positions(marks: frozenset[Mark], number: dict[Mark, int]) -> list[int]:
    return sorted(number[mark] for mark in marks)


def _set_aside(results: Results) -> Iterator[tuple[str, list[str]]]:
    """Evidence that decisions set aside, by profile."""
    for profile, decided in results.set_aside.items():
        yield str(profile), sorted(decided)


def _texts(results: Results, folder: Path) -> None:
    """The case and its decisions as text, sources by hash, versions, the README and the script."""
    case, record = results.case.folder, results.record
    (folder / "case.toml").write_text(_SECRET.sub(r"\1:***@", (case / "case.toml").read_text("utf-8")), "utf-8")
    # These name who decided, and people of the register by keyed id only.
    for decision in sorted([*(case / "decisions").glob("*.toml"), *(case / "decisions").glob("reviews.csv")]):
        (folder / "decisions").mkdir(exist_ok=True)
        shutil.copyfile(decision, folder / "decisions" / decision.name)
    about = {
        "case": record.case,
        "assessment": record.assessment,
        "as_of": record.as_of.isoformat() if record.as_of else None,
        "links": record.links,
        "datasets": record.datasets,
        "computed": record.finished.isoformat(timespec="seconds"),
        "stages": {stage.name: stage.key for stage in record.stages},
        "case_toml_sha256": _hash(case / "case.toml"),
        "versions": {
            "helder": __version__,
            "python": platform.python_version(),
            "engine": record.engine,
            **_versions(),
        },
    }
    sources = {source: results.facts(f"source-{source}") for source in results.sources}
    for name, content in (("about", about), ("sources", sources)):
        (folder / f"{name}.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (folder / "README.md").write_text(_README.format(case=record.case, assessment=record.assessment), "utf-8")
    script = resources.files("helder.results").joinpath("recompute.py").read_text("utf-8")
    (folder / "recompute.py").write_text(script, "utf-8")


def _versions() -> dict[str, str]:
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_README = """# Evidence of case {case}, assessment {assessment}

Confidential: about people, who stand in it under keyed ids only.

## Check it yourself

    python3 recompute.py .

This needs Python 3.11 and pyarrow, nothing of Helder. It checks every file against `SHA256SUMS`, puts the evidence
about each person together, applies the rules, and compares what is left with what was concluded. Read it first: it is
short.

## What is here

| file | what |
|---|---|
| `case.toml`, `decisions/` | what people decided: parties, items, statements, acceptances (passwords taken out) |
| `sources.json` | each source: its files, their SHA-256, how they were read, rows used and rejected, and why |
| `classes.parquet` | what a piece of evidence can be: who sent what to whom and when; a row of which dataset |
| `evidence.parquet` | every piece of evidence: person (keyed), class, and its place: source, file, row |
| `class_marks.parquet`, `rules.json` | which marks a class sets, and which worlds each rule leaves |
| `profiles.parquet`, `profile_worlds.parquet` | people whose evidence says the same: their number, worlds left |
| `marks.parquet` | what the bits of a profile's marks mean |
| `assessed.parquet` | each person's profile |
| `clashes.parquet` | evidence that contradicts itself, and whether a decision settled it |
| `link_counts.parquet` | leaked rows by what became of them |
| `about.json` | what was computed, when, with which versions |

## Worlds and rules

For one item at one breached party fourteen worlds are possible (`rules.json`: worlds): where our copy was, whether
another organisation's copy was there, and what became of the item. Each world is a bit. A rule is met when all marks
under `when` are there and none under `unless`; then only the worlds of `leaves` stay. What all met rules leave is
ANDed. Then person and items are tied: something of a person was taken if and only if the person is in the leaked data.
Nothing left is a contradiction.

## From the files as received

With the files that `sources.json` names, the key of the case and the same versions of Helder, `helder run` makes the
same tables byte for byte (on DuckDB). Every row of `evidence.parquet` says in which record of which file it stands.
"""
