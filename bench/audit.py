"""What a line of the audit log costs, and checking a million of them: `python -m bench.audit [LINES]`. Prints JSON."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from helder.audit import Line, append, open_log, read_log, verify
from helder.audit.outside_check import leaves, roots

ALONE = 200


def main(count: int) -> None:
    line = Line("a.coordinator", "person.look", "p-abcdefgh234567ab", "asks which data were taken", {"items": 7})
    found: dict[str, float | int | bool] = {"lines": count}
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder)
        started = time.perf_counter()
        with open_log(case) as cursor:
            for _ in range(count):
                append(cursor, line)
        found["append_microseconds"] = round((time.perf_counter() - started) / count * 1e6, 1)
        started = time.perf_counter()
        for _ in range(ALONE):
            with open_log(case) as cursor:
                append(cursor, line)
        found["append_alone_milliseconds"] = round((time.perf_counter() - started) / ALONE * 1e3, 2)
        started = time.perf_counter()
        with read_log(case) as cursor:
            verdict = verify(cursor)
        found["verify_seconds"] = round(time.perf_counter() - started, 2)
        started = time.perf_counter()
        outside = roots(leaves(case / "office.db"), {verdict.lines})
        found["outside_check_seconds"] = round(time.perf_counter() - started, 2)
        found["right"] = verdict.ok and outside == {verdict.lines: verdict.root}
        found["file_mb"] = round((case / "office.db").stat().st_size / 1e6, 1)
    found["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
