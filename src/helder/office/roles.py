"""Who may do what: roles are data, and the decision is one pure function."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

VERBS = frozenset({"read", "add", "correct", "fill", "import", "export", "approve", "decide", "people", "admin"})
EVERYWHERE = "*"


@dataclass(frozen=True)
class Role:
    """A role: its name in each language, and the verbs it may use by register ('*' is every register not named).

    `own`: who holds it works for one party, and sees only what concerns that party.
    """

    id: str
    names: Mapping[str, str]
    may: Mapping[str, frozenset[str]]
    own: bool = False

    def verbs(self, register: str) -> frozenset[str]:
        """What the role may do in a register. What is named for the register replaces what holds everywhere."""
        return self.may.get(register, self.may.get(EVERYWHERE, frozenset()))


def read_roles(text: str) -> dict[str, Role]:
    """Roles from TOML. Raises `ValueError` for a verb that is not known."""
    roles = {}
    for id, row in tomllib.loads(text).items():
        may = {register: frozenset(verbs.split()) for register, verbs in row["may"].items()}
        unknown = frozenset().union(*may.values()) - VERBS if may else frozenset()
        if unknown:
            raise ValueError(f"role {id}: no such verb: {', '.join(sorted(unknown))}")
        roles[id] = Role(id, row["name"], may, row.get("own", False))
    return roles


@cache
def roles() -> dict[str, Role]:
    """The roles that Helder ships."""
    return read_roles(files(__package__).joinpath("roles.toml").read_text("utf-8"))


def own_only(held: Iterable[str]) -> bool:
    """Whether who holds these roles sees only what concerns their own party: one such role is enough."""
    return any(role.own for role in _known(held))


def may(held: Iterable[str], register: str, verb: str, party: str = "") -> bool:
    """Whether somebody who holds these roles and works for `party` (empty: for the team) may do this.

    Roles that do not exist give nothing. Beside a role for one's own party no other counts, and without a party it gives nothing.
    """
    found = _known(held)
    if any(role.own for role in found):
        found = [role for role in found if role.own and party]
    return any(verb in role.verbs(register) for role in found)


def _known(held: Iterable[str]) -> list[Role]:
    return [roles()[role] for role in held if role in roles()]
