"""The pages that every register has: its list, one entry with its history, and the forms to add, correct and withdraw."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.query_utils import DeferredAttribute
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from helder.office import entries, rows, searches
from helder.office.citations import Cited
from helder.office.decisions import needs
from helder.office.forms import EntryForm, form_of
from helder.office.models import Entry, User
from helder.office.moments import offset, told
from helder.office.naming import links, named_by
from helder.office.offers import Offer
from helder.office.parties import PartyField, RecipientField, called, party_name
from helder.office.register import Register, registers
from helder.office.words import grouped, say

PAGE = 50


def the_register(id: str) -> Register:
    """The register of an address. Raises `Http404` when there is none."""
    try:
        return registers()[id]
    except KeyError:
        raise Http404 from None


def acting(request: HttpRequest) -> User:
    """Who does this."""
    assert isinstance(request.user, User)
    return request.user


def listed(register: Register, user: User, query: str = "") -> QuerySet[Entry]:
    """Current entries that a user may see and that were not withdrawn; with a query those that have every word of it."""
    found = rows.seen(register.model, user).filter(current=True, withdrawn=False).select_related("author")
    for word in query.replace("\x00", " ").split():
        fits = Q()
        for name in register.search:
            fits |= Q(**{f"{name}__icontains": word})
            if isinstance(register.model._meta.get_field(name), PartyField | RecipientField):
                fits |= Q(**{f"{name}__in": called(word)})
        found = found.filter(fits)
    return found.order_by(*register.order)


def shown(entry: Entry, name: str) -> Any:
    """A field as people read it: a choice and a party by name, yes or no, a number with its thousands parted."""
    display = getattr(entry, f"get_{name}_display", None)
    value = display() if display else getattr(entry, name)
    if isinstance(value, bool):
        return say("ja", "yes") if value else say("nee", "no")
    if isinstance(value, int):
        return grouped(value)
    if isinstance(value, dt.datetime):
        return told(value) if offset(value) else timezone.localtime(value)
    if value and isinstance(getattr(type(entry), name, None), DeferredAttribute):
        field = type(entry)._meta.get_field(name)
        return party_name(value) if isinstance(field, PartyField | RecipientField) else value
    return value


@dataclass(frozen=True)
class Cell:
    """What a list shows of one field: `key` names the entry and leads to it, `look` says how it is set."""

    head: str
    value: Any
    key: bool
    look: str

    @property
    def classes(self) -> str:
        """How it is set, and whether there is nothing to show: a telephone leaves that out."""
        return " ".join(filter(None, (self.look, "" if self.value or self.value == 0 else "none")))


def _rows(register: Register, found: list[Entry]) -> list[tuple[Entry, list[Cell]]]:
    heads = {name: register.label(name) for name in register.columns}
    return [(entry, [_cell(entry, name, head, register.key) for name, head in heads.items()]) for entry in found]


def _cell(entry: Entry, name: str, head: str, key: str) -> Cell:
    value = shown(entry, name)
    raw = getattr(entry, name)
    counts = isinstance(raw, int) and not isinstance(raw, bool)
    if raw is None:  # an empty cell stands as those that are filled in, which heads the column too
        counts = any(isinstance(field, models.IntegerField) and field.name == name for field in type(entry).fields())
    look = "number" if counts else "date" if isinstance(value, dt.date | dt.time) else ""
    return Cell(head, value, name == key, look)


@needs("read")
@require_GET
def list_view(request: HttpRequest, register: str) -> HttpResponse:
    """All entries of a register, a page at a time."""
    shelf = the_register(register)
    user = acting(request)
    query = searches.typed(request, user, register) or ""
    page = Paginator(listed(shelf, user, query), PAGE).get_page(request.GET.get("page"))
    found = list(page)
    context: dict[str, Any] = {"register": shelf, "page": page, "query": query}
    context["searched"] = searches.in_address(query, user, register)
    context["rows"] = _rows(shelf, found)
    if user.own_only:  # what stands above the list, pictures and comparisons, tells of everybody
        return render(request, "office/list.html", context)
    context["offers"] = _shown_offers(shelf, user, found) if user.may(register, "export") else []
    return render(request, shelf.template, context | dict(shelf.overview(request.GET, user)))


@needs("read")
@require_http_methods(["GET", "POST"])
def search_view(request: HttpRequest, register: str) -> HttpResponse:
    """Lead to what has the words that were typed; to everything without words, as for who had to log in again on the way."""
    shelf, words = the_register(register), request.POST.get("words", "")[: searches.MOST].strip()
    return searches.led(reverse("list", args=[shelf.id]), words, acting(request), shelf.id)


def offered(register: Register, user: User) -> list[Offer]:
    """Documents to take along: they tell of everybody, so none for who works for one party."""
    return [] if user.own_only else register.offers()


def _shown_offers(register: Register, user: User, found: list[Entry]) -> list[Offer]:
    """Those about what the page shows: a full register has hundreds."""
    here = {shown(entry, register.columns[0]) for entry in found}
    return [offer for offer in offered(register, user) if not offer.about or offer.about in here]


@dataclass(frozen=True)
class Version:
    """A version of an entry as its page shows it."""

    entry: Entry
    author: str
    why: str
    changed: list[str]
    facts: list[tuple[str, Any]]
    empty: list[str]
    """What was not filled in."""


@needs("read")
@require_GET
def entry_view(request: HttpRequest, register: str, entry: uuid.UUID) -> HttpResponse:
    """One entry: what it says now, and every version it had."""
    shelf, user = the_register(register), acting(request)
    found = rows.seen(shelf.model, user).filter(entry=entry).select_related("author")
    versions = list(found.order_by("-version"))
    if not versions:
        raise Http404
    history = [
        _version(shelf, user, version, older) for version, older in zip(versions, [*versions[1:], None], strict=True)
    ]
    context = {"register": shelf, "entry": versions[0], "history": history, "title": shown(versions[0], shelf.key)}
    context["named_by"] = _named_by(shelf, versions[0], user)
    context["cited"] = _cited(versions[0], user)
    return render(request, "office/entry.html", context)


def _cited(entry: Entry, user: User) -> Cited | None:
    """The numbers that an entry cites, and which of them are stale; None for who may not read numbers."""
    keeper = next((shelf for shelf in registers().values() if shelf.citer), None)
    if keeper is None or keeper.citer is None or not user.may(keeper.id, "read"):
        return None
    return keeper.citer()("\n".join(str(value) for value in entry.content().values() if isinstance(value, str)))


def _version(register: Register, user: User, entry: Entry, older: Entry | None) -> Version:
    facts = _facts(register, entry, user)
    filled = [(label, value) for label, value in facts if value not in (None, "", [])]
    empty = [label for label, value in facts if value in (None, "", [])]
    who, changed = rows.author(entry, user), _changed(register, entry, older)
    return Version(entry, who, _why(entry, older), changed, filled, empty)


def _why(entry: Entry, older: Entry | None) -> str:
    """Why a version was made; nothing when the one before it is not seen, because it would tell of that."""
    before = older.version if older else 0
    return entry.why if entry.version == before + 1 else ""


def _facts(register: Register, entry: Entry, user: User) -> list[tuple[str, Any]]:
    fields = [*register.model.fields(), *register.model.taken()]
    return [*((str(field.verbose_name), _fact(entry, field.name, user)) for field in fields), *entry.explained()]


def _fact(entry: Entry, name: str, user: User) -> Any:
    how = entry.names_others
    named = how is not None and name == how.field and user.may(how.register, "read")
    return links(how.register, getattr(entry, name)) if how and named else shown(entry, name)


def _named_by(register: Register, entry: Entry, user: User) -> list[tuple[str, str, list[tuple[uuid.UUID, Any]]]]:
    """What names an entry: how, in which register, and each entry with what it is called."""
    return [
        (say(*how.back), other.id, [(one.entry, shown(one, other.key)) for one in found])
        for how, other, found in named_by(register, entry, user)
    ]


def _changed(register: Register, entry: Entry, older: Entry | None) -> list[str]:
    if older is None:
        return []
    now, before = entry.content(), older.content()
    return [str(field.verbose_name) for field in register.model.fields() if now[field.name] != before[field.name]]


@needs("add")
@require_http_methods(["GET", "POST"])
def add_view(request: HttpRequest, register: str) -> HttpResponse:
    """A new entry."""
    shelf = the_register(register)
    form = form_of(shelf.model, acting(request))(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = entries.add(shelf.model, acting(request), _content(shelf, form))
        return redirect("entry", register=register, entry=made.entry)
    return _form(request, shelf, form, None)


@needs("correct")
@require_http_methods(["GET", "POST"])
def correct_view(request: HttpRequest, register: str, entry: uuid.UUID) -> HttpResponse:
    """A new version of an entry."""
    shelf, user = the_register(register), acting(request)
    now = rows.seen(shelf.model, user).filter(entry=entry, current=True).first()
    if now is None:
        raise Http404
    initial = {field.name: getattr(now, field.attname) for field in shelf.model.fields()} | {"seen": now.version}
    form = form_of(shelf.model, user, correction=True)(
        request.POST or None, initial=initial, instance=shelf.model(entry=entry)
    )
    if request.method == "POST" and form.is_valid():
        seen, why = form.cleaned_data["seen"], form.cleaned_data["why"]
        try:
            if "withdraw" in request.POST:
                entries.withdraw(shelf.model, user, entry, why, seen)
            else:
                entries.correct(shelf.model, user, entry, _content(shelf, form), why, seen)
            return redirect("entry", register=register, entry=entry)
        except entries.StaleError:
            form.add_error(None, ValidationError(_stale()))
        except ValidationError as error:
            form.add_error(None, error)
    return _form(request, shelf, form, now)


def _stale() -> str:
    return say(
        "Een collega heeft dit intussen gewijzigd. Uw tekst staat hieronder; open de nieuwste versie in een ander "
        "venster en begin opnieuw.",
        "A colleague has changed this in the meantime. Your text stands below; open the newest version in another "
        "window and start again.",
    )


def _content(register: Register, form: EntryForm) -> dict[str, Any]:
    return {field.name: form.cleaned_data[field.name] for field in register.model.fields()}


def _form(request: HttpRequest, register: Register, form: EntryForm, entry: Entry | None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "office/form.html", {"register": register, "form": form, "entry": entry}, status=status)
