"""What reviewers filled in, checked line by line and merged with what was decided before: all of it, or nothing."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from helder.domain.errors import DecisionError
from helder.domain.tables import IDENTITY_FIELDS
from helder.linkage.bound import Judged
from helder.linkage.review_file import WORDS, Answer, Review
from helder.linkage.reviews import LONGEST, Decision, Place, Verdict

_SHOWN = 5
_WRITTEN = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?|(\d{1,2})-(\d{1,2})-(\d{4})")
_VERDICTS: dict[str, Verdict] = {words[verdict]: verdict for words in WORDS.values() for verdict in ("none", "unsure")}
# Fields whose value gives a person away when it stands in a reason; a street or place may be needed to say why.
_TELLING = ("national_id", "full_name", "surname", "partner_surname", "given_names", "birth_date", "phone", "email")


@dataclass(frozen=True)
class Merged:
    """All decisions as they are now, and how many are new, changed, or were there already."""

    decisions: tuple[Decision, ...]
    new: int
    changed: int
    same: int


def merge(
    answers: Sequence[Answer],
    reviews: Iterable[Review],
    before: Sequence[Judged],
    today: dt.date,
    name: str,
) -> Merged:
    """Merge answers of the file `name` with the decisions `before`, held against the case as it is now.

    Raises one `DecisionError` that names the first lines that are not right, and takes nothing over.
    """
    known = {review.key: review for review in reviews}
    kept = {one.decision.review: one.decision for one in before}
    standing = {one.decision.place: one for one in before}
    wrong: list[str] = []
    filled: dict[Place, tuple[int, Decision]] = {}
    for answer in answers:
        try:
            decision = _decision(answer, known, kept, today)
            line, other = filled.setdefault(decision.place, (answer.line, decision))
            if other.says != decision.says:
                raise ValueError(_clash(other, decision, f"line {line}"))
            _against(standing.get(decision.place), decision)
        except ValueError as error:
            wrong.append(f"line {answer.line}: {error}")
    if wrong:
        raise _refused(wrong, name)
    return _taken(before, [decision for _, decision in filled.values()])


def _refused(wrong: Sequence[str], name: str) -> DecisionError:
    more = f" And {len(wrong) - _SHOWN} more." if len(wrong) > _SHOWN else ""
    return DecisionError(
        f"Nothing was taken over: {len(wrong)} of the decisions are not right. "
        + "; ".join(wrong[:_SHOWN])
        + "."
        + more,
        where=name,
        do="Correct these lines, or clear their four cells, and import the file again.",
    )


def _taken(before: Sequence[Judged], filled: Sequence[Decision]) -> Merged:
    standing = {one.decision.place: one for one in before}
    decisions = {place: one.decision for place, one in standing.items()}
    new = changed = same = 0
    for decision in filled:
        there = standing.get(decision.place)
        if there is None:
            new += 1
        elif there.decision == decision or (not there.stale and there.decision.says == decision.says):
            same += 1
            continue
        else:
            changed += 1
        decisions[decision.place] = decision
    return Merged(tuple(decisions.values()), new, changed, same)


def _against(standing: Judged | None, decision: Decision) -> None:
    """A standing decision is changed by whoever made it, or when it is stale or was unsure; else two people differ."""
    if standing is None:
        return
    there = standing.decision
    if standing.stale:
        if there.review == decision.review and there != decision:
            raise ValueError("the row or a candidate changed since the export; export the reviews again")
        return
    if there.says == decision.says or there.verdict == "unsure":
        return
    if there.by.casefold() != decision.by.casefold():
        raise ValueError(_clash(there, decision, "decisions/reviews.csv"))
    if decision.on < there.on:
        raise ValueError(f"the same person decided otherwise later, on {there.on}")


def _clash(one: Decision, other: Decision, where: str) -> str:
    said = [f"'{decision.person or decision.verdict}'" for decision in (one, other)]
    return f"{said[0]} is decided too ({where}), here {said[1]}: let the two people agree, and keep one"


def _decision(answer: Answer, known: Mapping[str, Review], kept: Mapping[str, Decision], today: dt.date) -> Decision:
    """The decision in one line; `ValueError` says what is wrong with it, never whom it is about."""
    review, before = known.get(answer.review), kept.get(answer.review)
    if review is not None:
        place, shown = review.place, tuple(candidate.keyed for candidate in review.candidates)
    elif before is not None:
        place, shown = before.place, before.candidates
    else:
        raise ValueError("this review is not known here; the row or a candidate may have changed since the export")
    verdict, person = _choice(answer.decision, shown)
    by, reason = _text(answer.by, "decided_by"), _text(answer.reason, "reason")
    on = _day(answer.on)
    if on > today:
        raise ValueError("decided_on lies in the future")
    if review is not None:
        if on < review.received:
            raise ValueError(f"decided_on lies before the source was received, {review.received}")
        _refuse_names(reason, review)
    return Decision(answer.review, place, verdict, person, shown, by, on, reason)


def _choice(text: str, shown: Sequence[str]) -> tuple[Verdict, str]:
    if not text:
        raise ValueError("the decision is missing")
    word = _VERDICTS.get(text.casefold())
    if word is not None:
        return word, ""
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 0 < int(text) <= len(shown)):
        raise ValueError(f"the decision is no candidate of this review: 1 to {len(shown)}, none or unsure")
    return "accepted", shown[int(text) - 1]


def _text(text: str, what: str) -> str:
    clean = " ".join("".join(" " if unicodedata.category(c)[0] == "C" else c for c in text).split())
    if not any(char.isalpha() for char in clean):
        raise ValueError(f"{what} is missing")
    if len(clean) > LONGEST:
        raise ValueError(f"{what} is longer than {LONGEST} characters")
    return clean


def _day(text: str) -> dt.date:
    if not text:
        raise ValueError("decided_on is missing")
    found = _WRITTEN.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        year, month, day, day2, month2, year2 = found.groups()
        return dt.date(int(year or year2), int(month or month2), int(day or day2))
    except ValueError:
        raise ValueError("decided_on is no date such as 2025-12-31 or 31-12-2025") from None


def _refuse_names(reason: str, review: Review) -> None:
    """The reason goes into version control: what gives the person away stays out of it."""
    words = {part for word in re.findall(r"[\w@.+-]+", reason) for part in (word, word.strip(".+-"))}
    for fields in (review.fields, *(candidate.fields for candidate in review.candidates)):
        for name, value in zip(IDENTITY_FIELDS, fields, strict=True):
            if name in _TELLING and any(len(part) > 3 and part in words for part in value.split()):
                raise ValueError(f"the reason holds the {name} of the row or of a candidate; say it without")
