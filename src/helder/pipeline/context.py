"""What a run carries from stage to stage: the case, the keys, the store, the engines, and what was done so far."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from helder.case.load import Case
from helder.domain.errors import EngineError
from helder.engines.base import Engine
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.engines.store import Draft, Result, Store, key_of
from helder.pipeline.code import code_of
from helder.results.record import StageRecord

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
        key = key_of(name, code_of(name), params, inputs)
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
