"""The account of a round: every letter is somewhere, and the sums say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from helder.delivery.fates import ARRIVED, FAILED
from helder.delivery.ledger import Entry, State
from helder.delivery.reasons import ENDED, OTHER
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


def detail(one: Letter, why: str) -> str:
    """The word of the channel or carrier that refused a letter or did not deliver it."""
    if one.entry is None:
        return ""
    return one.entry.why if why == "refused" else one.entry.fate if why == "failed" else ""


def account(found: Iterable[Letter], returns: Mapping[str, Returned]) -> dict[str, Any]:
    """letters = delivered_as_far_as_known + returned + refused + failed + not_handed_over.

    `confirmed` of those delivered have the carrier's word for it; `became_unreachable` of those returned are given up. `refusals` and `failures` are by the word of the channel
    or carrier, `reasons` of those returned by reason. `steps` are the next steps of all of these; one that has not ended
    is `open`.
    """
    ways: Counter[str] = Counter()
    said: dict[str, Counter[str]] = {"refused": Counter(), "failed": Counter()}
    confirmed = total = 0
    for one in found:
        total += 1
        why = undelivered(one, returns)
        if why in said:
            said[why][detail(one, why)] += 1
        ways[why or ("delivered" if one.gone else "not_handed_over")] += 1
        confirmed += one.gone and not why and one.entry is not None and one.entry.fate in ARRIVED
    steps = Counter(one.step for one in returns.values())
    # What a channel refuses or a carrier cannot deliver does not arrive by trying again.
    steps[OTHER] += said["refused"].total() + said["failed"].total()
    return {
        "letters": total,
        "delivered_as_far_as_known": ways["delivered"],
        "confirmed": confirmed,
        "returned": ways["returned"],
        "became_unreachable": steps["unreachable"],
        "refused": ways["refused"],
        "failed": ways["failed"],
        "not_handed_over": ways["not_handed_over"],
        "refusals": dict(sorted(said["refused"].items())),
        "failures": dict(sorted(said["failed"].items())),
        "reasons": dict(sorted(Counter(one.reason for one in returns.values()).items())),
        "steps": dict(sorted((+steps).items())),
        "open": sum(count for step, count in steps.items() if step not in ENDED),
    }
