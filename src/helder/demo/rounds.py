"""The rounds of the reference case: all planned, the second checked, typeset as specimens and read back, every letter.

The second as it would have read on all evidence is shown as pictures only, so it is checked too and not typeset.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helder.engines.keys import Keys
from helder.pipeline.lettering import Checked, check_round
from helder.pipeline.planning import plan
from helder.pipeline.producing import produce, verdict, verify
from helder.rounds.record import LEFT_THE_HOUSE, RoundRecord, planned, read_record

FIRST, SECOND, READ_IN_FULL = "round1", "round2", "round2_helder"
Progress = Callable[[str, float], None]
_SHOWN = ("people", "letters", "suppressed", "unreachable", "groups", "languages", "reasons", "handled")


@dataclass(frozen=True)
class _Making:
    folder: Path
    keys: Keys
    now: dt.datetime
    engine: str
    progress: Progress

    def planned(self, name: str) -> RoundRecord:
        """The round, planned anew when what it was frozen from changed; one that was handed over stays what was told."""
        if planned(self.folder, name):
            record = read_record(self.folder, name)
            if record.state in LEFT_THE_HOUSE:
                return record
        return plan(self.folder, self.keys, name, engine=self.engine, progress=self.progress, now=self.now, keep=True)

    def _checked(self, name: str) -> Checked:
        self.progress("check", 0.0)
        checked = check_round(self.folder, name, self.keys, now=self.now)
        self.progress("check", 1.0)
        return checked

    def letters(self) -> dict[str, Any]:
        """The second round checked, produced and verified, whatever of it is not done yet; seconds are those of this command."""
        started = time.monotonic()
        checked = self._checked(SECOND)
        made = produce(self.folder, self.keys, SECOND, now=self.now, progress=self.progress)
        found = verdict(self.folder, SECOND) or verify(
            self.folder, self.keys, SECOND, now=self.now, progress=self.progress
        )
        return {
            "people": made.people,
            "produced": made.letters,
            "verified": found.verified,
            "wrong": found.wrong,
            "suppressed": made.suppressed,
            "unreachable": made.unreachable,
            "variants": made.variants,
            "bytes_per_letter": made.bytes_per_letter,
            "seconds": round(time.monotonic() - started, 1),
            "seconds_produce": round(made.seconds, 1),
            "seconds_verify": round(found.seconds, 1),
            "specimen": made.specimen,
            "passed": checked.passed,
            "misled": checked.report.misled,
        }

    def read_in_full(self) -> dict[str, Any]:
        """The second round's letters on all evidence, held against everyone who would have read them."""
        checked = self._checked(READ_IN_FULL)
        report = checked.report
        return {
            "people": report.people,
            "profiles": report.profiles,
            "variants": len(checked.variants.documents) if checked.variants else None,
            "passed": checked.passed,
            "misled": report.misled,
            "stops": sorted({finding.place.rule for finding in report.findings if finding.stops}),
        }


def make_rounds(folder: Path, keys: Keys, *, now: dt.datetime, engine: str, progress: Progress) -> dict[str, Any]:
    """Plan both rounds, and the second as it would read on all evidence; check both, produce and verify as told.

    Returns `letters` of `helder demo --json`: people = produced + suppressed + unreachable. Raises what planning,
    checking and producing raise; `RoundError` when somebody handed the second round over.
    """
    making = _Making(folder, keys, now, engine, progress)
    records = [making.planned(name) for name in (FIRST, SECOND, READ_IN_FULL)]
    rounds = {record.round: {name: record.counts[name] for name in _SHOWN} for record in records}
    return {**making.letters(), "read_in_full": making.read_in_full(), "rounds": rounds}
