"""What the audit log says of the versions of entries and of records, and what one that is otherwise is called. Without a database.

A record (a verdict, a notification that was sent) is written once and never changed. What is added to it later, as a second person's
agreement is, has a line and a number of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from helder.office.rights import ACTIONS, PARTS, Account, Story

ACCOUNTS = "user"
"""What stands for accounts where others have their register."""
VERBS = frozenset({"added", "corrected", "withdrawn", "recorded", "proposed", "confirmed"})
Kind = Literal["changed", "missing", "extra", "unreadable"]
_WORDS: dict[Kind, tuple[str, str]] = {
    "changed": ("veranderd", "changed"),
    "missing": ("weg", "missing"),
    "extra": ("staat niet in het logboek", "not in the log"),
    "unreadable": ("vanaf ergens niet te lezen", "cannot be read from somewhere on"),
}


@dataclass(frozen=True, order=True)
class Altered:
    """A version that is not as the log says, by the entry's name in the log; `unreadable` is of a whole register.

    An account (`ACCOUNTS`) has no versions; `parts` of it are otherwise.
    """

    register: str
    entry: str
    version: int
    kind: Kind
    parts: tuple[str, ...] = ()

    def words(self, say: Callable[[str, str], str]) -> str:
        """In the reader's language."""
        which = say(f" versie {self.version}", f" version {self.version}") if self.version else ""
        place = f"{self.register}/{self.entry}{which}" if self.entry else self.register
        parts = ", ".join(say(*PARTS[part]) for part in self.parts)
        return f"{place}: {say(*_WORDS[self.kind])}" + (f" ({parts})" if parts else "")

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        found = {"kind": self.kind, "register": self.register, "entry": self.entry, "version": self.version}
        return found | ({"parts": list(self.parts)} if self.parts else {})


@dataclass
class Logged:
    """The versions that lines of the log speak of, by subject and number, each with its hash; and the lines about accounts."""

    hashes: dict[tuple[str, int], bytes] = field(default_factory=dict)
    accounts: list[tuple[Any, ...]] = field(default_factory=list)

    def take(self, row: tuple[Any, ...]) -> None:
        """Take one line as the log has it (seq, at, actor, action, subject, reason, details …); most speak of neither."""
        action, subject = str(row[3]), str(row[4])
        register, _, verb = action.partition(".")
        if action in ACTIONS:
            self.accounts.append(row)
        if verb not in VERBS or not subject.startswith(f"{register}/"):
            return
        try:
            details = json.loads(row[6])
            self.hashes[subject, int(details["version"])] = bytes.fromhex(details["sha256"])
        except (ValueError, KeyError, TypeError):
            return  # a line of something else, or one that was changed: then the log itself is not right

    def pop(self, register: str, entry: str, version: int) -> bytes | None:
        """The hash of a version, taken out; None when no line speaks of it."""
        return self.hashes.pop((f"{register}/{entry}", version), None)

    def story(self, numbers: Mapping[str, str]) -> Story:
        """The accounts as their lines say they became (`numbers` as it takes them)."""
        story = Story(numbers)
        for row in self.accounts:
            story.take(row)
        return story

    def forget(self, register: str) -> None:
        """Take out all of a register."""
        self.hashes = {key: said for key, said in self.hashes.items() if not key[0].startswith(f"{register}/")}

    def missing(self) -> list[Altered]:
        """What was not taken out."""
        parts = [(subject.partition("/"), version) for subject, version in self.hashes]
        return sorted(Altered(register, entry, version, "missing") for (register, _, entry), version in parts)


def differing(story: Story, held: Mapping[str, Account]) -> dict[str, Altered]:
    """The accounts that are not as their lines say, by user name."""
    found = {}
    for name in story.accounts.keys() | held.keys():
        said, there = story.accounts.get(name), held.get(name)
        if said is None:
            found[name] = Altered(ACCOUNTS, story.number(name), 0, "extra")
        elif there is None:
            found[name] = Altered(ACCOUNTS, story.number(name), 0, "missing")
        elif parts := said.differs(there):
            found[name] = Altered(ACCOUNTS, story.number(name), 0, "changed", parts)
    return found
