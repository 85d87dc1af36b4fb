"""Filling the office of the reference case: what is public of it, numbers of its made-up people, and examples that are made up and say so."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable

from django.conf import settings
from django.db import transaction

from helder.office import entries
from helder.office.loading import load, loader
from helder.office.models import User
from helder.office.register import registers
from helder.registers.points.models import Point
from helder.registers.scans.verdicts import confirm, propose
from helder.results.query import opened

FROM_RESULTS = "numbers"


@transaction.atomic
def fill_demo() -> dict[str, int]:
    """Load what `helder.demo` ships, once; numbers, and answers that cite them, when there is a result to take them from.

    Gives how many entries were added, by register.
    """
    folder = files("helder.demo").joinpath("office")
    texts, made_up = _texts(folder), _texts(folder.joinpath("made_up"))
    if opened(settings.HELDER_CASE) is None:
        del texts[FROM_RESULTS], made_up["points"]
    added = load(_ordered(texts), loader("Openbare bronnen / public sources"))
    if added.keys() >= {"parties", "scans", "points"}:  # of this moment: none of it is anybody's work
        author = loader("Verzonnen voorbeeld / made-up example", "example")
        more = load(_ordered({id: made_up[id] for id in ("parties", "scans")}), author, beside=True)
        added |= {id: added[id] + count for id, count in more.items()}
        _judge(made_up["verdicts"])
        _answer(made_up.get("points", ""), author)
    return added


def _texts(folder: Traversable) -> dict[str, str]:
    """The files of a folder, by register."""
    return {
        file.name.removesuffix(".toml"): file.read_text("utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }


def _ordered(texts: dict[str, str]) -> dict[str, str]:
    """What others name stands first."""
    return {id: texts[id] for id in registers() if id in texts}


def _judge(text: str) -> None:
    """Verdicts on suppliers: proposed by one who wrote no answer, and some confirmed by another."""
    one, other = (loader(f"Verzonnen beoordelaar {n} / made-up assessor {n}", f"assessor-{n}") for n in (1, 2))
    for row in tomllib.loads(text)["verdicts"]:
        verdict = propose(one, row["party"], row["outcome"], row["reasons"])
        if row["confirmed"]:
            confirm(other, verdict)


def _answer(text: str, author: User) -> None:
    """Answers to points that were asked, as corrections: who asked and who answered stay apart."""
    for row in tomllib.loads(text).get("points", []):
        point = Point.objects.get(number=row.pop("number"), current=True)
        entries.correct(
            Point, author, point.entry, row, "verzonnen voorbeeldantwoord / made-up example answer", point.version
        )
