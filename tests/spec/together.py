"""All specs in one run of the SQL, each kept apart by a mark of its own: on Spark a run for each would take minutes."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from helder.engines.base import Engine
from helder.exposure import assess as rule
from helder.exposure.marking import Marking
from helder.exposure.marks import Layout, Mark
from helder.exposure.numbers import put_numbers
from helder.exposure.publish import state_name
from helder.exposure.rules import Rule, rules
from spec.harness import Spec, evidence_of, put_evidence

FEWER = 1000


def states_together(engine: Engine, specs: Sequence[Spec]) -> dict[str, dict[tuple[str, str], str]]:
    """{spec: {(person, item): state}} from one run of every statement."""
    people = {(spec.id, person): lines for spec in specs for person, lines in evidence_of(spec).items()}
    numbers = put_evidence(engine, {f"{spec} {person}": lines for (spec, person), lines in people.items()})
    rule.gather(engine)
    place = {spec.id: n for n, spec in enumerate(specs)}
    who = {numbers[f"{spec} {person}"]: place[spec] for spec, person in people}
    engine.read("spec_of", pa.table({"person": list(who), "spec": list(who.values())}))
    engine.run(
        "evidence",
        f"SELECT e.person, e.class * {FEWER} + s.spec AS class FROM gathered AS e JOIN spec_of AS s ON s.person = e.person",
    )
    marks, built, case = _compiled(engine, specs)
    layout = Layout.of({m for some in marks.values() for m in some} | {m for r in built for m in r.when | r.unless})
    put_numbers(engine, "class_marks", {"class": list(marks), **rule._packed("m", layout, list(marks.values()))})
    rule._put_rules(engine, case, layout, built)
    for name in ("marks", "profiles", "assessed"):
        engine.run(name, rule.statement(name, layout.words))
    left = {profile.number: profile.left for profile in rule._worlds(engine, case, layout, built, {})}
    profiles = {row["person"]: row["profile"] for row in engine.rows("SELECT person, profile FROM assessed")}
    found: dict[str, dict[tuple[str, str], str]] = {spec.id: {} for spec in specs}
    for spec, person in people:
        for (_, item), worlds in left[profiles[numbers[f"{spec} {person}"]]].items():
            found[spec][person, item] = state_name(item, worlds)
    return found


def _compiled(engine: Engine, specs: Sequence[Spec]):
    """Marks of every class in every spec, all rules, and a case for the slots (they are the same in all specs)."""
    classes = rule.read_classes(engine)
    marks: dict[int, frozenset[Mark]] = {}
    built: list[Rule] = []
    for n, spec in enumerate(specs):
        case, own = spec.load(), frozenset({Mark("spec", spec.id)})
        marking = Marking(case, spec.read_as())
        mine = {number * FEWER + n: marking.marks(line) for number, line in enumerate(classes)}
        marks |= {number: some | own for number, some in mine.items()}
        seen = {mark for some in mine.values() for mark in some}
        built += [
            Rule(r.evidence, r.party, r.item, r.when | own, r.unless, r.leaves)
            for r in rules(case, spec.read_as(), seen)
        ]
    return marks, built, specs[0].load()
