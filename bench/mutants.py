"""How many wrong letters the check stops: two scores, and every mutant that it does not stop, as a page.

`python -m bench mutants` writes docs/explanation/letter-mutants.md; takes a minute.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from letters.made import letters
from letters.mutants import Mutant, all_structural, all_worded, caught

PAGE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "letter-mutants.md"
HEAD = """# What the check of letters does not see

<!-- Made by bench/mutants.py; do not edit. -->

The check sees tags and a list of words, not meaning. To know how good it is, the letters of the reference case are made
wrong on purpose, one small thing at a time, and the check is asked. Approvals are left out: they see every change of
words, and would catch all. A test (`tests/letters/test_mutants.py`) asks the check about all prose mutants and a part of
the structural ones, and holds the scores and this list to it.

*Structural* mutants change how each of the four letters of the second round is built: a block deleted, a condition turned, widened or moved, a list moved, a
claim changed with its tag everywhere but not in the words, a fact gone or expired, a text missing in one language. They are
held against readers as Helder's assessment allows them, and as if in each group as much could be known as in the first,
and evidence that excludes theft were accepted too, so that every block has readers.

*Prose* mutants change the words of one sentence in one language and no tag: a negation dropped, "may" made "is", another
item, actor, place or tense, an opposite, a number or name typed, reassurance added, an open word put where it leaves nothing
open, a warning watered down, a theft undone, a sentence taken back. The list of changes was written from what writers and translators do.

What stops most of them is a closed list of words: a sentence that claims something of the reader uses the words of that claim
(`vocabulary` in `letters/languages/`), a consequence and advice those of the advice data, and a fact's `words` say who did what
and where. So the share is that of letters whose sentences are such; a sentence of which no list knows what it must say is not
held to anything.

"""
READ = """
## How to read the survivors

A block may be deleted only where it leaves the letter true and whole. Of the prose survivors, changes inside a fact's sentence
that leave its words standing are real: only people who read the letter see them. That is why every sentence is approved by
name, changed words need a new approval, and two people approve a round.
"""


def table(mutants: list[tuple[Mutant, str]]) -> str:
    """Scores by kind."""
    total, hit = Counter(m.kind for m, _ in mutants), Counter(m.kind for m, rule in mutants if rule)
    rows = [f"| {k} | {total[k]} | {hit[k]} | {100 * hit[k] / total[k]:.0f} % |" for k in sorted(total)]
    return "\n".join(["| kind | mutants | stopped | share |", "| --- | ---: | ---: | ---: |", *rows]) + "\n"


def main() -> None:
    """Make all mutants, ask the check, write the page."""
    built = [(m, caught(m)) for of in all_structural(letters().values()) for m in of]
    said = [(m, caught(m)) for m in all_worded(letters().values())]
    parts = [HEAD]
    for name, found in (("Structural", built), ("Prose", said)):
        stopped = sum(bool(rule) for _, rule in found)
        share = 100 * stopped / len(found)
        parts += [f"## {name} mutants: {stopped} of {len(found)} stopped, {share:.1f} %\n\n", table(found), "\n"]
        parts += ["Not stopped:\n\n"]
        parts += [f"- {mutant.line}\n" for mutant, rule in found if not rule] + ["\n"]
        print(f"{name}: {stopped} of {len(found)}, {share:.1f} %")
    PAGE.write_text("".join(parts) + READ.lstrip("\n"), encoding="utf-8")


if __name__ == "__main__":
    main()
