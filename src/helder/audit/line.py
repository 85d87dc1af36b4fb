"""One line of the log: what it holds, what it refuses, and the bytes that are hashed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from helder.domain.errors import AuditError

_ACTION = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_SUBJECT = re.compile(r"p-[a-z2-7]{16}|(?!p-)[a-z](?!.*[0-9]{6})[a-z0-9._/-]*")
# A national number, telephone or account number, however it is spaced, and an e-mail address.
_NUMBER = re.compile(r"(?<![0-9])[0-9](?:[ .\-/]?[0-9]){7,}(?![0-9])")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_MOST = 20_000
_DATE = re.compile(
    r"(?<![0-9])(?:[0-9]{4}([-/.])[0-9]{2}\1[0-9]{2}|[0-9]{1,2}([-/.])[0-9]{1,2}\2[0-9]{4}|[0-9]{1,2}:[0-9]{2})(?![0-9])"
)
_KEYED = re.compile(r"\bp-[a-z2-7]{16}\b|\b(?=[0-9a-f]*[a-f])[0-9a-f]{12,}\b")


@dataclass(frozen=True)
class Line:
    """Who did what, to which person or thing, and why.

    `actor` is a user or program, `action` a dotted word ("person.look"), `subject` a keyed id ("p-…") or the name of a
    thing ("round/2"), never a person's id; `details` is JSON. Raises `AuditError` for what may not stand in a log from
    which nothing can be taken out.
    """

    actor: str
    action: str
    subject: str = ""
    reason: str = ""
    details: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.actor.strip():
            raise AuditError("An audit line needs an actor.", do="Say who does this.")
        if not _ACTION.fullmatch(self.action):
            raise AuditError("An audit line's action is a dotted lower-case word such as 'person.look'.")
        if self.subject and not _SUBJECT.fullmatch(self.subject):
            raise AuditError(
                "An audit line's subject is a keyed id or the name of a thing.",
                do="Use the keyed id; a person's own id never goes into the log.",
            )
        for text in (self.actor, self.reason, *_texts(self.details)):
            _refuse_personal(text)
        if len(self.details_text) > _MOST:
            raise AuditError(f"The details of an audit line are longer than {_MOST:,} characters.")

    @property
    def details_text(self) -> str:
        """The details as canonical JSON."""
        try:
            return _json(dict(self.details))
        except (TypeError, ValueError):
            raise AuditError("The details of an audit line must be JSON.") from None

    def columns(self, seq: int, at: datetime) -> tuple[int, str, str, str, str, str, str]:
        """The stored values: seq, at (UTC, ISO 8601), actor, action, subject, reason, details."""
        return seq, stamp(at), self.actor, self.action, self.subject, self.reason, self.details_text


def is_subject(text: str) -> bool:
    """Whether a line can be about this: a keyed id or the name of a thing."""
    return bool(_SUBJECT.fullmatch(text))


def stamp(at: datetime) -> str:
    """A moment as lines have it: UTC, ISO 8601, so that moments are ordered as texts are."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def leaf_data(columns: tuple[object, ...]) -> bytes:
    """The bytes whose hash is the leaf: the seven stored values as one JSON array (RFC 8785), UTF-8."""
    return _json(columns).encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


def _texts(value: object) -> Iterator[str]:
    """All text in a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _texts(key)
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _refuse_personal(text: str) -> None:
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise AuditError("An audit line holds a character that cannot be stored.")
    bare = _KEYED.sub(" ", _DATE.sub(" ", text))
    if _NUMBER.search(bare) or _MAIL.search(bare):
        raise AuditError(
            "An audit line seems to hold a personal number or an e-mail address.",
            do="Leave it out: nothing can be taken out of the log later, and its subject already names the person.",
        )
