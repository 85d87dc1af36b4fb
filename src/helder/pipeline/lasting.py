"""Facts hold on the day that their letters leave, and not only on the day that was checked."""

from __future__ import annotations

import datetime as dt

from helder.domain.errors import RoundError
from helder.letters.making import outdated
from helder.letters.taken import Office, compare
from helder.pipeline.lettering import letters_of
from helder.results.rounds import Standing
from helder.rounds.freeze import DOCUMENTS_FILE
from helder.rounds.record import folder_of


def need_facts_that_hold(found: Standing, today: dt.date, office: Office | None = None) -> int | None:
    """Raise `RoundError` when a letter of the round states a fact that holds no more, or not yet, on the day that it leaves.

    The round's check looks at the day that the letters bear. They may leave later, and a reader takes what they say as so;
    letters that leave before the day they bear are read on that day. A fact of which another version was taken since is
    another text: of that the round's hashes tell. What changed in the `office` and was not taken is in no file: it is asked.
    Gives how many facts it was asked about; None when there was no office to ask, or nothing was checked and so there is no
    letter to look at.
    """
    if not (folder_of(found.case.folder, found.round.id) / DOCUMENTS_FILE).exists():
        return None
    name, letters, day = found.round.id, letters_of(found.case, found.round), max(today, found.round.date)
    where = f"letters/{found.round.letters_of or name}"
    stale = {f"{place.of} ({place.detail})" for letter in letters.values() for place in outdated(letter, day)}
    if stale:
        raise RoundError(
            f"Letters of round '{name}' state what may not be said on {day.isoformat()}: {', '.join(sorted(stale))}.",
            where=where,
            do=_instead(found),
        )
    compared = compare(found.case.folder, letters.values(), day, office)
    if compared.otherwise:
        raise RoundError(
            f"Letters of round '{name}' state what the office says otherwise now, or no longer: {', '.join(compared.names)}.",
            where=where,
            do=_instead(found),
        )
    return compared.facts


def _instead(found: Standing) -> str:
    if found.record.state in ("leaving", "handed_over"):
        return "These letters do not leave. Close the round with --reason, and plan a new one for whoever was not told."
    return f"Take the facts again (helder facts {found.case.folder}) or say something else; then check, approve and produce the round again."
