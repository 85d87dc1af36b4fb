"""A supplier's quickscan as OSCAL assessment results (NIST, version 1.1), the format that audit tools exchange.

Each answer is an observation with its evidence, each question that was answered with yes, partly or no a finding. "Satisfied"
is only what was shown; somebody's word is not. A question that is unknown or does not apply has no finding.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings

from helder.office.words import say
from helder.registers.scans.comparison import Supplier
from helder.registers.scans.models import ScanAnswer
from helder.registers.scans.rules import AUDIT, DOCUMENT, NO, PARTLY, SAID, TESTED, YES, Question, Questionnaire
from helder.registers.scans.verdicts import CONFIRMED, basis

OSCAL = "1.1.3"
NAMESPACE = uuid.UUID("7d1f6a7e-9c0d-5d53-9f0e-2a2f4f1d6b11")
OWN = "urn:helder:quickscan"
_METHODS = {SAID: "INTERVIEW", DOCUMENT: "EXAMINE", AUDIT: "EXAMINE", TESTED: "TEST"}

Json = dict[str, Any]


def control_id(number: str) -> str:
    """A control of ISO/IEC 27002:2022 as an OSCAL token."""
    return f"iso27002-2022_{number}"


def assessment_results(supplier: Supplier, asked: Questionnaire) -> Json:
    """The document; equal answers and verdict give equal identifiers. `supplier` has at least one answer."""
    root = f"{settings.HELDER_HEAD.id}|{supplier.short}|{asked.id}|{basis(supplier.given.values())}"
    lang = say("nl", "en")
    ids = _Ids(root)
    last = max(one.at for one in supplier.given.values())
    plan = ids("questionnaire")
    head = {
        "title": f"{asked.title[lang]}: {supplier.name}",
        "last-modified": _time(last),
        "version": basis(supplier.given.values())[:12],
        "oscal-version": OSCAL,
        "parties": [
            {"uuid": ids("party"), "type": "organization", "name": supplier.name, "short-name": supplier.short}
        ],
    }
    reference = {"uuid": plan, "title": asked.title[lang], "description": asked.id}
    return {
        "assessment-results": {
            "uuid": ids("document"),
            "metadata": head,
            "import-ap": {
                "href": f"#{plan}",
                "remarks": say("De vragenlijst is het plan.", "The questionnaire is the plan."),
            },
            "results": [_result(supplier, asked, ids, last)],
            "back-matter": {"resources": [reference]},
        }
    }


class _Ids:
    """Identifiers that are always the same for the same thing."""

    def __init__(self, root: str) -> None:
        self._root = root

    def __call__(self, what: str) -> str:
        return str(uuid.uuid5(NAMESPACE, f"{self._root}|{what}"))


def _result(supplier: Supplier, asked: Questionnaire, ids: _Ids, last: dt.datetime) -> Json:
    lang = say("nl", "en")
    given = [(asked.questions[id], one) for id, one in supplier.given.items()]
    controls = sorted({control_id(number) for question, _ in given for number in question.controls})
    result: Json = {
        "uuid": ids("result"),
        "title": asked.title[lang],
        "description": say("Antwoorden met hun bewijs.", "Answers with their evidence."),
        "start": _time(min(one.at for one in supplier.given.values())),
        "end": _time(last),
        "reviewed-controls": {"control-selections": [{"include-controls": [{"control-id": id} for id in controls]}]},
        "observations": [_observation(question, one, ids) for question, one in given],
    }
    if findings := [_finding(question, one, ids) for question, one in given if one.answer in (YES, PARTLY, NO)]:
        result["findings"] = findings
    if supplier.verdict and supplier.state == CONFIRMED:
        verdict = [{"name": "verdict", "ns": OWN, "title": supplier.outcome, "prose": supplier.verdict.reasons}]
        result["attestations"] = [{"parts": verdict}]
    return result


def _observation(question: Question, one: ScanAnswer, ids: _Ids) -> Json:
    words = f"{one.asked} {one.get_answer_display()}"
    made: Json = {
        "uuid": ids(f"observation {question.id}"),
        "title": question.id,
        "description": words,
        "props": [{"name": "answer", "ns": OWN, "value": one.answer}],
        "methods": [_METHODS.get(one.rests_on, "UNKNOWN")],
        "collected": one.seen_on.isoformat() + "T00:00:00Z" if one.seen_on else _time(one.at),
    }
    if one.rests_on:
        made["props"].append({"name": "rests-on", "ns": OWN, "value": one.rests_on})
    if one.evidence.strip():
        made["relevant-evidence"] = [{"description": one.evidence}]
    return made


def _finding(question: Question, one: ScanAnswer, ids: _Ids) -> Json:
    shown = one.given.shown
    status = {"state": "satisfied" if shown else "not-satisfied", "reason": "pass" if shown else "other"}
    if one.answer == NO:
        status["reason"] = "fail"
    return {
        "uuid": ids(f"finding {question.id}"),
        "title": question.id,
        "description": one.asked,
        "target": {"type": "objective-id", "target-id": question.id, "status": status},
        "related-observations": [{"observation-uuid": ids(f"observation {question.id}")}],
    }


def _time(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
