"""Measure the round at several sizes against its peers: `python -m bench.exposure [SIZE…] [--peers pandas polars spark]`.

Each measurement is a process of its own, one after another; run it on an idle machine. Prints JSON lines.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from .data import make

SIZES = (94_100, 941_000, 9_410_000)
PEERS = ("polars", "pandas", "spark")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--peers", nargs="*", default=PEERS)
    parser.add_argument("--data", type=Path, default=Path(".cache/bench"))
    chosen = parser.parse_args()
    for size in chosen.sizes:
        folder = chosen.data / str(size)
        make(folder, size)
        # The first run makes the evidence and what was known before; the second and third are measured warm.
        for _ in range(3):
            _process("bench.exposure.helder_round", folder, "duckdb")
        for peer in chosen.peers:
            _process("bench.exposure.peers", folder, peer)
            _process("bench.exposure.peers", folder, peer, "bare")


def _process(module: str, folder: Path, *words: str) -> None:
    subprocess.run([sys.executable, "-m", module, str(folder), *words], check=True)


if __name__ == "__main__":
    main()
