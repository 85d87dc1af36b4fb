"""What a register says of itself, and how all registers are found: by their folders, nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from typing import Any, cast

from django.conf import settings
from django.db import models
from django.utils import translation

from helder.office.citations import Cited, Citer, Departed
from helder.office.models import Entry, User
from helder.office.offers import Offer
from helder.office.words import say


@dataclass(frozen=True)
class Register:
    """One register: a folder of `helder.registers` with a `register.py` that holds one of these as REGISTER.

    `columns` are shown in the list, in order: fields, or properties of the model with a name in `labels`; `search` are text fields that the search looks in. `facts` gives what
    letters, site and desk may cite, `offers` documents to take along. `overview` adds to the list's context (a picture, say), by what
    the address asks and for whom, who may not read every register; shown by `template`. `citer` fills numbers into texts: one register has it.
    """

    id: str
    names: tuple[str, str]
    intro: tuple[str, str]
    model: type[Entry]
    columns: tuple[str, ...]
    search: tuple[str, ...]
    order: tuple[str, ...]
    key: str
    """The column that names an entry: it leads to it in the list, and heads its page."""
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    template: str = "office/list.html"
    overview: Callable[[Mapping[str, str], User], Mapping[str, Any]] = lambda query, user: {}
    facts: Callable[[], list[Fact]] = list
    windows: Callable[[], list[Window]] = list
    """Legal terms to draw on the timeline."""
    offers: Callable[[], list[Offer]] = list
    departed: Callable[[], list[Departed]] = list
    """Numbers in what it sent that are stale now."""
    records: Callable[[], Iterable[tuple[str, int, str]]] = list
    """What it holds beside its entries and never changes: the name in the log, a number, and the hash that its line has (`office.logged`)."""
    citer: Callable[[], Citer] | None = None
    scopes: tuple[str, ...] = ("read", "add", "correct")
    """What a token may be given for it: the verbs that its addresses of the API need."""
    place: int = 100
    """Where it stands in the menu: low numbers first."""

    def label(self, column: str) -> str:
        """The name of a column in the language of the request."""
        if column in self.labels:
            return say(*self.labels[column])
        return str(cast("models.Field[Any, Any]", self.model._meta.get_field(column)).verbose_name)

    @property
    def name(self) -> str:
        """The register's name in the language of the request."""
        return say(*self.names)

    @property
    def about(self) -> str:
        """What the register is for."""
        return say(*self.intro)


@dataclass(frozen=True)
class Fact:
    """What letters, website and desk may cite: its kind, words in each language, evidence, and until when it holds."""

    id: str
    kind: str
    words: Mapping[str, str]
    evidence: str
    since: str = ""
    until: str = ""
    source: tuple[str, str, int] = field(default=("", "", 0))
    """Register, entry and version: what the fact was taken from."""
    about: Mapping[str, str] = field(default_factory=dict)
    """What a number counts, in each language, for who reads it outside a sentence."""
    problems: tuple[str, ...] = ()
    """What is wrong with the numbers that it cites: nobody may say it before that is mended."""

    @property
    def said(self) -> dict[str, str]:
        """How every letter says it: an open question so that none calls it answered."""
        form = _OPEN if self.kind == "investigation" else {}
        return {lang: form.get(lang, "{}").format(words) for lang, words in self.words.items()}


_OPEN = {"nl": "Dit is nog in onderzoek: {}", "en": "This is still under investigation: {}"}


@dataclass(frozen=True)
class Window:
    """A legal term that runs, or ran, for a party: from `begins` to `ends`, and when it was `done`.

    `ends` is None when the law gives no number, `done` None when nothing was done yet. `look` is met, late, overdue,
    running, open (nobody can compute it) or
    undecided (so too, and the regulator was asked); `state` says that in words, `late` by how much, `took` how long it was to
    what was done, or is until now.
    """

    party: str
    to: str
    words: str
    article: str
    begins: dt.datetime
    ends: dt.datetime | None
    done: dt.datetime | None
    look: str
    state: str
    late: str
    took: str
    source: tuple[str, str]
    """Register and entry: where the term stands."""


@cache
def registers() -> dict[str, Register]:
    """All registers by id, in the order of the menu."""
    found: list[Register] = [import_module(f"{app}.register").REGISTER for app in settings.HELDER_REGISTERS]
    return {register.id: register for register in sorted(found, key=lambda register: (register.place, register.id))}


def facts() -> list[Fact]:
    """The facts of all registers, with the numbers that they cite: the one table that letters, site and desk read."""
    cite = citer()
    return [_cited(fact, cite) for register in registers().values() for fact in register.facts()]


def _cited(fact: Fact, cite: Citer) -> Fact:
    """A fact with its numbers filled in, in each language, and what is wrong with them."""
    words = {}
    for lang, text in fact.words.items():
        with translation.override(lang):
            words[lang] = cite(text)
    evidence = cite(fact.evidence)
    problems = [line for cited in (*words.values(), evidence) for line in cited.problems]
    told = {lang: cited.text for lang, cited in words.items()}
    return replace(fact, words=told, evidence=evidence.text, problems=tuple(dict.fromkeys(problems)))


def windows(user: User) -> list[Window]:
    """The legal terms of the registers that `user` may read, the earliest first."""
    shelves = [register for register in registers().values() if user.may(register.id, "read")]
    found = [window for register in shelves for window in register.windows()]
    return sorted(found, key=lambda window: window.begins)


def citer() -> Citer:
    """How texts that cite numbers are filled in now; without a register of numbers they stay as they are."""
    found = next((register.citer for register in registers().values() if register.citer), None)
    return found() if found else Cited
