"""Made-up citizen service numbers that pass the eleven-test, from the range that is never given out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from helder.countries.nl.bsn import BSN


def numbers() -> Iterator[str]:
    """Valid numbers, always the same ones."""
    return (number for value in count(999_900_000) if BSN.check(number := str(value)))
