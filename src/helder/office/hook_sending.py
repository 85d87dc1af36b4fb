"""Sending notices: signed by the Standard Webhooks specification, at least once, again and again with longer pauses.

Headers `webhook-id`, `webhook-timestamp` and `webhook-signature` ("v1," and base64 of HMAC-SHA256 over
`id.timestamp.body`). The id is the same at every try, so that a receiver can tell what it has; the timestamp is that of
the try, so that an old message is worth nothing to who caught it. Redirects are not followed; answers are not read.
"""

from __future__ import annotations

import base64
import datetime as dt
import fcntl
import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from helder.office.audit import write
from helder.office.hooks import secret_of
from helder.office.models import Hook, Notice

_MINUTE, _HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
PAUSES = (_MINUTE, 5 * _MINUTE, 30 * _MINUTE, 2 * _HOUR, 5 * _HOUR, 10 * _HOUR, 14 * _HOUR, 20 * _HOUR, 24 * _HOUR)
"""How long after each try that failed comes the next; after the last, the notice is given up (in about three days)."""
_LEASE = 2 * _MINUTE
"""A notice that is being sent is left alone this long by other senders; longer than `_TIMEOUT`."""
_TIMEOUT = httpx.Timeout(15.0, connect=5.0)
LOCK = ".webhooks.lock"
KEPT = dt.timedelta(days=30)
_GONE = 410


@dataclass(frozen=True)
class Sent:
    """How many notices were taken, how many failed and are tried again, how many were given up."""

    taken: int = 0
    failed: int = 0
    given_up: int = 0


def signature(secret: bytes, uid: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`."""
    digest = hmac.new(secret, f"{uid}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def send(clock: Callable[[], dt.datetime] = timezone.now, stop: Callable[[], bool] = lambda: False) -> Sent:
    """Send what is due, oldest first, until `stop`; and forget what was taken long ago.

    An address that fails is left alone for the rest of the call: one that is down does not hold up the others.
    """
    old = Notice.objects.filter(taken__lt=clock() - KEPT)
    if not _due(clock()).exists() and not old.exists():
        return Sent()
    with _alone():
        old.delete()
        return _send_due(clock, stop)


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other sender of this case is at work on this machine: the open office, or the command."""
    with (settings.HELDER_CASE / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # goes when the file is closed, however the process ends
        yield


def _send_due(clock: Callable[[], dt.datetime], stop: Callable[[], bool]) -> Sent:
    counts = {"taken": 0, "failed": 0, "given_up": 0}
    with httpx.Client(timeout=_TIMEOUT, follow_redirects=False) as http:
        down: set[int] = set()
        for key, hook in list(_due(clock()).values_list("pk", "hook")):
            notice = None if hook in down or stop() else _claim(key, clock())
            if notice:
                outcome = _send_one(http, notice, clock())
                counts[outcome] += 1
                if outcome != "taken":
                    down.add(hook)
    return Sent(**counts)


def _due(now: dt.datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(due__lte=now, hook__paused=False, hook__ended=None).order_by("made", "pk")


def _claim(key: int, now: dt.datetime) -> Notice | None:
    """The notice, unless another sender took it or its hook was paused a moment ago."""
    if not _due(now).filter(pk=key).exists() or not Notice.objects.filter(pk=key, due__lte=now).update(
        due=now + _LEASE
    ):
        return None
    return Notice.objects.select_related("hook").get(pk=key)


def _send_one(http: httpx.Client, notice: Notice, now: dt.datetime) -> str:
    answer, good = _post(http, notice, int(now.timestamp()))
    notice.tries += 1
    notice.answer = answer
    if good:
        notice.taken, notice.due, outcome = now, None, "taken"
    elif answer == str(_GONE) or notice.tries > len(PAUSES):
        notice.due, outcome = None, "given_up"
    else:
        notice.due, outcome = now + PAUSES[notice.tries - 1], "failed"
    with transaction.atomic():
        notice.save(update_fields=["tries", "answer", "taken", "due"])
        if answer == str(_GONE):  # the receiver wants no more of this
            Hook.objects.filter(pk=notice.hook.pk).update(paused=True)
        if outcome == "given_up":
            write("timer", "hook.given_up", f"hook/n{notice.hook.pk}", details={"answer": answer})
    return outcome


def _post(http: httpx.Client, notice: Notice, timestamp: int) -> tuple[str, bool]:
    body, uid = notice.body.encode(), f"msg_{notice.uid.hex}"
    headers = {
        "content-type": "application/json",
        "user-agent": "Helder",
        "webhook-id": uid,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret_of(notice.hook), uid, timestamp, body),
    }
    try:
        with http.stream("POST", notice.hook.url, content=body, headers=headers) as answer:
            return str(answer.status_code), answer.is_success
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return type(error).__name__, False
