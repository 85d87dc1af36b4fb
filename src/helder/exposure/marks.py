"""Marks: the bits that evidence sets on a person, and where each bit stands.

A mark says "there is at least one piece of evidence of this kind". Marks are packed in words of 62 bits (a signed
64-bit integer on every engine, sign bit and one more left free); how many words there are follows from the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

WORD_BITS = 62


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


def marks_of(number: int, marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks whose bits are set in `number`, the last one first."""
    while number:
        bit = number.bit_length() - 1
        yield marks[bit]
        number ^= 1 << bit


@dataclass(frozen=True)
class Layout:
    """Where each mark's bit stands. `marks` in order; bit i of the whole is bit i % 62 of word i // 62."""

    marks: tuple[Mark, ...]

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
        words, index = [0] * self.words, self._index
        for mark in marks:
            bit = index.get(mark)
            if bit is not None:
                words[bit // WORD_BITS] |= 1 << (bit % WORD_BITS)
        return tuple(words)

    def number(self, words: Sequence[int]) -> int:
        """All words as one whole number: bit i is mark i."""
        return sum(word << (place * WORD_BITS) for place, word in enumerate(words))

    def unpack(self, words: Sequence[int]) -> frozenset[Mark]:
        """The marks whose bits are set in `words`."""
        return frozenset(marks_of(self.number(words), self.marks))

    @cached_property
    def _index(self) -> dict[Mark, int]:
        return {mark: bit for bit, mark in enumerate(self.marks)}
