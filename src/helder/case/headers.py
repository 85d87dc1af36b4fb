"""How well a header says what its column is: a word for it, one in other words, one that is close to it or short for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

from helder.case.words import Words, plain

WORD = "the header is a word for it"
_CLOSE = 0.85


def is_word(name: str, known: Collection[str]) -> bool:
    """Whether a header is one of these words, however its own words are parted or put."""
    header = plain(name)
    glued, parts = header.replace(" ", ""), set(header.split())
    return header in known or any(word.replace(" ", "") == glued or set(word.split()) == parts for word in known)


def header_says(name: str, known: Collection[str]) -> tuple[float, str]:
    """How sure a header is about one of these words (0 to 1), and why."""
    if is_word(name, known):
        return 0.9, WORD
    header = plain(name)
    glued, parts = header.replace(" ", ""), header.split()
    if parts and all(part in known for part in parts):  # 'mobile phone'
        return 0.9, "its words are words for it"
    inside = [word for word in known if len(word) > 2 and set(word.split()) <= set(parts)]
    if inside:
        return 0.6, f"the header has '{max(inside, key=len)}' in it"
    if short := next((word for word in sorted(known) if _short_for(parts, word.split())), ""):
        return 0.62, f"the header may be short for '{short}'"
    if len(glued) > 4 and any(_close(glued, word.replace(" ", "")) for word in known):
        return 0.5, "the header is close to a word for it"
    return 0.0, ""


def _close(one: str, other: str) -> bool:
    lengths = sorted((len(one), len(other)))
    if lengths[0] < 0.7 * lengths[1]:
        return False
    matcher = SequenceMatcher(None, one, other)
    # Counting letters is quick, and says never less than comparing.
    return matcher.quick_ratio() >= _CLOSE and matcher.ratio() >= _CLOSE


def _short_for(parts: Sequence[str], word: Sequence[str]) -> bool:
    """Whether each part is short for the word in its place: 'dat overl', 'vrvgsl' and 'vltrs' are."""
    if len(parts) != len(word) or list(parts) == list(word) or max(map(len, word), default=0) < 5:
        return False
    return all(part == full or _shortens(part, full) for part, full in zip(parts, word, strict=True))


def _shortens(part: str, full: str) -> bool:
    if not 3 <= len(part) < len(full) or part[0] != full[0]:
        return False
    letters = iter(full)
    return full.startswith(part) or (all(letter in letters for letter in part) and not set(part[1:]) & set("aeiou"))


def bare_headers(names: Sequence[str], words: Words) -> dict[str, tuple[str, ...]]:
    """Headers without words that say nothing: those of the country, and a first one that half of all columns begin with.

    'PAT_BSN', 'PAT_GEBDAT' is how a system names the columns of its table of patients. Fewer columns with one beginning
    may be of somebody else: a partner, a parent, a doctor.
    """
    first = [plain(name).split()[:1] for name in names if " " in plain(name)]
    often = {word for (word,) in first if 2 * first.count([word]) >= len(names) and first.count([word]) >= 3}
    idle = words.qualifiers | {word for word in words.persons if " " not in word}
    found = {}
    for name in names:
        parts = plain(name).split()
        rest = parts[1:] if parts[:1] and parts[0] in often else parts
        kept = [part for part in rest if part not in idle] or rest[-1:]
        kept = kept[:-1] if kept[1:] and kept[-1] in words.numbers else kept
        if len(kept) == 1:  # a compound, as Dutch writes them: 'correspondentieadres'
            first_word = max((word for word in idle if len(word) > 3 and kept[0].startswith(word)), key=len, default="")
            kept = [kept[0].removeprefix(first_word)]
        readings = {" ".join(one) for one in (rest, kept) if one != parts and not words.numbers.issuperset(one)}
        if readings:
            found[name] = tuple(sorted(readings))
    return found
