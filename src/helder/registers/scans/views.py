"""Filling in a supplier's questionnaire in one go; proposing a verdict, and confirming somebody else's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from helder.office import entries
from helder.office.decisions import needs
from helder.office.forms import form_of
from helder.office.models import User
from helder.office.rows import concerns
from helder.office.views import acting
from helder.office.words import later, say
from helder.registers.scans.comparison import Supplier, supplier
from helder.registers.scans.models import OUTCOMES, ScanAnswer, Verdict
from helder.registers.scans.rules import CLAIMS, SAID, Question, may_save, newest
from helder.registers.scans.verdicts import confirm, propose

_ASKED = ("answer", "rests_on", "evidence", "seen_on")
_OWN = ("answer", "evidence")
"""What a supplier fills in of itself. What an answer rests on is not its to say: only who saw the evidence can."""
_WHY = "quickscan"


class VerdictForm(forms.Form):
    """What is thought of a supplier, and why."""

    outcome = forms.ChoiceField(label=later("Oordeel", "Verdict"), choices=[("", "–"), *OUTCOMES])
    reasons = forms.CharField(label=later("Waarom", "Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


def _supplier(party: str, user: User) -> Supplier:
    found = supplier(party) if concerns(party, user) else None
    if found is None:
        raise Http404
    return found


def _forms(supplier: Supplier, user: User, data: Any = None) -> list[tuple[Question, Any]]:
    """A small form for each question, filled with what is known."""
    base, asked = form_of(ScanAnswer, user), newest()
    found = []
    for question in asked.questions.values():
        before = supplier.given.get(question.id)
        initial = before.content() if before else {}
        values = None
        if data is not None:
            named = {"party": supplier.short, "questionnaire": asked.id, "question": question.id}
            values = {f"{question.id}-{name}": value for name, value in named.items()}
            given = {name: data.get(f"{question.id}-{name}", "") for name in _ASKED}
            given |= _rests_on(before, given) if user.own_only else {}
            values |= {f"{question.id}-{name}": value for name, value in given.items()}
        instance = ScanAnswer(entry=before.entry) if before else None
        found.append((question, base(values, initial=initial, instance=instance, prefix=question.id)))
    return found


def _rests_on(before: ScanAnswer | None, given: Mapping[str, str]) -> dict[str, Any]:
    """What a supplier's own answer rests on: on its word, until somebody of the team saw the evidence for this very answer."""
    if before and (before.answer, before.evidence) == (given["answer"], given["evidence"].strip()):
        return {"rests_on": before.rests_on, "seen_on": before.seen_on}
    claims = given["answer"] in CLAIMS or given["evidence"].strip()
    return {"rests_on": SAID if claims else "", "seen_on": ""}


def _need_seen(supplier: Supplier, question: Question, form: Any, seen: str) -> None:
    """Refuse a change of an answer that somebody else changed since the page was opened (`seen`: the version it showed)."""
    before = supplier.given.get(question.id)
    if seen and form.is_valid() and seen != str(before.version if before else 0) and _changes(form, before):
        words = ("Iemand anders wijzigde dit antwoord intussen. Open deze pagina opnieuw en begin opnieuw.",
                 "Somebody else changed this answer in the meantime. Open this page again and start again.")  # fmt: skip
        form.add_error(None, say(*words))


def _changes(form: Any, before: ScanAnswer | None) -> bool:
    return before is None or ScanAnswer(**_content(form)).content() != before.content()


def _content(form: Any) -> dict[str, Any]:
    return {field.name: form.cleaned_data[field.name] for field in ScanAnswer.fields()}


def _too_many(user: User, supplier: Supplier, answered: list[tuple[Question, Any]]) -> bool:
    """Whether a supplier would save more versions of its answers than it may in a day; the team may always."""
    if not user.own_only:
        return False
    day = timezone.now() - dt.timedelta(days=1)
    saved = ScanAnswer.objects.filter(party=supplier.short, author__party=supplier.short, at__gte=day).count()
    more = sum(_changes(form, supplier.given.get(question.id)) for question, form in answered)
    return more > 0 and not may_save(saved, more, newest())


@needs("fill", "scans")
@require_http_methods(["GET", "POST"])
def fill_view(request: HttpRequest, party: str) -> HttpResponse:
    """All questions to one supplier on one page; what stays empty is not answered. The supplier itself sees its own only."""
    user = acting(request)
    one = _supplier(party, user)
    asked = _forms(one, user, request.POST if request.method == "POST" else None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST":
        answered = [(question, form) for question, form in asked if _answered(form)]
        for question, form in answered:
            _need_seen(one, question, form, request.POST.get(f"{question.id}-seen", ""))
        right = all(form.is_valid() for _, form in answered)
        if right and _too_many(user, one, answered):
            status = 429
        elif right:
            _save(user, one, answered)
            messages.success(request, say("Opgeslagen.", "Saved."))
            return redirect("own") if user.own_only else redirect("list", register="scans")
    lang, fields = say("nl", "en"), _OWN if user.own_only else _ASKED
    rows = [
        (question, question.words[lang], [form[name] for name in fields], _errors(form), _seen(request, one, question))
        for question, form in asked
    ]
    context = {"supplier": one, "rows": rows, "title": newest().title[lang], "too_many": status == 429}
    return render(request, "scans/fill.html", context, status=status)


def _seen(request: HttpRequest, supplier: Supplier, question: Question) -> str:
    """The version of an answer that the page was first opened with; "0": there was none."""
    before = supplier.given.get(question.id)
    return request.POST.get(f"{question.id}-seen", str(before.version if before else 0))


def _answered(form: Any) -> bool:
    return form.is_bound and bool(form.data[f"{form.prefix}-answer"])


def _errors(form: Any) -> list[str]:
    return [str(line) for lines in form.errors.values() for line in lines] if _answered(form) else []


@transaction.atomic
def _save(by: User, supplier: Supplier, answered: list[tuple[Question, Any]]) -> None:
    """New answers and corrections; what is as it was makes no version."""
    for question, form in answered:
        before = supplier.given.get(question.id)
        if before is None:
            entries.add(ScanAnswer, by, _content(form))
        elif _changes(form, before):
            entries.correct(ScanAnswer, by, before.entry, _content(form), _WHY, before.version)


@needs("decide", "scans")
@require_http_methods(["GET", "POST"])
def verdict_view(request: HttpRequest, party: str) -> HttpResponse:
    """Propose a verdict; what is not shown stands on the page."""
    supplier = _supplier(party, acting(request))
    form = VerdictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            propose(acting(request), party, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                say(
                    "Voorgesteld. Nu moet iemand anders het bevestigen.", "Proposed. Now somebody else must confirm it."
                ),
            )
            return redirect("list", register="scans")
    gaps = [one.words[say("nl", "en")] for one in supplier.gaps]
    context = {"supplier": supplier, "form": form, "gaps": gaps}
    return render(request, "scans/verdict.html", context, status=422 if form.is_bound else 200)


@needs("approve", "scans")
@require_POST
def confirm_view(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm somebody else's verdict."""
    verdict = get_object_or_404(Verdict, pk=number)
    try:
        confirm(acting(request), verdict)
        messages.success(request, say("Bevestigd.", "Confirmed."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("list", register="scans")
