"""The check of a round's letters: every reader there is, every reader there can be, and the words themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helder.case.load import Case
from helder.domain.states import state_of
from helder.letters.admissible import Reach, SubBox, size_of, sub_boxes
from helder.letters.audience import PERSON_STATES, Audience, Circumstance, Item
from helder.letters.claims import PERSON
from helder.letters.findings import Finding, Place
from helder.letters.load import Letter
from helder.letters.making import making
from helder.letters.model import Why
from helder.letters.prose import prose
from helder.letters.reader import Box, Reader, Telling
from helder.letters.truth import Shown, Truth

_FIRST: tuple[Why, ...] = ("first",)
CORRECTED: tuple[Why, ...] = ("changed", "weakened")
"""The reasons of those for whom something is different from what they were last told."""


@dataclass
class Report:
    """What a check found. `profiles` and `people` were looked at; `misled` are people told something that does not hold."""

    findings: list[Finding] = field(default_factory=list)
    profiles: int = 0
    people: int = 0
    misled: int = 0
    boxes: int = 0

    @property
    def passed(self) -> bool:
        """Whether nothing stops the round."""
        return not any(finding.stops for finding in self.findings)


class Found:
    """Findings by place, each with its smallest example; and the blocks that somebody could read."""

    def __init__(self, audience: Audience) -> None:
        self.audience = audience
        self.by_place: dict[Place, Finding] = {}
        self.read: set[str] = set()
        self._sizes: dict[Place, int] = {}

    def add(self, place: Place, people: int, size: int, items: Sequence[Item], reader: Circumstance) -> None:
        """A reader for whom something is wrong; `people` is 0 for one that nobody is now."""
        finding = self.by_place.setdefault(place, Finding(place))
        if people:
            finding.profiles += 1
            finding.people += people
            # An example that somebody is says more than one that somebody could be.
            if not finding.occurs:
                self._sizes.pop(place, None)
            finding.occurs = True
        elif finding.occurs:
            return
        if place not in self._sizes or size < self._sizes[place]:
            self._sizes[place] = size
            finding.example = example(self.audience, items, reader)


def example(audience: Audience, items: Sequence[Item], reader: Circumstance) -> dict[str, Any]:
    """A reader in words of the case: the group, why they are told, and the state of each item."""
    several = len(audience.parties) > 1
    states = {
        (f"{party}:{item.id}" if several else item.id): state_of(item.masks[place]).id
        for item in items
        for place, party in enumerate(audience.parties)
    }
    return {
        "group": reader.group,
        "why": reader.why,
        "review": reader.review,
        "person": [PERSON_STATES.get(person, "contradiction") for person in reader.persons],
        "items": states,
        "weakened": [item.id for item in items if item.weakened] + ([PERSON] if reader.weakened else []),
    }


def check(
    case: Case,
    letters: Mapping[str, Letter],
    tellings: Sequence[Telling],
    boxes: Mapping[str, Sequence[Box]],
    day: dt.date,
    whys: Sequence[Why] = _FIRST,
) -> Report:
    """Check all letters of a round.

    `tellings` are the readers there are, `boxes` for each letter those the declared evidence allows, `day` the day on which facts must
    still hold, `whys` the reasons for which somebody may be told in this round.
    """
    report = Report(boxes=sum(map(len, boxes.values())))
    parties = [party.id for party in case.breached]
    for id, letter in letters.items():
        audience = Audience(letter, list(case.items), parties)
        truth, found = Truth(audience), Found(audience)
        report.misled += _occurring(truth, found, [telling for telling in tellings if telling.letter == id])
        allowed(truth, boxes[id], whys, found)
        report.findings += found.by_place.values()
        report.findings += [Finding(place) for place in (*making(case, letter, day), *prose(case, letter))]
        unread = [block for block in dict.fromkeys(letter.order()) if block not in found.read]
        report.findings += [Finding(Place("never_read", id, block)) for block in unread]
    report.profiles = len({telling.profile for telling in tellings})
    report.people = sum(telling.people for telling in tellings)
    report.findings.sort(key=lambda finding: (not finding.stops, -finding.people, *vars(finding.place).values()))
    return report


def _occurring(truth: Truth, found: Found, tellings: Sequence[Telling]) -> int:
    """Check the readers there are. Returns how many people would be told something that does not hold for them."""
    people: dict[tuple[int, str, Why], int] = {}
    readers: dict[tuple[int, str, Why], Reader] = {}
    for telling in tellings:
        key = (telling.profile, telling.weakened, telling.reader.why)
        people[key] = people.get(key, 0) + telling.people
        readers[key] = telling.reader
    misled = 0
    for key, of in readers.items():
        items, reader = truth.audience.of(of)
        places = truth.of_whole(items, reader)
        misled += people[key] if places else 0
        for place in places:
            found.add(place, people[key], sum(map(size_of, items)), items, reader)
    return misled


def allowed(truth: Truth, boxes: Sequence[Box], whys: Sequence[Why], found: Found | None = None) -> Found:
    """Check the readers there can be: everyone in these boxes, told for any of these reasons."""
    found = Found(truth.audience) if found is None else found
    head = truth.letter.file.letter
    meant = [why for why in dict.fromkeys(whys) if not head.why or why in head.why]
    for in_scope in (True, False):
        mine = [box for box in boxes if box.in_scope is in_scope and (not head.groups or box.group in head.groups)]
        # Who falls outside the case now is written to only to correct what they were told.
        told = [why for why in meant if in_scope or why in CORRECTED]
        _in_boxes(truth, found, mine, [why for why in told if why != "weakened"])
        if "weakened" in told:  # of some item, or of the person and perhaps of items too
            _in_boxes(truth, found, mine, ["weakened"], of_items=True)
            _in_boxes(truth, found, mine, ["weakened"], of_person=True)
    return found


def _in_boxes(
    truth: Truth,
    found: Found,
    boxes: Sequence[Box],
    whys: Sequence[Why],
    of_items: bool = False,
    of_person: bool = False,
) -> None:
    """Everyone in these boxes who is told for one of these reasons, by sub-box."""
    audience = truth.audience
    parts: dict[SubBox, set[tuple[str, bool]]] = {}
    for box in boxes if whys else ():
        for part in sub_boxes(box, audience.items, audience.parties, of_items or of_person):
            parts.setdefault(part, set()).update((box.group, review) for review in box.reviews)
    for part, groups in parts.items():
        readers = [
            Circumstance(group, why, review, part.persons, of_person)
            for group, review in sorted(groups)
            for why in whys
        ]
        _sub_box(truth, found, Reach(audience, part, of_items), readers)


def _sub_box(truth: Truth, found: Found, reach: Reach, readers: Sequence[Circumstance]) -> None:
    audience = truth.audience
    open_to = [frozenset(id for id in truth.letter.blocks if audience.circumstanced(id, reader)) for reader in readers]
    _matters(truth, found, reach, readers)
    _items(truth, found, reach, list(zip(readers, open_to, strict=True)))
    for id in frozenset().union(*open_to) - found.read:
        if any(audience.viewed(id, view) for view in reach.views(audience.bits[id])):
            found.read.add(id)


def _matters(truth: Truth, found: Found, reach: Reach, readers: Sequence[Circumstance]) -> None:
    """Every matter of the reader as a whole, with every view of the bits that decide it."""
    for number, matter in enumerate(truth.matters):
        for reader in readers:
            for view, (size, items) in reach.views(matter.bits, matter.settled(reader)).items():
                for place in truth.judged(number, view, reader):
                    found.add(place, 0, size, items(), reader)


def _items(truth: Truth, found: Found, reach: Reach, readers: Sequence[tuple[Circumstance, frozenset[str]]]) -> None:
    """Every state of every item, with every view of the bits that decide which blocks speak of it; `readers` each with
    the blocks that are open to them."""
    audience = truth.audience
    for place, options in enumerate(reach.box.options):
        for item in options:
            own, bits = audience.contributes(item), 0
            speakers = truth.speaking(item, truth.letter.order())
            for id in speakers:
                bits |= audience.bits[id]
            for view, (size, items) in reach.views_with(place, item, bits & ~own).items():
                viewed = [id for id in speakers if audience.viewed(id, view | own)]
                # Who reads the same of it is told the same: the first of them is the example.
                first = dict[Shown, Circumstance]()
                for reader, open_to in readers:
                    first.setdefault(tuple(id for id in viewed if id in open_to), reader)
                for shown, reader in first.items():
                    for wrong in truth.of_item(item, shown):
                        found.add(wrong, 0, size, items(), reader)
