"""The audit log as a page: looked through by who, what, about what and when, and taken along as a file."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from helder.audit.line import is_subject
from helder.audit.log import COLUMNS, Cursor
from helder.audit.search import Row, Search, Wanted
from helder.office import searches
from helder.office.audit import write
from helder.office.decisions import needs
from helder.office.entries import seen_in_log
from helder.office.forms import describe
from helder.office.models import User
from helder.office.moments import MomentField, told
from helder.office.sheets import harmless
from helder.office.views import acting
from helder.office.words import grouped, later, say
from helder.web import audit_words

PAGE = 50
PLACE = "audit"
_BATCH = 1_000
VERIFIED = "audit.verified"
TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


def searching() -> Search:
    """The log of the office, on Django's own connection."""
    return Search(cast(Cursor, connection.cursor()), "format")


class Filter(forms.Form):
    """Which lines. Whoever and whatever is chosen from is in the log already, so that nothing else is ever written back into it."""

    who = forms.ChoiceField(label=later("Wie", "Who"), required=False)
    what = forms.ChoiceField(label=later("Wat", "What"), required=False)
    subject = forms.CharField(
        label=later("Waarover", "About what"),
        help_text=later("Zoals het in de lijst staat, bijvoorbeeld round/one.", "As the list has it, for instance round/one."),
        max_length=80,
        required=False,
    )  # fmt: skip
    since = MomentField(label=later("Vanaf", "From"), required=False)
    until = MomentField(label=later("Tot", "Until"), required=False)

    def __init__(self, given: QueryDict, search: Search) -> None:
        super().__init__(given)
        self._actions = search.actions()
        all = ("", say("alles", "everything"))
        who, what = self.fields["who"], self.fields["what"]
        assert isinstance(who, forms.ChoiceField) and isinstance(what, forms.ChoiceField)
        who.choices = [("", say("iedereen", "everybody")), *((one, audit_words.who(one)) for one in search.actors())]
        what.choices = [all, *audit_words.choices(self._actions)]
        describe(self)

    def clean_subject(self) -> str:
        """Never a person's own number or name: it would stand in the log when the lines are taken along."""
        subject = str(self.cleaned_data["subject"]).strip()
        if subject and not is_subject(subject):
            raise ValidationError(say("Zo heet niets in het logboek.", "Nothing is called so in the log."))
        return subject

    def wanted(self) -> Wanted:
        """For the search. What ends with a dot is everything of that."""
        data = self.cleaned_data
        what: str = data["what"]
        every = tuple(one for one in self._actions if one.startswith(what)) if what.endswith(".") else (what,)
        return Wanted(data["who"], every if what else (), data["subject"], data["since"], data["until"])

    def chosen(self) -> dict[str, str]:
        """What was chosen, for the line about it; moments to the minute and in UTC."""
        found = {name: value for name, value in self.cleaned_data.items() if value}
        return {
            name: value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M") if isinstance(value, dt.datetime) else value
            for name, value in found.items()
        }


@needs("read", "audit")
@require_GET
def audit_view(request: HttpRequest) -> HttpResponse:
    """The newest lines, or those before or after one; and when it was last checked that no line was changed."""
    search, user = searching(), acting(request)
    chosen = searches.typed(request, user, PLACE) or ""
    form, size = Filter(QueryDict(chosen), search), search.size()
    context: dict[str, Any] = {"form": form, "size": size, "case_folder": settings.HELDER_CASE.name}
    context["verified"] = _verified(search, size)
    if form.is_valid():
        before, after = _number(request, "before"), _number(request, "after")
        context |= _page(search, form.wanted(), user, before, after)
        context |= {"query": searches.in_address(chosen, user, PLACE), "filtered": bool(chosen)}
    return render(request, "audit.html", context, status=200 if form.is_valid() else 422)


@needs("read", "audit")
@require_http_methods(["GET", "POST"])
def search_view(request: HttpRequest) -> HttpResponse:
    """Lead to the lines that were asked for; to all of them without a choice, as for who had to log in again on the way."""
    given = {name: request.POST.get(name, "")[: searches.MOST] for name in Filter.base_fields}
    chosen = urlencode({name: value for name, value in given.items() if value})
    return searches.led(reverse("audit"), chosen, acting(request), PLACE)


def _page(search: Search, wanted: Wanted, user: User, before: int | None, after: int | None) -> dict[str, Any]:
    """A page of lines, and from which lines the pages beside it go on."""
    backward = after is not None
    found = search.page(wanted, PAGE + 1, before=before, after=after)
    more = len(found) > PAGE
    if more:
        found = found[1:] if backward else found[:PAGE]
    older = found[-1][0] if found and (more or backward) else None
    newer = found[0][0] if found and (more if backward else before is not None) else None
    entries = seen_in_log([row[4] for row in found], user)
    rows = [_shown(row) | {"entry": entries.get(row[4])} for row in found]
    return {"rows": rows, "older": older, "newer": newer, "first": not (before or after)}


def _shown(row: Row) -> dict[str, Any]:
    number, at, actor, action, subject, reason, details = row
    return {
        "number": grouped(number), "at": _told(at), "who": audit_words.who(actor), "subject": subject, "reason": reason,
        "what": f"{audit_words.about(action)}: {audit_words.done(action)}", "action": action, "details": audit_words.details(details),
    }  # fmt: skip


def _told(at: str) -> str:
    """A line's moment in words; of a line that was changed, what stands there."""
    try:
        return told(dt.datetime.fromisoformat(at))
    except ValueError:
        return at


def _number(request: HttpRequest, name: str) -> int | None:
    """A line's number in the address; what is none counts as not given."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _verified(search: Search, size: int) -> dict[str, Any] | None:
    """When the log was last checked and right, by whom, how many lines it had and how many came since."""
    found = search.page(Wanted(actions=(VERIFIED,)), 1)
    if not found:
        return None
    number, at, actor = found[0][:3]
    return {
        "at": _told(at),
        "who": audit_words.who(actor),
        "lines": number - 1,
        "since": size - number,
    }


@needs("export", "audit")
@require_GET
def export_view(request: HttpRequest, format: str) -> HttpResponseBase:
    """The lines that are chosen, in the order of the log; that somebody took them is a line itself, before the first leaves."""
    if format not in TYPES:
        raise Http404
    search, chosen = searching(), searches.typed(request, acting(request), PLACE)
    if chosen is None:  # never all lines for who asked for some
        return redirect("audit")
    form = Filter(QueryDict(chosen), search)
    if not form.is_valid():
        return audit_view(request)
    with transaction.atomic():
        last = search.size()
        write(
            acting(request), "audit.export", "audit", details={"format": format, "chosen": form.chosen(), "lines": last}
        )
    rows = search.every(form.wanted(), last)
    headers = {"Content-Disposition": f'attachment; filename="helder-audit.{format}"'}
    return StreamingHttpResponse(_WRITERS[format](rows), content_type=TYPES[format], headers=headers)


def _csv(rows: Iterable[Row]) -> Iterator[bytes]:
    yield f"\ufeff{COLUMNS.replace(' ', '')}\r\n".encode()
    for some in _batches(rows):
        out = io.StringIO()
        csv.writer(out).writerows([harmless(value) for value in row] for row in some)
        yield out.getvalue().encode("utf-8", "replace")


def _jsonl(rows: Iterable[Row]) -> Iterator[bytes]:
    names = COLUMNS.split(", ")
    for some in _batches(rows):
        lines = [dict(zip(names, (*row[:-1], _as_json(row[-1])), strict=True)) for row in some]
        yield "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode("utf-8", "replace")


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """A thousand at a time: a piece for each line would cost more than the line."""
    left = iter(rows)
    while some := list(islice(left, _BATCH)):
        yield some


def _as_json(text: str) -> Any:
    """A line's details; of a line that was changed, what stands there."""
    try:
        return json.loads(text)
    except ValueError:
        return text


_WRITERS = {"csv": _csv, "jsonl": _jsonl}
