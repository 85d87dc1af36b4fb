"""The questionnaire, what an answer is worth, what stands in the way of a good verdict, and who may confirm one."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

YES, PARTLY, NO, NOT_APPLICABLE, UNKNOWN = "yes", "partly", "no", "not_applicable", "unknown"
SAID, DOCUMENT, AUDIT, TESTED = "said", "document", "audit", "tested"
SUFFICIENT, CONDITIONS, INSUFFICIENT = "sufficient", "conditions", "insufficient"

CLAIMS = frozenset({YES, PARTLY, NOT_APPLICABLE})
"""Answers that claim something, so that somebody must say what they rest on."""


@dataclass(frozen=True)
class Question:
    """A question: its words by language, the controls it is about, and whether a good verdict needs it."""

    id: str
    words: Mapping[str, str]
    controls: tuple[str, ...]
    must: bool


@dataclass(frozen=True)
class Questionnaire:
    """A version of the questions, in order."""

    id: str
    title: Mapping[str, str]
    questions: Mapping[str, Question]


@cache
def questionnaires() -> dict[str, Questionnaire]:
    """All versions by id, the newest last."""
    folder = files(__package__).joinpath("questionnaires")
    names = sorted((file.name for file in folder.iterdir() if file.name.endswith(".toml")), key=_version)
    return {name[:-5]: _read(name[:-5], folder.joinpath(name).read_text("utf-8")) for name in names}


def _version(name: str) -> int:
    return int(name.removesuffix(".toml").rpartition("-")[2])


def _read(id: str, text: str) -> Questionnaire:
    document = tomllib.loads(text)
    asked = {
        key: Question(key, {"nl": row["nl"], "en": row["en"]}, tuple(row["controls"]), row.get("must", False))
        for key, row in document["questions"].items()
    }
    return Questionnaire(id, document["title"], asked)


def newest() -> Questionnaire:
    """The questionnaire that is asked now."""
    return next(reversed(questionnaires().values()))


@dataclass(frozen=True)
class Given:
    """An answer and what it rests on."""

    answer: str = UNKNOWN
    rests_on: str = ""

    @property
    def shown(self) -> bool:
        """Whether we saw it ourselves, or an independent party did: somebody's word is not enough."""
        return self.answer == YES and self.rests_on in (DOCUMENT, AUDIT, TESTED)

    @property
    def settled(self) -> bool:
        """Whether this answer stands in the way of nothing."""
        return self.shown or (self.answer == NOT_APPLICABLE and self.rests_on != SAID)


def gaps(asked: Questionnaire, given: Mapping[str, Given]) -> list[Question]:
    """Questions that a good verdict needs, and that are not settled."""
    return [one for one in asked.questions.values() if one.must and not given.get(one.id, Given()).settled]


VERSIONS_A_DAY = 5
"""How often, on average, the people of one supplier may save each answer within a day: enough to correct, too little to bury."""


def may_save(saved: int, more: int, asked: Questionnaire) -> bool:
    """Whether a supplier that saved so many versions in the last day may save `more`."""
    return saved + more <= VERSIONS_A_DAY * len(asked.questions)


def may_confirm(confirmer: int, proposer: int, authors: Collection[int]) -> bool:
    """Four eyes: who confirms neither proposed the verdict nor wrote an answer that it rests on. By the people behind the accounts."""
    return confirmer != proposer and confirmer not in authors
