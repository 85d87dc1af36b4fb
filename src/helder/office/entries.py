"""Actions on entries of any register: each writes the new version and its audit line in one transaction."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC
from functools import cache
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from helder.office import rows
from helder.office.audit import write
from helder.office.models import Entry, User
from helder.office.register import registers
from helder.office.words import say

E = TypeVar("E", bound=Entry)
_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str)


class StaleError(Exception):
    """Somebody else made a newer version in the meantime."""


def add(model: type[E], author: User, content: Mapping[str, Any], why: str = "") -> E:
    """A new entry. Raises Django's `ValidationError` when a value is not right."""
    return _save(model(**content, author=author, why=why), "added")


def correct(model: type[E], author: User, entry: uuid.UUID, content: Mapping[str, Any], why: str, seen: int) -> E:
    """A new version of an entry; `seen` is the version that the author looked at.

    Raises `StaleError` when that is no longer the current one, `ValidationError` without a reason.
    """
    return _next(model, author, entry, content, why, seen, withdrawn=False)


def withdraw(model: type[E], author: User, entry: uuid.UUID, why: str, seen: int) -> E:
    """Take an entry back: it stays to be read, and counts no more."""
    return _next(model, author, entry, {}, why, seen, withdrawn=True)


@transaction.atomic
def _next(
    model: type[E], author: User, entry: uuid.UUID, content: Mapping[str, Any], why: str, seen: int, *, withdrawn: bool
) -> E:
    if not why.strip():
        raise ValidationError({"why": say("Schrijf waarom.", "Write why.")})
    before = rows.seen(model, author).select_for_update().get(entry=entry, current=True)
    if before.version != seen:
        raise StaleError
    values = {field.name: getattr(before, field.name) for field in (*model.fields(), *model.taken())} | dict(content)
    model._default_manager.filter(pk=before.pk).update(current=False)
    after = model(**values, entry=entry, version=seen + 1, author=author, why=why.strip(), withdrawn=withdrawn)
    return _save(after, "withdrawn" if withdrawn else "corrected")


@transaction.atomic
def _save(entry: E, verb: str) -> E:
    assert entry.author is not None
    if not rows.may_write(entry, entry.author):  # forms say so with words; nothing gets past here
        raise PermissionDenied
    if not entry.withdrawn:  # what is taken back need not be right any more
        entry.full_clean()
    entry.save(force_insert=True)
    register = type(entry)._meta.app_label
    write(
        entry.author,
        f"{register}.{verb}",
        f"{register}/{log_name(entry.entry)}",
        details={"version": entry.version, "sha256": version_hash(entry, entry.author.username)},
        entry=(str(entry.entry), entry.version),
    )
    return entry


_DIGITS, _LETTERS = "0123456789", "ghijklmnop"
_NAMED = re.compile(r"([a-z]+)/([a-p]{12})")


def log_name(entry: uuid.UUID) -> str:
    """An entry's name in the log: without a run of digits, which could look like a person's number."""
    return entry.hex[:12].translate(str.maketrans(_DIGITS, _LETTERS))


def seen_in_log(subjects: Iterable[str], user: User) -> dict[str, tuple[str, uuid.UUID]]:
    """The log's subjects that are entries which `user` may see, each as (register, entry); one query for each register."""
    wanted: dict[str, Q] = {}
    for named in filter(None, map(_NAMED.fullmatch, set(subjects))):
        start, rest = named[2].translate(str.maketrans(_LETTERS, _DIGITS)), 32 - len(named[2])
        near = Q(entry__gte=uuid.UUID(start + "0" * rest), entry__lte=uuid.UUID(start + "f" * rest))
        wanted[named[1]] = wanted.get(named[1], Q()) | near
    found: dict[str, tuple[str, uuid.UUID]] = {}
    for register, near in wanted.items():
        if register in registers() and user.may(register, "read"):
            there = rows.seen(registers()[register].model, user).filter(near, current=True)
            found |= {f"{register}/{log_name(one)}": (register, one) for one in there.values_list("entry", flat=True)}
    return found


def content_hash(entry: Entry) -> str:
    """SHA-256 of what an entry says."""
    return hash_of(entry.whole())


def version_hash(entry: Entry, author: str) -> str:
    """SHA-256 of everything that stands in one version: the log proves it without repeating it (`office.unaltered`).

    What nobody filled in is left out: a field that registers get later changes no hash of before.
    """
    empty = _empty(type(entry))
    said = {name: value for name, value in entry.whole().items() if name not in empty or value != empty[name]}
    of = {"entry": entry.entry.hex, "version": entry.version, "withdrawn": entry.withdrawn, "author": author}
    return hash_of({"says": said, "why": entry.why, "at": entry.at.astimezone(UTC).isoformat(), **of})


@cache
def _empty(model: type[Entry]) -> dict[str, Any]:
    return model().content()


def hash_of(value: Mapping[str, Any]) -> str:
    """SHA-256 of what an entry or a record says, in one order."""
    return hashlib.sha256(_JSON.encode(value).encode()).hexdigest()
