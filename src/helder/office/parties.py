"""Parties as people call them: entries hold a party's short name, screens and documents show its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.db import models

from helder.office.register import registers
from helder.office.words import say

if TYPE_CHECKING:
    _SlugField = models.SlugField[str, str]
    _CharField = models.CharField[str, str]
else:
    _SlugField, _CharField = models.SlugField, models.CharField

GROUPS: dict[str, tuple[str, str]] = {
    "people": ("de mensen over wie het gaat", "the people concerned"),
    "person": ("degene die het vraagt", "the person who asks"),
    "parliament": ("de Tweede Kamer", "the House of Representatives"),
    "csirt": ("het CSIRT", "the CSIRT"),
    "press": ("de pers", "the press"),
}
"""Whom something is owed to, or who acts, without being an organisation with an entry of its own."""

_held: ContextVar[dict[str, str] | None] = ContextVar("party names", default=None)


@contextmanager
def names_held() -> Iterator[None]:
    """Within this, names are read once: for the length of one answer."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def party_names() -> dict[str, str]:
    """{short name: name}, in the order of the names: from the case, and from the register of parties before it."""
    held = _held.get()
    if held:
        return held
    found = registers()["parties"].model._default_manager.filter(current=True, withdrawn=False)
    names = dict(settings.HELDER_PARTIES) | {one.short: one.name for one in found.order_by("at")}  # type: ignore[attr-defined]
    names = dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))
    if held is not None:
        held.update(names)
    return names


def party_name(id: str) -> str:
    """The name of a party or a group of people; what was written, when neither knows it."""
    return party_names().get(id) or (say(*GROUPS[id]) if id in GROUPS else id)


def agreed_hours() -> dict[str, int]:
    """{short name: hours in which that party must tell what happened, by its contract}."""
    found = registers()["parties"].model._default_manager.filter(current=True, withdrawn=False)
    return {one.short: one.notice_hours for one in found.order_by("at") if one.notice_hours}  # type: ignore[attr-defined]


def called(word: str) -> list[str]:
    """The short names of parties and groups in whose name a word stands."""
    names = party_names() | {id: say(*words) for id, words in GROUPS.items()}
    return [id for id, name in names.items() if word.casefold() in name.casefold()]


class PartyChoice(forms.Select):
    """A list of parties to choose from. What an entry holds already can stay, known or not."""

    groups = False
    only: str | None = None
    """The one party to choose from, for its own people: which others there are is not theirs to know."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        """The parties as they are now, each by its name."""
        names = dict(party_names()) if self.only is None else {self.only: party_name(self.only)}
        if self.groups:
            names |= {id: say(*words) for id, words in GROUPS.items() if id not in names}
        names |= {id: id for id in value if id and id not in names}
        self.choices = [("", "–"), *names.items()]
        return super().optgroups(name, value, attrs)


class RecipientChoice(PartyChoice):
    """The same, with groups of people."""

    groups = True


class PartyField(_SlugField):
    """A party's short name. People choose by name; files and programs give the short name."""

    widget: type[forms.Select] = PartyChoice

    def deconstruct(self) -> Any:
        """To the database it is a short text, and to migrations no more than that."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.SlugField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """A list to choose from."""
        return super().formfield(**{"widget": self.widget, **kwargs})


class LaneField(PartyField):
    """A party, or a group of people that acts, such as the press."""

    widget = RecipientChoice


class RecipientField(_CharField):
    """To whom something is owed: a party, or a group of people."""

    def deconstruct(self) -> Any:
        """To the database it is a text."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """A list to choose from."""
        return super().formfield(**{"widget": RecipientChoice, **kwargs})
