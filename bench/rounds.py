"""Planning a round and showing it: `python -m bench.rounds CASE KEYFILE [ROUND]`. Prints JSON; processor seconds are those of
all processes with the start of this one, peak memory is the leading process's."""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from helder.engines.keys import load_keys
from helder.pipeline.planning import plan


def main(folder: Path, key: Path, name: str) -> None:
    """Plan in this process, show in one of its own: starting Python is part of what the user waits for."""
    started = time.perf_counter()
    record = plan(folder, load_keys(key), name, now=dt.datetime.now(dt.UTC))
    planned = time.perf_counter() - started
    used = os.times()
    processors = used.user + used.system + used.children_user + used.children_system
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    started = time.perf_counter()
    command = [sys.executable, "-m", "helder", "round", "show", str(folder), name, "--json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shown = time.perf_counter() - started
    found = {"people": record.counts["people"], "letters": record.counts["letters"]}
    found |= {
        "plan_seconds": round(planned, 1),
        "plan_processor_seconds": round(processors, 1),
        "plan_peak_mb": memory,
        "show_seconds": round(shown, 1),
    }
    print(json.dumps({"what": "plan a round", "round": name, **found}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "round2")
