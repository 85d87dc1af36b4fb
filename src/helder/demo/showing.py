"""What the page shows of the reference case's rounds: everyone accounted for, and a letter of each group as pictures.

Beside the letter as told stands the one that most of its readers would have got if all evidence had been read.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from helder.case.load import Case, load_case
from helder.countries.nl.forms import DutchForms
from helder.demo.rounds import READ_IN_FULL, SECOND
from helder.domain.correspondence import NameParts
from helder.domain.letters import Bullets, Document, Heading
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.letters.reader import Telling
from helder.letters.typeset.composing import Composer
from helder.letters.typeset.filling import Letter
from helder.letters.typeset.paper import Paper
from helder.letters.typeset.stationery import PAPER, load_stationery
from helder.letters.typeset.variant import Codes, lines_of
from helder.letters.variants import variants
from helder.pipeline.lettering import letters_of, reader_of, why_of
from helder.results.open import Results
from helder.results.page.cells import Name, numbers
from helder.results.page.data import LANGUAGES, Account, Letters, LetterShown, Reason, SameLetter, Sample
from helder.results.rounds import run_record
from helder.results.suppress import LEAST
from helder.rounds.freeze import PEOPLE_FILE
from helder.rounds.policies import BY_ID
from helder.rounds.record import RoundRecord, folder_of, read_record

PPI = 84
"""Pixels an inch: a page is 694 pixels wide and about 40 KB, and its smallest print can be read."""
_GREYS = 8
_KEY = ("letter", "profile", "weakened", "why")
_BOTH = f"""
SELECT {", ".join(f"coalesce(CAST({of}.{column} AS VARCHAR), '') AS {of}_{column}" for of in ("t", "n") for column in _KEY)},
  count(*) AS people
FROM told AS t JOIN now AS n ON t.person = n.person
WHERE t.outcome = 'letter' AND n.outcome = 'letter'
GROUP BY ALL ORDER BY ALL
"""
_FORMS = DutchForms()
_NO_ONE = NameParts(initials="V.", prefix="van", surname="Voorbeeld", sex="F")
_NOWHERE = ("V. van Voorbeeld", "Voorbeeldstraat 1", "1234 AB  VOORBEELDSTAD")


class _Key(NamedTuple):
    """What decides the words of a letter, but for its language."""

    letter: str
    profile: int
    weakened: str
    why: str


class _Told(NamedTuple):
    """So many people were told by one key, and would have been told by the other."""

    told: _Key
    now: _Key
    people: int


def letters_shown(folder: Path, keys: Keys) -> Letters:
    """The second round for the page. Raises what reading its record and its people raises."""
    case, record, full = load_case(folder), read_record(folder, SECOND), read_record(folder, READ_IN_FULL)
    texts = {name: _Texts(case, name) for name in (SECOND, READ_IN_FULL)}
    holds = full.state == "checked"
    samples, elsewhere = _samples(case, texts, _both(folder, keys), both_pictures=holds)
    return Letters(case.round(SECOND).label, account_of(record), samples, holds, elsewhere)


def account_of(record: RoundRecord) -> Account:
    """A planned round in numbers that may be shown: small ones are hidden, and others that would give them back."""
    counts = record.counts
    reasons, handled = dict(counts["reasons"]), dict(counts["handled"])
    atoms = [*reasons.values(), *handled.values(), counts["letters"] - sum(handled.values())]

    def named() -> list[tuple[Name, int]]:
        found: list[tuple[Name, int]] = [(("people",), atom) for atom in range(len(atoms))]
        for atom, id in enumerate(reasons):
            found += [(("reason", id), atom), ((BY_ID[id].outcome,), atom)]
        found += [(("handled", id), atom) for atom, id in enumerate(handled, len(reasons))]
        return found + [(("letters",), atom) for atom in range(len(reasons), len(atoms))]

    shown = numbers(atoms, named(), f"page/letters/{record.hashes['people']}")

    def one(kind: str, id: str) -> Reason:
        policy = BY_ID[id]
        says, instead = {"nl": policy.nl, "en": policy.en}, {"nl": policy.instead_nl, "en": policy.instead_en}
        return Reason(id, says, instead, policy.outcome == "unreachable", shown(kind, id))

    return Account(
        shown("people"),
        shown("letters"),
        shown("suppressed"),
        shown("unreachable"),
        tuple(one("reason", id) for id in reasons),
        tuple(one("handled", id) for id in handled),
    )


def _both(folder: Path, keys: Keys) -> list[_Told]:
    """Everyone who gets a letter either way, by what they are told and what they would be told."""
    engine = DuckEngine(keys)
    try:
        engine.read("told", [folder_of(folder, SECOND) / PEOPLE_FILE])
        engine.read("now", [folder_of(folder, READ_IN_FULL) / PEOPLE_FILE])
        rows = engine.rows(_BOTH)
    finally:
        engine.close()

    def key(row: Mapping[str, object], of: str) -> _Key:
        letter, profile, weakened, why = (str(row[f"{of}_{column}"]) for column in _KEY)
        return _Key(letter, int(profile), weakened, why)

    return [_Told(key(row, "t"), key(row, "n"), int(str(row["people"]))) for row in rows]


class _Texts:
    """The letters of one round as documents, in any of their languages."""

    def __init__(self, case: Case, name: str) -> None:
        self._results = Results(case, run_record(read_record(case.folder, name)))
        self._letters = letters_of(case, case.round(name))
        self._case = case

    def documents(self, keys: set[_Key], language: str) -> dict[_Key, Document]:
        """The document that each key gives."""
        tellings = [self._telling(key, language) for key in sorted(keys)]
        made = variants(self._letters, tellings, list(self._case.items), [party.id for party in self._case.breached])
        rows = {_Key(row[0], row[2], row[3], row[4]): row[5] for row in made.rows}
        return {key: made.documents[rows[key]] for key in keys}

    def _telling(self, key: _Key, language: str) -> Telling:
        weakened = frozenset(filter(None, key.weakened.split(";")))
        reader = reader_of(self._results.profiles[key.profile], why_of(key.why), weakened)
        return Telling(key.letter, language, key.profile, 0, reader)


class _Chosen(NamedTuple):
    """The most read letter of a group: a key of it, a key of the other letter or None, and people by what they get."""

    told: _Key
    now: _Key | None
    people: tuple[int, int, int]


def _samples(
    case: Case, texts: Mapping[str, _Texts], both: list[_Told], *, both_pictures: bool
) -> tuple[tuple[Sample, ...], dict[str, LetterShown]]:
    """A letter of each group, and the other one when `both_pictures` are to be shown: a picture is work; and the first of
    them as told in each language of the round that the page does not have."""
    told, now = texts[SECOND], texts[READ_IN_FULL]
    first = LANGUAGES[0]
    said = told.documents({one.told for one in both}, first)
    would = now.documents({one.now for one in both}, first)
    paper = load_stationery(case.folder / "letters" / PAPER).paper(case.round(SECOND).date, specimen=True)
    printer = _Printer(paper)
    samples: list[Sample] = []
    elsewhere: dict[str, LetterShown] = {}
    for group, letter in case.round(SECOND).letters.items():
        chosen = _chosen([one for one in both if one.told.letter == letter], said, would)
        if chosen is None:
            continue
        letters = {}
        for language in LANGUAGES:
            other = now.documents({chosen.now}, language)[chosen.now] if chosen.now and both_pictures else None
            letters[language] = SameLetter(
                printer.shown(told.documents({chosen.told}, language)[chosen.told], language),
                printer.shown(other, language) if other else None,
            )
        if not samples:
            elsewhere = {
                language: printer.shown(told.documents({chosen.told}, language)[chosen.told], language)
                for language in case.round(SECOND).languages
                if language not in LANGUAGES
            }
        label = next(one.label for one in case.file.groups if one.id == group)
        names = {"same": (0,), "other": (1,), "readers": (0, 1, 2)}
        shown = numbers(
            chosen.people,
            [((name,), atom) for name, of in names.items() for atom in of],
            f"page/letters/{group}/{said[chosen.told].digest}",
        )
        samples.append(Sample(label, shown("readers"), shown("same"), shown("other"), letters))
    return tuple(samples), elsewhere


def _chosen(mine: list[_Told], said: Mapping[_Key, Document], would: Mapping[_Key, Document]) -> _Chosen | None:
    """The letter that most people read, and the other one that most of them would have read; too few are not shown."""
    read = Counter[Document]()
    for one in mine:
        read[said[one.told]] += one.people
    if not read or max(read.values()) < LEAST:
        return None
    most = max(read, key=lambda document: (read[document], document.digest))
    readers = [one for one in mine if said[one.told] == most]
    others = Counter[Document]()
    for one in readers:
        others[would[one.now]] += one.people
    same = others.pop(most, 0)
    other = max(others, key=lambda document: (others[document], document.digest), default=None)
    enough = other is not None and others[other] >= LEAST
    many = others[other] if other is not None and enough else 0
    return _Chosen(
        readers[0].told,
        next(one.now for one in readers if would[one.now] == other) if enough else None,
        (same, many, read[most] - same - many),
    )


class _Printer:
    """Letters as pictures, on the round's paper, addressed to no one."""

    def __init__(self, paper: Paper) -> None:
        self._paper, self._codes, self._composer = paper, Codes(paper), Composer()

    def shown(self, document: Document, language: str) -> LetterShown:
        """The letter's pages and its words."""
        salutation = _FORMS.salutation(_NO_ONE, language) + _FORMS.comma(language)
        lines = lines_of(Letter("R2-0000-0000", "2345-6789-ABCD", salutation, _NOWHERE, 0), self._codes)
        pages = self._composer.pictures(document, lines, self._paper, "png", PPI)
        words: list[tuple[str, str]] = []
        for part in document.parts:
            if isinstance(part, Bullets):
                words += [("point", point) for point in part.points]
            else:
                words.append(
                    ("heading", part.text) if isinstance(part, Heading) else ("paragraph", " ".join(part.sentences))
                )
        closing = " ".join((document.closing, *document.signed))
        return LetterShown(
            document.title, tuple(map(small, pages)), (*words, ("paragraph", closing)), document.direction
        )


def small(png: bytes) -> bytes:
    """The same picture in a few greys: a letter is black on white, and a page holds many of them."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        grey = picture.convert("L").point([round(value * (_GREYS - 1) / 255) for value in range(256)])
    grey.putpalette([round(step * 255 / (_GREYS - 1)) for step in range(_GREYS) for _ in "rgb"])
    grey.save(out, "PNG", bits=4, compress_level=6)
    return out.getvalue()
