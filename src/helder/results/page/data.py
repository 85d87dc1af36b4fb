"""What the page shows, and nothing else: plain values, already suppressed, that name nobody.

`gather` fills these from published results; the charts and the template see only this. Every `Count` may be None:
hidden, because it or a number that could be worked out from it is below 11. The page says so and draws nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from helder.results.page.numbers import Count

LANGUAGES = ("nl", "en")
Texts = Mapping[str, str]
"""One text per language; see `in_language` for what happens when one lacks."""
Verdict = Literal["matches", "differs", "other", "incomparable"]
"""`other`: the number is right, but counts something else than its words say."""


def in_language(texts: Texts, lang: str) -> str:
    """The text in `lang`, else the first there is."""
    return texts.get(lang) or next(iter(texts.values()), "")


@dataclass(frozen=True)
class Reading:
    """One assessment: the same evidence, read in one way.

    `records` = linked + unlinked + review. `people` in scope = known + open + out + contradictions: `known` are in the
    leaked data for certain, of `open` it cannot be ruled out, `out` are not in it. `states` is {item: {state: people}}.
    """

    id: str
    as_of: dt.date | None
    records: Count
    linked: Count
    unlinked: Count
    review: Count
    people: Count
    known: Count
    open: Count
    out: Count
    contradictions: Count
    groups: Mapping[str, Count]
    states: Mapping[str, Mapping[str, Count]]
    severity: Mapping[str, Count]


@dataclass(frozen=True)
class Dataset:
    """A leaked dataset as told: its records, those linked to a person and those not, and the people they became.

    People who are in several datasets count for the first.
    """

    id: str
    label: Texts
    records: Count
    linked: Count
    unplaced: Count
    people: Count


@dataclass(frozen=True)
class Claim:
    """A published number beside the evidence, which is in the claim's own unit (None: nothing to compare with)."""

    day: dt.date | None
    week: bool
    number: Count
    unit: str
    issuer: str
    says: Texts
    source: str
    evidence: Count
    verdict: Verdict
    why: Texts
    approximate: bool = False


@dataclass(frozen=True)
class Share:
    """One group of those told that theft could not be excluded: how many, and how many of them fare otherwise now."""

    group: str
    told: Count
    more: Count
    review: Count


@dataclass(frozen=True)
class Difference:
    """What linkage could have added for those told 'we cannot confirm that your data were not stolen'.

    People: `told` that; `more` of them are now known to be in the leaked data; of `review` a record waits for a
    person's decision. Records that nobody could place as told: `records`, of which now `records_placed` are placed:
    `records_more` with one of those people, `records_known` with somebody who already knew or is outside the scope;
    `records_review` wait. No more people than records can ever be told more: `records` is the ceiling.
    """

    told: Count
    more: Count
    review: Count
    rest: Count
    records: Count
    records_placed: Count
    records_more: Count
    records_known: Count
    records_review: Count
    records_none: Count
    groups: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Found:
    """How many of the damaged records whose person is in the register were linked rightly, for one level of damage."""

    level: str
    records: Count
    linked: Count
    share: float


@dataclass(frozen=True)
class Measured:
    """The measured share of wrong links among those that exact matching did not make: `wrong`, within `low` to `high`.

    `links` is how many links were judged, `found` what was found of each level of damage.
    """

    links: int
    wrong: float
    low: float
    high: float
    found: tuple[Found, ...] = ()

    @property
    def one_in(self) -> int:
        """'At most 1 in N', by the upper end of the interval."""
        return int(1 / self.high)


@dataclass(frozen=True)
class PersonItem:
    """One item of the explained person under both assessments; worlds are masks of `domain.worlds`."""

    label: Texts
    before: str
    after: str
    worlds_before: int
    worlds_after: int
    because: tuple[Texts, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """A piece of evidence about the person, where it stands, and in which assessment it counts."""

    says: Texts
    before: bool
    after: bool
    source: str = ""
    file: str = ""
    row: int | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Person:
    """One made-up person explained. `keyed` is a keyed id: the page holds no name and no number of anybody."""

    keyed: str
    group_before: Texts
    group_after: Texts
    whole_before: Texts
    whole_after: Texts
    items: tuple[PersonItem, ...]
    evidence: tuple[Evidence, ...]
    stated: tuple[Evidence, ...]


@dataclass(frozen=True)
class Contradiction:
    """Evidence that clashes, told apart, and how many people wait for one decision about it."""

    clash: tuple[Texts, ...]
    people: Count
    settled: bool


@dataclass(frozen=True)
class Gap:
    """A question: what to ask, of whom, for how many people it would settle something, and for how many everything."""

    ask: Texts
    whom: str
    people: Count
    wholly: Count


@dataclass(frozen=True)
class Computed:
    """How the figures were computed: seconds per stage (and whether it was there already), memory, engine, versions."""

    stages: tuple[tuple[str, float, bool], ...]
    memory_mb: int
    engine: str
    versions: Mapping[str, str]
    finished: dt.datetime
    profiles: int = 0

    @property
    def seconds(self) -> float:
        """All stages together."""
        return sum(seconds for _, seconds, _ in self.stages)


@dataclass(frozen=True)
class Reason:
    """Why people in a round got no letter (`unreachable`: no way to write was found) or theirs went another way, and what
    happens instead (empty for a letter).
    """

    id: str
    says: Texts
    instead: Texts
    unreachable: bool
    people: Count


@dataclass(frozen=True)
class Account:
    """A round accounts for everyone: people = letters + suppressed + unreachable; the reasons are those of the latter two.

    `handled` are letters too, that needed more care or another way.
    """

    people: Count
    letters: Count
    suppressed: Count
    unreachable: Count
    reasons: tuple[Reason, ...]
    handled: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class LetterShown:
    """A letter as it would come out of the printer, addressed to nobody: its pages as PNG, and its words.

    `words` are its parts in order: ("heading", text), ("paragraph", text) or ("point", text).
    """

    title: str
    pages: tuple[bytes, ...]
    words: tuple[tuple[str, str], ...]
    direction: str = "ltr"


@dataclass(frozen=True)
class SameLetter:
    """A letter in one language: as told, and the other words that most of its readers would have got; None: too few."""

    told: LetterShown
    now: LetterShown | None


@dataclass(frozen=True)
class Sample:
    """The most read letter of a group as told: its `readers`, those who would read the `same` now, and those who would
    read what is shown (`other`); the rest would read something else again. `letters` by language."""

    group: Texts
    readers: Count
    same: Count
    other: Count
    letters: Mapping[str, SameLetter]


@dataclass(frozen=True)
class Letters:
    """A round of letters: who was written to and who was not, and what the letters look like.

    `holds`: whether the letters on Helder's assessment passed a check too. Those that did not, or had none, are not shown.
    `elsewhere`: the first of the letters in languages that the page has no words of its own in.
    """

    label: Texts
    account: Account
    samples: tuple[Sample, ...] = ()
    holds: bool = True
    elsewhere: Mapping[str, LetterShown] = field(default_factory=dict)


@dataclass(frozen=True)
class PageData:
    """All that stands on the page. Labels are {id: texts}, in the order in which they are shown."""

    title: Texts
    made_up: bool
    told: Reading
    current: Reading
    items: Mapping[str, Texts]
    groups: Mapping[str, Texts]
    datasets: tuple[Dataset, ...]
    difference: Difference
    computed: Computed
    claims: tuple[Claim, ...] = ()
    measured: Measured | None = None
    person: Person | None = None
    contradictions: tuple[Contradiction, ...] = ()
    gaps: tuple[Gap, ...] = ()
    assumptions: str = ""
    same_evidence: bool = True
    """Whether nothing came in between the two readings."""
    letters: Letters | None = None
    scaled: bool = False
    """Whether the published numbers were scaled down to a smaller made-up case."""
