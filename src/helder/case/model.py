"""The model of `case.toml`: everything about an incident that people decide, as text.

Each class is one table of the file; a word that is not known here is refused. Dates are dates, not times: evidence
counts from the day it was received. The JSON Schema (`helder schema`) is made from these classes.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from helder.case.channels import Channel
from helder.case.part import Id, Language, Part, Said, Texts
from helder.domain.worlds import LEAVES

Fills = Literal["people", "disclosures", "leaked", "statements", "deletions", "addresses", "safe_addresses"]
Format = Literal["csv", "xlsx", "parquet", "json", "sql"]
Represented = Literal["deceased", "minor", "curatorship"]
LeavesWord = Annotated[str, Field(json_schema_extra={"enum": sorted(LEAVES)})]


class CaseHead(Part):
    """`[case]`: what this case is."""

    id: Id
    title: Texts
    country: Id = "nl"
    languages: list[Language] = Field(default=["nl", "en"], min_length=1)
    retention_until: dt.date | None = None


class Party(Part):
    """`[[parties]]`: an organisation, its role, and for a breached one when data could have been held and stolen."""

    id: Id
    name: str
    role: Literal["controller", "processor", "client", "principal", "regulator", "other"] = "other"
    own: bool = False
    breached: bool = False
    holding_from: dt.date | None = None
    theft_from: dt.date | None = None
    theft_until: dt.date | None = None


class Item(Part):
    """`[items.<id>]`: a data item in play. `fields` are identity fields whose presence in a leaked row is the item."""

    label: Texts
    fields: list[str] = []
    category: Literal["simple", "behavioural", "financial", "sensitive"] = "simple"
    context: int = Field(default=0, ge=-3, le=3, description="ENISA: shift of the category's score by context")
    identifies: float = Field(default=0.25, ge=0, le=1, description="ENISA ease of identification")


class Scope(Part):
    """`[scopes.<id>]`: a named predicate. A person is in scope when any line of theirs fits all that is set here.

    Over disclosures: party (who received), items, sent_from, sent_until, purposes. Over the register: born_from,
    born_until, abroad, deceased. Over linkage: found_in. The three do not mix in one scope.
    """

    party: Id | None = None
    items: list[Id] | None = None
    sent_from: dt.date | None = None
    sent_until: dt.date | None = None
    purposes: list[str] | None = None
    born_from: int | None = None
    born_until: int | None = None
    abroad: bool | None = None
    deceased: bool | None = None
    found_in: list[Id] | None = None

    @property
    def over(self) -> Literal["disclosures", "people", "links"]:
        """What the predicate looks at."""
        if self.found_in is not None:
            return "links"
        people = (self.born_from, self.born_until, self.abroad, self.deceased)
        return "people" if any(value is not None for value in people) else "disclosures"


class Condition(Part):
    """What must hold for a person's profile. All that is set must hold; lists say 'any of these'."""

    disclosed_to: Id | None = None
    found_in: list[Id] | None = None
    review_in: list[Id] | None = None
    scopes: list[Id] | None = None
    states: dict[Id, list[str]] | None = None
    party: Id | None = Field(default=None, description="breached party that `states` speaks of; default: the first")
    contradiction: bool | None = None
    all_of: list[Condition] | None = None
    any_of: list[Condition] | None = None
    none_of: list[Condition] | None = None


class ColumnMap(Part):
    """A column with more to say than its name: a map of values, or a constant for every row."""

    column: str | None = None
    values: dict[str, str] | None = None
    value: str | None = None


class Source(Part):
    """`[sources.<id>]`: a file or database as received, and how its columns become our fields."""

    fills: Fills
    path: str | list[str] | None = None
    url: str | None = None
    query: str | None = None
    format: Format | None = None
    received: dt.date
    options: dict[str, str | int | bool] = {}
    empty: list[str] = ["", "-", "NULL", "null", "N/A", "n.v.t."]
    dates: str | None = None
    columns: dict[str, str | ColumnMap] = {}
    # For `fills = "leaked"`.
    read_as: Literal["rows", "list"] = "rows"
    dataset: Id | None = None
    party: Id | None = None
    supplied_by: Id | None = None
    basis: str | None = None


class Statement(Part):
    """`[[statements]]`: what a party states about a breached party's data; versions supersede, issuers retract."""

    id: Id
    issuer: Id
    about: Id
    received: dt.date
    scope: Id | None = None
    items: list[str] = []
    leaves: LeavesWord
    covers: str = "all"
    supersedes: Id | None = None
    retracts: Id | None = None
    words: str = ""
    document: str = ""


class Deletion(Part):
    """`[[deletions]]`: a party says it deleted our items; it counts only when every copy it held is covered."""

    id: Id
    party: Id
    items: list[Id]
    copies: str = "all"
    deleted: dt.date
    received: dt.date
    scope: Id | None = None
    document: str = ""


class Completeness(Part):
    """`[[completeness]]`: our log of disclosures to a party is complete for these items and this period."""

    party: Id
    items: list[Id] | Literal["all"]
    since: dt.date
    until: dt.date
    declared_by: Said
    declared: dt.date
    reason: Said
    scope: Id | None = None


class Acceptance(Part):
    """`[[acceptances]]` in `decisions/acceptances.toml`: a named person accepts evidence that excludes theft."""

    evidence: Id
    by: Said
    on: dt.date
    reason: Said
    scope: Id | None = None


class Setting(Part):
    """`[[set_aside]]` in `decisions/contradictions.toml`: of the pieces of evidence that clash, one is set aside."""

    clash: list[str] = Field(min_length=2, description="all pieces that clash, as `helder gaps` names them")
    set_aside: str
    by: Said
    on: dt.date
    reason: Said


class StrayLines(Part):
    """`[[stray_lines]]` in `decisions/log.toml`: a log counts as complete despite lines that are evidence about nobody.

    `lines` is how many of this source may have gone to this party in the time at stake (from `holding_from` to
    `theft_until`, or on a day that is not known), as `helder run` and `helder gaps` tell. When there are more or fewer of
    them it has to be decided again.
    """

    source: Id
    party: Id
    lines: int = Field(ge=1)
    by: Said
    on: dt.date
    reason: Said


class Group(Part):
    """`[[groups]]`: people who get the same letter. The first group whose condition holds takes the person."""

    id: Id
    label: Texts
    when: Condition = Condition()


class Assessment(Part):
    """`[assessments.<id>]`: which evidence is read, and how: the difference between two of these can be shown."""

    label: Texts = {"nl": "huidig", "en": "current"}
    as_of: dt.date | None = None
    links: Literal["exact", "all"] = "all"
    datasets: Literal["as_declared", "list"] = "as_declared"


class Round(Part):
    """`[[rounds]]`: who is told what, now: a frozen assessment, and a letter for each group.

    In the round is who is in one of the groups of `letters`, meets `when`, and is `who`: everybody, those who were never
    told (`new`), or those for whom something is different from what they were last told (`changed`).
    """

    id: Id
    label: Texts
    assessment: Id = "current"
    as_of: dt.date | None = Field(default=None, description="evidence known by then; else the assessment's own day")
    date: dt.date = Field(description="the day that the letters bear; ages are counted on it")
    who: Literal["all", "new", "changed"] = "all"
    when: Condition = Condition()
    letters: dict[Id, Id] = Field(min_length=1, description="the letter of each group; others are not in the round")
    languages: list[Language] = Field(default=[], description="languages of the letters; else those of the case")
    fallback: Language | None = Field(default=None, description="for whom none of these is theirs; else the first")
    settle_by: dt.date | None = Field(default=None, description="contradictions are settled by then; else 14 days on")
    represented: dict[Represented, Id] = Field(
        default={}, description="the letter to whoever acts for them, which names them; without it nobody is written to"
    )
    no_longer_in_scope: Id | None = Field(
        default=None, description="the letter for who was told before and is not in scope any more"
    )
    own_letter_from: int = Field(default=16, ge=0, le=21, description="age from which people get their own letter")
    unknown_age: Literal["hold", "adult"] = Field(default="hold", description="without a year of birth")
    unconfirmed_address: Literal["hold", "send"] = Field(
        default="hold", description="when a look-up answered nothing about the person"
    )
    not_in_window: list[str] = Field(default=[], description="words that may not be seen through the window")
    letters_of: Id | None = Field(default=None, description="the round whose letters it uses; else its own")
    what_if: bool = Field(default=False, description="shows how letters would read; is never handed over")


class Thresholds(Part):
    """`[thresholds]`: linkage, in bits of match weight; empty means the country's published defaults."""

    accept: float | None = None
    wrong_share: float | None = Field(default=None, ge=0, le=1)
    review: float | None = None
    margin: float | None = None
    review_share: float | None = Field(default=None, ge=0, le=1)
    model: str | None = Field(default=None, description="saved linkage model, beside case.toml; absent: the run trains")


class CaseFile(Part):
    """`case.toml` as a whole."""

    case: CaseHead
    parties: list[Party] = Field(min_length=2)
    items: dict[Id, Item] = Field(min_length=1)
    people_in_scope: Condition = Condition()
    scopes: dict[Id, Scope] = {}
    sources: dict[Id, Source] = {}
    statements: list[Statement] = []
    deletions: list[Deletion] = []
    completeness: list[Completeness] = []
    groups: list[Group] = []
    assessments: dict[Id, Assessment] = {}
    rounds: list[Round] = []
    thresholds: Thresholds = Thresholds()
    channels: dict[Id, Channel] = Field(default={}, description="how letters leave: `kind` says which of the four")
    counts: str | None = Field(default=None, description="CSV of published numbers, beside case.toml")


class Decisions(Part):
    """What people decided, read from `decisions/*.toml`."""

    acceptances: list[Acceptance] = []
    set_aside: list[Setting] = []
    stray_lines: list[StrayLines] = []

    def until(self, day: dt.date) -> Decisions:
        """Those taken by that day."""
        return Decisions(
            acceptances=[one for one in self.acceptances if one.on <= day],
            set_aside=[one for one in self.set_aside if one.on <= day],
            stray_lines=[one for one in self.stray_lines if one.on <= day],
        )

    def after(self, day: dt.date) -> tuple[str, ...]:
        """What those taken later are about, each with its day."""
        dated = [
            *((f"acceptances {one.evidence}", one.on) for one in self.acceptances),
            *((f"set_aside {one.set_aside}", one.on) for one in self.set_aside),
            *((f"stray_lines {one.source}", one.on) for one in self.stray_lines),
        ]
        return tuple(f"{about} ({on})" for about, on in dated if on > day)
