"""Readability formulas over the sentences of a text.

Flesch-Douma for Dutch (Douma 1960, Readability of Dutch farm papers): 206.84 - 0.77 syllables per 100 words - 0.93 words a sentence.
Flesch-Kincaid grade (Kincaid and others 1975) and the new Dale-Chall score (Chall and Dale 1995) for English, by textstat.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from helder.letters.plain.lines import length


@cache
def _textstat() -> Any:
    """textstat 0.7.4 opens its word lists by one function of pkg_resources, which setuptools dropped; it is given that function."""
    resources = types.ModuleType("pkg_resources")
    resources.resource_stream = lambda package, name: files(package).joinpath(name).open("rb")  # type: ignore[attr-defined]
    with patched(resources):
        from textstat.textstat import textstatistics
    return textstatistics()


@contextmanager
def patched(module: types.ModuleType) -> Iterator[None]:
    """The module stands among the loaded ones, for as long as this lasts."""
    before = sys.modules.get(module.__name__)
    sys.modules[module.__name__] = module
    try:
        yield
    finally:
        del sys.modules[module.__name__]
        if before is not None:
            sys.modules[module.__name__] = before


def _in(language: str) -> Any:
    statistics = _textstat()
    statistics.set_lang(language)
    return statistics


def mean_words(sentences: Sequence[str]) -> float | None:
    """Words a sentence."""
    return sum(map(length, sentences)) / len(sentences) if sentences else None


def flesch_douma(sentences: Sequence[str]) -> float | None:
    """Reading ease of Dutch, 0 to 100 and beyond: 70 or more is easy, below 50 is hard."""
    mean = mean_words(sentences)
    if not mean:
        return None
    return 206.84 - 77 * _syllables(sentences, "nl_NL") / (mean * len(sentences)) - 0.93 * mean


def flesch_kincaid(sentences: Sequence[str]) -> float | None:
    """Years of school that English asks for."""
    mean = mean_words(sentences)
    if not mean:
        return None
    return 0.39 * mean + 11.8 * _syllables(sentences, "en_US") / (mean * len(sentences)) - 15.59


def _syllables(sentences: Sequence[str], language: str) -> int:
    return sum(_syllables_of(sentence, language) for sentence in sentences)


@lru_cache(maxsize=4096)  # the variants of a letter share their sentences
def _syllables_of(sentence: str, language: str) -> int:
    return int(_in(language).syllable_count(sentence))


def dale_chall(sentences: Sequence[str]) -> float | None:
    """Difficulty of English by words that ten-year-olds do not know: below 5 easy, 7 as newspapers, above 9 for students."""
    text = " ".join(sentence if sentence.endswith((".", "?", "!")) else f"{sentence[:-1]}." for sentence in sentences)
    return float(_in("en_US").dale_chall_readability_score(text)) if text else None
