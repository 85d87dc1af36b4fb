"""How long it takes to explain one person, in process: `python -m bench.explain CASE KEYFILE`. Prints JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from helder.engines.duckdb import DuckEngine
from helder.engines.keys import load_keys
from helder.results.explain import Explainer
from helder.results.open import Results

PEOPLE = 200


def main(folder: Path, key: Path) -> None:
    keys, results = load_keys(key), Results.open(folder)
    register = next(iter(results.case.sources("people")))
    engine = DuckEngine(keys)
    engine.read("people", results.published(f"source-{register}", "people"))
    every = "SELECT person_id FROM people ORDER BY hash(person) LIMIT"
    ids = [row[0] for row in engine.connection.execute(f"{every} {PEOPLE}").fetchall()]
    engine.close()
    started = time.perf_counter()
    explainer = Explainer(results, keys)
    explainer.person(ids[0])
    first = time.perf_counter() - started
    seconds, used = [], []
    for id in ids:
        started, before = time.perf_counter(), time.process_time()
        explainer.person(id)
        seconds.append(time.perf_counter() - started)
        used.append(time.process_time() - before)
    found = {"first_ms": first}
    for what, measured in (("", seconds), ("processor_", used)):
        measured.sort()
        found |= {f"p50_{what}ms": measured[PEOPLE // 2], f"p95_{what}ms": measured[int(PEOPLE * 0.95)]}
    print(json.dumps({"what": "explain one person", **{name: round(s * 1000, 1) for name, s in found.items()}}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
