"""Actions on entries of any register: each writes the new version and its audit line in one transaction."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from helder.office import rows
from helder.office.audit import write
from helder.office.models import Entry, User
from helder.office.words import say

E = TypeVar("E", bound=Entry)


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
        details={"version": entry.version, "sha256": content_hash(entry)},
        entry=(str(entry.entry), entry.version),
    )
    return entry


_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def log_name(entry: uuid.UUID) -> str:
    """An entry's name in the log: without a run of digits, which could look like a person's number."""
    return entry.hex[:12].translate(_LETTERS)


def content_hash(entry: Entry) -> str:
    """SHA-256 of what an entry says: the log can prove a content without repeating it."""
    text = json.dumps(entry.whole(), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
