"""Whether the entries and records of the registers still are what the audit log says was written.

Every version of an entry, and every record, has a line with the hash of all that stands in it. Whoever changes the database past the office leaves
no such line: here every version is hashed again and held against the log, in one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db import DatabaseError

from helder.office.entries import log_name, version_hash
from helder.office.logged import Altered, Logged
from helder.office.models import Entry, User
from helder.office.register import Register, registers

_BATCH = 5_000
_SPOILT = (DatabaseError, ValueError, TypeError, AttributeError, OverflowError)
"""What a database or Django says of a value that is of another kind than its column."""


@dataclass(frozen=True)
class Version:
    """A version or a record as it stands: of what by its name in the log, and the hash of all that it says."""

    name: str
    number: int
    current: bool
    digest: bytes


def altered(logged: Logged, later: Callable[[], Iterable[tuple[Any, ...]]] = list) -> tuple[int, list[Altered]]:
    """Hold every version against the log: how many were looked at, and which are not as it says.

    Takes out of `logged` what it finds. `later` gives the lines that came after those: the office may be at work meanwhile.
    """
    count, found, new = 0, [], []
    for register, shelf in registers().items():
        before = None
        try:
            for one in chain(_versions(shelf.model), _records(shelf)):
                count += 1
                if before and before.current is (one.name == before.name):
                    found.append(_changed(register, before))
                before = one
                said = logged.pop(register, one.name, one.number)
                if said is None:
                    new.append((register, one))
                elif said != one.digest:
                    found.append(_changed(register, one))
            if before and not before.current:  # the last version of an entry is its current one, and no other is
                found.append(_changed(register, before))
        except _SPOILT:
            found.append(Altered(register, "", 0, "unreadable"))
            logged.forget(register)
    found += logged.missing()
    for row in later() if new else ():
        logged.take(row)
    for register, one in new:
        if logged.pop(register, one.name, one.number) != one.digest:
            found.append(Altered(register, one.name, one.number, "extra"))
    return count, sorted(set(found))


def _changed(register: str, one: Version) -> Altered:
    return Altered(register, one.name, one.number, "changed")


def _versions(model: type[Entry]) -> Iterator[Version]:
    """Every version of a register's entries, in order."""
    who = dict(User.objects.values_list("pk", "username"))
    for one in model._default_manager.order_by("entry", "version").iterator(_BATCH):
        digest = version_hash(one, who.get(one.author_id or 0, ""))
        yield Version(log_name(one.entry), int(one.version), one.current, bytes.fromhex(digest))


def _records(register: Register) -> Iterator[Version]:
    """Every record of a register, as versions: what was added to one last is current."""
    found = list(register.records())
    last = {name: number for name, number, _ in found}
    for name, number, digest in found:
        yield Version(name, number, number == last[name], bytes.fromhex(digest))
