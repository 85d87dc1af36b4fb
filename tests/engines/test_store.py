"""Results are named by what they were made of, and are there whole or not at all."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engines.shapes import ALL_TYPES, OPEN, VALUES
from helder.domain.errors import BusyError, StorageError
from helder.engines.base import Engine
from helder.engines.duckdb import DuckEngine
from helder.engines.store import Result, Store, key_of

KEY = key_of("stage", "1", {}, {})


def fill(store: Store, engine: Engine, stage: str = "stage", key: str = KEY) -> Result:
    engine.read("v", VALUES)
    with store.publish(stage, key, {"register": "abc"}) as draft:
        draft.add(engine.publish("SELECT * FROM v", ALL_TYPES, draft.folder))
        draft.add(engine.publish("SELECT id AS n, name AS t FROM v", OPEN, draft.folder, name="names"), "names")
        draft.facts["rows"] = 6
    result = store.find(stage, key)
    assert result
    return result


def test_what_is_published_is_found_again(duck: DuckEngine, tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.lock():
        assert store.find("stage", KEY) is None
        result = fill(store, duck)
    found = Store(tmp_path).find("stage", KEY)
    assert found == result
    assert (result.stage, result.key, result.folder) == ("stage", KEY, tmp_path / "stage" / KEY)
    assert result.facts == {"rows": 6}
    assert result.seconds > 0
    assert set(result.tables) == {"all_types", "names"}
    assert result.tables["all_types"].table == ALL_TYPES
    assert (result.tables["names"].rows, result.tables["names"].sealed) == (6, False)
    duck.read("again", result.tables["all_types"])
    assert duck.rows("SELECT count(*) AS n FROM again") == [{"n": 6}]


def test_the_manifest_says_what_is_there(duck: DuckEngine, tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.lock():
        result = fill(store, duck)
    manifest = json.loads((result.folder / "manifest.json").read_text())
    assert manifest["inputs"] == {"register": "abc"}
    assert manifest["tables"]["names"]["file"] == "names.parquet"
    assert manifest["tables"]["names"]["bytes"] == (result.folder / "names.parquet").stat().st_size
    assert "Jansen" not in json.dumps(manifest)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _manifest(**changes: Any) -> Any:
    def change(folder: Path) -> None:
        path = folder / "manifest.json"
        whole = json.loads(path.read_text())
        for name, value in changes.items():
            if value is None:
                del whole[name]
            else:
                whole[name] = value
        path.write_text(json.dumps(whole))

    return change


DAMAGE: dict[str, Any] = {
    "a table is cut short": lambda folder: _cut(folder / "all_types.parquet.sealed"),
    "one bit of a sealed table changed": lambda folder: _flip(folder / "all_types.parquet.sealed"),
    "one bit of an open table changed": lambda folder: _flip(folder / "names.parquet"),
    "a table is gone": lambda folder: (folder / "names.parquet").unlink(),
    "the manifest is gone": lambda folder: (folder / "manifest.json").unlink(),
    "the manifest is cut short": lambda folder: _cut(folder / "manifest.json"),
    "the manifest is cut in the middle": lambda folder: (folder / "manifest.json").write_text("{"),
    "the manifest is a list": lambda folder: (folder / "manifest.json").write_text("[]"),
    "the manifest is of another version": _manifest(version=99),
    "the manifest is of another result": _manifest(key="other"),
    "the manifest lacks something": _manifest(tables=None),
    "the manifest has something strange": _manifest(extra=1),
    "the manifest has no such tables": _manifest(tables={"x": {"file": "names.parquet"}}),
    "the manifest has no sizes": _manifest(
        tables={
            "x": {
                "file": "x",
                "rows": 1,
                "sha256": "",
                "sealed": False,
                "table": {"name": "x", "columns": [], "order": [], "personal": False},
            }
        }
    ),
    "the manifest has no date": _manifest(created="yesterday"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_result_counts_as_absent_and_is_made_again(damage: str, duck: DuckEngine, tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.lock():
        result = fill(store, duck)
    DAMAGE[damage](result.folder)
    if damage == "the manifest is cut short":  # only the line's end is missing: nothing is lost
        assert Store(tmp_path).find("stage", KEY)
        return
    assert Store(tmp_path).find("stage", KEY) is None
    assert result.folder.exists(), "who does not hold the lock removes nothing"
    with store.lock():
        assert store.find("stage", KEY) is None
        assert not result.folder.exists()
        assert fill(store, duck).tables == result.tables


def test_a_run_that_fails_leaves_nothing(duck: DuckEngine, tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.lock():
        with pytest.raises(ZeroDivisionError), store.publish("stage", KEY, {}) as draft:
            duck.read("v", VALUES)
            draft.add(duck.publish("SELECT * FROM v", ALL_TYPES, draft.folder))
            raise ZeroDivisionError
        assert store.find("stage", KEY) is None
        assert list((tmp_path / "stage").iterdir()) == []


def test_publishing_again_replaces(duck: DuckEngine, tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.lock():
        first = fill(store, duck)
        assert fill(store, duck).tables == first.tables


def test_what_killed_runs_left_is_removed_by_the_next(tmp_path: Path) -> None:
    draft = tmp_path / "stage" / ".draft-abc"
    draft.mkdir(parents=True)
    (draft / "half.parquet").write_bytes(b"PAR1")
    with Store(tmp_path).lock():
        assert list((tmp_path / "stage").iterdir()) == []


def test_old_results_are_pruned(duck: DuckEngine, tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.lock():
        for stage, key in (("a", "1"), ("a", "2"), ("b", "1")):
            fill(store, duck, stage, key)
        (tmp_path / "b" / "1" / "manifest.json").write_text("{}")
        listed = list(store.results())
        assert [(stage, key) for stage, key, _ in listed] == [("a", "1"), ("a", "2"), ("b", "1")]
        assert abs((datetime.now(UTC) - listed[0][2]).total_seconds()) < 60
        assert listed[2][2].year == 1970
        assert store.prune({("a", "2")}) == 2
        assert [(stage, key) for stage, key, _ in store.results()] == [("a", "2")]


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with Store(tmp_path).lock():
        with pytest.raises(BusyError, match="A run is busy"), Store(tmp_path).lock():
            pass
        (tmp_path / ".lock").write_text("what?")
        with pytest.raises(BusyError, match="another process"), Store(tmp_path).lock():
            pass
    with Store(tmp_path).lock():
        pass


def test_changing_needs_the_lock(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(RuntimeError, match="lock"), store.publish("stage", KEY, {}):
        pass
    with pytest.raises(RuntimeError, match="lock"):
        store.prune(())
    with store.lock():
        pass
    with pytest.raises(RuntimeError, match="lock"):
        store.prune(())


def test_a_folder_that_cannot_be_written_is_told() -> None:
    with pytest.raises(StorageError, match="cannot be written"), Store(Path("/proc/none")).lock():
        pass


def test_keys_hang_on_all_that_decides_and_nothing_else() -> None:
    key = key_of("stage", "1", {"a": 1, "b": [True, None, "é"]}, {"x": "1", "y": "2"})
    assert key == key_of("stage", "1", {"b": [True, None, "é"], "a": 1}, {"y": "2", "x": "1"})
    assert len(key) == 32
    others = [
        key_of("other", "1", {"a": 1, "b": [True, None, "é"]}, {"x": "1", "y": "2"}),
        key_of("stage", "2", {"a": 1, "b": [True, None, "é"]}, {"x": "1", "y": "2"}),
        key_of("stage", "1", {"a": 2, "b": [True, None, "é"]}, {"x": "1", "y": "2"}),
        key_of("stage", "1", {"a": 1, "b": [True, None, "é"]}, {"x": "2", "y": "2"}),
        key_of("stage", "1", {"a": 1, "b": [True, None, "é"]}, {"x": "1"}),
    ]
    assert len({key, *others}) == 6
    with pytest.raises(ValueError, match="Out of range"):
        key_of("stage", "1", float("nan"), {})
