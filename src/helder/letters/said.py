"""What a letter says: one sentence of its library in one language, and the grammatical parts of its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helder.letters.claims import Claim
from helder.letters.facts import PLACEHOLDER
from helder.letters.lexicon import Lexicon
from helder.letters.model import Kind, Sentence

_SENTENCE_END = re.compile(r"(?<=[.?!؟])\s+")


@dataclass(frozen=True)
class Text:
    """One sentence of the library in one language, with all that the rules need to know."""

    id: str
    block: str
    kind: Kind
    language: str
    sentence: Sentence
    claims: tuple[Claim, ...]
    words: str
    own: str
    """The words of the facts that it claims: these it may use, whatever they are."""

    @property
    def bare(self) -> str:
        """The words without what facts put in."""
        return PLACEHOLDER.sub(" ", self.words)

    @property
    def may(self) -> bool:
        """Whether it claims that something may be."""
        return any(claim.force == "may" for claim in self.claims)

    @property
    def of_reader(self) -> tuple[Claim, ...]:
        """Its claims about the reader or their items."""
        return tuple(claim for claim in self.claims if not claim.is_fact)

    def saying(self, word: str, lex: Lexicon) -> list[str]:
        """The clauses that say a predicate; whole parts where no clause says it alone."""
        says = lex.predicates[word].says
        return [found for part in parts(self.words) for found in _matching(says, part, lex)]


def parts(words: str) -> list[str]:
    """The grammatical sentences of a text."""
    return [part for part in _SENTENCE_END.split(words.strip()) if part]


def _matching(pattern: str, part: str, lex: Lexicon) -> list[str]:
    clauses = [clause for clause in lex.split(lex.clause, part) if lex.find(pattern, clause)]
    return clauses or ([part] if lex.find(pattern, part) else [])


def base(word: str) -> str:
    """Denying words share the words of what they deny."""
    return word.removeprefix("not_")
