"""Repeated columns in SQL files, as many as there are words.

`@marks(bit_or(c.m#) AS m#)` with `marks=3` becomes `bit_or(c.m0) AS m0, bit_or(c.m1) AS m1, bit_or(c.m2) AS m2`.
`@marks_and(...)` and `@marks_or(...)` join by AND and OR, in parentheses. `#` is the number, from 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from helder.domain.errors import EngineError

_MACRO = re.compile(r"@([a-z]+)(_and|_or)?\(")
_JOINTS = {None: ", ", "_and": " AND ", "_or": " OR "}
_SKIP = re.compile(r"'(?:[^']|'')*'|--[^\n]*|[()]")


def expand(text: str, counts: Mapping[str, int], where: str = "") -> str:
    """The text with each macro written out. Raises `EngineError` for an unknown name or a count below 1."""
    pieces = []
    position = 0
    while found := _MACRO.search(text, position):
        name, joint = found.groups()
        if counts.get(name, 0) < 1:
            raise EngineError(f"@{name} has no count of 1 or more.", where=where)
        end = _closing(text, found.end(), where)
        body = text[found.end() : end]
        joined = _JOINTS[joint].join(body.replace("#", str(number)) for number in range(counts[name]))
        pieces += [text[position : found.start()], f"({joined})" if joint else joined]
        position = end + 1
    return "".join((*pieces, text[position:]))


def _closing(text: str, start: int, where: str) -> int:
    """Where the bracket that was opened just before `start` closes; texts and comments are skipped."""
    depth = 1
    for found in _SKIP.finditer(text, start):
        depth += {"(": 1, ")": -1}.get(found.group(), 0)
        if depth == 0:
            return found.start()
    raise EngineError("A bracket of a macro is not closed.", where=where)
