"""From published results to the page: the same numbers as everywhere, small ones hidden, nobody named."""

import datetime as dt
import re
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest

from demo_page.conftest import KEYS
from demo_page.page_html import every, parse, whole, words
from helder.case.load import Case
from helder.domain.states import BY_ID
from helder.exposure.marks import Mark
from helder.results.counts import groups, summary
from helder.results.difference import difference
from helder.results.page import gather, write_page
from helder.results.page.cells import Numbers, _where, numbers, outcome
from helder.results.page.choose import choose
from helder.results.page.gather import _computed, _contradictions, _later, _version
from helder.results.page.wording import evidence_names
from helder.results.suppress import LEAST

MEASURED = {
    "probabilistic": {"links": 500, "wrong": 1, "precision": 0.998, "interval": [0.989, 0.99995], "one_in": 90},
    "recall_of_rest": {
        "light": {"records": 120, "linked": 110, "recall": 0.9167},
        "severe": {"records": 40, "linked": 3, "recall": 0.075},
        "none": {"records": 2, "linked": 2, "recall": 1.0},
    },
}


@pytest.fixture(scope="module")
def data(made_up):
    return gather(*made_up, KEYS, made_up=True, measured=MEASURED, assumptions="assumed = 1")


@pytest.fixture(scope="module")
def pages(made_up, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    return write_page(folder, *made_up, KEYS, made_up=True, measured=MEASURED, assumptions="assumed = 1")


def shown(count, exact):
    """A published count is the exact one, or hidden."""
    return count is None or count == exact


def test_both_readings_have_the_counts_of_the_run(data, made_up):
    for reading, results in zip((data.told, data.current), made_up, strict=True):
        run = summary(results)
        for name in ("records", "linked", "unlinked", "review", "people", "contradictions"):
            assert shown(getattr(reading, name), run[name])
        assert all(shown(n, groups(results)[group]) for group, n in reading.groups.items())
        for item, states in run["states"].items():
            assert all(shown(reading.states[item][state], n) for state, n in states.items())


def test_as_told_is_what_was_told_and_says_when(data):
    assert data.told.as_of.isoformat() == "2025-09-12"
    assert data.told.known == sum(dataset.people for dataset in data.datasets)
    assert data.told.linked == sum(dataset.linked for dataset in data.datasets)


def test_the_difference_is_the_one_that_the_command_line_shows(data, made_up):
    exact, d = difference(*made_up, KEYS), data.difference
    assert exact["more"] >= LEAST
    assert shown(d.told, exact["unsure"])
    assert shown(d.more, exact["more"])
    assert shown(d.review, exact["review"])
    assert shown(d.rest, exact["same"])
    assert shown(d.records, exact["ceiling"])


def test_records_of_the_difference_add_up(data):
    d = data.difference
    parts = (d.records_more, d.records_known, d.records_review, d.records_none)
    if None not in (*parts, d.records):
        assert sum(parts) == d.records
    assert d.records_placed == data.current.linked - data.told.linked


def test_every_published_number_is_compared_in_order_of_time(data):
    assert len(data.claims) == 18
    days = [claim.day for claim in data.claims]
    assert days == sorted(days)
    assert {claim.verdict for claim in data.claims} == {"matches", "other", "differs", "incomparable"}
    assert data.scaled


def test_a_claim_speaks_both_languages(data):
    first = data.claims[0]
    assert set(first.says) == {"nl", "en"}
    assert first.says["nl"] != first.says["en"]


def test_what_was_measured_is_turned_from_right_to_wrong(data):
    assert data.measured.links == 500
    assert data.measured.wrong == pytest.approx(0.002)
    assert data.measured.one_in == 90
    assert [(one.level, one.linked) for one in data.measured.found] == [("light", 110), ("severe", None)]


def test_without_such_links_nothing_was_measured(made_up):
    assert gather(*made_up, KEYS, measured={"probabilistic": {"links": 0, "wrong": 0}}).measured is None


def test_the_person_could_have_been_told_more(data):
    person = data.person
    assert re.fullmatch(r"p-[a-z2-7]{16}", person.keyed)
    assert person.whole_before["en"] != person.whole_after["en"]
    assert any(item.before != item.after for item in person.items)
    assert any(line.after and not line.before for line in person.evidence)
    assert all(line.file and line.row and line.sha256 for line in person.evidence)
    assert all(item.after in BY_ID and item.worlds_after & ~item.worlds_before == 0 for item in person.items)


def test_a_real_case_explains_nobody(made_up):
    assert gather(*made_up, KEYS).person is None


def test_nobody_is_chosen_when_nothing_changed(made_up):
    assert choose(made_up[0], made_up[0], KEYS) is None


def test_gaps_are_asked_in_both_languages(data):
    assert data.gaps
    assert all(set(gap.ask) == {"nl", "en"} and gap.ask["nl"] != gap.ask["en"] for gap in data.gaps)


def test_both_runs_tell_how_long_each_stage_took(data):
    stages = {name: reused for name, _, reused in data.computed.stages}
    assert not any(stages.values())
    assert {"linkage", "evidence", "exposure-as_told", "exposure-current"} <= set(stages)
    assert data.computed.seconds > 0
    assert data.computed.versions["duckdb"]
    assert not _version("there-is-no-such-package")


def counts_on(file):
    return [words(e) for e in every(parse(file.read_text("utf-8")), "span", "n")]


def test_no_small_number_is_on_the_page(pages):
    for file in pages:
        tree = parse(file.read_text("utf-8"))
        said = counts_on(file) + [words(e) for e in every(tree, "text", "strong")]
        cells = [words(e) for e in every(tree, "td", "num")]
        for number in re.findall(r"^[+−]?([\d.,]+)$", "\n".join(said + cells), re.M):
            assert not 0 < whole(number) < LEAST


def test_of_a_handful_of_people_no_number_is_left(handful, tmp_path):
    for file in write_page(tmp_path, *handful, KEYS, made_up=True):
        assert set(counts_on(file)) <= {"0", "not shown", "niet getoond"}


def test_of_a_handful_each_claim_is_hidden_too(handful):
    data = gather(*handful, KEYS)
    assert {(claim.number, claim.evidence) for claim in data.claims} == {(None, None)}
    asked = [gap.ask for gap in data.gaps]
    assert any("data with rows of" in ask["en"] and "die bij niemand te plaatsen zijn" in ask["nl"] for ask in asked)


def test_nobody_in_the_register_is_named_on_the_page(made_up, pages):
    text = "".join(file.read_text("utf-8") for file in pages)
    register = pq.read_table(made_up[1].case.folder / "sources" / "register.parquet")
    numbers_of_people = set(register["BSN"].to_pylist()) | set(register["CLIENTNR"].to_pylist())
    assert not set(re.findall(r"\b[\w-]{6,}\b", text)) & {n for n in numbers_of_people if n}


def test_a_number_hidden_in_one_table_is_hidden_where_it_was_counted_elsewhere():
    found = numbers([5, 900, 40], [(("a",), 0), (("b",), 1), (("all",), 0), (("all",), 1), (("c",), 2)], "seed")
    assert found("a") is None
    assert found("nobody") == 0
    assert found.guarded(5) is None
    hidden = {found.exact[name] for name in found.hidden}
    assert all(found.guarded(n) is None for n in hidden)
    assert Numbers({("a",): 900}, frozenset()).guarded(900) == 900


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("disclosures:lab", "what we gave to The laboratory"),
        ("dataset:rows", "rows of rows"),
        ("statement:no_other", "the statement “no other”"),
        ("something:lab", "The laboratory"),
    ],
)
def test_evidence_is_called_by_a_name_that_people_know(handful, id, name):
    case: Case = handful[0].case
    assert evidence_names(id, case)["en"] == name


def test_contradictions_are_grouped_by_what_clashes(handful):
    """Undecided ones come first; people outside the scope do not count."""
    rows = [
        {"profile": 0, "clash": "dataset:rows × statement:s1", "settled": True},
        {"profile": 1, "clash": "complete:lab × dataset:rows", "settled": True},
        {"profile": 2, "clash": "complete:lab × dataset:rows", "settled": False},
        {"profile": 3, "clash": "deletion:d × dataset:rows", "settled": False},
    ]
    results = SimpleNamespace(
        case=handful[1].case,
        exposure="exposure-current",
        profiles=[SimpleNamespace(in_scope=number != 3) for number in range(4)],
        rows=lambda stage, table: rows,
    )
    exact = {("clash", "dataset:rows × statement:s1"): 90, ("clash", "complete:lab × dataset:rows"): 20}
    first, second = _contradictions(results, Numbers(exact, frozenset({("clash", "dataset:rows × statement:s1")})))
    assert (first.people, first.settled) == (20, False)
    assert [side["en"] for side in first.clash] == ["our complete log of what The laboratory received", "rows of rows"]
    assert (second.people, second.settled) == (None, True)


@pytest.mark.parametrize(
    ("old", "new", "became"),
    [
        ("open", "in", "more"),
        ("open", "open", "rest"),
        ("open", "contradiction", "rest"),
        ("in", "in", ""),
    ],
)
def test_what_became_of_those_who_were_told_that_it_is_not_known(old, new, became):
    before = SimpleNamespace(in_scope=True, states={("lab", "person"): old})
    after = SimpleNamespace(in_scope=True, states={("lab", "person"): new}, marks=frozenset())
    assert outcome(before, after, "lab") == became
    review = SimpleNamespace(**{**vars(after), "marks": frozenset({Mark("review", "rows")})})
    assert outcome(before, review, "lab") == ("review" if became == "rest" else became)
    assert outcome(SimpleNamespace(in_scope=False, states=before.states), after, "lab") == ""


@pytest.mark.parametrize(
    ("outcome", "in_scope", "state", "where"),
    [
        ("none", True, "open", "none"),
        ("review", True, "open", "review"),
        ("accepted", True, "open", "more"),
        ("accepted", True, "in", "known"),
        ("accepted", False, "open", "known"),
    ],
)
def test_whose_a_record_is_that_nobody_could_place(handful, outcome, in_scope, state, where):
    profile = SimpleNamespace(in_scope=in_scope, states={("lab", "person"): state})
    told = SimpleNamespace(profiles=[profile], case=handful[0].case)
    assert _where(told, {"outcome": outcome, "profile": 0}) == where


def test_a_stage_that_one_run_made_and_the_other_found_counts_as_made():
    def results(*stages):
        record = SimpleNamespace(
            stages=[SimpleNamespace(name=n, seconds=s, reused=r) for n, s, r in stages],
            peak_memory_mb=100 * len(stages),
            engine="duckdb",
            finished=None,
        )
        return SimpleNamespace(record=record, in_scope=())

    computed = _computed(
        results(("linkage", 0.1, True), ("evidence", 2.0, False)),
        results(("linkage", 60.0, False), ("evidence", 0.0, True), ("exposure-current", 1.0, False)),
    )
    assert computed.stages == (("linkage", 60.0, False), ("evidence", 2.0, False), ("exposure-current", 1.0, False))
    assert computed.memory_mb == 300


def test_the_evidence_is_the_same_when_nothing_came_in_since(made_up, handful):
    assert not _later(*made_up)
    assert not _later(handful[0], handful[0])


def test_a_statement_received_since_is_later_evidence(handful):
    current = handful[1]
    early = SimpleNamespace(record=SimpleNamespace(as_of=dt.date(2025, 8, 28)))
    assert _later(early, current)  # the statement is of 29 August
    late = SimpleNamespace(record=SimpleNamespace(as_of=dt.date(2025, 8, 28)), case=current.case, rows=current.rows)
    assert not _later(SimpleNamespace(record=SimpleNamespace(as_of=dt.date(2025, 8, 27))), late)
    assert not _later(SimpleNamespace(record=SimpleNamespace(as_of=None)), current)
