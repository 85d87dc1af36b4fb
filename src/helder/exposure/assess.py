"""From evidence to profiles: the rule, run at the scale of a country on any engine.

The engine holds `evidence` (EVIDENCE) and `classes` (CLASSES). What grows with the number of people is one
`bit_or` by person and one look-up of the profile; everything else is done once per class or per profile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from helder.case.load import Case
from helder.case.model import Assessment
from helder.domain import worlds as w
from helder.engines.base import Engine
from helder.engines.template import expand
from helder.exposure.carry import Before, Touched, carry
from helder.exposure.contradictions import clashes, set_aside
from helder.exposure.evidence import CLASS_COLUMNS, EvidenceClass
from helder.exposure.groups import Profile
from helder.exposure.marking import Marking, distinct_classes
from helder.exposure.marks import Layout, Mark
from helder.exposure.numbers import put_numbers
from helder.exposure.rules import PERSON, Rule, rules, slots
from helder.exposure.tie import Left

_CLASSES = f"SELECT {', '.join(CLASS_COLUMNS)} FROM classes ORDER BY class"


@dataclass(frozen=True)
class Assessed:
    """What an assessment found: the profiles, who clashes, and the rules that were used. `bits` are the profiles' marks.

    `touched` are those who were looked at, None for everybody; the engine is left holding
    `assessed` (person, profile), in the order of people where only some were looked at.
    """

    profiles: tuple[Profile, ...]
    clashes: dict[int, list[tuple[str, ...]]]
    set_aside: dict[int, frozenset[str]]
    rules: tuple[Rule, ...]
    layout: Layout
    bits: tuple[int, ...]
    touched: Touched | None


@cache
def statement(name: str, words: int = 1) -> str:
    """The SELECT of `name`.sql with the masks of `domain.worlds` filled in.

    That each is in the dialect, and that DuckDB reads it as the dialect does, the tests see to: parsing them all at
    each run would take as long as reading a million people.
    """
    text = (files("helder.exposure") / f"{name}.sql").read_text(encoding="utf-8")
    text = text.replace("{NOT_STOLEN}", str(w.NOT_STOLEN)).replace("{STOLEN}", str(w.STOLEN))
    return expand(text, {"words": words}, name)


def gather(engine: Engine) -> None:
    """Make `classes` and the view `gathered` (EVIDENCE) from people, disclosures, links, candidates and leaked."""
    engine.view("linked", statement("linked"))
    engine.view("lines", statement("lines"))
    engine.run("classes", statement("classes"))
    engine.view("gathered", statement("evidence"))


def class_fields(engine: Engine) -> list[tuple[Any, ...]]:
    """The fields of each class of evidence, in the order of CLASS_COLUMNS."""
    return list(_columns(engine.arrow(_CLASSES)))


def read_classes(engine: Engine) -> list[EvidenceClass]:
    """The classes of evidence in order of their number."""
    return [EvidenceClass.from_row(row) for row in engine.rows(_CLASSES)]


def assess(engine: Engine, case: Case, assessment: Assessment, before: Before | None = None) -> Assessed:
    """Run the rule. The engine holds `evidence` and `classes`, and is left holding `assessed`.

    With `before` only the people whose evidence changed are looked at; what is found is the same.
    """
    marking = Marking(case, assessment)
    classes = engine.arrow(_CLASSES)
    different, alike = distinct_classes(classes, marking)
    sets = [marking.marks_of(fields) for fields in different]
    seen = frozenset().union(*sets)
    built = tuple(rules(case, assessment, seen))
    layout = Layout.of(seen | {mark for rule in built for mark in rule.when | rule.unless})
    count = layout.words
    packed = {name: np.array(words, np.int64)[alike] for name, words in _packed("m", layout, sets).items()}
    put_numbers(engine, "given_marks", {"class": np.arange(len(alike)), **packed})
    # In a table of its own, of whose numbers the engine knows the least and the greatest: it looks them up, not hashes them.
    engine.run("class_marks", "SELECT * FROM given_marks")
    _put_rules(engine, case, layout, built)
    touched: Touched | None = None
    if before is None:
        engine.run("marks", statement("marks", count), dense=True)
        engine.run("profiles", statement("profiles", count))
        engine.run("assessed", statement("assessed", count))
        engine.drop("marks")
    else:
        linked = pc.equal(classes["kind"], "link")
        words = np.column_stack(list(packed.values()))[linked.to_numpy()]
        touched = carry(engine, layout, before, list(_columns(classes.filter(linked))), words)
    profiles, found, aside = _settle(engine, case, assessment, layout, built)
    return Assessed(profiles, found, aside, built, layout, _bits(engine, layout), touched)


def _settle(
    engine: Engine, case: Case, assessment: Assessment, layout: Layout, built: Sequence[Rule]
) -> tuple[tuple[Profile, ...], dict[int, list[tuple[str, ...]]], dict[int, frozenset[str]]]:
    """The worlds left, who clashes and what is set aside, with decided contradictions settled.

    One clash may stand behind another: look again.
    """
    profiles = _worlds(engine, case, layout, built, {})
    found: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    aside: dict[int, frozenset[str]] = {}
    while True:
        decided = False
        for profile in profiles:
            if not profile.contradiction:
                continue
            gone = aside.get(profile.number, frozenset())
            met = [
                r for r in built if r.when <= profile.marks and not r.unless & profile.marks and r.evidence not in gone
            ]
            now = clashes(met)
            found[profile.number] += [clash for clash in now if clash not in found[profile.number]]
            more = set_aside(now, case.decisions, assessment.as_of)
            aside[profile.number] = gone | more
            decided = decided or bool(more)
        if not decided:
            return tuple(profiles), dict(found), aside
        profiles = _worlds(engine, case, layout, built, aside)


def _packed(prefix: str, layout: Layout, sets: Sequence[frozenset[Mark]]) -> dict[str, list[int]]:
    """Columns prefix0 … prefixN: the packed words of each set of marks; thousands of sets are few different ones."""
    different = {marks: layout.pack(marks) for marks in set(sets)}
    words = [different[marks] for marks in sets]
    return {f"{prefix}{n}": [row[n] for row in words] for n in range(layout.words)}


def _put_rules(engine: Engine, case: Case, layout: Layout, built: Sequence[Rule]) -> None:
    number = {slot: n for n, slot in enumerate(slots(case))}
    parties = {party.id: n for n, party in enumerate(case.breached)}
    put_numbers(
        engine,
        "rules",
        {
            "rule": list(range(len(built))),
            "slot": [number[rule.party, rule.item] for rule in built],
            "leaves": [rule.leaves for rule in built],
            **_packed("when", layout, [rule.when for rule in built]),
            **_packed("unless", layout, [rule.unless for rule in built]),
        },
    )
    put_numbers(
        engine,
        "slots",
        {
            "slot": list(number.values()),
            "party": [parties[party] for party, _ in number],
            "is_person": [int(item == PERSON) for _, item in number],
        },
    )


def _worlds(
    engine: Engine, case: Case, layout: Layout, built: Sequence[Rule], aside: dict[int, frozenset[str]]
) -> list[Profile]:
    """The profiles with the worlds left, where `aside` names the evidence set aside for some of them."""
    pairs = [(profile, n) for profile, names in aside.items() for n, rule in enumerate(built) if rule.evidence in names]
    put_numbers(engine, "set_aside", {"profile": [p for p, _ in pairs], "rule": [n for _, n in pairs]})
    engine.run("worlds", statement("worlds", layout.words))
    names = slots(case)

    @cache
    def left(worlds: tuple[int, ...]) -> Left:
        """Thousands of profiles share fewer sets of worlds."""
        return dict(zip(names, worlds, strict=True))

    tied = engine.arrow(f"SELECT worlds FROM ({statement('tie')}) AS tied ORDER BY profile, slot")
    by_profile = zip(*[iter(tied["worlds"].to_pylist())] * len(names), strict=True)
    table = engine.arrow(f"SELECT profile, people, {', '.join(_words(layout))} FROM profiles ORDER BY profile")
    return [
        Profile(number, people, layout.unpack(words), left(worlds))
        for (number, people, *words), worlds in zip(_columns(table), by_profile, strict=True)
    ]


def _bits(engine: Engine, layout: Layout) -> tuple[int, ...]:
    """The marks of each profile as one number."""
    words = engine.arrow(f"SELECT {', '.join(_words(layout))} FROM profiles ORDER BY profile")
    return tuple(layout.whole(row) for row in _columns(words))


def _words(layout: Layout) -> list[str]:
    return [f"m{n}" for n in range(layout.words)]


def _columns(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)
