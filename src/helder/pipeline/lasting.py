"""Facts hold on the day that their letters leave, and not only on the day that was checked."""

from __future__ import annotations

import datetime as dt

from helder.domain.errors import RoundError
from helder.letters.making import outdated
from helder.pipeline.lettering import letters_of
from helder.results.rounds import Standing
from helder.rounds.freeze import DOCUMENTS_FILE
from helder.rounds.record import folder_of


def need_facts_that_hold(found: Standing, today: dt.date) -> None:
    """Raise `RoundError` when a letter of the round states a fact that holds no more, or not yet, on the day that it leaves.

    The round's check looks at the day that the letters bear. They may leave later, and a reader takes what they say as so;
    letters that leave before the day they bear are read on that day. A fact of which another version was taken since is
    another text: of that the round's hashes tell. A round of which nothing was checked has no letter to look at.
    """
    if not (folder_of(found.case.folder, found.round.id) / DOCUMENTS_FILE).exists():
        return
    day = max(today, found.round.date)
    stale = {
        f"{place.of} ({place.detail})"
        for letter in letters_of(found.case, found.round).values()
        for place in outdated(letter, day)
    }
    if not stale:
        return
    name, folder = found.round.id, found.case.folder
    some_left = found.record.state in ("leaving", "handed_over")
    raise RoundError(
        f"Letters of round '{name}' state what may not be said on {day.isoformat()}: {', '.join(sorted(stale))}.",
        where=f"letters/{found.round.letters_of or name}",
        do="These letters do not leave. Close the round with --reason, and plan a new one for whoever was not told."
        if some_left
        else f"Take the facts again (helder facts {folder}) or say something else; then check, approve and produce the round again.",
    )
