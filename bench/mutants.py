"""How many wrong letters the check stops: two scores, and every mutant that it does not stop, as a page.

`python -m bench mutants` writes docs/explanation/letter-mutants.md; takes some minutes.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

from helder.pipeline.admissible import boxes
from letters.made import case, excluding, letters
from letters.mutants import Mutant, all_structural, all_worded, caught

PAGE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "letter-mutants.md"
DAY = dt.date(2025, 9, 12)
HEAD = """# What the check of letters does not see

<!-- Made by bench/mutants.py; do not edit. -->

The check sees tags and a list of words, not meaning. To know how good it is, the letters of the reference case are made
wrong on purpose, one small thing at a time, and the check is asked. Approvals are left out: they see every change of
words, and would catch all. A test (`tests/letters/test_mutants.py`) holds both scores to a bound.

*Structural* mutants change how a letter is built: a block deleted, a condition turned, widened or moved, a list moved, a
claim changed with its tag everywhere but not in the words, a fact gone or expired, a text missing in one language. They are
held against readers as Helder's assessment allows them, and as if evidence that excludes theft were accepted too, so
that every block has readers.

*Prose* mutants change the words of one sentence in one language and no tag: a negation dropped, "may" made "is", another
item, actor, place or tense, an opposite, a number or name typed, reassurance added. The list of changes was written from what
writers and translators do; many of them no rule looks for.

"""
READ = """
## How to read the survivors

Most structural survivors leave a letter true and only poorer: a block of facts that no question asks for, or one of several
pieces of advice for the same risk. Of the prose survivors, those with another actor ("they" for "we"), an opposite outside a
claim about the reader's data, and another tense are real: only people who read the letter see them. That is why every
sentence is approved by name, changed words need a new approval, and two people approve a round.
"""


def table(mutants: list[tuple[Mutant, str]]) -> str:
    """Scores by kind."""
    total, hit = Counter(m.kind for m, _ in mutants), Counter(m.kind for m, rule in mutants if rule)
    rows = [f"| {kind} | {total[kind]} | {hit[kind]} |" for kind in sorted(total)]
    return "\n".join(["| kind | mutants | stopped |", "| --- | ---: | ---: |", *rows]) + "\n"


def main() -> None:
    """Make all mutants, ask the check, write the page."""
    allowed = excluding(boxes(case(), case().assessment("current")))
    built = [(m, caught(case(), m, allowed, DAY)) for m in all_structural(letters()["g1"])]
    said = [(m, caught(case(), m, allowed, DAY)) for m in all_worded(letters().values())]
    parts = [HEAD]
    for name, found in (("Structural", built), ("Prose", said)):
        stopped = sum(bool(rule) for _, rule in found)
        share = 100 * stopped / len(found)
        parts += [f"## {name} mutants: {stopped} of {len(found)} stopped, {share:.1f} %\n\n", table(found), "\n"]
        parts += ["Not stopped:\n\n"]
        parts += [f"- {line(mutant)}\n" for mutant, rule in found if not rule] + ["\n"]
        print(f"{name}: {stopped} of {len(found)}, {share:.1f} %")
    PAGE.write_text("".join(parts) + READ.lstrip("\n"), encoding="utf-8")


def line(mutant: Mutant) -> str:
    """A survivor in one line."""
    kind = mutant.kind.removeprefix("prose: ")
    if not mutant.before:
        return f"{kind}: `{mutant.what}`"
    return f"{kind}: “{mutant.before}” → “{mutant.after}”"


if __name__ == "__main__":
    main()
