"""What quickscans offer to take along: the comparison as a document, and each supplier's results as OSCAL."""

from __future__ import annotations

import json
from functools import partial

from django.conf import settings
from django.utils import timezone

from helder.office.offers import Offer, papers
from helder.office.paper import Paper
from helder.office.words import say
from helder.registers.scans.comparison import Supplier, suppliers
from helder.registers.scans.oscal import assessment_results
from helder.registers.scans.rules import Questionnaire, newest


def offers() -> list[Offer]:
    """The comparison of suppliers that answered, and OSCAL assessment results of each."""
    asked = newest()
    found = [one for one in suppliers(asked) if one.given]
    if not found:
        return []
    label = say("Vergelijking van leveranciers", "Comparison of suppliers")
    each = [Offer(f"oscal-{one.short}", f"OSCAL: {one.name}", {"json": partial(_oscal, one, asked)}) for one in found]
    return [Offer("comparison", label, papers(partial(comparison, found, asked))), *each]


def _oscal(supplier: Supplier, asked: Questionnaire) -> bytes:
    return json.dumps(assessment_results(supplier, asked), ensure_ascii=False, indent=1).encode()


def comparison(found: list[Supplier], asked: Questionnaire) -> Paper:
    """Suppliers side by side, then each with its verdict and evidence."""
    lang = say("nl", "en")
    head = settings.HELDER_HEAD
    title = say("Leveranciers vergeleken", "Suppliers compared")
    made = Paper(title, f"{head.title.get(lang, head.id)}. {asked.title[lang]}. {timezone.localdate()}.", lang)
    for one in found:
        made.heading(one.name)
        made.text(f"{say('Oordeel', 'Verdict')}: {one.outcome} ({one.state_words}).")
        if one.verdict:
            made.text(one.verdict.reasons)
        if one.gaps:
            gaps = "; ".join(gap.words[lang] for gap in one.gaps)
            made.flag(f"{say('Niet aangetoond', 'Not shown')} ({len(one.gaps)}): {gaps}")
        rows = [
            (_question(one, id, lang, asked), one.cell(asked.questions[id])[0], _evidence(one, id)) for id in one.given
        ]
        heads = (say("Vraag", "Question"), say("Antwoord", "Answer"), say("Bewijs", "Evidence"))
        made.table(f"{say('Antwoorden van', 'Answers of')} {one.name}", heads, rows)
    if len(found) > 1:
        made.heading(say("Naast elkaar", "Side by side"))
        table = [(q.words[lang], *(one.cell(q)[0] for one in found)) for q in asked.questions.values()]
        made.table(title, (say("Vraag", "Question"), *(one.name for one in found)), table)
    return made


def _question(one: Supplier, id: str, lang: str, asked: Questionnaire) -> str:
    question = asked.questions[id]
    return f"{question.words[lang]} ({', '.join(question.controls)})"


def _evidence(one: Supplier, id: str) -> str:
    answer = one.given[id]
    parts = [answer.evidence, answer.seen_on.isoformat() if answer.seen_on else ""]
    return ", ".join(filter(None, parts)) or "–"
