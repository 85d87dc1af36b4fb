"""docs/reference/exposure.md: the rule as told by its specifications, which run on reference and engines alike."""

from __future__ import annotations

import sys
from pathlib import Path

from helder.domain.states import STATES
from helder.domain.worlds import LEAVES, WORLDS

HEAD = """# The rule

What is known of one person, one item and one breached party is a set of worlds. Evidence rules worlds out; what is left
is what may be said. Each section below is a test: the evidence, and the states that must come out, on the plain-Python
reference, on DuckDB and on Spark. Cases begin with three items (bsn, result, email), a laboratory that could hold
data from 2017-01-01 and was robbed between 2025-07-03 and 2025-07-06, a dataset of rows and a list, both received on
2025-08-06.
"""


def _table(rows: list[list[str]]) -> str:
    head, *rest = rows
    lines = [head, ["---"] * len(head), *rest]
    return "".join("| " + " | ".join(cell or " " for cell in line) + " |\n" for line in lines)


def _text_table(text: str) -> str:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return _table([["" if cell == "-" else cell for cell in row] for row in rows])


def rule_page() -> str:
    """The page."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from spec.exposure import SPECS

    parts = [HEAD, "\n## The fourteen worlds\n\n"]
    worlds = [[str(bit), w.ours.value, w.other.value, w.fate.value.replace("_", " ")] for bit, w in enumerate(WORLDS)]
    parts.append(_table([["bit", "our copy", "another's copy", "fate"], *worlds]))
    parts.append("\n## States\n\nThe first whose test holds is the item's state.\n\n")
    parts.append(_table([["state", "Dutch", "English"], *([f"`{s.id}`", s.nl, s.en] for s in STATES)]))
    parts.append("\n## Words for what a statement leaves\n\nThose that exclude theft wait for a named person.\n\n")
    words = [
        [f"`{word}`", str(leaves.item.bit_count()), "yes" if leaves.excludes else ""] for word, leaves in LEAVES.items()
    ]
    parts.append(_table([["word", "worlds left of an item", "waits for acceptance"], *words]))
    for spec in SPECS:
        parts.append(f"\n## {spec.sentence}\n\n{_text_table(spec.evidence)}")
        if spec.strays:
            parts.append(f"\nwith, in our logs, lines that are evidence about nobody\n\n{_text_table(spec.strays)}")
        more = "\n".join(part.strip() for part in (spec.case, spec.decisions) if part.strip())
        if spec.assessment:
            more += "\n[assessments.this]\n" + "\n".join(f'{k} = "{v}"' for k, v in spec.assessment.items())
        if more.strip():
            parts.append(f"\n```toml\n{more.strip()}\n```\n")
        parts.append(f"\ngives\n\n{_text_table(spec.expect)}")
    return "".join(parts)
