"""Specs of the rule: a small case and evidence in, named states out; on the reference, DuckDB and Spark alike."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from helder.case.check import cross_check
from helder.case.load import Case
from helder.case.model import Assessment, CaseFile, Decisions
from helder.case.strays import Stray
from helder.domain.states import state_of
from helder.domain.tables import CANDIDATES, DISCLOSURES, LEAKED, LINKS, PEOPLE, Table
from helder.domain.worlds import WORLDS
from helder.engines.base import Engine
from helder.exposure.assess import assess, gather
from helder.exposure.evidence import EvidenceClass
from helder.exposure.reference import assess as reference
from helder.exposure.rules import PERSON

BASE = """
[case]
id = "spec"
title = { nl = "voorbeeld", en = "example" }

[[parties]]
id = "us"
name = "Us"
own = true
[[parties]]
id = "lab"
name = "The lab"
breached = true
holding_from = 2017-01-01
theft_from = 2025-07-03
theft_until = 2025-07-06
[[parties]]
id = "gp"
name = "A general practitioner"

[items.bsn]
label = { nl = "BSN", en = "BSN" }
[items.result]
label = { nl = "uitslag", en = "result" }
[items.email]
label = { nl = "e-mail", en = "e-mail" }

[sources.rows]
fills = "leaked"
path = "rows.csv"
received = 2025-08-06
[sources.list]
fills = "leaked"
read_as = "list"
path = "list.csv"
received = 2025-08-06
"""

RECEIVED = dt.date(2025, 8, 6)
NO_DATE = dt.date(1, 1, 1)


@dataclass(frozen=True)
class Spec:
    """One sentence of the idea as tables. `evidence` and `expect` are text tables, columns parted by '|'.

    Evidence lines: person, kind (sent, supplied, row, list, review, exact-row …), items, day and more by name.
    Expected lines: person, item ('person' for the person as a whole), state. `strays` are lines of our logs that are
    evidence about nobody: source, party, rejected, nobody, items, and the day where it is known.
    """

    id: str
    sentence: str
    evidence: str
    expect: str
    case: str = ""
    decisions: str = ""
    assessment: dict[str, object] = field(default_factory=dict)
    strays: str = ""

    def load(self) -> Case:
        file = CaseFile.model_validate(tomllib.loads(BASE + self.case))
        decisions = Decisions.model_validate(tomllib.loads(self.decisions))
        cross_check(file, decisions, Path("case.toml"))
        strays = [
            Stray(
                line["source"],
                line["party"],
                *(int(line[kind] or 0) for kind in ("rejected", "nobody", "items")),
                dt.date.fromisoformat(line["day"]) if line.get("day") else None,
            )
            for line in (table(self.strays) if self.strays else [])
        ]
        return Case(Path(), file, decisions, tuple(strays))

    def read_as(self) -> Assessment:
        return Assessment.model_validate(self.assessment)


def table(text: str) -> list[dict[str, str]]:
    """A text table as rows: the first line names the columns, '-' is empty."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    header, *rows = lines
    return [{k: ("" if v == "-" else v) for k, v in zip(header, row, strict=True)} for row in rows]


def evidence_of(spec: Spec) -> dict[str, list[EvidenceClass]]:
    """Each person's evidence for the reference."""
    people: dict[str, list[EvidenceClass]] = {}
    for line in table(spec.evidence):
        people.setdefault(line["person"], [EvidenceClass("register")])
        if line["kind"] == "register":
            born, abroad = int(line.get("born") or 0), line.get("abroad") == "yes"
            people[line["person"]][0] = EvidenceClass("register", born=born, abroad=abroad)
            continue
        people[line["person"]].append(_class(line))
    return people


def _class(line: dict[str, str]) -> EvidenceClass:
    items = ";".join(sorted(line.get("items", "").split()))
    day = dt.date.fromisoformat(line["day"]) if line.get("day") else None
    if line["kind"] in ("sent", "supplied"):
        known = dt.date.fromisoformat(line["known"]) if line.get("known") else RECEIVED
        return EvidenceClass(
            "disclosure",
            received=known,
            party=line.get("to") or "lab",
            from_party="us" if line["kind"] == "sent" else "gp",
            items=items,
            day=day,
            purpose=line.get("purpose", ""),
        )
    dataset = "list" if line["kind"].endswith("list") else "rows"
    review = line["kind"].startswith("review")
    return EvidenceClass(
        "link",
        received=dt.date.fromisoformat(line["known"]) if line.get("known") else RECEIVED,
        items=items,
        day=day,
        dataset=dataset,
        outcome="review" if review else "accepted",
        method="" if review else "exact" if line["kind"].startswith("exact") else "probabilistic",
        supplied_by=line.get("by", ""),
        until=dt.date.fromisoformat(line["until"]) if line.get("until") else None,
    )


def states_of_reference(spec: Spec) -> dict[tuple[str, str], str]:
    """{(person, item): state} by the reference."""
    case, assessment = spec.load(), spec.read_as()
    found: dict[tuple[str, str], str] = {}
    for person, lines in evidence_of(spec).items():
        known = reference(case, assessment, lines)["lab"]
        found[person, PERSON] = _person(known.person)
        for item, left in known.items.items():
            found[person, item] = state_of(sum(1 << WORLDS.index(world) for world in left)).id
    return found


def _person(left: set[str]) -> str:
    return {0: "contradiction", 2: "open"}.get(len(left)) or next(iter(left))


def _arrow(shape: Table, rows: list[dict[str, object]], more: dict[str, pa.DataType] | None = None) -> pa.Table:
    types = {
        "int16": pa.int16(),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "float64": pa.float64(),
        "text": pa.string(),
        "date": pa.date32(),
        "bool": pa.bool_(),
    }
    schema = pa.schema([(c.name, types[c.type]) for c in shape.columns] + list((more or {}).items()))
    return pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in rows], schema)


def put_evidence(engine: Engine, people: dict[str, list[EvidenceClass]]) -> dict[str, int]:
    """Give the engine the tables that the sources and linkage would have left it; returns each person's number."""
    numbers = {person: n for n, person in enumerate(sorted(people))}
    register: list[dict[str, object]] = []
    disclosures: list[dict[str, object]] = []
    leaked: list[dict[str, object]] = []
    links: list[dict[str, object]] = []
    candidates: list[dict[str, object]] = []
    place = {"source": 0, "file": 0}
    for person, lines in people.items():
        for row, line in enumerate(lines):
            if line.kind == "register":
                attributes = {"born": line.born, "abroad": line.abroad, "deceased": line.deceased}
                number = {"person": numbers[person], "person_id": person, "row": numbers[person]}
                register.append({**place, **number, **attributes})
            elif line.kind == "disclosure":
                sent = {"person_id": person, "from_party": line.from_party, "to_party": line.party, "row": row}
                what = {
                    "sent_on": line.day,
                    "items": line.items,
                    "purpose": line.purpose,
                    "source_received": line.received,
                }
                disclosures.append({**place, **sent, **what})
            else:
                record = len(leaked)
                what = {"record": record, "items": line.items, "supplied_by": line.supplied_by or None, "row": row}
                where = {"dataset": line.dataset, "published_on": line.day, "source_received": line.received}
                leaked.append({**place, **what, **where})
                link = {"record": record, "person": numbers[person], "weight": 12.0}
                # A row that a person decided is a link, or nobody's; what it was until then stands in its candidates.
                outcome = "none" if line.until else line.outcome
                links.append({**link, "outcome": outcome, "method": line.method or None, "decided_on": line.until})
                if line.outcome == "review":
                    candidates.append({**link, "rank": 1, "levels": ""})
    source = {"source": pa.int16()}
    known = {**source, "source_received": pa.date32()}
    traits = {"born": pa.int32(), "abroad": pa.bool_(), "deceased": pa.bool_()}
    engine.read("people", _arrow(PEOPLE, register, {**source, **traits}))
    engine.read("disclosures", _arrow(DISCLOSURES, disclosures, known))
    engine.read("leaked", _arrow(LEAKED, leaked, {**known, "dataset": pa.string()}))
    engine.read("links", _arrow(LINKS, links))
    engine.read("candidates", _arrow(CANDIDATES, candidates))
    return numbers


def states_of_engine(engine: Engine, spec: Spec) -> dict[tuple[str, str], str]:
    """{(person, item): state} by the SQL on an engine."""
    return engine_states(engine, spec.load(), spec.read_as(), evidence_of(spec))


def engine_states(
    engine: Engine, case: Case, assessment: Assessment, people: dict[str, list[EvidenceClass]]
) -> dict[tuple[str, str], str]:
    numbers = put_evidence(engine, people)
    gather(engine)
    engine.run("evidence", "SELECT person, class FROM gathered")
    result = assess(engine, case, assessment)
    profile_of = {row["person"]: row["profile"] for row in engine.rows("SELECT person, profile FROM assessed")}
    profiles = {profile.number: profile for profile in result.profiles}
    found: dict[tuple[str, str], str] = {}
    for person, number in numbers.items():
        for (party, item), left in profiles[profile_of[number]].left.items():
            if party != "lab":
                continue
            whole = {0: "contradiction", 1: "out", 2: "in", 3: "open"}
            found[person, item] = whole[left] if item == PERSON else state_of(left).id
    return found
