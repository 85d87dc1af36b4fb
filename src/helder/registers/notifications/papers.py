"""The notification to take along: as accessible PDF and ODT, as JSON, and as a sheet to copy from into a web form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils import timezone

from helder.office.offers import Offer, papers
from helder.office.paper import Paper
from helder.office.words import say
from helder.registers.notifications.filling import filled
from helder.registers.notifications.models import Notification
from helder.registers.notifications.sending import as_json
from helder.registers.notifications.sheet import sections

SECTIONS = {
    "1.1": ("De melding en de organisatie", "The notification and the organisation"),
    "2.2": ("Wie meldt", "Who notifies"),
    "2.3": ("Contact en andere partijen", "Contact and other parties"),
    "3.1": ("Verloop in de tijd", "Course of events"),
    "3.2": ("Aard van het datalek", "Nature of the breach"),
    "3.3": ("De mensen", "The people"),
    "3.4": ("De gegevens", "The data"),
    "3.5": ("Maatregelen die er al waren", "Measures already in place"),
    "4.1": ("Gevolgen", "Consequences"),
    "4.2": ("Risico", "Risk"),
    "4.3": ("Wat eraan gedaan is", "What was done about it"),
    "4.4": ("Herhaling en de mensen", "Another breach, and the people"),
    "6.1": ("Andere instanties", "Other authorities"),
    "6.2": ("Over grenzen heen", "Cross-border"),
    "6.3": ("Bijlagen", "Attachments"),
}

Rows = list[dict[str, Any]]


def offers() -> list[Offer]:
    """The draft, and every notification as sent."""
    draft = Offer("draft", say("Concept van nu", "Draft of now"), _formats(_now, say("Concept", "Draft")))
    sent = [
        Offer(f"sent-{one.number}", _label(one), _formats(partial(_frozen, one), _label(one)))
        for one in Notification.objects.all()
    ]
    return [draft, *sent]


def _label(one: Notification) -> str:
    return f"{one.number}. {one.get_kind_display()}, {timezone.localtime(one.at):%Y-%m-%d %H:%M}"


def _now() -> Rows:
    return as_json(filled())


def _frozen(one: Notification) -> Rows:
    rows: Rows = one.content
    return rows


def _formats(rows: Any, label: str) -> Mapping[str, Any]:
    def whole() -> bytes:
        document = {"case": settings.HELDER_HEAD.id, "notification": label, "fields": rows()}
        return json.dumps(document, ensure_ascii=False, indent=1).encode()

    return {**papers(lambda: paper(rows(), label)), "json": whole, "txt": lambda: sheet(rows(), label).encode()}


def _name(section: str) -> str:
    return f"{section} {say(*SECTIONS[section])}"


def _told(row: Mapping[str, Any]) -> str:
    absent = say("ONTBREEKT", "MISSING") if row["missing"] else "–"
    return str(row["words"]) or absent


def paper(rows: Rows, label: str) -> Paper:
    """The notification as a document: what is missing first, then each section."""
    lang = say("nl", "en")
    head = settings.HELDER_HEAD
    title = say("Melding van een datalek (AVG art. 33)", "Notification of a personal data breach (GDPR art. 33)")
    made = Paper(title, f"{head.title.get(lang, head.id)}. {label}.", lang)
    absent = [row["label"] for row in rows if row["missing"]]
    if absent:
        made.flag(say(f"Ontbreekt ({len(absent)}): ", f"Missing ({len(absent)}): ") + "; ".join(absent))
    for line in dict.fromkeys(line for row in rows for line in row["problems"]):
        made.flag(line)
    heads = (say("Vraag", "Question"), say("Antwoord", "Answer"), say("Waar het vandaan komt", "Where it comes from"))
    for section, group in groupby(rows, key=lambda row: row["section"]):
        made.heading(_name(section))
        table = [(f"{row['field']}. {row['label']}", _told(row), row["origin"] or "–") for row in group]
        made.table(say(f"Velden van {section}", f"Fields of {section}"), heads, table)
    return made


def sheet(rows: Rows, label: str) -> str:
    """Plain text, a block for each field, to copy from, in the order of the authority's web form where that is known."""
    lines = [label, ""]
    for heading, group in sections(rows, settings.HELDER_COUNTRY, _name):
        lines += [f"== {heading} ==", ""]
        for row in group:
            lines += [f"[{row['field']}] {row['label']}", _told(row), ""]
    return "\n".join(lines)
