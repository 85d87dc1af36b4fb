"""What each account may do and what opens it, as the audit log says it came about. Without a database.

Every line about an account says what changed: who was invited by whom for which roles, who joined, was confirmed, reset or ended, which ways
of logging in and which tokens came and went. Played from the first line on they give each account as it must stand now, whatever the
database says. A line that held the state of its moment would prove less: who gave themselves a role in the database and then adds a
second factor would have it logged as right.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

ACTIONS = frozenset({
    "user.invited", "user.uninvited", "user.joined", "user.confirmed", "user.reset_offered", "user.reset", "user.left", "token.made",
    "token.ended", "account.way_added", "account.way_removed", "account.password_changed", "account.password_hashed",
})  # fmt: skip
PARTS = {
    "roles": ("rollen", "roles"),
    "party": ("partij", "party"),
    "active": ("actief", "active"),
    "invited_by": ("uitgenodigd door", "invited by"),
    "confirmed_by": ("bevestigd door", "confirmed by"),
    "reset_by": ("inloggen hersteld door", "log-in reset by"),
    "resets": ("herstel van het inloggen", "resets of the log-in"),
    "name": ("naam", "name"),
    "password": ("wachtwoord", "password"),
    "ways": ("manieren van inloggen", "ways of logging in"),
    "tokens": ("programma’s", "programs"),
}
"""What an account consists of, in words."""
Said = str | None
"""A text of a line, or a keyed hash (`office.proofs`) of what may not stand in one; None when lines of before had none: that fits everything."""


class Reset(NamedTuple):
    """By whose link a log-in was set anew (nobody's: the case's key), who answered for the account until then, and when, to the second."""

    by: str
    answered: str
    used: Said


class Token(NamedTuple):
    """What a program may do in somebody's name, until when, to the second, and the proof of its secret."""

    scopes: list[str]
    until: Said
    secret: Said


class Way(NamedTuple):
    """A second factor or the organisation's log-in: its kind, and the proof of what it knows somebody by."""

    kind: str
    proof: Said


@dataclass
class Account:
    """An account. Others are named by their user names; "" is nobody."""

    roles: list[str]
    party: str
    invited_by: str
    name: Said
    password: Said
    active: bool = True
    confirmed_by: str = ""
    reset_by: str = ""
    resets: list[Reset] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    tokens: dict[int, Token] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether the log proves all of it: no line of before left something out."""
        return not any(_silent(getattr(self, part)) for part in PARTS)

    def differs(self, held: Account) -> tuple[str, ...]:
        """Which parts are otherwise in an account as a database holds it."""
        wrong = [part for part in PARTS if part != "ways" and not _fits(getattr(self, part), getattr(held, part))]
        return tuple(wrong if _same_ways(self.ways, held.ways) else [*wrong, "ways"])


def _silent(said: Any) -> bool:
    parts = said.values() if isinstance(said, dict) else said if isinstance(said, list | tuple) else ()
    return said is None or any(map(_silent, parts))


def _fits(said: Any, held: Any) -> bool:
    if isinstance(said, dict):
        return bool(said.keys() == held.keys()) and all(_fits(one, held[key]) for key, one in said.items())
    if isinstance(said, list | tuple):
        return isinstance(held, type(said)) and len(said) == len(held) and all(map(_fits, said, held))
    return said is None or bool(said == held)


def _same_ways(said: list[Way], held: list[Way]) -> bool:
    """Whether they are the same, in no order."""
    proved = {way for way in said if way.proof}
    return Counter(way.kind for way in said) == Counter(way.kind for way in held) and proved <= set(held)


class Story:
    """The accounts by user name, after the lines that were taken.

    `numbers` are the user names of the database by number ("n7"), for lines that name an account by its number alone; where the log
    says whose number it is, that counts.
    """

    def __init__(self, numbers: Mapping[str, str]) -> None:
        self.accounts: dict[str, Account] = {}
        self._numbers = dict(numbers)
        self._invited: dict[str, tuple[Account, Said]] = {}
        self._offered: dict[str, tuple[str, Said]] = {}

    def number(self, username: str) -> str:
        """The number of an account, as the log names it; its user name where nothing says it."""
        return next((number for number, name in self._numbers.items() if name == username), username)

    def take(self, row: tuple[Any, ...]) -> None:
        """Take one line as the log has it (seq, at, actor, action, subject, reason, details …)."""
        try:
            self._play(_who(row[2]), row[3], row[4], json.loads(row[6]))
        except (ValueError, KeyError, TypeError, AttributeError):
            return  # a line that was changed, so the log itself is not right; or of an account that nothing says more of

    def _play(self, by: str, action: str, subject: str, said: Mapping[str, Any]) -> None:
        match action.split("."):
            case "user", "invited":
                one = Account(said["roles"], said.get("party", ""), by, None, None)
                self._invited[subject] = (one, said.get("link_proof"))
            case "user", "uninvited":
                self._invited.pop(subject, None)
            case "user", "joined":
                # What was offered in the office counts, by the link that was given: not what the database says was.
                one, link = self._invited.pop(subject)
                if _fits(link, said.get("link_proof")):
                    one.name, one.password = said.get("name_proof"), said.get("password_proof")
                    self.accounts[by] = one
                    if number := said.get("account"):
                        self._numbers[number] = by
            case "token", what:
                self._token(self.accounts[by].tokens, what, int(subject.partition("/n")[2]), said)
            case _, what:
                name = self._numbers[subject.partition("/")[2]]
                if what == "reset_offered":
                    self._offered[name] = (by, said.get("link_proof"))
                elif what != "reset" or _fits(self._offered.pop(name), (_who(said["by"]), said.get("link_proof"))):
                    _change(self.accounts[name], what, by, said)

    def _token(self, tokens: dict[int, Token], what: str, number: int, said: Mapping[str, Any]) -> None:
        if what == "made":
            tokens[number] = Token(said["scopes"], said.get("until"), said.get("secret_proof"))
        else:
            tokens[number] = tokens[number]._replace(until=said.get("until"))


def _who(actor: str) -> str:
    kind, _, name = actor.partition(":")
    return name if kind == "user" else ""


def _change(one: Account, what: str, by: str, said: Mapping[str, Any]) -> None:
    """What a line about an account changes in it."""
    if what == "left":
        one.active = False
    elif what == "confirmed":
        one.confirmed_by = by
    elif what == "reset":
        giver, answered = _who(said["by"]), "" if one.confirmed_by else one.reset_by or one.invited_by
        one.resets.append(Reset(giver, answered, said.get("used")))
        one.password = said.get("password_proof")
        if giver:
            one.reset_by, one.confirmed_by = giver, ""
    elif what.startswith("password"):
        one.password = said.get("password_proof")
    elif what == "way_added":
        one.ways.append(Way(said["kind"], said.get("proof")))
    elif what == "way_removed":
        gone = Way(said["kind"], said.get("proof"))
        one.ways.remove(gone if gone in one.ways else Way(gone.kind, None))
