"""What addresses of the API share: what they refuse, whose token it is, and the scope that each says it needs.

A register's own addresses stand in its folder, in `api.py`: a function `routes(router)` that adds them to those that every register has.
"""

from __future__ import annotations

from typing import Annotated, Any, cast

from django.http import HttpRequest
from ninja import Query, Schema
from ninja.errors import HttpError
from pydantic import ConfigDict, Field

from helder.office import tokens
from helder.office.models import Token, User

PAGE = 100
Page = Annotated[int, Query(ge=1, le=10_000)]


class Problem(Schema):
    """What is wrong, by field; 'detail' for the whole."""

    detail: str
    fields: dict[str, list[str]] = Field(default_factory=dict)


class Strict(Schema):
    """A body that takes nothing it does not know."""

    model_config = ConfigDict(extra="forbid")


class Looked(Strict):
    """Which version of an entry was looked at, and why it changes."""

    seen: int = Field(ge=1, le=2**31 - 1, description="the version that was looked at")
    why: str = Field(min_length=1, max_length=400)


REFUSED = {403: Problem, 422: Problem, 429: Problem}
"""What every address that needs a scope may answer: it is not allowed, something in it is not right or not known, or it is asked too often."""


def scope(register: str, verb: str) -> dict[str, Any]:
    """The scope that an operation needs, for its description; `need` holds it to that."""
    return {"openapi_extra": {"x-scope": f"{register}:{verb}"}}


def need(request: HttpRequest, register: str, verb: str) -> User:
    """Whose token it is. Answers 403 when its scopes, or its user's roles, do not allow this."""
    token = cast(Token, request.auth)  # type: ignore[attr-defined]
    if not tokens.allows(token, register, verb):
        raise HttpError(403, f"this token may not {verb} in {register}")
    return token.user


def part(found: Any, page: int) -> Any:
    """One page of what was found."""
    return found[(page - 1) * PAGE : page * PAGE]


def missing(what: str) -> HttpError:
    """The answer when there is none."""
    return HttpError(404, f"no such {what}")
