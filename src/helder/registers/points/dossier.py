"""The dossier of a request: each point with its answer, and every number in it with its source and what became of it."""

from __future__ import annotations

import hashlib
from functools import partial

from django.conf import settings
from django.utils import timezone

from helder.office.citations import Cited
from helder.office.loose import loose
from helder.office.naming import told
from helder.office.offers import Offer, papers
from helder.office.paper import Paper
from helder.office.register import citer
from helder.office.words import say
from helder.registers.points.models import Point


def offers() -> list[Offer]:
    """A dossier for each request."""
    found = Point.objects.filter(current=True, withdrawn=False).order_by("request")
    return [
        Offer(_name(request), f"Dossier: {request}", papers(partial(dossier, request)), about=request)
        for request in found.values_list("request", flat=True).distinct()
    ]


def _name(request: str) -> str:
    """A name for the address that gives nothing away, and has no run of digits that looks like a number."""
    digest = hashlib.sha256(request.encode()).hexdigest()[:12]
    return digest.translate(str.maketrans("0123456789", "ghijklmnop"))


def dossier(request: str) -> Paper:
    """The dossier of one request as it stands now, in the reader's language."""
    cite = citer()
    head = settings.HELDER_HEAD
    lang = say("nl", "en")
    today = timezone.localdate().isoformat()
    paper = Paper(
        title=say(f"Dossier bij: {request}", f"Dossier on: {request}"),
        about=say(f"{head.title.get(lang, head.id)}. Stand van {today}.", f"{head.title.get(lang, head.id)}. As of {today}."),
        lang=lang,
    )  # fmt: skip
    points = sorted(Point.objects.filter(request=request, current=True, withdrawn=False), key=_order)
    texts = {point.pk: (cite(point.answer), cite(point.evidence)) for point in points}
    problems = dict.fromkeys(line for pair in texts.values() for text in pair for line in text.problems)
    for line in problems:
        paper.flag(line)
    paper.table(
        say("Stand per punt", "State of each point"),
        (say("Punt", "Point"), say("Gevraagd", "Asked"), say("Stand", "State")),
        [(point.number, point.asked, str(point.get_state_display())) for point in points],
    )
    for point in points:
        _point(paper, point, *texts[point.pk])
    _sources(paper, [text for pair in texts.values() for text in pair])
    return paper


def _order(point: Point) -> tuple[int, str]:
    """Points in their own order: 2 before 10."""
    digits = "".join(char for char in point.number if char.isdecimal())
    return int(digits or 0), point.number


def _point(paper: Paper, point: Point, answer: Cited, evidence: Cited) -> None:
    paper.heading(say(f"Punt {point.number}", f"Point {point.number}"))
    paper.text(point.asked)
    paper.heading(say("Antwoord", "Answer"), 2)
    paper.text(answer.text or say("Nog geen antwoord.", "No answer yet."))
    for line in dict.fromkeys([*answer.problems, *evidence.problems, *_loose(point)]):
        paper.flag(line)
    rows = [
        (say("Stand", "State"), str(point.get_state_display())),
        (say("Wie schrijft", "Who writes"), point.owner),
        (say("Uiterlijk", "Due"), point.due.isoformat() if point.due else "–"),
        (say("Acties", "Actions"), _actions(point)),
        (say("Bewijs", "Evidence"), evidence.text or "–"),
        (say("Versie", "Version"), f"{point.version}, {timezone.localtime(point.at):%Y-%m-%d %H:%M}"),
    ]
    paper.table(
        say(f"Bij punt {point.number}", f"With point {point.number}"),
        (say("Wat", "What"), say("Inhoud", "Content")),
        rows,
    )


def _loose(point: Point) -> list[str]:
    """A line for the author when numbers were typed that should be cited."""
    found = ", ".join(loose(point.answer))
    return [say(f"Getallen zonder telling: {found}.", f"Numbers without a query: {found}.")] if found else []


def _actions(point: Point) -> str:
    """The measures that were taken on it, in words; by name alone when one is no longer there."""
    return "; ".join(f"{name}: {words}" if words else name for name, words in told("measures", point.actions)) or "–"


def _sources(paper: Paper, texts: list[Cited]) -> None:
    """Every number that the dossier cites: what was said, how it was counted, and what became of it."""
    rows = dict.fromkeys(row for text in texts for row in text.sources)
    if rows:
        paper.heading(say("Waar de getallen vandaan komen", "Where the numbers come from"))
        heads = (say("Naam", "Name"), say("Getal", "Number"), say("Telling", "Query"), say("Nu", "Now"))
        paper.table(say("Getallen in dit dossier", "Numbers in this dossier"), heads, list(rows))
