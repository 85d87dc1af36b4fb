"""All admissible readers are checked, and none that is not: compared with making every one of them."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from helder.domain import worlds as w
from helder.letters.audience import Audience
from helder.letters.check import allowed, example
from helder.letters.model import Head, Question, Selection
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
            ("fact", "name"),
        ]
    ),
).map(" ".join)
RISKS = {"one": [["name", "bsn"], ["email"]], "two": [["name"]]}
TIPS = {"both": ["one", "two"], "alone": ["two"]}
WHYS = ("first", "changed", "weakened", "repeated")
GROUPS = ("g1", "g2")
PARTIES = ("lab", "post")
SMALL = ("name", "bsn")
few = lambda options: st.none() | st.lists(st.sampled_from(options), min_size=1, max_size=2, unique=True)  # noqa: E731


@st.composite
def letters(draw, parties=PARTIES[:1]):
    """Any letter: every condition, claim, kind and question that letter.toml allows, of any of these parties."""
    picks = {f"s{n}": draw(selections) for n in range(3)}
    names = st.lists(st.sampled_from(sorted(picks)), max_size=1)
    blocks = {}
    for number in range(draw(st.integers(1, 4))):
        when = {
            "some": draw(names),
            "any": draw(st.lists(st.sampled_from(sorted(picks)), max_size=2, unique=True)),
            "none": draw(names),
            "risks": draw(st.lists(st.sampled_from(sorted(RISKS)), max_size=1)),
            "person": draw(few(["in", "out", "open"])),
            "review": draw(st.sampled_from([None, None, True, False])),
            "weakened": draw(st.sampled_from([None, None, None, True, False])),
            "groups": draw(few(GROUPS)),
            "why": draw(few(WHYS)),
        }
        lists = draw(st.none() | st.sampled_from(sorted(picks)))
        said = [c for c in draw(st.lists(claims, max_size=2, unique=True)) if lists or not c.endswith("list")]
        tips = draw(st.lists(st.sampled_from(sorted(TIPS)), max_size=1))
        blocks[f"b{number}"] = block(
            f"b{number}",
            says=[f"b{number}", *(f"do_{tip}" for tip in tips)],
            when=when,
            lists=lists,
            claims=said,
            kind=draw(st.sampled_from(["claim", "claim", "advice", "consequence"])),
            risks=draw(st.lists(st.sampled_from(sorted(RISKS)), max_size=2, unique=True)),
            answers=draw(st.lists(st.sampled_from(get_args(Question)), max_size=2, unique=True)),
            party=draw(st.sampled_from([None, *parties])),
        )
    head = Head(groups=draw(few(GROUPS)) or [], why=draw(few(WHYS)) or [])
    return small_letter(picks, blocks, RISKS, TIPS, head if draw(st.booleans()) else None)


@st.composite
def boxes(draw, items=ITEMS, parties=PARTIES[:1], most=3):
    """Any readers of a group: some masks for each item and person, in every combination."""
    masks = st.frozensets(st.sampled_from(MASKS), min_size=1, max_size=most)
    known = {(party, item): draw(masks) for party in parties for item in items}
    people = st.frozensets(st.sampled_from([w.PERSON_ALL, w.PERSON_IN, w.PERSON_OUT]), min_size=1, max_size=most - 1)
    reviews = draw(st.sampled_from([frozenset({False}), frozenset({False, True})]))
    group = draw(st.sampled_from([*GROUPS, ""]))  # in no group is who falls outside the case
    persons = {party: draw(people) for party in parties}
    return Box(group, known, persons, reviews, draw(kept(known)), bool(group))


@st.composite
def kept(draw, known):
    """What a box keeps of some items when they are tied to the person."""
    slots = draw(st.lists(st.sampled_from(sorted(known)), max_size=2, unique=True))
    parts = lambda slot: sorted({m & part for m in known[slot] for part in (w.ITEM_ALL, w.STOLEN, w.NOT_STOLEN)})  # noqa: E731
    return {slot: draw(st.frozensets(st.sampled_from(parts(slot)), min_size=1)) for slot in slots}


SIZES = [(ITEMS, PARTIES[:1], 3, ("first", "weakened")), (SMALL, PARTIES, 2, WHYS)]
"""Three items of one party, two of two: as many as can be listed one by one."""
of_any_size = pytest.mark.parametrize(("items", "parties", "most", "whys"), SIZES, ids=["one party", "two parties"])
slow = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@of_any_size
@slow
@given(data=st.data())
def test_what_is_found_is_what_is_wrong_for_some_admissible_reader(items, parties, most, whys, data):
    letter, box = data.draw(letters(parties)), data.draw(boxes(items, parties, most))
    truth = Truth(Audience(letter, items, parties))
    found = allowed(truth, [box], whys)
    naive = Naive(letter, items, parties)
    every = [(reader, naive.wrong(reader)) for reader in readers(box, items, parties, whys) if naive.meant(reader)]
    expected = {wrong for _, all_wrong in every for wrong in all_wrong}
    assert {named(place) for place in found.by_place} == expected
    read = {id for reader, _ in every for id in letter.blocks if naive.reads(id, reader)}
    assert found.read == read
    known = [(example(truth.audience, *truth.audience.of(reader)), reader, all_wrong) for reader, all_wrong in every]
    for place, of in found.by_place.items():
        wronged = [(told, known_of(reader)) for told, reader, all_wrong in known if named(place) in all_wrong]
        shown = [size for told, size in wronged if told == of.example]
        assert shown and min(shown) <= min(size for _, size in wronged)


def named(place):
    return place.rule, place.block, place.of, place.detail


def known_of(reader):
    """How much is known of a reader's items: worlds ruled out, and items of which we said more before."""
    masks = [mask for (_, item), mask in reader.left.items() if item != "person"]
    return sum(w.ITEM_BITS - mask.bit_count() for mask in masks) + len(reader.weakened - {"person"})


@of_any_size
@slow
@given(data=st.data())
def test_a_reader_there_is_gets_what_the_slow_check_says(items, parties, most, whys, data):
    letter, box = data.draw(letters(parties)), data.draw(boxes(items, parties, most))
    every = list(readers(box, items, parties, whys))
    assume(every)
    reader = every[data.draw(st.integers(0, len(every) - 1))]
    truth = Truth(Audience(letter, items, parties))
    found = truth.of_whole(*truth.audience.of(reader))
    assert {named(place) for place in found} == Naive(letter, items, parties).wrong(reader)


def test_the_example_of_a_finding_is_a_smallest_reader():
    """Of the readers for whom a claim fails, the one is shown of whom least is known."""
    letter = small_letter({}, {"b0": block("b0", claims=["must taken email"])})
    masks = {("lab", item): frozenset({w.ITEM_ALL, w.STOLEN}) for item in ITEMS}
    found = allowed(Truth(Audience(letter, ITEMS, ["lab"])), [Box("g1", masks, {"lab": frozenset({3})})], ("first",))
    untrue = next(f for place, f in found.by_place.items() if place.rule == "untrue")
    assert untrue.example["items"] == dict.fromkeys(ITEMS, "unknown")
    assert untrue.example["person"] == ["open"]
    assert not untrue.occurs and untrue.people == 0
