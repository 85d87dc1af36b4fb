"""Who may do what: roles are data, and the decision is one pure function."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

VERBS = frozenset({"read", "add", "correct", "import", "export", "approve", "decide", "people", "admin"})
EVERYWHERE = "*"


@dataclass(frozen=True)
class Role:
    """A role: its name in each language, and the verbs it may use by register ('*' is every register not named)."""

    id: str
    names: Mapping[str, str]
    may: Mapping[str, frozenset[str]]

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
        roles[id] = Role(id, row["name"], may)
    return roles


@cache
def roles() -> dict[str, Role]:
    """The roles that Helder ships."""
    return read_roles(files(__package__).joinpath("roles.toml").read_text("utf-8"))


def may(held: Iterable[str], register: str, verb: str) -> bool:
    """Whether somebody who holds these roles may do this. Roles that do not exist give nothing."""
    known = roles()
    return any(verb in known[role].verbs(register) for role in held if role in known)
