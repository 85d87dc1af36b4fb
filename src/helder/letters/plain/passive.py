"""Passives and clauses by rules, without a parser: the same count on every machine.

A passive is a form of `worden` or `zijn` (`to be`, `to get`) with a past participle in the same clause. Verbs that make their perfect
with `zijn` (is gebeurd, is gegaan) and participles that are adjectives (tired, worried) are left out by list. Finite verbs are
counted as clauses: one for each sentence and one for each word that opens another clause. That is seldom more than there are,
so the share of passives comes out too high rather than too low.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

_DUTCH_BE = frozenset(["word", "wordt", "worden", "werd", "werden", "is", "zijn", "was", "waren", "ben", "bent"])
_ENGLISH_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "am", "get", "gets", "got", "getting"])
_DUTCH_PARTICIPLE = re.compile(
    r"(?:[a-z]+)?ge[a-zà-ÿ]{2,}(?:d|t|en)|(?:be|ver|ont|her|er|onder|over|mis)[a-zà-ÿ]{3,}(?:d|t)"
)
_SHORT_BE = re.compile(r"(?:is|are|was|were)n['’]t|(?:i|it|he|she|we|you|they|that|there|who)['’](?:s|re|m)")
_ENGLISH_PARTICIPLE = re.compile(r"[a-z]{2,}ed")
_BREAK = re.compile(r"[,;:()–—]")
_WORDS = re.compile(r"[a-zà-ÿ'’-]+")


@cache
def _listed(name: str) -> frozenset[str]:
    """The words of one list of verbs.csv."""
    text = resources.files(__package__).joinpath("verbs.csv").read_text("utf-8")
    return frozenset(
        word for line in text.splitlines() if line.startswith(f"{name},") for word in line.split(",")[1].split()
    )


def _participle(word: str, language: str) -> bool:
    if language == "nl":
        known = (_DUTCH_PARTICIPLE.fullmatch(word) is not None and not word.endswith("heid")) or word in _listed(
            "nl-strong"
        )
        return known and word not in _listed("nl-no-participle")
    regular = _ENGLISH_PARTICIPLE.fullmatch(word) is not None or word in _listed("en-irregular")
    return regular and word not in _listed("en-no-participle")


@lru_cache(maxsize=4096)  # the variants of a letter share their sentences
def clauses(sentence: str, language: str) -> int:
    """Clauses of a sentence, at least one."""
    opens = [word in _listed(f"{language}-opens") for word in _WORDS.findall(sentence.lower())]
    return 1 + sum(one and not before for before, one in pairwise(opens))


@lru_cache(maxsize=4096)
def passives(sentence: str, language: str) -> tuple[str, ...]:
    """The passives of a sentence, each as its auxiliary and participle. Knows `nl` and `en`."""
    found: list[str] = []
    for clause in _clauses(sentence.lower(), language):
        found += _dutch(clause) if language == "nl" else _english(clause)
    return tuple(found)


def _clauses(sentence: str, language: str) -> list[list[str]]:
    """The words of each clause: split at marks, and where a conjunction opens another."""
    split: list[list[str]] = []
    for piece in _BREAK.split(sentence):
        split.append([])
        for word in _WORDS.findall(piece):
            if word in _listed(f"{language}-splits"):
                split.append([])
            split[-1].append(word)
    return split


def _dutch(clause: list[str]) -> list[str]:
    """Auxiliary and participle stand apart (wordt … gestuurd) or the other way round (gestuurd wordt)."""
    helpers = [word for word in clause if word in _DUTCH_BE]
    becomes = any(word.startswith(("word", "werd")) for word in helpers)
    if not helpers or (not becomes and not _listed("nl-have").isdisjoint(clause)):
        return []  # hebben zijn gegevens gestolen: `zijn` is `his`
    perfect = frozenset() if becomes else _listed("nl-perfect-with-zijn")
    participles = [word for word in clause if _participle(word, "nl") and word not in perfect]
    return [f"{helpers[0]} {word}" for word in participles[-1:]]


def _english(clause: list[str]) -> list[str]:
    """The participle follows its auxiliary, with no more than two adverbs or pronouns between (was he not told)."""
    between = _listed("en-between")
    for at, word in enumerate(clause):
        if word not in _ENGLISH_BE and not _SHORT_BE.fullmatch(word):
            continue
        for step, following in enumerate(clause[at + 1 : at + 5]):
            if _participle(following, "en"):
                return [f"{word} {following}"]
            if (following not in between and following not in _ENGLISH_BE) or step > 2:
                break
    return []
