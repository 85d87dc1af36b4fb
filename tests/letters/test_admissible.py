"""All admissible readers are checked, and none that is not: compared with making every one of them."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helder.domain import worlds as w
from helder.letters.audience import Audience
from helder.letters.check import allowed
from helder.letters.model import Selection
from helder.letters.reader import Box
from helder.letters.truth import Truth
from letters.made import block, small_letter
from letters.naive import Naive, readers

ITEMS = ("name", "email", "bsn")
WORDS = ("shared", "not_shared", "from_other", "taken", "not_taken", "published")
MASKS = (
    w.ITEM_ALL,
    w.DISCLOSED,
    w.NEVER_OURS,
    w.STOLEN,
    w.NOT_STOLEN,
    w.PUBLISHED,
    w.DISCLOSED & w.STOLEN,
    w.NEVER_OURS & w.STOLEN,
    w.NEVER_OURS & w.NOT_STOLEN,
    w.OURS_THERE & w.PUBLISHED,
)
some_words = st.lists(st.sampled_from(WORDS), max_size=2, unique=True)
selections = st.builds(
    Selection,
    items=st.none() | st.lists(st.sampled_from(ITEMS), min_size=1, max_size=2, unique=True),
    must=some_words,
    may=st.lists(st.sampled_from(WORDS), max_size=1),
    cannot=st.lists(st.sampled_from(WORDS), max_size=1),
    not_must=st.lists(st.sampled_from(WORDS), max_size=1),
    weakened=st.sampled_from([None, None, None, True, False]),
)
claims = st.one_of(
    st.tuples(st.sampled_from(["must", "may"]), st.sampled_from(WORDS), st.sampled_from(["list", "list", *ITEMS])),
    st.tuples(st.sampled_from(["must", "may"]), st.sampled_from(["in", "out"]), st.just("person")),
    st.sampled_from(
        [
            ("may", "record", "person"),
            ("must", "told", "person"),
            ("must", "weakened", "person"),
            ("must", "weakened", "person"),
            ("must", "given", "person"),
            ("may", "which", "person"),
            ("must", "changed", "person"),
            ("must", "weakened", "list"),
        ]
    ),
).map(" ".join)
RISKS = {"one": [["name", "bsn"], ["email"]], "two": [["name"]]}


@st.composite
def letters(draw):
    picks = {f"s{n}": draw(selections) for n in range(3)}
    names = st.lists(st.sampled_from(sorted(picks)), max_size=1)
    blocks = {}
    for number in range(draw(st.integers(1, 4))):
        when = {
            "some": draw(names),
            "any": draw(st.lists(st.sampled_from(sorted(picks)), max_size=2, unique=True)),
            "none": draw(names),
            "risks": draw(st.lists(st.sampled_from(sorted(RISKS)), max_size=1)),
            "person": draw(st.none() | st.lists(st.sampled_from(["in", "out", "open"]), min_size=1, unique=True)),
            "review": draw(st.sampled_from([None, None, True, False])),
            "weakened": draw(st.sampled_from([None, None, None, True, False])),
            "why": draw(st.none() | st.lists(st.sampled_from(["first", "weakened"]), min_size=1, unique=True)),
        }
        lists = draw(st.none() | st.sampled_from(sorted(picks)))
        said = [c for c in draw(st.lists(claims, max_size=2, unique=True)) if lists or not c.endswith("list")]
        kind = draw(st.sampled_from(["claim", "claim", "advice", "consequence"]))
        risks = draw(st.lists(st.sampled_from(sorted(RISKS)), max_size=2, unique=True))
        answers = draw(
            st.lists(st.sampled_from(["certain", "contact", "why_given", "record", "is_it_you"]), max_size=1)
        )
        blocks[f"b{number}"] = block(
            f"b{number}", when=when, lists=lists, claims=said, kind=kind, risks=risks, answers=answers
        )
    return small_letter(picks, blocks, RISKS)


@st.composite
def boxes(draw):
    masks = st.frozensets(st.sampled_from(MASKS), min_size=1, max_size=3)
    items = {("lab", item): draw(masks) for item in ITEMS}
    persons = draw(st.frozensets(st.sampled_from([w.PERSON_ALL, w.PERSON_IN, w.PERSON_OUT]), min_size=1, max_size=2))
    return Box("g1", items, {"lab": persons}, draw(st.sampled_from([frozenset({False}), frozenset({False, True})])))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(letters(), boxes())
def test_what_is_found_is_what_is_wrong_for_some_admissible_reader(letter, box):
    whys = ("first", "weakened")
    truth = Truth(Audience(letter, ITEMS, ["lab"]))
    found = allowed(truth, [box], whys)
    naive = Naive(letter, ITEMS, "lab")
    every = [(reader, naive.wrong(reader)) for reader in readers(box, ITEMS, "lab", whys)]
    expected = {wrong for _, all_wrong in every for wrong in all_wrong}
    assert {(p.rule, p.block, p.of, p.detail) for p in found.by_place} == expected
    read = {id for reader, _ in every for id in letter.blocks if naive.reads(id, reader)}
    assert found.read == read


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(letters(), boxes(), st.randoms())
def test_a_reader_there_is_gets_what_the_slow_check_says(letter, box, random):
    every = list(readers(box, ITEMS, "lab", ("first", "weakened")))
    if not every:
        return
    reader = random.choice(every)
    truth = Truth(Audience(letter, ITEMS, ["lab"]))
    found = truth.of_whole(*truth.audience.of(reader))
    assert {(p.rule, p.block, p.of, p.detail) for p in found} == Naive(letter, ITEMS, "lab").wrong(reader)


def test_the_example_of_a_finding_is_a_smallest_reader():
    """Of the readers for whom a claim fails, the one is shown of whom least is known."""
    letter = small_letter({}, {"b0": block("b0", claims=["must taken email"])})
    masks = {("lab", item): frozenset({w.ITEM_ALL, w.STOLEN}) for item in ITEMS}
    found = allowed(Truth(Audience(letter, ITEMS, ["lab"])), [Box("g1", masks, {"lab": frozenset({3})})], ("first",))
    untrue = next(f for place, f in found.by_place.items() if place.rule == "untrue")
    assert untrue.example["items"] == dict.fromkeys(ITEMS, "unknown")
    assert untrue.example["person"] == ["open"]
    assert not untrue.occurs and untrue.people == 0
