"""In which order the letters of a line stand on paper, from left to right (Unicode UAX #9, the bidirectional algorithm).

Of its explicit marks only the isolates count (FSI, LRI, RLI and PDI): letters hold no others. Each isolate is then one
sequence of its own, with what stands around it as another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

_INITIATORS = {"LRI", "RLI", "FSI"}
_STRONG = {"L": "L", "R": "R", "AL": "R"}
_ASIDE = {"BN", "LRE", "RLE", "LRO", "RLO", "PDF"}
_NEUTRAL = {"B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"}
_PAIRS = {"(": ")", "[": "]", "{": "}"}


def units(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each letter with its marks, which are never taken apart."""
    place = 0
    while place < len(text):
        end = place + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield place, end
        place = end


def as_painted(text: str) -> str:
    """What one glyph stands for, in the order in which its letters would lie on paper if each had a glyph of its own.

    A line from right to left holds its glyphs from left to right; one that stands for more letters, such as a lam and an
    alef, says them in the order of reading.
    """
    if not any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text):
        return text
    return "".join([text[begin:end] for begin, end in units(text)][::-1])


def as_seen(text: str, levels: Sequence[int]) -> list[tuple[int, int]]:
    """The units of one line of a paragraph as they stand from left to right (rule L2); `levels` are those of the line."""
    line = list(units(text))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(line):
            end = start
            while end < len(line) and levels[line[end][0]] >= level:
                end += 1
            line[start:end] = line[start:end][::-1]
            start = end + 1
    return line


def embedding_levels(text: str, *, rtl: bool) -> list[int]:
    """The level of each character of a paragraph: odd ones are read from right to left."""
    kinds = [unicodedata.bidirectional(sign) or "L" for sign in text]
    levels, sequences = _isolated(kinds, int(rtl))
    for indices in sequences:
        if indices:
            _resolve(text, kinds, levels, indices)
    return levels


def _isolated(kinds: Sequence[str], base: int) -> tuple[list[int], list[list[int]]]:
    """The level that each character has by the isolates around it, and the characters of each isolate (X1 to X10)."""
    levels, sequences = [base] * len(kinds), [list[int]()]
    inside = [(base, sequences[0])]
    for place, kind in enumerate(kinds):
        if kind == "PDI" and len(inside) > 1:
            inside.pop()
        level, sequence = inside[-1]
        levels[place] = level
        if kind not in _ASIDE:
            sequence.append(place)
        if kind in _INITIATORS:
            right = kind == "RLI" or (kind == "FSI" and _first_strong(kinds, place + 1) == "R")
            sequences.append([])
            inside.append((level + 1 + (level % 2 == int(right)), sequences[-1]))
    return levels, sequences


def _first_strong(kinds: Sequence[str], place: int) -> str:
    """The direction of an isolate by its first strong character, of which isolates in it have none (P2 and P3)."""
    depth = 0
    for kind in kinds[place:]:
        if kind == "PDI":
            if depth == 0:
                break
            depth -= 1
        elif kind in _INITIATORS:
            depth += 1
        elif depth == 0 and kind in _STRONG:
            return _STRONG[kind]
    return "L"


def _resolve(text: str, kinds: Sequence[str], levels: list[int], indices: Sequence[int]) -> None:
    """The levels of the characters of one isolate, by what they are and stand between (W1 to I2)."""
    level = levels[indices[0]]
    own = "R" if level % 2 else "L"
    found = _weak([kinds[place] for place in indices], own)
    _brackets([text[place] for place in indices], found, own)
    _neutral(found, own)
    for place, kind in zip(indices, found, strict=True):
        if level % 2:
            levels[place] += kind in ("L", "EN", "AN")
        else:
            levels[place] += {"R": 1, "EN": 2, "AN": 2}.get(kind, 0)


def _weak(kinds: list[str], own: str) -> list[str]:
    """Marks, numbers and what stands in and beside numbers (W1 to W7)."""
    before, strong = own, own
    for n, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[n] = "ON" if before in _INITIATORS or before == "PDI" else before
        elif kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[n] = "AN"
        before = kinds[n]
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for n in range(1, len(kinds) - 1):
        around = kinds[n - 1] if kinds[n - 1] == kinds[n + 1] else ""
        if (kinds[n] in ("ES", "CS") and around == "EN") or (kinds[n] == "CS" and around == "AN"):
            kinds[n] = around
    for start, end in _runs(kinds, {"ET"}):
        if "EN" in (kinds[start - 1 : start] + kinds[end : end + 1]):
            kinds[start:end] = ["EN"] * (end - start)
    strong = own
    for n, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[n] = "ON"
        elif kind == "EN" and strong == "L":
            kinds[n] = "L"
        elif kind in ("L", "R"):
            strong = kind
    return kinds


def _brackets(signs: Sequence[str], kinds: list[str], own: str) -> None:
    """A pair of brackets goes with what stands in it (N0)."""
    opened: list[int] = []
    pairs = []
    for n, sign in enumerate(signs):
        if kinds[n] != "ON":
            continue
        if sign in _PAIRS:
            opened.append(n)
        elif sign in _PAIRS.values():
            match = next((k for k in reversed(range(len(opened))) if _PAIRS[signs[opened[k]]] == sign), None)
            if match is not None:
                pairs.append((opened[match], n))
                del opened[match:]
    for start, end in sorted(pairs):
        inner = {_side(kind) for kind in kinds[start + 1 : end]} - {""}
        other = "L" if own == "R" else "R"
        if own in inner:
            kinds[start] = kinds[end] = own
        elif other in inner:
            context = next((side for kind in reversed(kinds[:start]) if (side := _side(kind))), own)
            kinds[start] = kinds[end] = context


def _neutral(kinds: list[str], own: str) -> None:
    """What has no direction goes with what it stands between (N1 and N2)."""
    for start, end in _runs(kinds, _NEUTRAL):
        before = _side(kinds[start - 1]) if start else own
        after = _side(kinds[end]) if end < len(kinds) else own
        kinds[start:end] = [before if before == after else own] * (end - start)


def _side(kind: str) -> str:
    """The direction of a kind; numbers count as written from right to left here."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def _runs(kinds: Sequence[str], of: set[str]) -> list[tuple[int, int]]:
    """Begin and end of each longest run of these kinds."""
    runs, place = [], 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] in of:
            end += 1
        if end > place:
            runs.append((place, end))
        place = end + 1
    return runs
