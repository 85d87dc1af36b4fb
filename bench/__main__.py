"""Every measurement, one after another, each in processes of its own: `python -m bench [NAME…]`. Wants an idle machine.

Prints a heading and the JSON of each; docs/explanation/performance.md holds the figures.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / ".cache" / "bench" / "lab"
PYTHON = [sys.executable]
HELDER = [*PYTHON, "-m", "helder"]
DEMO = [*HELDER, "demo", "--out", str(CASE), "--json"]

BENCHES: dict[str, list[list[str]]] = {
    "audit": [
        [*PYTHON, "-m", "bench.audit"],
        ["env", "PYTHONPATH=src:tests", *PYTHON, "-m", "bench.entries"],
        ["env", "PYTHONPATH=src:tests", *PYTHON, "-m", "bench.audit_page"],
    ],
    "vault": [[*PYTHON, "bench/bench_vault.py"]],
    "sources": [[*PYTHON, "bench/bench_sources.py"]],
    "demo": [DEMO, [*HELDER, "run", str(CASE), "--json"], [*PYTHON, "-m", "bench.explain", str(CASE), f"{CASE}.key"]],
    "office": [DEMO, ["env", "PYTHONPATH=src:tests", *PYTHON, "-m", "bench.office", str(CASE), f"{CASE}.key"]],
    "rounds": [DEMO, [*PYTHON, "-m", "bench.rounds", str(CASE), f"{CASE}.key"]],
    "letters": [DEMO, [*PYTHON, "-m", "bench.letters", str(CASE), f"{CASE}.key"]],
    "mutants": [["env", "PYTHONPATH=src:tests", *PYTHON, "-m", "bench.mutants"]],
    "plain": [[*PYTHON, "-m", "bench.plain"]],
    "linkage": [[*PYTHON, "-m", "bench.linkage"]],
    "exposure": [[*PYTHON, "-m", "bench.exposure"]],
}


def main(names: list[str]) -> None:
    CASE.parent.mkdir(parents=True, exist_ok=True)
    for name in names or BENCHES:
        for command in BENCHES[name]:
            started = time.perf_counter()
            print(f"\n# {name}: {' '.join(command[1:])}", flush=True)
            subprocess.run(command, cwd=ROOT, check=True)
            print(json.dumps({"wall_seconds": round(time.perf_counter() - started, 1)}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
