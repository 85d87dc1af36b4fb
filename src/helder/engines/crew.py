"""Several processes that do the same work on the parts of a round, in order and without piling anything up.

Workers are started anew (spawn), not forked: DuckDB, Typst and pyarrow have threads of their own, which a fork would lose.
They get rows and give back what they made of them; the key and the disk stay with the process that leads. However that
one ends, they end with it: they hold rows about people, and nobody else would stop them.
"""

from __future__ import annotations

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import Any, Protocol, TypeVar

from helder.domain.errors import EngineError

_AHEAD = 2
"""Tasks a worker that wait or are being done: enough that none is idle, few enough to stay small."""

Task = TypeVar("Task")
Done = TypeVar("Done")


class Job(Protocol):
    """What a worker is set up with, pickled once: gives what does each task."""

    def worker(self) -> Callable[[Any], Any]:
        """A function from a task to its result, with all it needs to hold on to."""
        ...


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(job: Job, tasks: Iterable[Task], processes: int) -> Iterator[tuple[Task, Any]]:
    """Each task with its result, in the order of the tasks. One process: this one does the work itself.

    Raises what a task raised, and `EngineError` when a worker died.
    """
    if processes <= 1:
        work = job.worker()
        for task in tasks:
            yield task, work(task)
        return
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _begin, (job,))
    waiting: deque[tuple[Task, Future[Any]]] = deque()
    try:
        for task in tasks:
            waiting.append((task, pool.submit(_do, task)))
            if len(waiting) >= _AHEAD * processes:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    except BrokenProcessPool:
        raise EngineError(
            "A process that worked on the letters ended.",
            do="Look at the memory of the machine and run the same command again: it goes on where it ended.",
        ) from None
    finally:
        # The pool cancels what waits, not we: where a worker died it is failing the same tasks in its own thread,
        # and one that we cancelled under its hands ends that thread and leaves the other workers alive.
        pool.shutdown(cancel_futures=True)


_work: Callable[[Any], Any] | None = None


def _begin(job: Job) -> None:
    global _work  # noqa: PLW0603 (a worker process has nothing else to keep it in)
    threading.Thread(target=_end_with_the_leader, daemon=True).start()
    _work = job.worker()
    # A task makes a million small objects and no cycles of them: looking for cycles took a tenth of the time.
    gc.set_threshold(200_000)


def _end_with_the_leader() -> None:
    """A worker that waits for its next task does not notice that the process that leads was killed."""
    leader = parent_process()
    assert leader is not None
    leader.join()
    os._exit(1)


def _do(task: Any) -> Any:
    assert _work is not None
    return _work(task)
