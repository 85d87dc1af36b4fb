"""Words of offices and lawyers: common enough in print, so not rare, and not what people say to each other.

`stiff.csv` names each with a plainer word; empty where leaving it out is plainer. Shortened words with stops in between
(`m.b.t.`, `e.g.`) are named with them: a reader has to know what they stand for.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib import resources

_SHORTENED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}")


@cache
def _stiff(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds the words of a language, and the plainer word of each."""
    text = resources.files(__package__).joinpath("stiff.csv").read_text("utf-8")
    plainer = {row["word"]: row["plainer"] for row in csv.DictReader(text.splitlines()) if row["language"] == language}
    longest_first = sorted(plainer, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"), plainer


@lru_cache(maxsize=4096)  # the variants of a letter share their sentences
def stiff(text: str, language: str) -> tuple[str, ...]:
    """The stiff words of a text, each with what to say instead: `derhalve → daarom`. Knows `nl` and `en`."""
    pattern, plainer = _stiff(language)
    found = dict.fromkeys(pattern.findall(text.lower()))
    return tuple(f"{word} → {plainer[word]}" if plainer[word] else word for word in found)


def shortened(text: str) -> list[str]:
    """The shortened words of a text. Initials of a name (A.B. Vries) are none: they are capitals."""
    return [word for word in _SHORTENED.findall(text) if not word.isupper()]
