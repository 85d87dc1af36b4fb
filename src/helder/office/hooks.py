"""Web addresses that are told what happens: subscribed, paused, ended, each with its audit line."""

from __future__ import annotations

import base64
import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from helder.office.audit import write
from helder.office.models import Hook, Notice, User
from helder.office.words import say


def secret_of(hook: Hook) -> bytes:
    """The 32 bytes that sign a hook's notices."""
    key: bytes = settings.HELDER_KEYS.derive(f"webhook {hook.nonce}")
    return key


def shown_secret(hook: Hook) -> str:
    """The secret as its receiver keeps it, in the form of the Standard Webhooks specification."""
    return "whsec_" + base64.b64encode(secret_of(hook)).decode()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_address(url: str) -> None:
    """Refuse what would travel unencrypted, and a password in an address. Raises `ValidationError` at `url`."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        secret = parts.username or parts.password
    except ValueError:
        host, secret = "", None
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))):
        raise ValidationError({"url": say("Het adres begint met https://.", "The address begins with https://.")})
    if secret:
        words = say("Zet geen wachtwoord in een adres.", "Put no password into an address.")
        raise ValidationError({"url": words})


@transaction.atomic
def subscribe(by: User, name: str, url: str, topics: Iterable[str]) -> Hook:
    """A new hook. Raises `ValidationError` for an address or topic that may not be."""
    wanted = sorted(set(topics))
    check_address(url)
    if not wanted or not all(by.may(topic, "read") for topic in wanted):
        raise ValidationError({"topics": say("Kies waarover.", "Choose what about.")})
    made = Hook(name=name.strip(), url=url, topics=wanted, by=by)
    made.full_clean()
    made.save()
    write(by, "hook.subscribed", _subject(made), details={"topics": wanted})
    return made


@transaction.atomic
def pause(by: User, hook: Hook) -> None:
    """Keep notices until `resume`: they are made, and wait."""
    _set(by, hook, "paused", paused=True)


@transaction.atomic
def resume(by: User, hook: Hook) -> None:
    """Send again, beginning with what waited."""
    _set(by, hook, "resumed", paused=False)


@transaction.atomic
def end(by: User, hook: Hook) -> None:
    """Stop for ever: what waits is not sent any more."""
    hook.notices.filter(taken=None).update(due=None)
    _set(by, hook, "ended", ended=timezone.now())


@transaction.atomic
def again(by: User, hook: Hook) -> int:
    """Try everything once more that was not taken; gives how many."""
    waiting = hook.notices.filter(taken=None).update(due=timezone.now(), tries=0)
    write(by, "hook.tried_again", _subject(hook), details={"notices": waiting})
    return waiting


def _set(by: User, hook: Hook, verb: str, **values: object) -> None:
    Hook.objects.filter(pk=hook.pk).update(**values)
    write(by, f"hook.{verb}", _subject(hook))


def _subject(hook: Hook) -> str:
    return f"hook/n{hook.pk}"


def state(notice: Notice) -> str:
    """A notice's state in words."""
    if notice.taken:
        return say("aangekomen", "taken")
    if notice.due is None:
        return say("opgegeven", "given up")
    return say("wacht", "waiting")
