"""One run of a case: opens what it needs, runs the stages whose inputs changed, and writes the record."""

from __future__ import annotations

import datetime as dt
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helder.case.load import load_case
from helder.engines.keys import Keys
from helder.engines.store import Store
from helder.pipeline import stages
from helder.pipeline.context import Progress, Run, silent
from helder.pipeline.inputs import the_register
from helder.results.record import RunRecord, write_record


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
    read = stages.sources(run, name)
    sources = read.results
    case = stages.stated(run, sources)
    linkage = stages.linkage(run, case, sources, stages.normalised(run, case, sources))
    evidence = stages.evidence(run, case, sources, stages.decided(run, case, sources, linkage))
    case = stages.with_strays(case, sources, evidence)
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
        changed=read.changed,
        seen=read.seen,
    )
    write_record(case.folder, record)
    return record
