"""Random cases and random evidence: the SQL says exactly what the plain-Python reference says, for every person."""

import datetime as dt
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helder.case.load import Case
from helder.case.model import Acceptance, Assessment, Completeness, Decisions, Deletion, Scope, Statement, StrayLines
from helder.case.strays import Stray
from helder.domain.states import state_of
from helder.domain.worlds import LEAVES, WORLDS
from helder.exposure.evidence import EvidenceClass
from helder.exposure.reference import assess as reference
from helder.exposure.rules import PERSON
from spec.exposure import SPECS
from spec.harness import _person, engine_states

ITEMS = ("bsn", "result", "email")
BASE = SPECS[0].load()

# Few days, near the dates that matter, so that borders are met often.
days = st.sampled_from(
    [dt.date.fromisoformat(d) for d in ("2016-12-31", "2017-01-01", "2019-06-01", "2024-01-01", "2025-07-03")]
    + [dt.date.fromisoformat(d) for d in ("2025-07-06", "2025-07-07", "2025-08-06", "2025-08-20", "2025-09-12")]
)
some_items = st.lists(st.sampled_from(ITEMS), min_size=1, unique=True).map(sorted)
scope_names = st.sampled_from(["old", "smears", "older", "listed"])
SCOPES = {
    "old": Scope(party="lab", sent_until=dt.date(2019, 6, 1)),
    "smears": Scope(party="lab", purposes=["smear"], items=["bsn"]),
    "older": Scope(born_until=1960),
    "listed": Scope(found_in=["list"]),
}


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    made: list[Statement] = []
    for n in range(draw(st.integers(0, 3))):
        earlier = [s for s in made if s.issuer == "lab"]
        replaced = draw(st.sampled_from([None, *[s.id for s in earlier]]))
        after = max((s.received for s in earlier if s.id == replaced), default=dt.date(2000, 1, 1))
        retracts = draw(st.booleans())
        made.append(
            Statement(
                id=f"s{n}",
                issuer="lab",
                about="lab",
                received=max(after, draw(days)),
                scope=draw(st.none() | scope_names),
                items=draw(some_items),
                leaves=draw(st.sampled_from(sorted(LEAVES))),
                covers=draw(st.sampled_from(["all", "old", "smears"])),
                supersedes=None if retracts else replaced,
                retracts=replaced if retracts else None,
            )
        )
    return made


@st.composite
def cases(draw: st.DrawFn) -> Case:
    stated = draw(statements())
    deletions = [
        Deletion(
            id=f"d{n}",
            party="lab",
            items=draw(some_items),
            copies=draw(st.sampled_from(["all", "old", "smears"])),
            deleted=draw(days),
            received=draw(days),
            scope=draw(st.none() | scope_names),
        )
        for n in range(draw(st.integers(0, 2)))
    ]
    logs = [
        Completeness(
            party="lab",
            items=draw(st.just("all") | some_items),
            since=draw(st.sampled_from([dt.date(2017, 1, 1), dt.date(2018, 1, 1), dt.date(2020, 1, 1)])),
            until=draw(st.sampled_from([dt.date(2019, 12, 31), dt.date(2025, 7, 5), dt.date(2025, 7, 6)])),
            declared_by="an officer",
            declared=draw(days),
            reason="made by the system that sends",
            scope=draw(st.none() | scope_names),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    accepted = [
        Acceptance(evidence=id, by="an officer", on=draw(days), reason="seen", scope=draw(st.none() | scope_names))
        for id in [s.id for s in stated] + [d.id for d in deletions]
        if draw(st.booleans())
    ]
    file = BASE.file.model_copy(
        update={"scopes": SCOPES, "statements": stated, "deletions": deletions, "completeness": logs}
    )
    near = st.none() | st.sampled_from(
        [dt.date(2016, 12, 31), dt.date(2017, 1, 1), dt.date(2025, 7, 6), dt.date(2025, 7, 7)]
    )
    of_a_day = st.builds(Stray, st.sampled_from(["log", "other"]), st.just("lab"), nobody=st.integers(1, 2), day=near)
    strays = tuple(draw(st.lists(of_a_day, max_size=2)))
    stray_lines = [
        StrayLines(source=source, party="lab", lines=n, by="an officer", on=draw(days), reason="looked up")
        for source in ("log", "other")
        for n in draw(st.lists(st.integers(1, 4), max_size=2))
    ]
    return Case(Path(), file, Decisions(acceptances=accepted, stray_lines=stray_lines), strays)


@st.composite
def lines(draw: st.DrawFn) -> EvidenceClass:
    items = ";".join(draw(some_items))
    if draw(st.booleans()):
        sender = draw(st.sampled_from(["us", "us", "gp"]))
        purpose = draw(st.sampled_from(["", "smear"]))
        return EvidenceClass("disclosure", draw(days), "lab", sender, items, draw(days), purpose)
    outcome = draw(st.sampled_from(["accepted", "accepted", "review"]))
    return EvidenceClass(
        "link",
        dt.date(2025, 8, 6),
        items=items,
        day=draw(st.none() | days),
        dataset=draw(st.sampled_from(["rows", "list"])),
        outcome=outcome,
        method="" if outcome == "review" else draw(st.sampled_from(["exact", "probabilistic"])),
        supplied_by=draw(st.sampled_from(["", "us", "gp"])),
        until=draw(st.none() | days) if outcome == "review" else None,
    )


@st.composite
def persons(draw: st.DrawFn) -> dict[str, list[EvidenceClass]]:
    count = draw(st.integers(1, 6))
    return {
        f"p{n}": [
            EvidenceClass("register", born=draw(st.sampled_from([0, 1950, 1980])), abroad=draw(st.booleans())),
            *draw(st.lists(lines(), max_size=5)),
        ]
        for n in range(count)
    }


assessments = st.builds(
    Assessment,
    as_of=st.none() | days,
    links=st.sampled_from(["exact", "all"]),
    datasets=st.sampled_from(["as_declared", "list"]),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=cases(), people=persons(), assessment=assessments)
def test_sql_and_reference_agree(duck, case, people, assessment):
    found = engine_states(duck, case, assessment, people)
    for person, evidence in people.items():
        known = reference(case, assessment, evidence)["lab"]
        assert found[person, PERSON] == _person(known.person)
        for item, left in known.items.items():
            assert found[person, item] == state_of(sum(1 << WORLDS.index(world) for world in left)).id
