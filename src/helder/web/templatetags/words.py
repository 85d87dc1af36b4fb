"""Tags that every template has: a text in two languages, and whether the user may do something."""

from __future__ import annotations

import datetime as dt

from django import template

from helder.office.models import User
from helder.office.moments import told
from helder.office.parties import party_name
from helder.office.words import grouped, plural
from helder.office.words import say as _say

register = template.Library()


@register.simple_tag
def say(nl: str, en: str) -> str:
    """The text in the language of the request."""
    return _say(nl, en)


@register.filter(name="grouped")
def _grouped(number: int) -> str:
    """A number with its thousands parted."""
    return grouped(number)


@register.simple_tag(name="plural")
def _plural(number: int, nl_one: str, en_one: str, nl_many: str, en_many: str) -> str:
    """The words that go with a number, in the language of the request."""
    return plural(number, (nl_one, en_one), (nl_many, en_many))


@register.filter
def may(user: object, what: str) -> bool:
    """Whether the user may do `register verb`."""
    shelf, verb = what.split()
    return isinstance(user, User) and user.may(shelf, verb)


@register.simple_tag
def allowed(user: object, shelf: str, verb: str) -> bool:
    """The same, for a register that is only known when the page is made."""
    return isinstance(user, User) and user.may(shelf, verb)


@register.filter
def party(id: str) -> str:
    """A party's name; what was written, when nobody knows it."""
    return party_name(id)


@register.filter
def moment(at: dt.datetime) -> str:
    """A moment in words."""
    return told(at)
