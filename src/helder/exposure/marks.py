"""Marks: the bits that evidence sets on a person, and where each bit stands.

A mark says "there is at least one piece of evidence of this kind". Marks are packed in words of 62 bits (a signed
64-bit integer on every engine, sign bit and one more left free); how many words there are follows from the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from struct import unpack
from typing import NamedTuple

WORD_BITS = 62
_PART = 16  # bits; thousands of profiles are made of few different parts


class Mark(NamedTuple):
    """One mark. `kind` says what, the other parts of whom and which; unused parts are empty.

    to(party) · disclosed(party, item) · supplied(party, item) · uncovered(exclusion, item) ·
    row(dataset, item, supplier, posted) · found(dataset) · review(dataset) · scope(scope)
    """

    kind: str
    of: str
    item: str = ""
    supplier: str = ""
    posted: str = ""


@dataclass(frozen=True)
class Layout:
    """Where each mark's bit stands. `marks` in order; bit i of the whole is bit i % 62 of word i // 62."""

    marks: tuple[Mark, ...]
    _parts: dict[tuple[int, int], frozenset[Mark]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> Layout:
        """The layout of these marks, in an order that depends on the marks alone."""
        return cls(tuple(sorted(set(marks))))

    @property
    def words(self) -> int:
        """How many words the marks need: at least one."""
        return max(1, -(-len(self.marks) // WORD_BITS))

    def pack(self, marks: Iterable[Mark]) -> tuple[int, ...]:
        """The words with the bits of `marks` set; marks outside the layout are left out."""
        bits = self.bits(marks)
        return tuple(bits >> (place * WORD_BITS) & (1 << WORD_BITS) - 1 for place in range(self.words))

    def bits(self, marks: Iterable[Mark]) -> int:
        """The words of `pack` as one whole number: bit i is mark i."""
        return sum(self._bit.get(mark, 0) for mark in frozenset(marks))

    def unpack(self, words: Sequence[int]) -> frozenset[Mark]:
        """The marks whose bits are set in `words`."""
        return self.marks_in(self.whole(words))

    @staticmethod
    def whole(words: Sequence[int]) -> int:
        """The words of `pack` as one whole number."""
        whole = 0
        for word in reversed(words):
            whole = whole << WORD_BITS | word
        return whole

    def marks_in(self, bits: int) -> frozenset[Mark]:
        """The marks whose bits are set in a number of `bits`."""
        count = -(-len(self.marks) // _PART)
        parts = enumerate(unpack(f"<{count}H", bits.to_bytes(2 * count, "little")))
        known = self._parts.get
        return frozenset().union(*[known(part) or self._part(part) for part in parts if part[1]])

    def _part(self, part: tuple[int, int]) -> frozenset[Mark]:
        """The marks of the bits of one part: (which part, its bits)."""
        if part not in self._parts:
            place, bits = part
            some = self.marks[place * _PART : (place + 1) * _PART]
            self._parts[part] = frozenset(mark for n, mark in enumerate(some) if bits >> n & 1)
        return self._parts[part]

    @cached_property
    def _bit(self) -> dict[Mark, int]:
        return {mark: 1 << place for place, mark in enumerate(self.marks)}
