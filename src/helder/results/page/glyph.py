"""The fourteen worlds of an item as fourteen dots: filled where evidence leaves the world, a ring where not.

Across: our copy never there, gone before, there; each without and with another's. Down: not taken, taken, published.
"""

from __future__ import annotations

from itertools import product

from markupsafe import Markup

from helder.domain.worlds import WORLDS, Fate, Other, Ours
from helder.results.page.svg import picture, tag

_COLUMN = {pair: n for n, pair in enumerate(product(Ours, Other))}
_ROW = {fate: n for n, fate in enumerate(Fate)}
PITCH = 14.0


def place(bit: int) -> tuple[float, float]:
    """Where the dot of a world stands (its middle)."""
    world = WORLDS[bit]
    column = _COLUMN[world.ours, world.other]
    return 7 + column * PITCH + column // 2 * 5, 7 + _ROW[world.fate] * PITCH


def glyph(id: str, left: int, title: str, desc: str) -> Markup:
    """The dots for the worlds `left` (a mask)."""
    dots = (
        tag("circle", cx=x, cy=y, r=5, class_=f"w-{'left' if left >> bit & 1 else 'out'}{' w-bad' * world.stolen}")
        for bit, world in enumerate(WORLDS)
        for x, y in (place(bit),)
    )
    return picture(id, title, desc, (6 * PITCH + 10, 3 * PITCH), *dots, class_="glyph")
