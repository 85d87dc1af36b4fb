"""Rare words, and the list of those that are approved, each with the words that explain it in the letter.

A word is rare below Zipf 3: fewer than one in a million words (Van Heuven and others 2014; frequencies of wordfreq 3). Names (a capital
inside a sentence), numbers and addresses are not counted. `words.<language>.csv` holds approved words: `explained_by` is what the
letter must say once where it uses the word; empty when every reader knows the word and it is rare in books only. A case has words
of its `own`, which win over those.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from helder.letters.plain.lines import Line, words

_OWNER = re.compile(r"['’]s?$")
RARE = 3.0
_PLAIN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class Approved:
    """A rare word that letters may use; `explained_by` is what must stand beside it, empty for nothing."""

    word: str
    explained_by: str


Own = tuple[Approved, ...]
"""The approved words of a case, in one language."""


@lru_cache(maxsize=64)
def approved(language: str, own: Own = ()) -> dict[str, Approved]:
    """The approved words of a language by their lower case."""
    text = resources.files(__package__).joinpath(f"words.{language}.csv").read_text("utf-8")
    shipped = [Approved(row["word"], row["explained_by"]) for row in csv.DictReader(text.splitlines())]
    return {one.word.casefold(): one for one in (*shipped, *own)}


@cache
def zipf(word: str, language: str) -> float:
    """How often a word is used: the logarithm of uses in a thousand million words. 0 when never seen."""
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word, language))


def rare(line: Line, language: str, own: Own = ()) -> Iterator[str]:
    """The rare words of a line that are not approved."""
    return iter(_rare(line.text, language, own))


@lru_cache(maxsize=4096)  # the variants of a letter share their sentences
def _rare(text: str, language: str, own: Own) -> tuple[str, ...]:
    return tuple(_each_rare(_without(text, language, own), language))


def _each_rare(text: str, language: str) -> Iterator[str]:
    for at, word in enumerate(words(text)):
        if not _PLAIN.fullmatch(word) or (word[0].isupper() and at and not _abbreviation(word)):
            continue
        if zipf(_OWNER.sub("", word.casefold()), language) < RARE:
            yield word


def _abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _without(text: str, language: str, own: Own) -> str:
    """The text with approved words taken out; some are of more than one word."""
    for one in approved(language, own).values():
        text = _whole(one.word).sub(" 0 ", text)
    return text


@cache
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


def unexplained(lines: Sequence[Line], language: str, own: Own = ()) -> Iterator[tuple[Line, Approved]]:
    """Approved words that the text uses without saying what they are, with the first line that uses each."""
    everything = " ".join(line.text for line in lines).casefold()
    for one in approved(language, own).values():
        if not one.explained_by or one.explained_by.casefold() in everything:
            continue
        if used := next((line for line in lines if _whole(one.word).search(line.text)), None):
            yield used, one
