"""What a file does not tell of itself, said aloud: what was chosen, what fits as well, and where to look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from helder.cli.say import Say


def doubt_sentence(doubt: Mapping[str, Any], say: Say) -> str:
    """What is not sure; signs and lines, never the values that they stand in."""
    what = say(*{"encoding": ("Codering", "Encoding"), "delimiter": ("Scheidingsteken", "Delimiter")}[doubt["fact"]])
    told = say(f"{what} niet zeker: gelezen als {doubt['chosen']}", f"{what} not sure: read as {doubt['chosen']}")
    if doubt["other"]:
        told += say(f", misschien {doubt['other']}", f", perhaps {doubt['other']}")
    signs = ", ".join(_sign(say, *sign) for sign in doubt["signs"])
    return f"{told} ({signs})." if signs else f"{told}."


def _sign(say: Say, here: str, there: str, line: int) -> str:
    if not here:
        return say(f"regel {line}", f"line {line}")
    if not there:
        return say(f"regel {line}: '{here}' is hier ongewoon", f"line {line}: '{here}' is unusual here")
    return say(f"regel {line}: '{here}' is dan '{there}'", f"line {line}: '{here}' is then '{there}'")


def doubt_advice(doubt: Mapping[str, Any], source: str, say: Say) -> str:
    """What settles it."""
    option = f'sources.{source}.options = {{ {doubt["fact"]} = "{doubt["chosen"]}" }}'
    return say(
        f"Kijk in het bestand of vraag de afzender, en zeg het in case.toml, zoals {option}.",
        f"Look in the file or ask the sender, and say it in case.toml, such as {option}.",
    )


def doubt_lines(found: Mapping[str, Iterable[Mapping[str, Any]]], say: Say) -> list[str]:
    """A sentence for each doubt, by source, and what settles it once for each source."""
    told = []
    for source, doubts in found.items():
        last: Mapping[str, Any] = {}
        for last in doubts:
            told.append(say(f"Bron {source}: ", f"Source {source}: ") + doubt_sentence(last, say))
        if last:
            told.append("  " + doubt_advice(last, source, say))
    return told
