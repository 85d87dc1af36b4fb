#!/usr/bin/env python3
"""Recompute, outside the organisation, what was concluded about everybody from the evidence that was handed over.

Needs Python 3.11 and the package `pyarrow`, nothing of Helder: copy this one file.

    python3 recompute.py FOLDER

For every person the marks of all their evidence are put together; every rule whose marks are there is applied; what is
left is compared with what the organisation published. This file repeats on purpose what Helder does in other words: a
check that shared its code would share its mistakes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

try:
    import pyarrow.parquet as pq
except ImportError:
    sys.exit("This needs pyarrow: python3 -m venv v && v/bin/pip install pyarrow && v/bin/python recompute.py FOLDER")

Slot = tuple[str, str]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file."""
    for batch in pq.ParquetFile(path).iter_batches():
        yield from batch.to_pylist()


def changed_files(folder: Path) -> list[str]:
    """Names of files that are not as SHA256SUMS says."""
    wrong = []
    for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines():
        expected, name = line.split("  ", 1)
        path = folder / name
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            wrong.append(name)
    return wrong


def marks_of_people(folder: Path) -> dict[str, int]:
    """Every person's marks, as bits: those of all their evidence together."""
    of_class: dict[int, int] = defaultdict(int)
    for row in rows(folder / "class_marks.parquet"):
        of_class[row["class"]] |= 1 << row["mark"]
    people: dict[str, int] = defaultdict(int)
    for row in rows(folder / "evidence.parquet"):
        people[row["person"]] |= of_class[row["class"]]
    return people


def left_by(rules: list[dict[str, Any]], marks: int, aside: list[str]) -> dict[Slot, int]:
    """The worlds left in each slot for somebody with these marks; `aside` is evidence that a decision set aside."""
    left: dict[Slot, int] = {}
    for rule in rules:
        met = rule["when"] & marks == rule["when"] and not rule["unless"] & marks
        slot = (rule["party"], rule["item"])
        if met and rule["evidence"] not in aside:
            left[slot] = left.get(slot, rule["leaves"]) & rule["leaves"]
    return left


def tie(left: dict[Slot, int], meaning: dict[str, Any]) -> None:
    """Somebody is in the leaked data of a party if and only if something of theirs was taken."""
    stolen, whole, inside, out = (meaning[name] for name in ("stolen", "person", "in", "out"))
    for party in {party for party, _ in left}:
        items = [slot for slot in left if slot[0] == party and slot[1] != whole]
        person = (party, whole)
        if not left[person] or not all(left[slot] for slot in items):
            continue
        may = [slot for slot in items if left[slot] & stolen]
        must = [slot for slot in items if not left[slot] & ~stolen]
        if must:
            left[person] &= inside
        if not may:
            left[person] &= out
        if left[person] == out:
            for slot in items:
                left[slot] &= ~stolen
        if left[person] == inside and len(may) == 1:
            left[may[0]] &= stolen


def check(folder: Path) -> list[str]:
    """Sentences about what was found; those that begin with 'NOT' are failures."""
    wrong = changed_files(folder)
    if wrong:
        return [f"NOT right: changed or missing: {', '.join(wrong)}"]
    meaning = json.loads((folder / "rules.json").read_text("utf-8"))
    rules = [{**rule, "when": bits(rule["when"]), "unless": bits(rule["unless"])} for rule in meaning["rules"]]
    published: dict[int, dict[Slot, int]] = defaultdict(dict)
    for row in rows(folder / "profile_worlds.parquet"):
        published[row["profile"]][row["party"], row["item"]] = row["worlds"]
    concluded = {row["person"]: row["profile"] for row in rows(folder / "assessed.parquet")}
    evidence = marks_of_people(folder)
    found: Counter[int] = Counter()
    computed: dict[tuple[int, int], bool] = {}
    for person, profile in concluded.items():
        known = (evidence.get(person, 0), profile)
        if known not in computed:
            left = left_by(rules, known[0], meaning["set_aside"].get(str(profile), []))
            tie(left, meaning)
            computed[known] = left == published[profile]
        found[profile] += computed[known]
    told = {row["profile"]: row["people"] for row in rows(folder / "profiles.parquet")}
    other = sum(told.values()) - sum(found.values())
    if other or evidence.keys() - concluded.keys() or any(found[profile] != told[profile] for profile in told):
        return [f"NOT right: for {other} of {sum(told.values())} people the evidence says something else"]
    return [f"right: {sum(told.values())} people in {len(told)} profiles, {len(rules)} rules"]


def bits(numbers: list[int]) -> int:
    """A set of small numbers as bits."""
    return sum(1 << number for number in numbers)


def main(arguments: list[str]) -> int:
    """Check and print; 0 when everything is right."""
    if len(arguments) != 1:
        sys.stderr.write("python3 recompute.py FOLDER\n")
        return 2
    sentences = check(Path(arguments[0]))
    sys.stdout.write("\n".join(sentences) + "\n")
    return int(any(sentence.startswith("NOT") for sentence in sentences))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
