"""Published numbers beside the evidence, in the order in which they were said.

Each claim has a filled mark at the number that was published and a ring at what the evidence says, both on one
scale; the mark's form is its unit, so that records are never read as people.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from markupsafe import Markup

from helder.results.page.data import Claim, PageData
from helder.results.page.figure import NARROW, WIDE, Figure, Table
from helder.results.page.scale import linear, nice
from helder.results.page.svg import line, lines, path, picture, tag, text, wrap
from helder.results.page.wording import Wording

UNITS = ("records", "people", "letters")
R = 7.0


def mark(unit: str, x: float, y: float, class_: str) -> Markup:
    """A square for records, a circle for people, an upright diamond for letters, a bar for anything else."""
    if unit == "people":
        return tag("circle", cx=x, cy=y, r=R, class_=class_)
    if unit == "records":
        return tag("rect", x=x - R + 1, y=y - R + 1, width=2 * R - 2, height=2 * R - 2, class_=class_)
    if unit == "letters":
        return path(["M", x, y - R - 1, "L", x + R + 1, y, "L", x, y + R + 1, "L", x - R - 1, y, "Z"], class_)
    return tag("rect", x=x - 3, y=y - R, width=6, height=2 * R, class_=class_)


def dumbbell(claim: Claim, x: float, y: float, length: Callable[[float], float]) -> Markup:
    """The published number, the evidence, and the distance between them."""
    if claim.number is None:
        return Markup("")
    said = x + length(claim.number)
    drawn = line(x, y, said, y, "stem")
    if claim.evidence is not None:
        known = x + length(claim.evidence)
        if claim.verdict in ("differs", "other"):
            drawn += line(known, y, said, y, "away")
            drawn += mark(claim.unit, known, y, "evidence")
        else:
            drawn += tag("circle", cx=known, cy=y, r=R + 5, class_="evidence")
    return drawn + mark(claim.unit, said, y, f"said-{claim.verdict}")


def when(claim: Claim, say: Wording) -> str:
    """The day of a claim; the week where only that is known; nothing where not even that is."""
    if claim.day is None:
        return say.plain("table.none")
    day = say.numbers.day(claim.day)
    return say.plain("claims.week", day=day) if claim.week else day


def verdict(claim: Claim, say: Wording) -> str:
    """In words: matches, differs by how much, or cannot be compared."""
    if claim.verdict == "differs":
        apart = None if claim.number is None or claim.evidence is None else abs(claim.number - claim.evidence)
        return say.plain("claims.differs", n=apart) if apart and apart >= 11 else say.plain("claims.differs_some")
    if claim.verdict == "matches" and claim.number != claim.evidence:
        return say.plain("claims.near")
    return say.plain(f"claims.{claim.verdict}")


def amount(claim: Claim, say: Wording) -> str:
    """The number with its unit; 'about' where the issuer said so."""
    unit = say.plain(f"unit.{claim.unit}")
    if claim.number is None:
        return f"{unit}: {say.numbers.count(None)}"
    words = f"{say.numbers.count(claim.number)} {unit}"
    return say.plain("claims.about", amount=words) if claim.approximate else words


def says(claim: Claim, say: Wording, width: float) -> list[tuple[str, str]]:
    """What was said by whom, and why it is not what it seems, in lines with their class."""
    said = [(row, "small") for row in wrap(f"{claim.issuer}: {say.of(claim.says)}", width, 15)]
    return said + [(row, "why") for row in wrap(say.of(claim.why), width, 15)]


def _sign(claim: Claim, x: float, y: float) -> Markup:
    """A tick, a 'not equal' or a dash before the verdict."""
    if claim.verdict == "matches":
        return path(["M", x, y - 5, "l", 4, 5, "l", 8, -10], "sign")
    if claim.verdict in ("differs", "other"):
        return path(["M", x, y - 7, "h", 12, "M", x, y - 1, "h", 12, "M", x + 10, y - 12, "l", -7, 15], "sign away")
    return path(["M", x, y - 4, "h", 12], "sign faint")


def _wide(data: PageData, say: Wording, named: tuple[str, str], most: int) -> Markup:
    x_day, x_words, x_plot, x_verdict = 24.0, 150.0, 520.0, 870.0
    length = linear(most, x_verdict - x_plot - 30)
    drawn, y = Markup(""), 34.0
    for _, same in groupby(data.claims, key=lambda claim: (claim.day, claim.week)):
        claims = list(same)
        drawn += tag("circle", cx=7, cy=y + 14, r=5, class_="stop")
        drawn += lines(x_day, y + 19, wrap(when(claims[0], say), x_words - x_day - 8, 15), "strong")
        for claim in claims:
            words = says(claim, say, x_plot - x_words - 24)
            drawn += text(x_words, y + 19, amount(claim, say), "strong")
            for n, (row, class_) in enumerate(words):
                drawn += text(x_words, y + 38 + n * 19, row, class_)
            drawn += dumbbell(claim, x_plot, y + 15, length)
            drawn += _sign(claim, x_verdict, y + 20)
            drawn += lines(x_verdict + 20, y + 20, wrap(verdict(claim, say), WIDE - x_verdict - 20, 15), "small")
            y += 24 + len(words) * 19 + 10
        drawn += line(x_day, y - 5, WIDE, y - 5, "grid")
        y += 6
    ticks = Markup("").join(
        text(x_plot + length(at), 16, say.numbers.thousands(at), "tick", "middle")
        + line(x_plot + length(at), 24, x_plot + length(at), y - 12, "grid")
        for at in nice(most)
        if at <= most
    )
    rail = line(7, 40, 7, y - 30, "rail")
    return picture("claims-wide", *named, (WIDE, y), ticks, rail, drawn, class_="wide")


def _narrow(data: PageData, say: Wording, named: tuple[str, str], most: int) -> Markup:
    length, x = linear(most, NARROW - 52), 24.0
    drawn, y = Markup(""), 4.0
    for _, same in groupby(data.claims, key=lambda claim: (claim.day, claim.week)):
        claims: list[Claim] = list(same)
        drawn += tag("circle", cx=7, cy=y + 14, r=5, class_="stop") + text(x, y + 19, when(claims[0], say), "item")
        y += 30
        for claim in claims:
            words = says(claim, say, NARROW - x)
            drawn += text(x, y + 15, amount(claim, say), "strong")
            for n, (row, class_) in enumerate(words):
                drawn += text(x, y + 34 + n * 19, row, class_)
            y += 24 + len(words) * 19
            drawn += dumbbell(claim, x + 12, y + 14, length)
            drawn += _sign(claim, x, y + 50) + text(x + 20, y + 50, verdict(claim, say), "small")
            y += 76
        y += 6
    rail = line(7, 20, 7, y - 20, "rail")
    return picture("claims-narrow", *named, (NARROW, y), rail, drawn, class_="narrow")


def claims(data: PageData, say: Wording) -> Figure:
    """Every published number, and what the evidence says of it."""
    found = data.claims
    most = max([claim.number or 0 for claim in found] + [claim.evidence or 0 for claim in found] + [1])
    counted = {
        id: sum(claim.verdict == id for claim in found) for id in ("matches", "differs", "other", "incomparable")
    }
    title = say.plain("claims.picture")
    named = (title, say.plain("claims.description", **{id: str(n) for id, n in counted.items()}))
    names = ("date", "number", "unit", "issuer", "said", "evidence", "verdict", "why", "source")
    none = say.plain("table.none")
    rows = tuple(
        (
            when(claim, say),
            claim.number,
            say.plain(f"unit.{claim.unit}"),
            claim.issuer,
            say.of(claim.says),
            none if claim.verdict == "incomparable" else claim.evidence,
            verdict(claim, say),
            say.of(claim.why),
            claim.source,
        )
        for claim in found
    )
    key = tuple((f"m-{unit}", say.plain(f"unit.{unit}")) for unit in UNITS)
    return Figure(
        "claims",
        title,
        _wide(data, say, named, most),
        _narrow(data, say, named, most),
        Table(title, tuple(say.plain(f"table.{name}") for name in names), rows),
        (*key, ("m-evidence", say.plain("claims.ring"))),
    )
