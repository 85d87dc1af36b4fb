"""Making and reading back the letters of a round: `python -m bench.letters CASE KEYFILE [ROUND [WHAT…]]`. Prints JSON.

WHAT is `COUNT:PROCESSES`, `COUNT:PROCESSES:print` (nothing is read back, and a print file is deleted as soon as it is
on the disk, so that ten million letters need no room), `singles` or `peers`. Each is measured in processes of its own,
so that peak memory is its own. Rows come from the sealed table as in a real round; a round that is longer than the
case's begins it again. On a busy machine seconds of the processors say more than the clock.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
from bench.letter_peers import PEERS

from helder.engines.keys import Keys, load_keys
from helder.letters.typeset.auditing import audit
from helder.letters.typeset.composing import Composer
from helder.letters.typeset.making import Edition
from helder.letters.typeset.output import Output
from helder.letters.typeset.producing import produce
from helder.letters.typeset.single import Singles
from helder.pipeline.editions import Rows, edition_of, rows_of, variants_of
from helder.pipeline.lettering import tellings_of
from helder.results.rounds import ready

COUNTS = (10_000, 100_000, 941_000)
_LETTERS_OF_PEERS = 200
_SINGLES = 2_000


Opening = Callable[[], AbstractContextManager[Rows]]
"""Opens the rows of a round."""


def repeated(opening: Opening, count: int) -> Iterator[pa.RecordBatch]:
    """So many rows as batches, from the first again when they are used up; one batch is in memory at a time."""
    while count > 0:
        with opening() as rows:
            for batch in rows.batches:
                part = batch.slice(0, count)
                count -= len(part)
                if len(part):
                    yield part


class Passing(Output):
    """Print files are sealed and forced to the disk as ever, and deleted."""

    def keep(self, name: str, pdf: bytes | None, lines: str) -> None:
        """As `Output.keep`."""
        super().keep(name, pdf, lines)
        self.pdf_path(name).unlink(missing_ok=True)


def measured(
    edition: Edition, opening: Opening, count: int, processes: int, output: Output, *, verified: bool = True
) -> dict[str, Any]:
    """Produce and verify `count` letters: seconds, microseconds of processor a letter, bytes, peak memory, hash."""
    memory = _Memory()
    how: Any = {"processes": processes, "progress": memory.look}
    made, producing = _timed(lambda: produce(edition, repeated(opening, count), count, "bench", output, **how), count)
    lists = hashlib.sha256()
    for name in ("files.csv", "manifest.csv", "singles.csv"):
        for line in output.lines(name):
            lists.update(line.encode())
    told: dict[str, Any] = {"letters": count, "processes": processes, "produce": producing}
    if verified:
        found, verifying = _timed(lambda: audit(edition, repeated(opening, count), count, output, **how), count)
        told |= {"verify": verifying, "wrong": found["wrong"]}
    return told | {
        "bytes_per_letter": round(made["bytes"] / made["letters"]),
        "sha256": lists.hexdigest()[:16],
        "peak_mb": {"leads": _peak(os.getpid()), "works": memory.highest},
    }


def singles(edition: Edition, rows: pa.Table) -> dict[str, Any]:
    """Single accessible PDFs by one process, once each variant has been met."""
    letters = edition.variants.letters(rows.slice(0, _SINGLES))
    maker = Singles(edition.documents, edition.paper, Composer())
    for letter in letters:
        maker.make(letter)
    started = time.process_time()
    sizes = [len(maker.make(letter)) for letter in letters]
    seconds = time.process_time() - started
    return {
        "what": "single letters",
        "per_second": round(len(letters) / seconds),
        "ms": round(1000 * seconds / len(letters), 2),
        "kb": round(sum(sizes) / len(sizes) / 1000, 1),
    }


def peers(edition: Edition, rows: pa.Table, count: int = _LETTERS_OF_PEERS) -> list[dict[str, Any]]:
    """The same letters one by one by other programs, each without tricks, in seconds of one processor."""
    letters = edition.variants.letters(rows.slice(0, count))
    told = []
    for name, peer in PEERS.items():
        make = peer(edition)
        make(letters[0])
        started = time.process_time()
        sizes = [len(make(letter)) for letter in letters]
        rate = len(letters) / (time.process_time() - started)
        told.append({"what": name, "per_second": round(rate, 1), "kb": round(sum(sizes) / len(sizes) / 1000, 1)})
    return told


def _timed(work: Any, count: int) -> tuple[Any, dict[str, float]]:
    started, before = time.perf_counter(), _used()
    done = work()
    seconds = time.perf_counter() - started
    return done, {"seconds": round(seconds, 1), "cpu_us_a_letter": round((_used() - before) / count * 1e6)}


def _used() -> float:
    """Seconds of processor of this process and those that it ended."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


class _Memory:
    """The most that any worker has held, in MB; looked at after each print file."""

    highest = 0

    def look(self, _: float) -> None:
        pids = [child.pid for child in multiprocessing.active_children() if child.pid]
        self.highest = max([self.highest, *map(_peak, pids)])


def _peak(pid: int) -> int:
    """The most that a process has held in memory, in MB (proc(5), VmHWM); 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0


def opened(case: Path, key: Path, name: str) -> tuple[Edition, Opening, Keys]:
    """What decides the letters of a planned round, its rows, and the key."""
    keys = load_keys(key)
    found = ready(case, name)
    edition = edition_of(found, variants_of(found, tellings_of(found, keys)), specimen=True)
    return edition, partial(rows_of, case, name, keys), keys


def main(case: Path, key: Path, name: str, what: str) -> None:
    """One measurement: `COUNT:PROCESSES`, `COUNT:PROCESSES:print`, `singles` or `peers`."""
    edition, opening, keys = opened(case, key, name)
    if what in ("singles", "peers"):
        rows = pa.Table.from_batches(repeated(opening, _SINGLES))
        for told in [singles(edition, rows)] if what == "singles" else peers(edition, rows):
            print(json.dumps(told))
        return
    count, processes, *only = what.split(":")
    with tempfile.TemporaryDirectory(dir=case.parent) as folder:
        output = (Passing if only else Output)(Path(folder) / "out", keys)
        print(json.dumps(measured(edition, opening, int(count), int(processes), output, verified=not only)))


# A script given as text is nobody's module, so workers that it starts load only what their work needs, as those of a round do.
ALONE = "import sys; from pathlib import Path; from bench.letters import main; a = sys.argv; main(Path(a[1]), Path(a[2]), *a[3:])"

if __name__ == "__main__":
    arguments = [*sys.argv[1:], "round2"][:3]
    for one in sys.argv[4:] or [*(f"{n}:{p}" for n in COUNTS for p in (1, 2)), "singles", "peers"]:
        subprocess.run([sys.executable, "-c", ALONE, *arguments, one], check=True)
