"""One full round of Helder's own rule: sealed evidence in, sealed profiles out, groups and the change since before."""

from __future__ import annotations

import shutil
import sys
import time
import tomllib
from pathlib import Path

from helder.case.load import Case
from helder.case.model import CaseFile, Decisions
from helder.domain.tables import ASSESSED, CLASSES, EVIDENCE
from helder.engines.base import Engine
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.exposure.assess import assess, gather
from helder.exposure.publish import publish

from .data import ITEMS
from .measure import report, without_pandas

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
        for name in ("people", "disclosures", "leaked", "links", "candidates"):
            engine.read(name, [folder / f"{name}.parquet"])
        gather(engine)
        engine.publish("SELECT * FROM classes", CLASSES, made)
        engine.publish("SELECT * FROM gathered", EVIDENCE, made)
        lap("ingest_once_s", t)
    engine.read("evidence", [made / "evidence.parquet.sealed"])
    engine.read("classes", [made / "classes.parquet"])
    it = case()
    before = folder / "before"
    if not before.exists():
        before.mkdir()
        publish(engine, it, assess(engine, it, it.assessment("before")), before)
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
    engine.read("everything", [made / "evidence.parquet.sealed"])
    engine.run("touched", "SELECT DISTINCT person FROM everything WHERE source = 2 AND person % 2 = 0")
    share = int(str(engine.rows("SELECT count(*) AS n FROM touched")[0]["n"])) / int(folder.name)
    engine.view(
        "evidence_touched",
        "SELECT e.person, e.class FROM everything AS e SEMI JOIN touched AS t ON t.person = e.person",
    )
    engine.drop("evidence")
    engine.run("evidence", "SELECT person, class FROM evidence_touched")
    assess(engine, it, it.assessment("current"))
    engine.run("written", "SELECT person, profile FROM assessed")
    lap("touched_s", t)
    report(
        f"helder_{engine_name}",
        folder,
        laps,
        start_s=round(started, 2),
        profiles=len(assessed.profiles),
        moves=len(moved),
        touched_share=round(share, 3),
    )
    engine.close()
    shutil.rmtree(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
