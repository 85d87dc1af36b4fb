"""One full round of Helder's own rule: sealed evidence in, sealed profiles out, groups and the change since before.

After it the same for the people of a second dataset alone (13 % of all), from what was published without it: the
moves counted are theirs, and the tables must be the same as those of the whole round.
"""

from __future__ import annotations

import shutil
import sys
import time
import tomllib
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from helder.case.load import Case
from helder.case.model import CaseFile, Decisions
from helder.domain.tables import ASSESSED, CLASSES, EVIDENCE, TRACES
from helder.engines.base import Engine, Published
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.exposure.assess import assess, class_fields, gather
from helder.exposure.carry import Before, put_traces
from helder.exposure.marks import Layout, Mark
from helder.exposure.publish import publish

from .data import ITEMS
from .measure import report, without_pandas

SECOND = 3  # the number of the second dataset's source
DELTA = "SELECT b.profile AS old, a.profile AS new, count(*) AS n FROM before AS b JOIN after AS a ON a.person = b.person GROUP BY b.profile, a.profile"


def case() -> Case:
    raw = tomllib.loads((Path(__file__).parent / "case.toml").read_text())
    raw["items"] = {
        item: {"label": {"en": item}, "category": "sensitive" if "result" in item else "simple"} for item in ITEMS
    }
    return Case(Path(), CaseFile.model_validate(raw), Decisions())


def main(folder: Path, engine_name: str) -> None:
    without_pandas()
    keys, start = Keys(b"b" * 32), time.perf_counter()
    engine: Engine
    if engine_name == "spark":
        from helder.engines.spark import SparkEngine

        engine = SparkEngine(keys)
        engine.rows("SELECT 1 AS one")
    else:
        engine = DuckEngine(keys)
    started = time.perf_counter() - start
    out = folder / f"helder_{engine_name}"
    out.mkdir(exist_ok=True)
    laps: dict[str, float] = {}

    def lap(name: str, since: float) -> None:
        laps[name] = round(time.perf_counter() - since, 2)

    made = folder / "evidence"
    if not made.exists():
        made.mkdir()
        t = time.perf_counter()
        _make_evidence(engine, folder, made)
        lap("ingest_once_s", t)
    for name in ("evidence", "everything"):
        engine.read(name, [made / "evidence.parquet.sealed"])
    engine.read("classes", [made / "classes.parquet"])
    it = case()
    before = folder / "before"
    if not before.exists():
        before.mkdir()
        publish(engine, it, assess(engine, it, it.assessment("before")), before)
        earlier = folder / "earlier"
        earlier.mkdir()
        engine.run("evidence", f"SELECT * FROM everything WHERE source <> {SECOND}")
        publish(engine, it, assess(engine, it, it.assessment("current")), earlier)
        engine.read("evidence", [made / "evidence.parquet.sealed"])
    t = total = time.perf_counter()
    assessed = assess(engine, it, it.assessment("current"))
    lap("assess_s", t)
    t = time.perf_counter()
    published = publish(engine, it, assessed, out)
    lap("publish_s", t)
    t = time.perf_counter()
    engine.read("before", [before / "assessed.parquet.sealed"])
    engine.read("after", published[ASSESSED.name])
    moved = engine.rows(DELTA)
    lap("delta_s", t)
    lap("round_s", total)
    t = time.perf_counter()
    again = folder / "helder_touched"
    again.mkdir(exist_ok=True)
    assessed = assess(engine, it, it.assessment("current"), _earlier(folder, made))
    same = publish(engine, it, assessed, again)
    touched = assessed.touched
    assert touched is not None
    profiles = len(assessed.profiles)
    people = np.bincount(touched.then.astype(np.int64) * profiles + touched.now)
    moved_of_touched = [(*divmod(int(pair), profiles), people[pair]) for pair in np.flatnonzero(people)]
    lap("touched_s", t)
    if any(table.path.read_bytes() != published[name].path.read_bytes() for name, table in same.items()):
        raise SystemExit("the people touched and the whole round differ")
    report(
        f"helder_{engine_name}",
        folder,
        laps,
        start_s=round(started, 2),
        profiles=profiles,
        moves=len(moved),
        touched_share=round(len(touched.people) / int(folder.name), 3),
        moves_of_touched=len(moved_of_touched),
        touched_of_round=round(laps["touched_s"] / laps["round_s"], 2),
    )
    engine.close()
    shutil.rmtree(out)
    shutil.rmtree(again)


def _make_evidence(engine: Engine, folder: Path, made: Path) -> None:
    """Evidence and traces from the tables of the sources, as the pipeline's stage makes them."""
    for name in ("people", "disclosures", "leaked", "links", "candidates"):
        engine.read(name, [folder / f"{name}.parquet"])
    gather(engine)
    engine.publish("SELECT * FROM classes", CLASSES, made)
    engine.read("evidence", engine.publish("SELECT * FROM gathered", EVIDENCE, made))
    put_traces(engine, class_fields(engine))
    engine.publish(f"SELECT person, trace FROM traces WHERE source = {SECOND}", TRACES, made)
    engine.drop("traces")


def _earlier(folder: Path, made: Path) -> Before:
    """What was published before the second dataset came."""
    earlier = folder / "earlier"
    rows = pq.read_table(earlier / "profiles.parquet").to_pylist()
    layout = Layout(
        tuple(Mark(*list(row.values())[1:]) for row in pq.read_table(earlier / "marks.parquet").to_pylist())
    )
    profiles = [(row["profile"], row["people"], layout.marks_in(int(row["marks"], 16))) for row in rows]
    sealed = Published(earlier / "assessed.parquet.sealed", ASSESSED, 0, "", True)
    return Before(profiles, sealed, [(None, Published(made / "traces.parquet.sealed", TRACES, 0, "", True))])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
