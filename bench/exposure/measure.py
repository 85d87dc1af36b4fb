"""What a measured process says of itself: one JSON line."""

from __future__ import annotations

import json
import resource
from pathlib import Path
from typing import Any


def report(engine: str, folder: Path, laps: dict[str, float], **more: Any) -> None:
    """Print the figures of this process. Peak memory includes ended children (Spark's workers)."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(
        json.dumps(
            {"engine": engine, "people": int(folder.name), **laps, **more, "peak_mb": max(own, children) // 1024}
        )
    )
