"""The API: every register, typed from its model, for programs with a token. OpenAPI stands at /api/v1/openapi.json."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from typing import Any, cast

import ninja.errors
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router, Schema, Status
from ninja.errors import HttpError
from ninja.orm import create_schema
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle
from pydantic import Field

from helder.office import entries, tokens
from helder.office.api import REFUSED, Looked, Page, Problem, Strict, missing, need, part, scope
from helder.office.forms import form_of
from helder.office.models import Entry, Token, User
from helder.office.register import Register, facts, registers
from helder.office.rows import author, seen
from helder.office.searches import MOST
from helder.office.views import listed
from helder.web import round_api

_MINUTE = 60


class TokenAuth(HttpBearer):
    """`Authorization: Bearer helder_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token, or nothing."""
        return tokens.find(token)


class TokenRate(BaseThrottle):
    """How often a token may ask in a minute of the clock: `HELDER_API_PER_MINUTE`.

    Ninja's own throttle keeps the request's state in itself, which requests at the same time share.
    """

    def allow_request(self, request: HttpRequest) -> bool:
        """Count it, and say whether it is answered."""
        key = f"api-rate:{request.auth.pk}:{time.time() // _MINUTE:.0f}"  # type: ignore[attr-defined]
        cache.add(key, 0, 2 * _MINUTE)
        return cache.incr(key) <= int(settings.HELDER_API_PER_MINUTE)

    def wait(self) -> float:
        """Seconds until the next minute, for `Retry-After`."""
        return _MINUTE - time.time() % _MINUTE


class Words(Strict):
    """What is looked for. It comes in a body: an address stands in logs, and somebody's name may be among it."""

    words: str = Field(max_length=MOST, description="parted by spaces; an entry that is found has every one of them")


class FactOut(Schema):
    """A fact that letters, website and desk may cite."""

    id: str
    kind: str
    words: dict[str, str]
    said: dict[str, str] = Field(description="how letters say it: an open question as being investigated")
    about: dict[str, str] = Field(description="what a number counts; empty for others")
    evidence: str
    since: str
    until: str
    source: str = Field(description="register, entry and version that it was taken from, parted by '/'")


class Head(Schema):
    """What every entry has."""

    entry: uuid.UUID
    version: int
    at: dt.datetime
    author: str
    withdrawn: bool


api = NinjaAPI(
    title="Helder: the case office",
    version="1",
    description=f"A token may ask {settings.HELDER_API_PER_MINUTE} times in a minute of the clock. More is answered with 429, "
    "and `Retry-After` says in how many seconds it may ask again. A parameter that an operation does not have is answered with 422, which names "
    "those that it has. `x-scope` is the scope that an operation needs. What a second "
    "person must agree to (a round, a supplier's verdict) is approved in the office by who logs in with a second factor, not by a token.",
    auth=TokenAuth(),
    throttle=TokenRate(),
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(ValidationError)
def refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A value that is not right, by field."""
    fields = error.message_dict if hasattr(error, "error_dict") else {"": list(error.messages)}
    return api.create_response(request, {"detail": "not right", "fields": fields}, status=422)


@api.exception_handler(ninja.errors.ValidationError)
def misshapen(request: HttpRequest, error: ninja.errors.ValidationError) -> HttpResponse:
    """A value of another kind or size than its description says: told in the same way."""
    fields: dict[str, list[str]] = {}
    for one in error.errors:
        fields.setdefault(str(one["loc"][-1]), []).append(one["msg"])
    return api.create_response(request, {"detail": "not right", "fields": fields}, status=422)


def _strict(view: Callable[..., Any]) -> Callable[..., Any]:
    """An operation that refuses a parameter which it does not have: a script would take all that there is for what it asked."""
    names = [name for name in signature(view).parameters if name not in ("request", "body")]

    @wraps(view)
    def refusing(request: HttpRequest, **values: Any) -> Any:
        in_path = request.resolver_match.kwargs if request.resolver_match else {}
        known = [name for name in names if name not in in_path]
        if unknown := sorted(request.GET.keys() - known):
            words = f"no such parameter; there is {', '.join(known) or 'none'}"
            raise ValidationError(dict.fromkeys(unknown, words))
        return view(request, **values)

    return refusing


api.add_decorator(_strict, mode="operation")


@api.get("/facts", response={200: list[FactOut], 422: Problem, 429: Problem}, tags=["facts"])
def list_facts(request: HttpRequest) -> list[dict[str, Any]]:
    """What may be cited now, of the registers that the token may read."""
    token, found = cast(Token, request.auth), []  # type: ignore[attr-defined]
    for fact in () if token.user.own_only else facts():
        if not fact.problems and tokens.allows(token, fact.source[0], "read"):
            found.append({**fact.__dict__, "said": fact.said, "source": "/".join(map(str, fact.source))})
    return found


def _out(entry: Entry, user: User) -> dict[str, Any]:
    return {
        "entry": entry.entry,
        "version": entry.version,
        "at": entry.at,
        "author": author(entry, user),
        "withdrawn": entry.withdrawn,
        **{field.name: getattr(entry, field.attname) for field in (*entry.fields(), *entry.taken())},
    }


def _validated(
    register: Register, user: User, values: dict[str, Any], entry: uuid.UUID | None = None
) -> dict[str, Any]:
    """Values by the rules of the register's own form, so that page and API refuse the same; `entry` is corrected."""
    given = {name: value.isoformat() if isinstance(value, dt.time) else value for name, value in values.items()}
    form = form_of(register.model, user)(given, instance=register.model(entry=entry) if entry else None)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return {field.name: form.cleaned_data[field.name] for field in register.model.fields()}


def _own_routes(register: Register) -> Callable[[Router], None] | None:
    """What adds the addresses that one register has beside those of all: its folder's `api.py`."""
    module = f"{register.model._meta.app_config.name}.api"
    return import_module(module).routes if find_spec(module) else None


def _router(register: Register) -> Router:
    """The addresses of one register."""
    names = [field.name for field in register.model.fields()]
    taken = [field.name for field in register.model.taken()]
    title = register.model.__name__
    given: Any = create_schema(register.model, name=f"{title}given", fields=names, base_class=Strict)
    shown: Any = create_schema(register.model, name=title, fields=names + taken, base_class=Head)
    change: Any = type(
        f"{title}change",
        (given,),
        {
            "__annotations__": {"seen": int, "why": str},
            "seen": Field(ge=1, le=2**31 - 1, description="the version that was looked at"),
            "why": Field(min_length=1, max_length=400),
            "__module__": __name__,
        },
    )
    router = Router(tags=[register.id])
    reads, adds, corrects = (scope(register.id, verb) for verb in ("read", "add", "correct"))
    if own := _own_routes(register):
        own(router)  # before those with an entry's id, which would take any word for one

    def one(entry: uuid.UUID, user: User) -> Entry:
        found = seen(register.model, user).filter(entry=entry, current=True).select_related("author").first()
        if found is None:
            raise missing("entry")
        return found

    @router.get("", response={200: list[shown], **REFUSED}, operation_id=f"list_{register.id}", **reads)
    def list_entries(request: HttpRequest, page: Page = 1) -> Any:
        """Current entries, 100 a page."""
        user = need(request, register.id, "read")
        return [_out(entry, user) for entry in part(listed(register, user), page)]

    @router.post("/search", response={200: list[shown], **REFUSED}, operation_id=f"search_{register.id}", **reads)
    def search_entries(request: HttpRequest, body: Words, page: Page = 1) -> Any:
        """Current entries that have every word of the body, 100 a page."""
        user = need(request, register.id, "read")
        return [_out(entry, user) for entry in part(listed(register, user, body.words), page)]

    @router.get("/{entry}", response={200: shown, 404: Problem, **REFUSED}, operation_id=f"get_{register.id}", **reads)
    def get_entry(request: HttpRequest, entry: uuid.UUID) -> Any:
        """One entry as it is now."""
        user = need(request, register.id, "read")
        return _out(one(entry, user), user)

    def add_entry(request: HttpRequest, body: Any) -> Any:
        """A new entry."""
        user = need(request, register.id, "add")
        return Status(201, _out(entries.add(register.model, user, _validated(register, user, body.dict())), user))

    def correct_entry(request: HttpRequest, entry: uuid.UUID, body: Any) -> Any:
        """A new version of an entry. 409 when somebody made a newer one than was looked at."""
        user = need(request, register.id, "correct")
        before, values = one(entry, user), body.dict()
        looked_at, why = values.pop("seen"), values.pop("why")
        try:
            content = _validated(register, user, values, entry)
            return _out(entries.correct(register.model, user, before.entry, content, why, looked_at), user)
        except entries.StaleError:
            raise HttpError(409, "a newer version was made in the meantime") from None

    @router.get(
        "/{entry}/versions",
        response={200: list[shown], 404: Problem, **REFUSED},
        operation_id=f"versions_{register.id}",
        **reads,
    )
    def list_versions(request: HttpRequest, entry: uuid.UUID) -> Any:
        """Every version of an entry, the newest first; also of one that was withdrawn."""
        user = need(request, register.id, "read")
        found = seen(register.model, user).filter(entry=entry).select_related("author").order_by("-version")
        if not found:
            raise missing("entry")
        return [_out(version, user) for version in found]

    problems = {404: Problem, 409: Problem, **REFUSED}

    @router.post(
        "/{entry}/withdraw", response={200: shown, **problems}, operation_id=f"withdraw_{register.id}", **corrects
    )
    def withdraw_entry(request: HttpRequest, entry: uuid.UUID, body: Looked) -> Any:
        """Take an entry back: it stays to be read, and counts no more."""
        user = need(request, register.id, "correct")
        one(entry, user)
        try:
            return _out(entries.withdraw(register.model, user, entry, body.why, body.seen), user)
        except entries.StaleError:
            raise HttpError(409, "a newer version was made in the meantime") from None

    # The bodies' classes are made above, so their names cannot stand in postponed annotations.
    add_entry.__annotations__["body"], correct_entry.__annotations__["body"] = given, change
    added = router.post("", response={201: shown, **REFUSED}, operation_id=f"add_{register.id}", **adds)
    added(add_entry)
    corrected = router.put(
        "/{entry}", response={200: shown, **problems}, operation_id=f"correct_{register.id}", **corrects
    )
    corrected(correct_entry)
    return router


for _register in registers().values():
    api.add_router(f"/{_register.id}", _router(_register))
api.add_router(f"/{round_api.ID}", round_api.router)
