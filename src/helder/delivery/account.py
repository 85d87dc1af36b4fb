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


class Letter(NamedTuple):
    """Where one letter stands: the state of the parcel it is in, and what the carrier said of it."""

    reference: str
    state: State | None
    fate: str


def letters(references: Iterable[tuple[str, str]], parcels: Mapping[str, Entry]) -> list[Letter]:
    """Every letter with its parcel; `references` are pairs of reference and print file, or the reference again.

    A letter that went by itself is its own parcel, whatever lies printed.
    """
    found = []
    for reference, parcel in references:
        entry = parcels.get(reference) or parcels.get(parcel)
        found.append(Letter(reference, entry.state if entry else None, entry.fate if entry else ""))
    return found


def undelivered(one: Letter, returns: Mapping[str, Returned]) -> str:
    """Why a letter is known not to have been delivered: returned, refused or failed; empty when it is not."""
    if one.reference in returns:
        return "returned"
    if one.state == State.REFUSED:
        return "refused"
    return "failed" if one.fate in FAILED else ""


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
        gone = one.state in GONE
        ways[why or ("delivered" if gone else "not_handed_over")] += 1
        confirmed += gone and not why and one.fate in ARRIVED
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
