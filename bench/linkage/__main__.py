"""How good and how fast linkage is on held-out made-up people: `python -m bench.linkage` (see `bench_linkage.py`)."""

import sys
from pathlib import Path

# The generators are scripts beside each other, so that the tests can use them as well.
sys.path.insert(0, str(Path(__file__).parent))

from bench_linkage import main

main()
