"""Only the people whose evidence changed are looked at again, and what is published is what a whole run publishes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helder.pipeline import run, stages
from helder.results.open import Results
from pipeline.fixtures import KEYS

TABLES = ("profiles", "marks", "profile_worlds", "clashes", "assessed")


@pytest.fixture
def looked_at(monkeypatch):
    """How many people each run of the rule looked at again; None for all of them."""
    seen: list[int | None] = []
    assess = stages.assess

    def counting(engine, case, reading, before=None):
        found = assess(engine, case, reading, before)
        seen.append(None if found.touched is None else len(found.touched.people))
        return found

    monkeypatch.setattr(stages, "assess", counting)
    return seen


def published(folder: Path) -> dict[str, bytes]:
    results = Results.open(folder)
    return {table: results.published(results.exposure, table).path.read_bytes() for table in TABLES}


def the_same_as_a_whole_run(folder: Path) -> bool:
    found = published(folder)
    for part in ("runs", "exposure-current"):
        shutil.rmtree(folder / "work" / part)
    run(folder, KEYS)
    return found == published(folder)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def accept(folder: Path) -> None:
    (folder / "decisions" / "acceptances.toml").write_text(
        '[[acceptances]]\nevidence = "s1"\nby = "the officer"\non = 2025-09-01\nreason = "intake forms seen"\n'
    )


def with_rows(folder: Path, change) -> None:
    path = folder / "sources" / "rows.csv"
    path.write_text("".join(change(path.read_text().splitlines(keepends=True))))


@pytest.fixture
def ran(small_run, tmp_path):
    """The small case, run before."""
    return Path(shutil.copytree(small_run, tmp_path / "case"))


@pytest.mark.parametrize(
    ("how", "people"),
    [(lambda rows: [rows[0], *rows[2:]], 1), (lambda rows: [*rows, rows[1]], 0)],
    ids=["a row is gone", "a row comes twice"],
)
def test_a_changed_dataset_touches_only_its_people(ran, looked_at, how, people):
    with_rows(ran, how)
    run(ran, KEYS)
    assert looked_at == [people]
    assert the_same_as_a_whole_run(ran)


def test_a_new_dataset_touches_only_its_people(ran, looked_at):
    toml = (ran / "case.toml").read_text()
    start = toml.index("[sources.rows]")
    section = (
        toml[start : toml.index("[[", start)].replace("sources.rows", "sources.more").replace("rows.csv", "more.csv")
    )
    section = section.replace('dataset = "rows"', 'dataset = "more"')
    (ran / "case.toml").write_text(toml[:start] + section + toml[start:])
    shutil.copyfile(ran / "sources" / "rows.csv", ran / "sources" / "more.csv")
    run(ran, KEYS)
    assert looked_at == [2]
    assert the_same_as_a_whole_run(ran)


def test_a_decision_touches_nobody_and_yet_changes_what_is_left(ran, looked_at):
    before = published(ran)
    accept(ran)
    run(ran, KEYS)
    assert looked_at == [0]
    assert published(ran)["profile_worlds"] != before["profile_worlds"]
    assert the_same_as_a_whole_run(ran)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("case.toml", "received = 2025-08-29", "received = 2025-08-28"),
        ("sources/register.csv", "D4", "E5"),
    ],
    ids=["a statement", "the register"],
)
def test_whatever_else_changed_makes_a_whole_run(ran, looked_at, file, old, new):
    edit(ran / file, old, new)
    run(ran, KEYS)
    assert looked_at == [None]


def test_what_was_published_before_and_is_damaged_is_not_built_upon(ran, looked_at):
    results = Results.open(ran)
    path = results.published(results.exposure, "assessed").path
    path.write_bytes(path.read_bytes()[:-1])
    accept(ran)
    run(ran, KEYS)
    assert looked_at == [None]
