"""Exports: numbers that may be shared, person-level files, and evidence that others can recompute."""

from __future__ import annotations

import csv
import json
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from helder.domain.errors import CaseError, EngineError, StorageError
from helder.engines.duckdb import DuckEngine
from helder.results import export, handover, recompute
from helder.results.aggregates import sheets
from helder.results.counts import groups, states
from helder.results.open import Results
from helder.results.suppress import LEAST


@pytest.fixture(scope="module")
def results(demo_case):
    return Results.open(demo_case.folder)


@pytest.fixture(scope="module")
def keys(demo_case):
    return demo_case.keys


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Numbers


def test_every_published_number_is_true_and_none_is_small(results):
    made = {sheet.name: sheet for sheet in sheets(results)}
    exact = groups(results)
    for group, *_, people, hidden in made["groups"].rows:
        assert people == (None if hidden else exact[group])
    exact_states = states(results)
    for _, item, state, *_, people, hidden in made["states"].rows:
        assert people == (None if hidden else exact_states[item][state])
    assert all(row[-2] is None or row[-2] == 0 or row[-2] >= LEAST for sheet in made.values() for row in sheet.rows)


def test_labels_stand_in_every_language_of_the_case(results):
    made = {sheet.name: sheet for sheet in sheets(results)}
    assert {"label_nl", "label_en", "says_nl", "says_en"} <= set(made["states"].columns)
    assert ("in_scope", "mensen over wie het gaat", "people in scope", 1500, False) in made["totals"].rows


def test_a_case_of_a_handful_publishes_next_to_nothing(small_run):
    made = sheets(Results.open(small_run))
    assert all(row[-2] in (None, 0) for sheet in made for row in sheet.rows)


def test_where_people_are_hidden_the_records_linked_to_them_are_too(results):
    made = {sheet.name: sheet for sheet in sheets(results)}
    hidden = {(row[0], row[1]) for row in made["datasets"].rows if row[-1]}
    outcomes = {"found": "accepted", "review": "review"}
    for dataset, what in hidden:
        for row in made["records"].rows:
            if row[:2] == (dataset, outcomes[what]):
                assert row[-1]


@pytest.mark.parametrize("format", export.FORMATS)
def test_numbers_are_written_as_files_with_what_they_are(results, tmp_path, format):
    with export.whole(tmp_path / "out") as draft:
        made = export.numbers(results, draft, format)
    folder = tmp_path / "out"
    assert sorted(path.name for path in folder.iterdir()) == made["files"]
    about = json.loads((folder / "about.json").read_text("utf-8"))
    assert about["assessment"] == "current"
    assert sum(about["hidden"].values()) == made["hidden"] > 0
    assert results.record.key(results.exposure) not in (folder / "about.json").read_text("utf-8")


def test_the_formats_say_the_same(results, tmp_path):
    for format in export.FORMATS:
        with export.whole(tmp_path / format) as draft:
            export.numbers(results, draft, format)
    from_csv = rows(tmp_path / "csv" / "groups.csv")
    from_parquet = pq.read_table(tmp_path / "parquet" / "groups.parquet").to_pylist()
    [book] = (tmp_path / "xlsx").glob("*.xlsx")
    header, *lines = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("groups").to_python()
    from_xlsx = [dict(zip(header, line, strict=True)) for line in lines]
    for one, two, three in zip(from_csv, from_parquet, from_xlsx, strict=True):
        number = "" if two["people"] is None else str(two["people"])
        assert one == {**{name: str(value) for name, value in two.items()}, "people": number, "hidden": one["hidden"]}
        assert {"yes": True, "no": False}[one["hidden"]] is two["hidden"]
        assert str(three["people"]).removesuffix(".0") == number


# A folder is there whole or not at all


def test_an_export_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(RuntimeError), export.whole(tmp_path / "out") as draft:
        (draft / "half.csv").write_text("x")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_an_export_never_writes_over_anything(tmp_path):
    (tmp_path / "out").mkdir()
    with pytest.raises(CaseError, match="there already"), export.whole(tmp_path / "out"):
        pass


def test_an_export_to_nowhere_is_one_clear_error():
    with pytest.raises(StorageError), export.whole(Path("/proc/nowhere/out")):
        pass


def test_the_file_mask_is_as_before_afterwards(tmp_path):
    before = os.umask(0o022)
    try:
        with export.whole(tmp_path / "out"):
            pass
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)


# People


def test_people_are_sealed_unless_plain_files_are_asked_for(results, keys, tmp_path, demo_case):
    with export.whole(tmp_path / "out") as draft:
        made = export.people(results, keys, draft, "csv", sealed=True)
    assert made["files"] == ["people.parquet.sealed"]
    path = tmp_path / "out" / "people.parquet.sealed"
    assert path.stat().st_mode & 0o777 == 0o600
    engine = DuckEngine(keys)
    engine.read("people", [path])
    [counted] = engine.rows("SELECT count(*) AS n, count(DISTINCT person) AS keyed FROM people")
    engine.close()
    register = pq.read_table(demo_case.folder / "sources" / "register.parquet")
    assert counted == {"n": register.num_rows, "keyed": register.num_rows} == {**counted, "n": made["people"]}
    assert register.column("CLIENTNR")[0].as_py().encode() not in path.read_bytes()


@pytest.mark.parametrize("format", export.FORMATS)
def test_plain_files_can_be_read_by_their_owner_only(results, keys, tmp_path, format):
    with export.whole(tmp_path / "out") as draft:
        made = export.people(results, keys, draft, format, sealed=False)
    assert made["files"] == [f"people.{format}"]
    path = tmp_path / "out" / f"people.{format}"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_plain_file_says_of_each_person_what_is_known(results, keys, tmp_path):
    with export.whole(tmp_path / "out") as draft:
        export.people(results, keys, draft, "csv", sealed=False)
    people = rows(tmp_path / "out" / "people.csv")
    assert all(keys.keyed_id(row["person_id"]) == row["person"] for row in people[:50])
    in_scope = [row for row in people if row["in_scope"] == "yes"]
    assert {group: sum(row["group"] == group for row in in_scope) for group in groups(results)} == groups(results)
    counted = states(results)["bsn"]
    assert {state: sum(row["state_bsn"] == state for row in in_scope) for state in counted} == counted


def test_a_spreadsheet_that_cannot_hold_everybody_is_refused(results, keys, tmp_path, monkeypatch):
    monkeypatch.setattr(export, "_XLSX_ROWS", 10)
    with pytest.raises(EngineError, match="so many people"), export.whole(tmp_path / "out") as draft:
        export.people(results, keys, draft, "xlsx", sealed=False)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_no_text_becomes_a_formula_in_a_spreadsheet(tmp_path, text):
    export._csv(tmp_path / "x.csv", ["text"], [[text]])
    assert rows(tmp_path / "x.csv") == [{"text": f"'{text}"}]
    export._workbook(tmp_path / "x.xlsx", [("x", ["text"], [[text]])])
    assert CalamineWorkbook.from_path(str(tmp_path / "x.xlsx")).get_sheet_by_name("x").to_python()[1] == [text]


def test_a_party_is_named_in_the_columns_only_when_there_are_several(results):
    two = Results(results.case, results.record)
    names = [column.name for column in export.people_table(two, sealed=True).columns]
    assert "state_bsn" in names
    case = two.case
    two.case.__dict__["breached"] = (*case.breached, case.breached[0])
    try:
        assert "state_lab_bsn" in [column.name for column in export.people_table(two, sealed=True).columns]
    finally:
        del two.case.__dict__["breached"]


# Evidence


@pytest.fixture(scope="module")
def evidence(results, keys, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("handover") / "evidence"
    with export.whole(folder) as draft:
        handover.hand_over(results, keys, draft)
    return folder


@pytest.fixture
def copy(evidence, tmp_path) -> Path:
    return Path(shutil.copytree(evidence, tmp_path / "evidence"))


def resealed(folder: Path) -> None:
    """Make SHA256SUMS fit again, as somebody would who falsifies what is in the folder."""
    sums = [f"{handover._hash(folder / name)}  {name}\n" for name in names(folder)]
    (folder / "SHA256SUMS").write_text("".join(sums))


def names(folder: Path) -> list[str]:
    return [line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text().splitlines()]


def test_an_investigator_recomputes_everything_with_one_file_and_nothing_of_helder(evidence, tmp_path):
    command = [sys.executable, "-I", str(evidence / "recompute.py"), str(evidence)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("right: 1590 people")


def test_the_evidence_names_nobody(evidence, demo_case):
    ids = pq.read_table(demo_case.folder / "sources" / "register.parquet").column("CLIENTNR").to_pylist()
    for path in evidence.rglob("*.parquet"):
        for column in pq.read_table(path).columns:
            assert not set(ids) & set(map(str, column.to_pylist()))
    assert pq.read_table(evidence / "evidence.parquet").column("person")[0].as_py().startswith("p-")


def test_the_evidence_holds_the_case_without_passwords(results, keys, demo_copy, tmp_path):
    text = (demo_copy.folder / "case.toml").read_text("utf-8")
    (demo_copy.folder / "case.toml").write_text(text + "\n# postgresql://reader:hunter2@db/lab\n", "utf-8")
    with export.whole(tmp_path / "out") as draft:
        handover.hand_over(Results.open(demo_copy.folder), keys, draft)
    told = (tmp_path / "out" / "case.toml").read_text("utf-8")
    assert "postgresql://reader:***@db/lab" in told
    assert (tmp_path / "out" / "decisions" / "acceptances.toml").exists()


def test_a_changed_file_is_found(copy):
    (copy / "rules.json").write_text("{}")
    assert recompute.check(copy) == ["NOT right: changed or missing: rules.json"]
    (copy / "rules.json").unlink()
    assert recompute.check(copy) == ["NOT right: changed or missing: rules.json"]


def test_a_false_rule_is_found(copy, capsys):
    meaning = json.loads((copy / "rules.json").read_text())
    rule = next(rule for rule in meaning["rules"] if rule["evidence"].startswith("dataset:"))
    rule["leaves"] = 1
    (copy / "rules.json").write_text(json.dumps(meaning))
    resealed(copy)
    assert recompute.main([str(copy)]) == 1
    assert capsys.readouterr().out.startswith("NOT right: for ")


def test_a_false_conclusion_is_found(copy):
    table = pq.read_table(copy / "assessed.parquet")
    profiles = table.column("profile").to_pylist()
    table = table.set_column(1, "profile", [profiles[1:] + profiles[:1]])
    pq.write_table(table, copy / "assessed.parquet")
    resealed(copy)
    assert recompute.check(copy)[0].startswith("NOT right: for ")


def test_a_person_left_out_is_found(copy):
    pq.write_table(pq.read_table(copy / "assessed.parquet").slice(1), copy / "assessed.parquet")
    resealed(copy)
    assert recompute.check(copy)[0].startswith("NOT right: for 1 of ")


def test_recomputing_needs_a_folder(capsys, monkeypatch):
    assert recompute.main([]) == 2
    monkeypatch.setattr(sys, "argv", ["recompute.py"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(recompute.__file__, run_name="__main__")
    assert ended.value.code == 2


def test_what_a_decision_set_aside_is_handed_over(small_run, monkeypatch):
    results = Results.open(small_run)
    clash = "complete:lab × dataset:rows"
    rows_of = {
        "clashes": [{"profile": 0, "clash": clash, "settled": True}, {"profile": 1, "clash": clash, "settled": False}]
    }
    decision = {"clash": clash.split(" × "), "set_aside": "complete:lab", "by": "x", "on": "2025-10-01", "reason": "y"}
    decisions = type(results.case.decisions).model_validate({"set_aside": [decision]})
    monkeypatch.setattr(results, "rows", lambda stage, table: rows_of[table])
    monkeypatch.setattr(results, "case", type(results.case)(results.case.folder, results.case.file, decisions))
    assert dict(handover._set_aside(results)) == {"0": ["complete:lab"]}


@pytest.mark.parametrize("left", [0b01, 0b10, 0b11])
def test_the_tie_is_that_of_the_rule(left):
    from helder.exposure.tie import tie

    meaning = {"stolen": 0b11110000, "person": "person", "in": 0b10, "out": 0b01}
    for items in ({"a": 0b1111, "b": 0b11110000}, {"a": 0b1111, "b": 0b11111}, {"a": 0b1111}, {"a": 0}):
        told = {("lab", "person"): left, **{("lab", item): worlds for item, worlds in items.items()}}
        ours = dict(told)
        recompute.tie(ours, {**meaning, "stolen": _stolen()})
        assert ours == tie(told)


def _stolen() -> int:
    from helder.domain.worlds import STOLEN

    return STOLEN
