"""Only the people whose evidence changed: everybody else keeps the marks that the assessment before gave them.

Marks follow from a person's lines of evidence and from what a line of its class sets. Where both are as they were the
marks are, whatever became of rules, decisions and groups: those meet profiles, and are worked out anew for all of them.
Which lines changed is told by *traces*: one number for what each linked row says of a person, source by source. More
lines only add marks, so nothing else is read of who only gained some.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from helder.engines.base import Engine, Readable
from helder.exposure.marking import Numbers
from helder.exposure.marks import Layout, Mark

_TRACE_BYTES = 7  # a positive 64-bit number on every engine; two of 10,000 classes are alike once in 10^9 cases


@dataclass(frozen=True)
class Before:
    """An assessment that was published before, of the same people, disclosures and marking.

    `profiles` (number, people, marks); `assessed` each person's profile; `traces` (then, now) of each source whose
    linked rows are not the same, None where the source was not there.
    """

    profiles: Sequence[tuple[int, int, frozenset[Mark]]]
    assessed: Readable
    traces: Sequence[tuple[Readable | None, Readable | None]]


def trace(fields: Sequence[object]) -> int:
    """One number for a class of evidence with these fields, whatever its place in the table of classes."""
    return int.from_bytes(hashlib.blake2b(repr(tuple(fields)).encode(), digest_size=_TRACE_BYTES).digest())


def put_traces(engine: Engine, classes: Sequence[Sequence[object]]) -> None:
    """Make `traces` (source, person, trace) of all linked rows; the engine holds `evidence`. `classes` by number."""
    links = [number for number, fields in enumerate(classes) if fields[0] == "link"]
    numbers = {"class": links, "trace": [trace(classes[number]) for number in links]}
    engine.read("trace_of", pa.table({name: pa.array(values, pa.int64()) for name, values in numbers.items()}))
    engine.run(
        "traces", "SELECT e.source, e.person, t.trace FROM evidence AS e JOIN trace_of AS t ON t.class = e.class"
    )


def touched(engine: Engine, before: Before) -> None:
    """Make `gained` (person, trace), `lost` (person) and `touched` (person, and the profile of before)."""
    engine.read("assessed_before", before.assessed)
    gained, lost = ["SELECT person, person AS trace FROM assessed_before WHERE person < 0"], []
    for place, (then, now) in enumerate(before.traces):
        names = ["" if table is None else f"traces_{when}_{place}" for when, table in (("then", then), ("now", now))]
        for name, table in zip(names, (then, now), strict=True):
            if table is not None:
                engine.read(name, table)
        gained += _but_not(names[1], names[0])
        lost += _but_not(names[0], names[1])
    engine.run("gained", " UNION ALL ".join(gained))
    engine.run("lost", f"SELECT DISTINCT person FROM ({' UNION ALL '.join([gained[0], *lost])}) AS gone")
    engine.run(
        "touched",
        "SELECT b.person, b.profile FROM assessed_before AS b SEMI JOIN "
        "(SELECT person FROM gained UNION ALL SELECT person FROM lost) AS t ON t.person = b.person",
    )


def _but_not(these: str, those: str) -> list[str]:
    """The SELECT of the traces in one table (if there is one) that the other (if there is one) has not."""
    if not these:
        return []
    alike = f"ANTI JOIN {those} AS o ON o.person = t.person AND o.trace = t.trace" if those else ""
    return [f"SELECT t.person, t.trace FROM {these} AS t {alike}"]


def keep(engine: Engine, layout: Layout, before: Before) -> None:
    """Make `kept` (before, people, m…): the profiles of before with who keeps them, packed in the layout of today."""
    rows = engine.rows("SELECT profile, count(*) AS people FROM touched GROUP BY profile")
    left = {row["profile"]: int(str(row["people"])) for row in rows}
    words = [layout.pack(marks) for _, _, marks in before.profiles]
    columns = {
        "before": [number for number, _, _ in before.profiles],
        "people": [people - left.get(number, 0) for number, people, _ in before.profiles],
        **{f"m{n}": [row[n] for row in words] for n in range(layout.words)},
    }
    engine.read("kept", pa.table({name: pa.array(values, pa.int64()) for name, values in columns.items()}))


def put_trace_marks(engine: Engine, classes: Sequence[Sequence[object]], words: Mapping[str, Numbers]) -> None:
    """Make `trace_marks` (trace, m…): what `class_marks` says, by trace; `words` are its columns by class."""
    links = {trace(fields): number for number, fields in enumerate(classes) if fields[0] == "link"}
    columns = {"trace": list(links), **{name: [word[n] for n in links.values()] for name, word in words.items()}}
    engine.read("trace_marks", pa.table({name: pa.array(values, pa.int64()) for name, values in columns.items()}))
