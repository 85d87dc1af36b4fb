"""One run of a case: opens what it needs, runs the stages whose inputs changed, and writes the record."""

from __future__ import annotations

import datetime as dt
import resource
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from helder.case.load import Case, load_case
from helder.domain.errors import EngineError
from helder.engines.base import Engine
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.engines.store import Draft, Result, Store, key_of
from helder.pipeline import stages
from helder.pipeline.inputs import the_register
from helder.results.record import RunRecord, StageRecord, write_record

# Raised when what a stage writes changes, so that older results are computed again.
VERSIONS = {"source": 1, "linkage": 2, "evidence": 2, "exposure": 2}

Progress = Callable[[str, float], None]


def silent(stage: str, fraction: float) -> None:
    """A progress listener that does not listen."""


@dataclass
class Run:
    """One run: engines opened at first use, stages done so far, and who listens."""

    case: Case
    keys: Keys
    store: Store
    progress: Progress = silent
    engine_name: str = "duckdb"
    stages: list[StageRecord] = field(default_factory=list)
    _engines: dict[str, Engine] = field(default_factory=dict)

    @cached_property
    def duck(self) -> DuckEngine:
        """DuckDB, opened at first use: sources and linkage always run here."""
        engine = DuckEngine(self.keys)
        self._engines["duckdb"] = engine
        return engine

    @cached_property
    def engine(self) -> Engine:
        """The engine that was asked for, opened at first use: the rule runs here."""
        if self.engine_name == "duckdb":
            return self.duck
        if self.engine_name != "spark":
            raise EngineError(f"There is no engine '{self.engine_name}'.", do="Use duckdb or spark.")
        from helder.engines.spark import SparkEngine

        return self._engines.setdefault("spark", SparkEngine(self.keys))

    def close(self) -> None:
        """Close all engines."""
        for engine in self._engines.values():
            engine.close()

    def stage(self, name: str, params: object, inputs: Mapping[str, str], make: Callable[[Draft], None]) -> Result:
        """The result of a stage: found by its key, or made now."""
        started = time.monotonic()
        # Results sealed with another key cannot be read, so the key's id decides too.
        inputs = {**inputs, "key": self.keys.key_id.hex()}
        key = key_of(name, VERSIONS[name.split("-")[0]], params, inputs)
        self.progress(name, 0.0)
        result = self.store.find(name, key)
        reused = result is not None
        if result is None:
            with self.store.publish(name, key, inputs) as draft:
                make(draft)
            result = self.store.find(name, key)
            assert result is not None
        self.progress(name, 1.0)
        self.stages.append(StageRecord(name, key, round(time.monotonic() - started, 3), reused))
        return result


@contextmanager
def opened(folder: Path, keys: Keys, engine: str = "duckdb", progress: Progress = silent) -> Iterator[Run]:
    """A run in a case folder, alone in it. Raises `BusyError` when another run is there."""
    case = load_case(folder)
    store = Store(folder / "work")
    with store.lock():
        current = Run(case, keys, store, progress, engine)
        try:
            yield current
        finally:
            current.close()


def run(
    folder: Path,
    keys: Keys,
    *,
    assessment: str = "current",
    as_of: dt.date | None = None,
    engine: str = "duckdb",
    progress: Progress = silent,
) -> RunRecord:
    """Run all stages of a case whose inputs changed, and write the run's record.

    Raises any `HelderError`; what was published before it stays, so the next run goes on from there.
    """
    with opened(folder, keys, engine, progress) as current:
        return run_assessment(current, assessment, as_of)


def run_assessment(run: Run, name: str, as_of: dt.date | None = None) -> RunRecord:
    """One assessment in an opened run. Stages that two assessments share are computed once."""
    first = len(run.stages)
    reading = run.case.assessment(name)
    if as_of is not None:
        reading = reading.model_copy(update={"as_of": as_of})
    sources, changed = stages.sources(run, name)
    case = stages.with_stated(run.case, run, sources)
    linkage = stages.linkage(run, case, sources)
    evidence = stages.evidence(run, case, sources, linkage)
    stages.exposure(run, case, name, reading, evidence, sources[the_register(case)])
    record = RunRecord(
        case=case.file.case.id,
        assessment=name,
        as_of=reading.as_of,
        links=reading.links,
        datasets=reading.datasets,
        engine=run.engine_name,
        finished=dt.datetime.now(dt.UTC),
        peak_memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        stages=tuple(run.stages[first:]),
        changed=changed,
    )
    write_record(case.folder, record)
    return record
