"""Measures documents and says what to mend. Hard limits stop a letter; hints do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from helder.domain.errors import ReadabilityError
from helder.domain.letters import Document
from helder.letters.plain import formulas
from helder.letters.plain.explain import LONGEST, findings
from helder.letters.plain.lines import Line, length, lines
from helder.letters.plain.lint_ii import TextScore, lint_ii
from helder.letters.plain.passive import clauses, passives
from helder.letters.plain.rarity import Own, rare, unexplained
from helder.letters.plain.report import Finding, Measure, Report, TextReport

LANGUAGES = ("nl", "en")
"""Languages that can be measured."""

LINT_II, LINT_II_AIM = 33.99, 30.0
"""LiNT-II's level 1 (86 % of adults understand) ends below 34."""


NOT_ASKED = "not asked for"


def plain_check(
    documents: Iterable[Document], *, with_lint_ii: bool = True, own: Mapping[str, Own] | None = None
) -> Report:
    """Measures each document by itself: one variant of a letter in one language, as it is printed.

    LiNT-II is measured in one go for all Dutch documents; where it is not installed, or not wanted, the report says so and holds
    the other measures. `own`: the rare words that the case approves, by language. Other languages than `LANGUAGES` are reported as not measured.
    """
    every = [(document, tuple(lines(document))) for document in documents]
    dutch = [_sentences(measured) for document, measured in every if document.language == "nl"]
    scores, missing = _lint_ii(dutch) if with_lint_ii else ([None] * len(dutch), NOT_ASKED)
    following = iter(scores)
    return Report(
        tuple(
            _text(
                document,
                measured,
                next(following) if document.language == "nl" else None,
                missing,
                (own or {}).get(document.language, ()),
            )
            for document, measured in every
        )
    )


def _sentences(measured: Sequence[Line]) -> list[str]:
    return [line.text for line in measured if line.kind == "sentence"]


def _lint_ii(texts: list[list[str]]) -> tuple[Sequence[TextScore | None], str]:
    if not texts:
        return [], ""
    try:
        return lint_ii(texts), ""
    except ReadabilityError as error:
        return [None] * len(texts), error.what


def _text(document: Document, measured: Sequence[Line], score: TextScore | None, missing: str, own: Own) -> TextReport:
    language = document.language
    about = (document.letter, language, document.digest)
    if language not in LANGUAGES:
        return TextReport(*about, unmeasured={"all": "this language has no measures"})
    found = [*_findings(measured, language, score, own)]
    figures = [*_measures(measured, language, own)]
    if score is not None:
        figures.append(Measure("lint_ii", _rounded(score.score), LINT_II, LINT_II_AIM))
    unmeasured = {"lint_ii": missing} if language == "nl" and score is None else {}
    return TextReport(*about, tuple(figures), tuple(found), unmeasured)


def _findings(measured: Sequence[Line], language: str, score: TextScore | None, own: Own) -> Iterator[Finding]:
    each = iter(score.sentences if score else ())
    for line in measured:
        yield from findings(line, language, next(each, None) if line.kind == "sentence" else None, own)
    for line, approved in unexplained(measured, language, own):
        yield Finding("stop", "unexplained", line.text, line.place, (approved.word, approved.explained_by))


def _measures(measured: Sequence[Line], language: str, own: Own) -> Iterator[Measure]:
    sentences = _sentences(measured)
    verbs = sum(clauses(sentence, language) for sentence in sentences)
    passive = sum(len(passives(sentence, language)) for sentence in sentences)
    yield Measure("mean_words", _rounded(formulas.mean_words(sentences)), 11, lowest=8)
    yield Measure("longest", max((length(line.text) for line in measured), default=None), LONGEST)
    yield Measure("passives", _rounded(100 * passive / verbs if verbs else None), 10)
    yield Measure("rare_words", len({word for line in measured for word in rare(line, language, own)}), 0)
    if language == "nl":
        yield Measure("flesch_douma", _rounded(formulas.flesch_douma(sentences)))
    else:
        yield Measure("flesch_kincaid", _rounded(formulas.flesch_kincaid(sentences)), 6)
        yield Measure("dale_chall", _rounded(formulas.dale_chall(sentences)))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
