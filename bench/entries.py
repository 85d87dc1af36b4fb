"""What holding every version in the registers against the log costs: `python -m bench.entries [VERSIONS]`. Prints JSON.

An office of one register with as many versions, each with its line in the log, in a folder that is thrown away.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

BATCH = 10_000


def fill(count: int) -> None:
    """Versions and their lines, as `office.entries` writes them but many at a time."""
    from django.db import connection, transaction

    from helder.audit import Line, append
    from helder.office.entries import log_name, version_hash
    from helder.office.loading import loader
    from helder.registers.timeline.models import Event

    author, day = loader("bench"), dt.date(2025, 1, 1)
    with transaction.atomic(), connection.cursor() as cursor:
        for start in range(0, count, BATCH):
            made = [Event(what=f"event {n}", party="lab", on=day, source=f"letter {n}", author=author)
                    for n in range(start, min(start + BATCH, count))]  # fmt: skip
            Event.objects.bulk_create(made)
            for one in made:
                details = {"version": 1, "sha256": version_hash(one, author.username)}
                line = Line("user:loader", "timeline.added", f"timeline/{log_name(one.entry)}", "", details)
                append(cursor, line, style="format")


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        from helder.audit import read_log, verify
        from helder.cli.office import prepare
        from helder.office.logged import Logged
        from pipeline import small_case

        case = small_case.write(Path(folder) / "case")
        os.environ["HELDER_KEY"] = "0f" * 32
        prepare(case)
        fill(count)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started, logged = time.perf_counter(), Logged()
        with read_log(case) as cursor:
            verdict = verify(cursor, (), logged.take)
        log = time.perf_counter() - started
        from helder.office.unaltered import altered

        versions, wrong = altered(logged)
        print(json.dumps({
            "versions": versions, "right": verdict.ok and not wrong, "log_seconds": round(log, 1),
            "verify_seconds": round(time.perf_counter() - started, 1), "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), "filled_mb": round(before / 1024),
        }))  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
