"""The account of a round: every letter is somewhere, and the sums say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from helder.delivery.fates import ARRIVED, FAILED
from helder.delivery.ledger import Entry, State
from helder.delivery.reasons import ENDED
from helder.delivery.returns import Returned

GONE = frozenset({State.SENT, State.CONFIRMED})
_ENDED = GONE | {State.REFUSED}


class Letter(NamedTuple):
    """One letter and the parcel it is in; None while nothing was tried."""

    reference: str
    entry: Entry | None

    @property
    def gone(self) -> bool:
        """Whether it left."""
        return self.entry is not None and self.entry.state in GONE

    @property
    def waits(self) -> bool:
        """Whether it is still to leave."""
        return self.entry is None or self.entry.state not in _ENDED


def letters(references: Iterable[tuple[str, str]], parcels: Mapping[str, Entry]) -> list[Letter]:
    """Every letter with its parcel; `references` are pairs of reference and print file, or the reference again.

    A letter that went by itself is its own parcel, whatever lies printed.
    """
    return [Letter(reference, parcels.get(reference) or parcels.get(parcel)) for reference, parcel in references]


def undelivered(one: Letter, returns: Mapping[str, Returned]) -> str:
    """Why a letter is known not to have been delivered: returned, refused or failed; empty when it is not."""
    if one.reference in returns:
        return "returned"
    if one.entry is None:
        return ""
    return "refused" if one.entry.state == State.REFUSED else "failed" if one.entry.fate in FAILED else ""


def account(found: Iterable[Letter], returns: Mapping[str, Returned]) -> dict[str, Any]:
    """letters = delivered_as_far_as_known + returned + refused + failed + not_handed_over.

    `confirmed` of those delivered have the carrier's word for it. `returned` is by reason, `steps` by next step; a
    step that has not ended is `open`.
    """
    ways: Counter[str] = Counter()
    confirmed = total = 0
    for one in found:
        total += 1
        why = undelivered(one, returns)
        ways[why or ("delivered" if one.gone else "not_handed_over")] += 1
        confirmed += one.gone and not why and one.entry is not None and one.entry.fate in ARRIVED
    steps = Counter(one.step for one in returns.values())
    return {
        "letters": total,
        "delivered_as_far_as_known": ways["delivered"],
        "confirmed": confirmed,
        "returned": ways["returned"],
        "refused": ways["refused"],
        "failed": ways["failed"],
        "not_handed_over": ways["not_handed_over"],
        "reasons": dict(sorted(Counter(one.reason for one in returns.values()).items())),
        "steps": dict(sorted(steps.items())),
        "open": sum(count for step, count in steps.items() if step not in ENDED),
    }
