"""Notifications for programs: the template as filled now with what is missing, what was sent, and recording that."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from helder.office.api import REFUSED, Page, Problem, Strict, missing, need, part, scope
from helder.registers.notifications.filling import filled
from helder.registers.notifications.models import Answer, Notification
from helder.registers.notifications.sending import record
from helder.registers.notifications.views import Sent

ID = "notifications"


class FieldNow(Schema):
    """A field of the template that is asked now, with its answer."""

    field: int = Field(description="its number in the template")
    section: str
    article: str
    kind: Literal["text", "one", "many", "count"]
    mandatory: bool
    words: dict[str, str] = Field(description="what is asked, by language")
    options: dict[str, dict[str, str]] = Field(description="what can be chosen, by language and letter")
    value: str
    told: str = Field(description="the value in words, in the language asked for")
    exactness: str
    origin: str = Field(description="where the answer comes from; empty: there is none")
    missing: bool
    problems: list[str]
    entry: uuid.UUID | None = Field(
        description="the team's own answer, to be corrected; none: the case's own, or missing"
    )


class Template(Schema):
    """The notification as it would be sent now."""

    missing: list[int] = Field(description="mandatory fields without an answer")
    fields: list[FieldNow]


class SentHead(Schema):
    """A notification as it was sent."""

    number: int
    kind: Literal["first", "follow_up", "withdrawn"]
    at: dt.datetime
    by: str
    reference: str
    reason: str
    content_hash: str = Field(description="SHA-256 of `fields` as JSON with sorted keys and no spaces")
    missing: list[int]


class SentWhole(SentHead):
    """The same with what it said."""

    fields: list[dict[str, Any]]


class Sending(Strict):
    """That a notification was sent, as the template says now."""

    kind: Literal["first", "follow_up", "withdrawn"]
    reference: str = Field("", max_length=120, description="the authority's reference")
    reason: str = Field("", max_length=400, description="needed for a withdrawal")


def _now() -> dict[str, Any]:
    entries = dict(Answer.objects.filter(current=True, withdrawn=False).values_list("field", "entry"))
    fields = [
        {
            "field": one.field.number, "section": one.field.section, "article": one.field.article, "kind": one.field.kind,
            "mandatory": one.field.mandatory, "words": one.field.words, "options": one.field.options, "value": one.value,
            "told": one.words, "exactness": one.exactness, "origin": one.origin, "missing": one.missing,
            "problems": one.problems, "entry": entries.get(one.field.number),
        }
        for one in filled()
    ]  # fmt: skip
    return {"missing": [row["field"] for row in fields if row["missing"]], "fields": fields}


def _sent(one: Notification) -> dict[str, Any]:
    kept = {name: getattr(one, name) for name in ("number", "kind", "at", "reference", "reason", "content_hash")}
    return kept | {"by": one.by.name, "missing": [row["field"] for row in one.content if row["missing"]]}


def _whole(one: Notification) -> dict[str, Any]:
    return _sent(one) | {"fields": one.content}


def routes(router: Router) -> None:
    """Add them."""
    router.get("/template", response={200: Template, **REFUSED}, operation_id="notification_now", **scope(ID, "read"))(
        now
    )
    router.get(
        "/sent", response={200: list[SentHead], **REFUSED}, operation_id="list_notifications_sent", **scope(ID, "read")
    )(list_sent)
    router.get(
        "/sent/{number}", response={200: SentWhole, 404: Problem, **REFUSED}, operation_id="get_notification_sent",
        **scope(ID, "read"),
    )(get_sent)  # fmt: skip
    router.post(
        "/sent", response={201: SentWhole, **REFUSED}, operation_id="record_notification_sent",
        **scope(ID, "decide"),
    )(record_sent)  # fmt: skip


def now(request: HttpRequest) -> Any:
    """Every field that is asked now, with its answer and what is missing."""
    need(request, ID, "read")
    return _now()


def list_sent(request: HttpRequest, page: Page = 1) -> Any:
    """Notifications as they were sent, in order, 100 a page."""
    need(request, ID, "read")
    return [_sent(one) for one in part(Notification.objects.select_related("by"), page)]


def get_sent(request: HttpRequest, number: int) -> Any:
    """One notification as it was sent, whole."""
    need(request, ID, "read")
    found = Notification.objects.select_related("by").filter(number=number).first()
    if found is None:
        raise missing("notification")
    return _whole(found)


def record_sent(request: HttpRequest, body: Sending) -> Any:
    """Record that the notification was sent as it says now: frozen for ever, with a line in the audit log."""
    user, form = need(request, ID, "decide"), Sent(body.dict())
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return Status(201, _whole(record(user, **form.cleaned_data)))
