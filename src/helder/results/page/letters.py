"""A round of letters on the page: everyone accounted for, and letters as pictures with their words beside them."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from markupsafe import Markup

from helder.results.page.bars import Bar, bars
from helder.results.page.data import Account, LetterShown, PageData, Sample
from helder.results.page.figure import Figure, Table
from helder.results.page.wording import Wording

_UNREACHABLE, _SUPPRESSED, _LETTERS = "d-none", "bar-told", "bar"


def account(data: PageData, say: Wording) -> Figure | None:
    """People of the round: letters, and each reason why there is none, most people first."""
    if data.letters is None:
        return None
    found = data.letters.account
    shown = [_bar(say.plain("letters.made"), found.letters, _LETTERS, say)]
    for one in sorted(found.reasons, key=lambda one: (one.unreachable, -(one.people or 0))):
        shown.append(_bar(say.of(one.says), one.people, _UNREACHABLE if one.unreachable else _SUPPRESSED, say))
    title = say.plain("letters.account")
    desc = say.plain("letters.account_description", people=found.people, letters=found.letters)
    key = (
        (_LETTERS, say.plain("letters.made")),
        (_SUPPRESSED, say.plain("letters.suppressed")),
        (_UNREACHABLE, say.plain("letters.unreachable")),
    )
    return bars("account", title, desc, shown, _table(title, found, say), key, column=480)


def _bar(name: str, people: int | None, class_: str, say: Wording) -> Bar:
    return Bar(name, people, say.numbers.count(people), class_)


def _table(title: str, found: Account, say: Wording) -> Table:
    """The same, with what happens instead; the totals stand among the reasons they sum."""
    head = tuple(say.plain(f"letters.{name}") for name in ("what", "instead", "people"))

    def reasons(unreachable: bool) -> list[tuple[str, str, int | None]]:
        mine = [one for one in found.reasons if one.unreachable == unreachable]
        return [(say.of(one.says), say.of(one.instead), one.people) for one in mine]

    handled = [(say.of(one.says), say.plain("letters.letter"), one.people) for one in found.handled]

    rows = (
        (say.plain("letters.everyone"), "", found.people),
        (say.plain("letters.made"), "", found.letters),
        *handled,
        (say.plain("letters.suppressed"), "", found.suppressed),
        *reasons(unreachable=False),
        (say.plain("letters.unreachable"), "", found.unreachable),
        *reasons(unreachable=True),
    )
    return Table(title, head, rows)


@dataclass(frozen=True)
class Picture:
    """A page of a letter: its address in the page, and what a screen reader says of it."""

    src: str
    alt: str


@dataclass(frozen=True)
class Shown:
    """One letter: what it is headed by, its pages, its words, and an id of its own in the page."""

    id: str
    heading: str
    language: str
    pages: tuple[Picture, ...]
    words: Markup
    direction: str = "ltr"


@dataclass(frozen=True)
class Pair:
    """A group: its name, what is said of its readers, and its letters: as told, and else."""

    group: str
    said: Markup
    letters: tuple[Shown, ...]


def pairs(data: PageData, say: Wording, language: str) -> list[Pair]:
    """The letters of every group in one language."""
    if data.letters is None:
        return []
    samples, holds = enumerate(data.letters.samples, 1), data.letters.holds
    return [_pair(n, sample, holds, say, language) for n, sample in samples if language in sample.letters]


def elsewhere(data: PageData, say: Wording) -> list[Pair]:
    """The letters in other languages than the page's."""
    if data.letters is None or not data.letters.elsewhere:
        return []
    group = say.of(data.letters.samples[0].group)
    return [
        Pair(
            say.plain(f"letters.in_{language}"),
            say(f"letters.about_{language}", group=group),
            (_shown(f"letter-{language}-told", "told", group, letter, say, language),),
        )
        for language, letter in data.letters.elsewhere.items()
    ]


def _pair(number: int, sample: Sample, holds: bool, say: Wording, language: str) -> Pair:
    letters = sample.letters[language]
    group = say.of(sample.group)
    shown = [_shown(f"letter-{number}-{language}-told", "told", group, letters.told, say, language)]
    if letters.now is not None and holds:
        shown.append(_shown(f"letter-{number}-{language}-now", "now", group, letters.now, say, language))
    return Pair(group, _said(sample, say) if holds else say("letters.readers", n=sample.readers), tuple(shown))


def _said(sample: Sample, say: Wording) -> Markup:
    readers = say("letters.readers", n=sample.readers)
    if sample.same is not None and sample.same == sample.readers:
        return Markup("{} {}").format(readers, say("letters.all_same"))
    if not any(letters.now for letters in sample.letters.values()):
        return Markup("{} {}").format(readers, say("letters.few_other"))
    some = say("letters.none_same" if sample.same == 0 else "letters.other", other=sample.other, same=sample.same)
    return Markup("{} {}").format(readers, some)


def _shown(id: str, when: str, group: str, letter: LetterShown, say: Wording, language: str) -> Shown:
    heading = say.plain(f"letters.{when}_heading")
    of = len(letter.pages)

    def page(number: int, png: bytes) -> Picture:
        alt = say.plain("letters.alt", page=str(number), of=str(of), title=letter.title, group=group, when=heading)
        return Picture("data:image/png;base64," + base64.b64encode(png).decode(), alt)

    pages = tuple(page(number, png) for number, png in enumerate(letter.pages, 1))
    return Shown(id, heading, language, pages, _words(letter), letter.direction)


def _words(letter: LetterShown) -> Markup:
    """The words of a letter as HTML; headings are bold lines, so that the page's own headings stay a table of contents."""
    bold, plain, point = Markup("<p><strong>{}</strong></p>"), Markup("<p>{}</p>"), Markup("<li>{}</li>")
    out = bold.format(letter.title)
    for kind, parts in groupby(letter.words, key=itemgetter(0)):
        texts = [text for _, text in parts]
        if kind == "point":
            out += Markup("<ul>{}</ul>").format(Markup("").join(map(point.format, texts)))
        else:
            out += Markup("").join(map((bold if kind == "heading" else plain).format, texts))
    return out
