"""The letters of a round: who reads them, whether they are true for all of them, and the documents to print."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helder.case.load import Case, load_case
from helder.case.model import Round
from helder.domain.errors import CaseError
from helder.letters.admissible import WHYS
from helder.letters.check import Report, check
from helder.letters.load import Letter, load_letters
from helder.letters.model import Why
from helder.letters.reader import Reader, Telling
from helder.letters.variants import Variants, variants
from helder.pipeline.admissible import boxes
from helder.results.open import ProfileView, Results


@dataclass(frozen=True)
class Checked:
    """A round whose letters were checked: what was found, the documents, and how long it took."""

    round: str
    assessment: str
    letters: dict[str, Letter]
    report: Report
    variants: Variants | None
    seconds: float


def letters_of(case: Case, round: Round) -> dict[str, Letter]:
    """The letters of a round, in the languages that the round has. Raises `CaseError` for one that is missing."""
    loaded = load_letters(case, round.letters_of or round.id)
    wanted = dict.fromkeys([*round.letters.values(), *round.represented.values()])
    if round.no_longer_in_scope:
        wanted[round.no_longer_in_scope] = None
    for id in wanted:
        if id not in loaded:
            raise CaseError(
                f"There is no letter '{id}'.",
                where=f"letters/{round.letters_of or round.id}",
                do=f"Known: {', '.join(loaded)}.",
            )
    return {id: loaded[id] for id in wanted}


def whys_of(case: Case, round: Round) -> Sequence[Why]:
    """The reasons for which somebody may be told in a round: in the first nobody was told before."""
    return ("first",) if case.file.rounds and case.file.rounds[0].id == round.id else WHYS


def reader_of(profile: ProfileView, why: Why = "first", weakened: frozenset[str] = frozenset()) -> Reader:
    """What a letter may depend on, of the people of one profile."""
    review = any(mark.kind == "review" for mark in profile.marks)
    return Reader(profile.left, profile.group or "", why, review, weakened)


def profile_tellings(results: Results, round: Round, letters: dict[str, Letter]) -> list[Telling]:
    """Everybody in the round's groups, as if told for the first time: for a check before the round is planned."""
    return [
        Telling(letter, language, profile.number, 0 if number else profile.people, reader_of(profile))
        for profile in results.in_scope
        if not profile.contradiction and profile.group in round.letters
        for letter in [round.letters[profile.group]]
        for number, language in enumerate(letters[letter].languages)
    ]


def check_letters(folder: Path, name: str, tellings: Sequence[Telling] | None = None) -> Checked:
    """Check the letters of a round.

    `tellings` are the readers of the planned round; without them everybody in its groups is one. Raises `CaseError`
    when the case, the round or a letter is not right, or nothing was run yet.
    """
    started = time.monotonic()
    results = Results.open(folder, load_case(folder).round(name).assessment)
    case, round = results.case, results.case.round(name)
    letters = letters_of(case, round)
    assessment = case.assessment(round.assessment)
    assessment = assessment.model_copy(update={"as_of": round.as_of or results.record.as_of})
    readers = profile_tellings(results, round, letters) if tellings is None else tellings
    report = check(case, letters, readers, boxes(case, assessment), round.date, whys_of(case, round))
    complete = not any(finding.place.rule in ("no_text", "no_fact") for finding in report.findings)
    parties = [party.id for party in case.breached]
    made = variants(letters, readers, list(case.items), parties) if complete else None
    return Checked(name, round.assessment, letters, report, made, time.monotonic() - started)
