"""Whether what one reader reads is true, whole and said once.

Every rule looks at one item of the reader, or at one *matter* of the reader as a whole: the person, a question, a risk,
a list. Which blocks a rule depends on is known beforehand; so is, with them, the part of the view that decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import get_args

from helder.domain import worlds as w
from helder.letters.audience import Audience, Circumstance, Item
from helder.letters.claims import LIST, PERSON, Claim, carried
from helder.letters.findings import Place
from helder.letters.model import Question

QUESTIONS: tuple[str, ...] = get_args(Question)
_SILENCES = {"source": "silent_source", "fate": "silent_fate", "spread": "silent_spread"}
_OF_RISKS = ("what_can_criminals_do", "what_can_i_do", "is_it_you")
_OF_SOME = ("why_given", "record")
"""Questions that only readers have who run a risk; and those of readers with an item that we gave, or a review."""
Shown = tuple[str, ...]
Settled = Callable[[int], bool]


@dataclass(frozen=True)
class Matter:
    """One matter on which every reader must be told right: the blocks it depends on and the bits that decide.

    `judge` says what is wrong, given the view (of these bits), the reader and which of the blocks they read. `settled`
    gives for a reader what says that nothing can be wrong any more, however many bits are added to a view; None when
    nothing says so. It is the same function for readers who are alike in it.
    """

    blocks: Shown
    bits: int
    judge: Callable[[int, Circumstance, Shown], Iterator[Place]]
    settled: Callable[[Circumstance], Settled | None] = lambda reader: None


class Truth:
    """The rules for one letter. Answers are kept: thousands of profiles share their items and their blocks."""

    def __init__(self, audience: Audience) -> None:
        self.audience = audience
        self.letter = audience.letter
        self.claims = {id: self.letter.claims(id) for id in self.letter.order()}
        self._about: dict[str, set[str]] = defaultdict(set)
        for id, claims in self.claims.items():
            for claim in claims:
                if not claim.is_fact or claim.about == LIST:
                    self._about[claim.about].add(id)
        self._speakers = cache(self._speakers_of)
        self.of_item = cache(self._of_item)
        self.judged = cache(self._judged)
        self._staying = cache(self._staying_of)
        self.matters = tuple(self._matters())

    def _place(self, rule: str, block: str = "", of: str = "", detail: str = "") -> Place:
        return Place(rule, self.letter.id, block, "", of, detail)

    def meant(self, reader: Circumstance) -> bool:
        """Whether the letter is for readers in this circumstance."""
        head = self.letter.file.letter
        return (not head.groups or reader.group in head.groups) and (not head.why or reader.why in head.why)

    def of_whole(self, items: Sequence[Item], reader: Circumstance) -> frozenset[Place]:
        """Everything that is wrong for one reader."""
        if not self.meant(reader):
            return frozenset({self._place("not_meant", "", reader.group, reader.why)})
        view = self.audience.view(items)
        shown = self.audience.shown(view, reader)
        whole = (self.judged(number, view & matter.bits, reader) for number, matter in enumerate(self.matters))
        return frozenset().union(*whole, *(self.of_item(item, self.speaking(item, shown)) for item in items))

    def _judged(self, number: int, view: int, reader: Circumstance) -> frozenset[Place]:
        """What is wrong in one matter for readers with this view of it."""
        matter = self.matters[number]
        shown = tuple(id for id in matter.blocks if self.audience.reads(id, view, reader))
        return frozenset(matter.judge(view, reader, shown))

    def speaking(self, item: Item, shown: Sequence[str]) -> Shown:
        """Those of the blocks that speak of an item."""
        speakers = self._speakers(item)
        return tuple(id for id in shown if id in speakers)

    def _speakers_of(self, item: Item) -> frozenset[str]:
        listing = (id for id in self._about[LIST] if self.audience.lists(id, item))
        return frozenset(self._about[item.id]).union(listing)

    # -- what an item of the reader is said to be

    def _of_item(self, item: Item, shown: Shown) -> frozenset[Place]:
        found: list[Place] = []
        for place in range(len(self.audience.parties)):
            said = list(self._said(item, place, shown))
            for block, claim in said:
                if not self._carried(claim, item, place):
                    found.append(self._place("untrue", block, item.id, str(claim)))
            found += self._once(item, place, said)
        return frozenset(found)

    def _said(self, item: Item, place: int, shown: Shown) -> Iterator[tuple[str, Claim]]:
        """What the blocks shown say of the item at one party."""
        for block in shown:
            if self.audience.place(block) != place:
                continue
            for claim in self.claims[block]:
                if claim.is_fact:
                    continue
                if claim.about == item.id or (claim.about == LIST and self.audience.lists(block, item)):
                    yield block, claim

    @staticmethod
    def _carried(claim: Claim, item: Item, place: int) -> bool:
        if claim.word == "weakened":
            return item.weakened
        return carried(claim, item.masks[place])

    def _once(self, item: Item, place: int, said: list[tuple[str, Claim]]) -> Iterator[Place]:
        """One statement on each matter that needs one, and no more than one on any."""
        axes: dict[str, list[str]] = {}
        for block, claim in said:
            axes.setdefault(claim.axis, []).append(block)
        for axis, blocks in axes.items():
            if len(blocks) > 1:
                yield self._place("twice", blocks[-1], item.id, axis)
        for axis in self._needed(item, place):
            if axis not in axes:
                yield self._place(_SILENCES[axis], "", item.id)
        if item.weakened and place == 0 and "correction" not in axes:
            yield self._place("silent_correction", "", item.id)

    @staticmethod
    def _needed(item: Item, place: int) -> tuple[str, ...]:
        """Silence is allowed only on what we never gave and what was not taken, in every world left."""
        mask = item.masks[place]
        if mask & ~(w.NEVER_OURS & w.NOT_STOLEN) == 0:
            return ()
        return ("source", "fate", "spread") if mask & ~w.PUBLISHED == 0 else ("source", "fate")

    # -- what the reader as a whole is told

    def _matters(self) -> Iterator[Matter]:
        blocks, audience = self.letter.blocks, self.audience
        order = tuple(dict.fromkeys(self.letter.order()))

        def matter(of: Shown, judge: Callable[[int, Circumstance, Shown], Iterator[Place]], more: int = 0) -> Matter:
            bits = more
            for id in of:
                bits |= audience.bits[id]
            return Matter(of, bits, judge)

        of_person = tuple(id for id in order if any(c.about == PERSON and not c.is_fact for c in self.claims[id]))
        yield matter(of_person, self._persons, sum(audience.given) | sum(audience.taken))
        for question in QUESTIONS:
            answering = tuple(id for id in order if question in blocks[id].answers)
            asked = matter(answering, partial(self._question, question), self._asking(question))
            yield Matter(asked.blocks, asked.bits, asked.judge, partial(self._answered, question, answering))
        for tip, of in self.letter.advice.tips.items():
            saying = tuple(id for id in order if f"do_{tip}" in blocks[id].says)
            yield matter(saying, partial(self._tip, tip, frozenset(of.answers)), self._combinations(of.answers))
        for risk in self.letter.advice.risks:
            advising = tuple(id for id in order if blocks[id].kind == "advice" and risk in blocks[id].risks)
            yield matter(advising, partial(self._risk, risk, "no_advice"), self._combinations([risk]))
            warning = tuple(id for id in order if blocks[id].kind == "consequence" and risk in blocks[id].risks)
            yield matter(warning, partial(self._risk, risk, "no_warning"), self._combinations([risk]))
        for id in order:
            block = blocks[id]
            if block.kind in ("advice", "consequence") and block.risks:
                yield matter((id,), self._needless, self._combinations(block.risks))
            if block.lists is not None:
                yield matter((id,), self._list, audience.picks[audience.place(id), block.lists])

    def _combinations(self, risks: Sequence[str]) -> int:
        return sum(bit for (risk, _), bit in self.audience.combinations.items() if risk in risks)

    def _persons(self, view: int, reader: Circumstance, shown: Shown) -> Iterator[Place]:
        axes: dict[tuple[str, int], list[str]] = {}
        for block in shown:
            place = self.audience.place(block)
            for claim in self.claims[block]:
                if claim.about != PERSON or claim.is_fact:
                    continue
                if not self._holds(claim, view, reader, place):
                    yield self._place("untrue", block, PERSON, str(claim))
                axes.setdefault((claim.axis, place if claim.axis == "person" else 0), []).append(block)
        for (axis, _), blocks in axes.items():
            if len(blocks) > 1:
                yield self._place("twice", blocks[-1], PERSON, axis)
        for place in range(len(self.audience.parties)):
            if ("person", place) not in axes:
                yield self._place("silent_person", "", PERSON)
        needed = {
            "record": reader.review,
            "correction": reader.weakened,
            "told": reader.why != "first",
            "changed": reader.why in ("changed", "weakened"),
            "which": any(self._which(view, reader, place) for place in range(len(self.audience.parties))),
        }
        for axis, wanted in needed.items():
            if wanted and (axis, 0) not in axes:
                yield self._place(f"silent_{axis}", "", PERSON)

    def _which(self, view: int, reader: Circumstance, place: int) -> bool:
        """Whether it is known that something of the reader was taken, and of no item that it was."""
        return reader.persons[place] == w.PERSON_IN and not view & self.audience.taken[place]

    def _holds(self, claim: Claim, view: int, reader: Circumstance, place: int) -> bool:
        match claim.word:
            case "record":
                return reader.review
            case "weakened":
                return reader.weakened
            case "told":
                return reader.why != "first"
            case "changed":
                return reader.why in ("changed", "weakened")
            case "given":
                return bool(view & self.audience.given[place])
            case "which":
                return self._which(view, reader, place)
        return carried(claim, reader.persons[place])

    def _asking(self, question: str) -> int:
        """The bits that say who has a question."""
        if question in _OF_RISKS:
            return self._combinations(list(self.letter.advice.risks))
        return sum(self.audience.given) if question == "why_given" else 0

    def _asks(self, question: str, view: int, reader: Circumstance) -> bool:
        if question in _OF_RISKS:
            return bool(self.audience.risks(view))
        if question == "why_given":
            return bool(view & sum(self.audience.given))
        return question != "record" or reader.review

    def _question(self, question: str, view: int, reader: Circumstance, shown: Shown) -> Iterator[Place]:
        asks = self._asks(question, view, reader)
        if asks and not shown:
            yield self._place("no_answer", "", question)
        if question in _OF_SOME and not asks:
            for block in shown:
                yield self._place("needless_answer", block, question)

    def _tip(self, tip: str, answers: frozenset[str], view: int, reader: Circumstance, shown: Shown) -> Iterator[Place]:
        """All advice there is for a risk, not a piece of it."""
        if not shown and answers & self.audience.risks(view):
            yield self._place("no_advice", "", tip)

    def _answered(self, question: str, answering: Shown, reader: Circumstance) -> Settled | None:
        """What says that a question is answered for good: that it is asked, and a block stays that answers it."""
        open_to = tuple(id for id in answering if self.audience.circumstanced(id, reader))
        if not open_to or (question == "record" and not reader.review):
            return None
        return self._staying(open_to, sum(self.audience.given) if question == "why_given" else 0)

    def _staying_of(self, blocks: Shown, given: int) -> Settled:
        stays = self.audience.stays
        return cache(lambda view: (not given or bool(view & given)) and any(stays(id, view) for id in blocks))

    def _risk(self, risk: str, rule: str, view: int, reader: Circumstance, shown: Shown) -> Iterator[Place]:
        if not shown and risk in self.audience.risks(view):
            yield self._place(rule, "", risk)

    def _needless(self, view: int, reader: Circumstance, shown: Shown) -> Iterator[Place]:
        """Advice answers a risk that is run; of a consequence every risk is."""
        run = self.audience.risks(view)
        for id in shown:
            block = self.letter.blocks[id]
            if block.kind == "advice" and not run & set(block.risks):
                yield self._place("needless_advice", id, ",".join(block.risks))
            elif block.kind == "consequence":
                for risk in sorted(set(block.risks) - run):
                    yield self._place("needless_warning", id, risk)

    def _list(self, view: int, reader: Circumstance, shown: Shown) -> Iterator[Place]:
        for id in shown:
            lists = self.letter.blocks[id].lists
            assert lists is not None
            if not view & self.audience.picks[self.audience.place(id), lists]:
                yield self._place("empty_list", id, lists)
