"""What a person was last told, held against what is known now: the same, changed, or weakened.

Knowledge has *weakened* when something that could be said for certain no longer can: a claim that was true in every
world left then, and is not true in every world left now. The next letter must say so. Both masks are of
`domain.worlds`; claims are those that letters can make for certain of an item or of the person as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from helder.domain import worlds as w
from helder.domain.errors import RoundError

Why = Literal["first", "changed", "weakened", "repeated"]
Left = Mapping[tuple[str, str], int]
PERSON = "person"

ITEM_CLAIMS: Mapping[str, int] = {
    "shared": w.DISCLOSED,
    "not_shared": w.NEVER_OURS,
    "there": w.OURS_THERE,
    "not_there": w.OURS_NOT_THERE,
    "from_other": w.OTHER_HELD,
    "not_from_other": w.NO_OTHER,
    "not_held": w.NOT_HELD,
    "taken": w.STOLEN,
    "not_taken": w.NOT_STOLEN,
    "published": w.PUBLISHED,
    "not_published": w.ITEM_ALL & ~w.PUBLISHED,
}
PERSON_CLAIMS: Mapping[str, int] = {"in": w.PERSON_IN, "out": w.PERSON_OUT}


def lost(item: str, told: int, now: int) -> list[str]:
    """The claims that could be made for certain of an item (or 'person') when told, and cannot be made now."""
    claims = PERSON_CLAIMS if item == PERSON else ITEM_CLAIMS
    return [word for word, true in claims.items() if told & ~true == 0 and now & ~true != 0]


def compare(told: Left, now: Left) -> tuple[Why, tuple[str, ...]]:
    """Why somebody who was told before is told again, and the items of which less is known, sorted.

    What was not spoken of then counts as nothing known. Raises `RoundError` when something was told of an item or
    party that the case no longer speaks of: it could be neither upheld nor corrected.
    """
    gone = sorted({f"{party}:{item}" for party, item in told if (party, item) not in now})
    if gone:
        raise RoundError(
            f"People were told about {', '.join(gone)}, which the case no longer declares.",
            where="case.toml",
            do="Keep the items and parties of earlier rounds declared.",
        )
    before = {slot: told.get(slot, w.PERSON_ALL if slot[1] == PERSON else w.ITEM_ALL) for slot in now}
    weaker = sorted({slot[1] for slot, left in now.items() if lost(slot[1], before[slot], left)})
    if weaker:
        return "weakened", tuple(weaker)
    return ("repeated" if all(before[slot] == left for slot, left in now.items()) else "changed"), ()


def as_text(left: Left) -> str:
    """Worlds left as `party:item:mask` parted by ';', in order."""
    return ";".join(f"{party}:{item}:{mask}" for (party, item), mask in sorted(left.items()))


def from_text(text: str) -> dict[tuple[str, str], int]:
    """The worlds left in such a text."""
    parts: Iterable[list[str]] = (part.split(":") for part in text.split(";") if part)
    return {(party, item): int(mask) for party, item, mask in parts}
