"""What a measured process says of itself: one JSON line."""

from __future__ import annotations

import importlib.abc
import json
import resource
import sys
from pathlib import Path
from typing import Any


class _NoPandas(importlib.abc.MetaPathFinder):
    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        if fullname.partition(".")[0] == "pandas":
            raise ImportError("pandas is left out")


def without_pandas() -> None:
    """Helder runs without pandas; where a peer has brought it, pyarrow would import it at first use."""
    sys.meta_path.insert(0, _NoPandas())


def report(engine: str, folder: Path, laps: dict[str, float], **more: Any) -> None:
    """Print the figures of this process. Peak memory includes ended children (Spark's workers)."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(
        json.dumps(
            {"engine": engine, "people": int(folder.name), **laps, **more, "peak_mb": max(own, children) // 1024}
        )
    )
