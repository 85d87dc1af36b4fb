"""Which statements, deletions and acceptances are in force on a day. Pure functions of the case.

As-of means received by then. A successor ends its predecessor from the day it was received, for good: taking the
successor back does not revive the predecessor. Only the issuer replaces or takes back (checked when a case loads).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from helder.case.load import Case
from helder.case.model import Acceptance, Decisions, Deletion, Party, Statement
from helder.case.strays import Stray, at_stake
from helder.domain.worlds import LEAVES


def known(received: dt.date, as_of: dt.date | None) -> bool:
    """Whether something received on that day counts as of `as_of` (None: everything does)."""
    return as_of is None or received <= as_of


def in_force(statements: Sequence[Statement], as_of: dt.date | None) -> list[Statement]:
    """Statements received by `as_of`, neither replaced nor taken back by then."""
    received = [statement for statement in statements if known(statement.received, as_of)]
    ended = {s.supersedes for s in received} | {s.retracts for s in received}
    # A statement whose only work is to take another back says nothing itself.
    return [s for s in received if s.id not in ended]


def acceptance(evidence: str, decisions: Decisions, as_of: dt.date | None) -> list[Acceptance]:
    """The acceptances of one piece of excluding evidence made by `as_of`."""
    return [a for a in decisions.acceptances if a.evidence == evidence and known(a.on, as_of)]


def excludes(statement: Statement) -> bool:
    """Whether a statement makes theft less possible, and so waits for acceptance."""
    return LEAVES[statement.leaves].excludes


def deletion_in_time(deletion: Deletion, party: Party, as_of: dt.date | None) -> bool:
    """A deletion counts when we know of it and it was done before the first possible moment of theft."""
    return party.theft_from is not None and deletion.deleted < party.theft_from and known(deletion.received, as_of)


def in_the_way(case: Case, party: Party, as_of: dt.date | None, since: dt.date | None = None) -> list[Stray]:
    """Lines of our logs to `party` that may say anything, and that nobody accepted: no log is complete beside them.

    Lines from outside the time that is asked for (as in `complete_logs`) are not in its way.
    """
    every = {one.source: one for one in at_stake(case.strays, party)}
    found = at_stake(case.strays, party, since)
    return [one for one in found if not every.get(one.source, one).accepted(case.decisions, as_of)]


def complete_logs(
    case: Case, party: Party, item: str, as_of: dt.date | None, since: dt.date | None = None
) -> list[frozenset[str]]:
    """In which scopes our log to `party` is complete for `item`, over all the time it could have held it.

    One set for each way in which declarations do so, alone or together without a day between them: it holds for
    whoever is in all its scopes. `since` is the first day of that time, when not all of it is asked for.
    """
    assert party.holding_from is not None and party.theft_until is not None
    if in_the_way(case, party, as_of, since):
        return []
    declared = [
        log
        for log in case.file.completeness
        if log.party == party.id and (log.items == "all" or item in log.items) and known(log.declared, as_of)
    ]
    ways: set[frozenset[str]] = set()
    pending = [(since or party.holding_from, frozenset[str]())]
    seen = set(pending)
    while pending:
        day, scopes = pending.pop()
        for log in declared:
            if not log.since <= day <= log.until:
                continue
            wider = scopes | ({log.scope} if log.scope else frozenset())
            if log.until >= party.theft_until:
                ways.add(wider)
            elif (further := (log.until + dt.timedelta(days=1), wider)) not in seen:
                seen.add(further)
                pending.append(further)
    return sorted((way for way in ways if not any(other < way for other in ways)), key=sorted)
