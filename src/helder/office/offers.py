"""Documents that a register offers: made when they are asked for, in formats to choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from helder.office.paper import Paper, odt, pdf


@dataclass(frozen=True)
class Offer:
    """A document: its name in the address, its words, and how each format of it is made.

    `about` is what stands in the first column of the entries it is about: it is offered on the pages that show them.
    Empty: on every page.
    """

    name: str
    label: str
    formats: Mapping[str, Callable[[], bytes]]
    about: str = ""


def papers(make: Callable[[], Paper]) -> dict[str, Callable[[], bytes]]:
    """A paper in its formats."""
    return {"pdf": lambda: pdf(make()), "odt": lambda: odt(make())}
