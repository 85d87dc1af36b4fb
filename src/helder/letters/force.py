"""How certain the words are: 'may' leaves open what it says, 'must' does not, and a consequence is what can be."""

from __future__ import annotations

from collections.abc import Iterator

from helder.letters.lexicon import Lexicon
from helder.letters.said import Text, base, parts


def force(text: Text, lex: Lexicon) -> Iterator[tuple[str, str]]:
    """What is said with another certainty than claimed."""
    opened = lex.find(lex.open, text.words)
    if text.may and not opened:
        yield "certain_words", ""
    yield from _left_open(text, lex)
    if opened and not text.may and text.kind == "claim" and opened not in text.own:
        yield "open_words", opened
    if text.kind == "consequence":
        for part in parts(text.words):
            if not lex.find(lex.can, part):
                yield "no_can", part
    will = lex.find(lex.will, text.words)
    if will and (text.kind == "consequence" or text.of_reader):
        yield "no_can", will
    rest = lex.without(lex.open, text.words)
    for rule, pattern in (("absolute", lex.absolute), ("weighed", lex.weighing), ("takes_back", lex.turning)):
        if (found := lex.find(pattern, rest)) and found not in text.own:
            yield rule, found


def _left_open(text: Text, lex: Lexicon) -> Iterator[tuple[str, str]]:
    """The clause that says what may be leaves it open itself: not the sentence after it, nor what the reader may know."""
    for word in sorted({base(claim.word) for claim in text.of_reader if claim.force == "may"} & lex.predicates.keys()):
        for clause in text.saying(word, lex):
            if not lex.find(lex.open, clause) or lex.find(lex.knowing, clause):
                yield "certain_words", clause.strip()
