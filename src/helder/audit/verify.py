"""Checking the whole log: every line against its hash, the order, the tree, and checkpoints kept outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from helder.audit.line import leaf_data
from helder.audit.log import Cursor, rows
from helder.audit.note import Checkpoint
from helder.audit.tree import Edge, leaf_hash

Kind = Literal["changed", "missing", "out of order", "tree", "checkpoint"]

_TYPES = (int, str, str, str, str, str, str)
_MOST_PROBLEMS = 100


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: what kind, and the line's number (of `missing` lines the first and last)."""

    kind: Kind
    first: int
    last: int

    def __str__(self) -> str:
        lines = f"line {self.first}" if self.first == self.last else f"lines {self.first} to {self.last}"
        return f"{lines}: {self.kind}"


@dataclass(frozen=True)
class Verdict:
    """The number of lines, the root of their tree, and what is wrong; `more` problems were not listed."""

    lines: int
    root: bytes
    problems: tuple[Problem, ...]
    more: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def as_dict(self) -> Mapping[str, object]:
        """For `--json`."""
        problems = [{"kind": p.kind, "first": p.first, "last": p.last} for p in self.problems]
        root = self.root.hex()
        return {"ok": self.ok, "lines": self.lines, "root": root, "problems": problems, "more": self.more}


def verify(
    cursor: Cursor, checkpoints: Iterable[Checkpoint] = (), watch: Callable[[tuple[Any, ...]], None] = lambda row: None
) -> Verdict:
    """Read the whole log once and report every change, deletion, reordering and gap.

    `checkpoints` are earlier states whose signature has been checked (`note.read`); the log must still contain them.
    `watch` is shown every line as it is read, for who has more to hold against it.
    Whoever can write the database and knows this program can build a consistent false log: only a checkpoint that
    was kept elsewhere shows that. One million lines take about ten seconds; memory is constant
    on SQLite (PostgreSQL's drivers hold what was selected unless the cursor is a named one).
    """
    cursor.execute("SELECT size, edge FROM audit_tree WHERE one = 1")
    head = cursor.fetchone()
    found = _Problems()
    edge = Edge()
    expected: dict[int, list[bytes]] = {}
    for kept in checkpoints:
        expected.setdefault(kept.size, []).append(kept.root)
    found.compare(edge, expected)
    last = 0  # what stands after a gap is held against the line before it, so that a gap is told once
    for row in rows(cursor):
        seq = row[0] if isinstance(row[0], int) else 0
        if seq > last + 1:
            found.add("missing", last + 1, seq - 1)
        elif seq <= last:
            found.add("out of order", seq)
        last = max(last, seq)
        watch(row)
        leaf = _leaf(row)
        if leaf != row[-1]:
            found.add("changed", seq)
        edge.add(leaf)
        found.compare(edge, expected)
    if head is None or (head[0], bytes(head[1])) != (edge.size, edge.to_bytes()):
        found.add("tree", last)
    for size in sorted(expected):
        found.add("checkpoint", size)
    return Verdict(edge.size, edge.root(), tuple(found.listed), found.more)


def _leaf(row: tuple[Any, ...]) -> bytes:
    """The hash of the line as it stands; of a line whose values have other types, a hash that fits nothing."""
    if tuple(map(type, row[:-1])) != _TYPES:
        return leaf_hash(b"damaged")
    try:
        return leaf_hash(leaf_data(row[:-1]))
    except UnicodeEncodeError:
        return leaf_hash(b"damaged")


class _Problems:
    """A list that does not grow without bound."""

    def __init__(self) -> None:
        self.listed: list[Problem] = []
        self.more = 0

    def add(self, kind: Kind, first: int, last: int | None = None) -> None:
        if len(self.listed) < _MOST_PROBLEMS:
            self.listed.append(Problem(kind, first, first if last is None else last))
        else:
            self.more += 1

    def compare(self, edge: Edge, expected: dict[int, list[bytes]]) -> None:
        """Take out the checkpoints of this size that the tree fulfils; what stays at the end is broken."""
        roots = expected.get(edge.size)
        if roots and set(roots) == {edge.root()}:
            del expected[edge.size]
