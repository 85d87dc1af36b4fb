"""Progress on stderr: bars on a terminal for what takes over two seconds, else one line for each finished stage."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

from helder.cli.say import Say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE = 2.0
_WORTH_A_LINE = 0.05
_STAGES: dict[str, tuple[str, str]] = {
    "people": ("mensen verzinnen", "making up people"),
    "files": ("bestanden schrijven", "writing files"),
    "source": ("bron {of} lezen", "reading source {of}"),
    "normalised": ("namen en adressen op één manier schrijven", "writing names and addresses one way"),
    "linkage": ("rijen aan mensen koppelen", "linking rows to people"),
    "decided": ("besluiten van mensen toepassen", "applying people's decisions"),
    "evidence": ("bewijs verzamelen", "gathering evidence"),
    "round": ("de ronde plannen", "planning the round"),
    "exposure": ("beoordelen: {of}", "assessing: {of}"),
    "addresses": ("adressen opvragen", "asking for addresses"),
    "check": ("brieven controleren", "checking letters"),
    "letters": ("brieven maken", "making letters"),
    "verify": ("brieven teruglezen", "reading letters back"),
    "page": ("de pagina schrijven", "writing the page"),
    "export": ("exporteren", "exporting"),
}


class Listener(Protocol):
    """Who is told of progress: a stage and the share done, 0 to 1."""

    def __call__(self, stage: str, fraction: float, /) -> None:
        """Hear of it."""


def stage_name(stage: str, say: Say) -> str:
    """A stage of the pipeline in words."""
    kind, _, of = stage.partition("-")
    return say(*_STAGES[kind]).format(of=of) if kind in _STAGES else stage


@contextmanager
def progress(say: Say) -> Iterator[Listener]:
    """A listener for as long as the block lasts."""
    bars = _Bars(say) if sys.stderr.isatty() else _Lines(say)
    try:
        yield bars
    finally:
        bars.close()


class _Lines:
    """One line for each stage that took time, when it is done."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._started: dict[str, float] = {}

    def __call__(self, stage: str, fraction: float, /) -> None:
        now = time.monotonic()
        started = self._started.setdefault(stage, now)
        if fraction >= 1:
            del self._started[stage]
            if now - started >= _WORTH_A_LINE:
                click.echo(f"{stage_name(stage, self._say)}: {now - started:.1f} s", err=True)

    def close(self) -> None:
        """Nothing to do."""


class _Bars:
    """A bar for each stage, shown once the whole has taken two seconds."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._tasks: dict[str, TaskID] = {}
        self._done: set[str] = set()
        self._lock = threading.Lock()
        self._shown: Progress | None = None
        self._latest: dict[str, float] = {}
        self._timer = threading.Timer(_PATIENCE, self._show)
        self._timer.daemon = True
        self._timer.start()

    def __call__(self, stage: str, fraction: float, /) -> None:
        with self._lock:
            self._latest[stage] = fraction
            if self._shown is not None:
                self._update(stage, fraction)

    def close(self) -> None:
        """Take the bars away from under the cursor; what is done stays to be read."""
        self._timer.cancel()
        with self._lock:
            if self._shown is not None:
                self._shown.stop()

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

        with self._lock:
            self._shown = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(),
                TimeElapsedColumn(),
                console=Console(stderr=True, highlight=False),
            )
            for stage, fraction in self._latest.items():
                if fraction < 1:
                    self._update(stage, fraction)
            self._shown.start()

    def _update(self, stage: str, fraction: float) -> None:
        assert self._shown is not None
        if stage not in self._tasks:
            self._tasks[stage] = self._shown.add_task(stage_name(stage, self._say), total=1.0)
        # A stage of which nothing is known but that it began moves to and fro.
        self._shown.update(self._tasks[stage], completed=fraction, total=1.0 if fraction else None)
