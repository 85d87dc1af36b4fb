"""Only the people whose evidence changed: everybody else keeps the marks that the assessment before gave them.

Marks follow from a person's lines of evidence and from what a line of its class sets. Where both are as they were the
marks are, whatever became of rules, decisions and groups: those meet profiles, and are worked out anew for all of them.
Which lines changed is told by *traces*: one number for what each linked row says of a person, source by source. More
lines only add marks, so nothing else is read of who only gained some.

Who has which profile is held as arrays in the order of people: for everybody who is not touched a number is looked up,
and nothing is joined or sorted.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from helder.domain.errors import EngineError
from helder.engines.base import Engine, Readable
from helder.exposure.marks import Layout, Mark
from helder.exposure.numbers import Numbers, alike, put_numbers

_NOBODY: Numbers = np.zeros(0, np.int64)
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


@dataclass(frozen=True)
class Touched:
    """The people whose evidence changed, with the numbers of their profile then and now."""

    people: Numbers
    then: npt.NDArray[np.int32]
    now: npt.NDArray[np.int32]


def trace(fields: Sequence[object]) -> int:
    """One number for a class of evidence with these fields, whatever its place in the table of classes."""
    return int.from_bytes(hashlib.blake2b(repr(tuple(fields)).encode(), digest_size=_TRACE_BYTES).digest())


def put_traces(engine: Engine, classes: Sequence[Sequence[object]]) -> None:
    """Make `traces` (source, person, trace) of all linked rows; the engine holds `evidence`. `classes` by number."""
    links = [number for number, fields in enumerate(classes) if fields[0] == "link"]
    numbers = {"class": links, "trace": [trace(classes[number]) for number in links]}
    put_numbers(engine, "trace_of", numbers)
    engine.run(
        "traces", "SELECT e.source, e.person, t.trace FROM evidence AS e JOIN trace_of AS t ON t.class = e.class"
    )


def carry(engine: Engine, layout: Layout, before: Before, links: Sequence[Sequence[object]], marks: Numbers) -> Touched:
    """Make `profiles` (profile, m…, people) and `assessed` (person, profile), in the order of people; returns who is touched.

    `links` are the classes of linked rows and `marks` what a line of each sets, a row of words for each. The engine
    holds `evidence` and `class_marks`. Raises `EngineError` when the people are not those of the assessment before.
    """
    with ThreadPoolExecutor(1) as reader:  # who had which profile is read while the lines are compared
        assessed = reader.submit(engine.load, before.assessed)
        gained, traces, lost = _changes(engine, before)
        gained, more = _marks_of_lines(gained, traces, links, marks)
        people, then = _by_person(assessed.result())
    only = np.isin(gained, lost, invert=True)
    touched = np.concatenate([gained[only], lost])
    at = _places(people, touched)
    had = then[at]
    kept = np.zeros((1 + max((number for number, _, _ in before.profiles), default=0), layout.words), np.int64)
    for number, _, set_before in before.profiles:
        kept[number] = layout.pack(set_before)
    both = kept[had[: len(had) - len(lost)]] | more[only]
    anew = np.concatenate([both, _marks_of_people(engine, lost, layout)])
    which, first = alike(anew.T)
    left = np.bincount(had, minlength=len(kept))
    tally = Counter(dict(zip(map(tuple, anew[first].tolist()), np.bincount(which).tolist(), strict=True)))
    for number, count, _ in before.profiles:
        tally[tuple(kept[number].tolist())] += count - int(left[number])
    profiles = sorted(+tally)  # + leaves out those that nobody has any longer
    _put_profiles(engine, layout, profiles, [tally[each] for each in profiles])
    numbers = {each: number for number, each in enumerate(profiles)}
    now = np.array([numbers.get(tuple(each), -1) for each in kept.tolist()], np.int32)[then]
    now[at] = np.array([numbers[tuple(each)] for each in anew[first].tolist()], np.int32)[which]
    engine.read("assessed", pa.table({"person": people, "profile": now}))
    return Touched(touched, had, now[at])


def _by_person(table: pa.Table) -> list[Any]:
    """The columns as arrays in the order of the first, the person; published tables stand in it."""
    columns = [column.to_numpy() for column in table.columns]
    if np.all(columns[0][1:] >= columns[0][:-1]):
        return columns
    order = np.argsort(columns[0], kind="stable")
    return [column[order] for column in columns]


def _once(people: Numbers) -> Numbers:
    """Each of `people` once, in order. By sorting: NumPy's sets are hash tables, and take thirty times as long."""
    ordered = people if np.all(people[1:] >= people[:-1]) else np.sort(people)
    once: Numbers = ordered[np.diff(ordered, prepend=-1) != 0]
    return once


def _places(people: Numbers, some: Numbers) -> Numbers:
    """Where `some` stand in the sorted `people`; raises `EngineError` when one does not."""
    no_gaps = len(people) and people[-1] - people[0] == len(people) - 1
    at = some - people[0] if no_gaps else np.searchsorted(people, some)
    if not np.array_equal(people[at[at < len(people)]], some):
        raise EngineError(
            "The assessment before is of other people than the evidence.",
            do="Remove the result and run again: it is computed anew from the sources.",
        )
    return at


def _changes(engine: Engine, before: Before) -> tuple[Numbers, Numbers, Numbers]:
    """The lines that are new, as (person, trace), and who has lost one."""
    new, lost = [(_NOBODY, _NOBODY)], [_NOBODY]
    for pair in before.traces:
        then, now = (None if table is None else _by_person(engine.load(table)) for table in pair)
        if then and now:
            here, still = _in_both(then, now)
            then, now = [column[~still] for column in then], [column[~here] for column in now]
        if now:
            new.append((now[0], now[1]))
        if then:
            lost.append(then[0])
    people, traces = (np.concatenate(columns) for columns in zip(*new, strict=True))
    return people, traces, _once(np.concatenate(lost))


def _in_both(then: Sequence[Numbers], now: Sequence[Numbers]) -> tuple[Any, Any]:
    """Which lines (person, trace) of now were there then, and which of then are there now."""
    codes = pa.array(np.concatenate([then[1], now[1]])).dictionary_encode()
    lines = np.concatenate([then[0], now[0]]) * len(codes.dictionary) + codes.indices.to_numpy()
    old, new = (pa.array(some) for some in np.split(lines, [len(then[0])]))
    return pc.is_in(new, value_set=old).to_numpy(False), pc.is_in(old, value_set=new).to_numpy(False)


def _marks_of_lines(
    person: Numbers, traces: Numbers, links: Sequence[Sequence[object]], marks: Numbers
) -> tuple[Numbers, Numbers]:
    """Who has these lines, in order, and what the lines of each set, a row of words for each."""
    known = {trace(fields): number for number, fields in enumerate(links)}
    person, traces = _by_person(pa.table({"person": person, "trace": traces}))
    different = pa.array(traces).dictionary_encode()
    lines = marks[[known[each] for each in different.dictionary.to_pylist()]][different.indices.to_numpy()]
    starts = np.flatnonzero(np.diff(person, prepend=-1))
    return person[starts], np.bitwise_or.reduceat(lines, starts) if len(starts) else lines


def _marks_of_people(engine: Engine, people: Numbers, layout: Layout) -> Numbers:
    """What all lines of evidence of these people set, a row of words for each."""
    if not len(people):
        return np.zeros((0, layout.words), np.int64)
    put_numbers(engine, "lost", {"person": people})
    words = ", ".join(f"bit_or(c.m{n}) AS m{n}" for n in range(layout.words))
    found, *columns = _by_person(
        engine.arrow(
            f"SELECT e.person, {words} FROM evidence AS e SEMI JOIN lost AS l ON l.person = e.person "
            "JOIN class_marks AS c ON c.class = e.class GROUP BY e.person"
        )
    )
    _places(found, people)
    return np.column_stack(columns)


def _put_profiles(engine: Engine, layout: Layout, profiles: Sequence[tuple[int, ...]], people: Sequence[int]) -> None:
    """Make `profiles`, numbered in the order of the marks."""
    words = {f"m{n}": [marks[n] for marks in profiles] for n in range(layout.words)}
    columns = {"profile": range(len(profiles)), **words, "people": people}
    put_numbers(engine, "profiles", columns)
