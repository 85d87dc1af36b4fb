"""`approve.py CASE ROUND`: two people approve a round and readers have tried it, as the office does when they press its buttons."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from helder.cli.keys import keys_of
from helder.results.rounds import standing
from helder.rounds.authors import Signer, authors
from helder.rounds.gate import approve, report_reader_test


def main(case: Path, round: str) -> None:
    """Sign what stands there now."""
    found, keys, now = standing(case, round), keys_of(case), dt.datetime.now(dt.UTC)
    first, second = Signer("first", "A. First"), Signer("second", "B. Second")
    for one in (first, second):
        approve(case, found.record, keys, by=one, authors=authors(found.case, found.round), at=now)
    report_reader_test(case, found.record, keys, by=first, report="readers.pdf", at=now)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
