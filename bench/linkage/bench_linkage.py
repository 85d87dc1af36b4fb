"""Quality, speed and memory of linkage on held-out made-up people; prints JSON lines and writes the figures of the docs.

    python -m bench.linkage [--people N] [--seeds 931 932 933] [--read FOLDER] [--no-write]

Each case is a process of its own. `--read` takes measured cases (one JSON file each) instead of measuring again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

from chart import Dot, draw
from heldout_case import LEVELS
from report import NAMES, figures, replace_block

from helder.linkage.quality import Judged, precision, rate, recall_by_level, review_share, simulate_reviewers

DOCS = ROOT / "docs" / "explanation"
STRANGERS = (0.0, 0.1, 0.4)
# Other shares of damage than a quarter of each level: mostly damaged, and hardly. And files without a national number.
MIXES = ((934, 0.1, "damaged"), (935, 0.1, "light"), *((936, share, "numberless") for share in STRANGERS))
ERRORS = (0.01, 0.02, 0.05)


def measured(seed: int, people: int, strangers: float, mix: str) -> dict[str, Any]:
    """One case, in a process of its own."""
    words = [str(word) for word in (seed, people, people, strangers, mix)]
    command = [sys.executable, str(Path(__file__).with_name("measure_case.py")), *words]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return found


def summary(records: list[Judged]) -> dict[str, Any]:
    """The figures of some records."""
    levels = recall_by_level(records)
    return {
        "exact": precision(records, lambda one: one.exact).to_json(),
        "automatic": precision(records, lambda one: one.automatic).to_json(),
        "recall": {level: levels[level].to_json() for level in LEVELS if level in levels},
        "review_share": round(review_share(records), 4),
    }


def reviewers(records: list[Judged]) -> list[dict[str, Any]]:
    """What reviewers add, by how often they err; none stands for nobody who reviews."""
    lines = []
    for error in ERRORS:
        done = simulate_reviewers(records, error, seed=1)
        lines.append({
            "error": error, "reviews": done.reviews, "added": done.added, "wrong": done.wrong,
            "precision": done.precision.to_json(), "recall": done.recall.to_json(),
        })  # fmt: skip
    return lines


def sweep(cases: list[dict[str, Any]]) -> list[Dot]:
    """Precision and recall by threshold, all rules in force, over all cases."""
    dots = []
    for bits in sorted(cases[0]["sweep"], key=float):
        good, links, left = (sum(case["sweep"][bits][place] for case in cases) for place in range(3))
        dots.append(Dot(float(bits), rate(good, links), rate(good, left)))
    return dots


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.linkage", description=__doc__)
    parser.add_argument("--people", type=int, default=15_000)
    parser.add_argument("--seeds", type=int, nargs="*", default=[931, 932, 933])
    parser.add_argument("--read", type=Path)
    parser.add_argument("--no-write", action="store_true")
    chosen = parser.parse_args()
    if chosen.read:
        cases = [json.loads(path.read_text("utf-8")) for path in sorted(chosen.read.glob("*.json"))]
    else:
        wanted = [(seed, strangers, "even") for seed in chosen.seeds for strangers in STRANGERS] + list(MIXES)
        cases = [measured(seed, chosen.people, strangers, mix) for seed, strangers, mix in wanted]
    records = {id(case): [Judged(*one) for one in case.pop("records")] for case in cases}
    for case in cases:
        about = {name: value for name, value in case.items() if name != "sweep"}
        print(json.dumps({**about, **summary(records[id(case)])}), flush=True)
    even = [case for case in cases if case["mix"] == "even"]
    pooled = [one for case in even for one in records[id(case)]]
    by_strangers = {
        f"{100 * share:.0f} %": summary(
            [one for case in even if case["strangers"] == share for one in records[id(case)]]
        )
        for share in sorted({case["strangers"] for case in even})
    }
    by_mix = {
        f"{100 * case['strangers']:.0f} % strangers, {NAMES[case['mix']]}": summary(records[id(case)])
        for case in cases
        if case["mix"] != "even"
    }
    dots = sweep(even)
    whole = {
        "cases": len(even), "rows": len(pooled), "all": summary(pooled), "strangers": by_strangers, "mixes": by_mix,
        "reviewers": reviewers(pooled), "sweep": [dot.to_json() for dot in dots],
        "processor_seconds": max(case["processor_seconds"] for case in cases),
        "peak_mb": max(case["peak_mb"] for case in cases), "people": cases[0]["people"],
    }  # fmt: skip
    print(json.dumps(whole))
    if not chosen.no_write:
        (DOCS / "linkage-threshold.svg").write_text(draw(dots), encoding="utf-8")
        replace_block(DOCS / "linkage.md", figures(whole, date.today()))


if __name__ == "__main__":
    main()
