"""How plain the letters of the reference case are: every document of its rounds measured, LiNT-II where it is installed."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path

from helder.demo import make_case
from helder.engines.keys import Keys
from helder.letters.plain import Report, plain_check
from helder.pipeline.lettering import check_round
from helder.pipeline.run import run

PEOPLE = 20_000
ROUNDS = ("round1", "round2", "round2_helder")


def main() -> None:
    """Print how many documents there are in each language, and for each measure the lowest and the highest of them."""
    with tempfile.TemporaryDirectory() as home:
        case, keys = Path(home) / "case", Keys(bytes(32))
        make_case(case, PEOPLE)
        for assessment in ("as_told_1", "as_told", "current"):
            run(case, keys, assessment=assessment)
        made = [variants for name in ROUNDS if (variants := check_round(case, name).variants)]
    report = plain_check(document for variants in made for document in variants.documents)
    languages = dict(sorted(Counter(text.language for text in report.texts).items()))
    told = {"documents": len(report.texts), "languages": languages, "holds": report.holds}
    print(json.dumps({**told, **ranges(report)}, indent=1))


def ranges(report: Report) -> dict[str, dict[str, list[float]]]:
    """{language: {measure: [lowest, highest]}}."""
    found: dict[str, dict[str, list[float]]] = {}
    for text in report.texts:
        for one in text.measures:
            if one.value is not None:
                low, high = found.setdefault(text.language, {}).get(one.name, (one.value, one.value))
                found[text.language][one.name] = [min(low, one.value), max(high, one.value)]
    return found


if __name__ == "__main__":
    main()
