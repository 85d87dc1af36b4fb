"""Names of entries in others' fields: a lesson is a measure that is there, a correction corrects a statement that is, and each leads to the other."""

from __future__ import annotations

import re
from typing import cast

from django.db.models import Value
from django.db.models.functions import Replace
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from helder.office.models import Entry, Naming, User
from helder.office.register import Register, registers
from helder.office.rows import seen
from helder.office.words import say


def names(text: str) -> list[str]:
    """The names in a text, parted by commas or spaces, once each and in order."""
    return list(dict.fromkeys(filter(None, re.split(r"[\s,;]+", text))))


def known(register: str, text: str) -> dict[str, Entry]:
    """The entries of a register that a text names, by name."""
    wanted = names(text)
    there = registers()[register].model._default_manager.filter(current=True, withdrawn=False)
    return {cast(str, one.name): one for one in there.filter(**{"name__in": wanted})} if wanted else {}  # type: ignore[attr-defined]


def unknown(register: str, text: str) -> str:
    """What is wrong with names that a register does not have, in words; empty when it has all."""
    there = known(register, text)
    missing = [name for name in names(text) if name not in there]
    where = registers()[register].name
    return say(f"Niet in {where}: ", f"Not in {where}: ") + ", ".join(missing) if missing else ""


def in_use(entry: Entry, field: str = "name") -> bool:
    """Whether another entry of the same register has this short name now. Letters cite "m-1" and "m_1" as one name: so they are."""
    name = getattr(entry, field).replace("-", "_")
    others = type(entry)._default_manager.filter(current=True, withdrawn=False).exclude(entry=entry.entry)
    same = others.annotate(as_cited=Replace(field, Value("-"), Value("_"))).filter(as_cited=name)
    return bool(name) and same.exists()


def told(register: str, text: str) -> list[tuple[str, str]]:
    """Each entry that a text names: its name, and what it is, in the language of the reader; empty when it is not there."""
    there = known(register, text)
    return [(name, str(there[name].words) if name in there else "") for name in names(text)]  # type: ignore[attr-defined]


def links(register: str, text: str) -> SafeString:
    """The names, each leading to its entry and saying what it is; one that is no longer there stays a word.

    A text that names nothing stays as it was written: fields that name entries were free text once.
    """
    there = known(register, text)
    if text and not there:
        return format_html("<div>{}</div>", text)
    return format_html_join("", "{}", ((_link(register, name, there.get(name)),) for name in names(text)))


def _link(register: str, name: str, entry: Entry | None) -> SafeString:
    if entry is None:
        return format_html("<div>{}</div>", name)
    address = reverse("entry", args=[register, entry.entry])
    return format_html('<div><a class="nl-link" href="{}">{}</a>: {}</div>', address, name, entry.words)  # type: ignore[attr-defined]


def named_by(register: Register, entry: Entry, user: User) -> list[tuple[Naming, Register, list[Entry]]]:
    """What names an entry of `register` now, as `user` may see it, by the register that does."""
    name = getattr(entry, "name", "")
    found = []
    for other in registers().values() if name else ():
        how = other.model.names_others
        if how is None or how.register != register.id or not user.may(other.id, "read"):
            continue
        near = seen(other.model, user).filter(current=True, withdrawn=False, **{f"{how.field}__contains": name})
        if here := [one for one in near.order_by(*other.order) if name in names(getattr(one, how.field))]:
            found.append((how, other, here))
    return found
