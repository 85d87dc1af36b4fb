"""A whole incident on the command line, with everything that it prints and leaves behind."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq

from cli.run import helder, process
from helder.case import load_case
from helder.case.model import ColumnMap, Source

APART = {"run", "audit", "facts", "remind", "webhooks", "round produce", "round verify"}
"""Always processes of their own: they begin others, log what libraries say, or open the office, which one process does for one case."""


@dataclass(repr=False)
class Incident:
    """A demo case and the outputs of every command run on it, by name."""

    home: Path
    outputs: dict[str, str] = field(default_factory=dict)
    ran: set[str] = field(default_factory=set)

    @property
    def case(self) -> Path:
        """The case folder."""
        return self.home / "lab"

    def helder(self, *words: object, code: int | None = 0, typed: str = "", key: str = "test.key") -> str:
        """Run one command, keep what it prints, and give its standard output. `typed` is its standard input.

        The first of a command is a process, as people have it; its later uses are in this one, which need not be begun.
        """
        does = " ".join(map(str, words[: 1 + (words[0] == "round")]))
        env = {"HELDER_KEY_FILE": str(self.home / key), "COLUMNS": "200"}
        if does in APART or words[0] not in self.ran:
            done = process(*words, cwd=self.home, env=env, input=typed, timeout=900)
        else:
            with chdir(self.home):
                done = helder(*words, env=env, input=typed)
        # Only the command's own word: what else was typed may be somebody's number.
        name = f"{len(self.outputs) // 2 + 1}. {does}"
        self.outputs[f"{name} (stdout)"], self.outputs[f"{name} (stderr)"] = done.out, done.err
        self.ran |= {str(words[0]), does}
        assert code is None or done.code == code, f"{name}: {done.code}\n{done.out}\n{done.err}"
        return done.out


def known_rows(case: Path) -> list[dict[str, object]]:
    """Everyone in the case's sources, register and leaked files alike, by our field names."""
    found: list[dict[str, object]] = []
    for source in load_case(case).file.sources.values():
        if source.fills not in {"people", "leaked"}:
            continue
        columns = {
            ours: theirs.column if isinstance(theirs, ColumnMap) else theirs for ours, theirs in source.columns.items()
        }
        for path in [source.path] if isinstance(source.path, str) else source.path or []:
            found += [
                {ours: row.get(theirs or "") for ours, theirs in columns.items()} for row in _rows(case / path, source)
            ]
    return found


def _rows(path: Path, source: Source) -> Iterator[dict[str, object]]:
    if path.suffix == ".parquet":
        yield from pq.read_table(path).to_pylist()
        return
    with path.open(encoding=str(source.options.get("encoding", "utf-8")), newline="") as file:
        yield from csv.DictReader(file, delimiter=str(source.options.get("delimiter", ",")))
