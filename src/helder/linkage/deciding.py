"""Decisions of people put over what linkage made: they win, apply to nothing else, and what is stale is left out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from helder.engines.base import Engine
from helder.engines.keys import Keys
from helder.linkage.bound import Judged, judge
from helder.linkage.db import sql_file
from helder.linkage.reviews import VERDICTS, Decision

_ROWS = pa.schema([("record", pa.int64()), ("verdict", pa.string()), ("person", pa.int64()), ("on_day", pa.date32())])
_SHOWN = pa.schema([("record", pa.int64()), ("rank", pa.int16()), ("person", pa.int64())])


@dataclass(frozen=True)
class Decided:
    """Names of the engine tables `links` (shape LINKS) and `candidates` (shape CANDIDATES), and how many applied.

    `counts` has accepted, none, unsure, stale, and `overruled`: how often a person decided otherwise than linkage would
    have accepted.
    """

    links: str
    candidates: str
    counts: Mapping[str, int] = field(default_factory=dict)


def apply_decisions(
    engine: Engine,
    keys: Keys,
    decisions: Sequence[Decision],
    source_ids: Sequence[str],
    files: Mapping[str, Sequence[str]],
) -> Decided:
    """Put decisions over the tables `links` and `candidates`; `leaked` and `people` stand on the engine too."""
    judged = judge(engine, keys, decisions, source_ids, files)
    fresh = [one for one in judged if not one.stale]
    rows: list[dict[str, int | str | dt.date | None]] = []
    for one in fresh:
        chosen = one.shown[one.decision.candidates.index(one.decision.person)] if one.decision.person else None
        rows.append(
            {"record": one.record, "verdict": one.decision.verdict, "person": chosen, "on_day": one.decision.on}
        )
    shown = [
        {"record": one.record, "rank": rank, "person": person}
        for one in fresh
        for rank, person in enumerate(one.shown, start=1)
    ]
    engine.read("decided_rows", pa.Table.from_pylist(rows, _ROWS))
    engine.read("decided_shown", pa.Table.from_pylist(shown, _SHOWN))
    engine.run("decided_links", sql_file("decided_links"))
    engine.run("decided_candidates", sql_file("decided_candidates"))
    return Decided("decided_links", "decided_candidates", _counts(engine, judged))


def _counts(engine: Engine, judged: Sequence[Judged]) -> dict[str, int]:
    found = Counter("stale" if one.stale else one.decision.verdict for one in judged)
    overruled = engine.rows(
        "SELECT count(*) AS n FROM links AS l JOIN decided_rows AS d ON d.record = l.record "
        "WHERE l.outcome = 'accepted' AND d.person IS DISTINCT FROM l.person"
    )
    return {**{word: found[word] for word in (*VERDICTS, "stale")}, "overruled": int(str(overruled[0]["n"]))}
