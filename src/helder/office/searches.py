"""What people type to look something up: it is posted, and sealed in the address of what was found.

So a name that somebody types stands in no address, in no history and in no log of a server, and pages, going back and loading again work
as with any address. Who did not type it cannot open it, nor can it be moved to another page.
"""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import urlencode

from helder.office.models import User
from helder.office.words import say

MOST = 200
"""Characters of a text to look for."""
_PARAMETER = "search"
_NONCE = 12


def in_address(typed: str, user: User, page: str) -> str:
    """What stands behind the question mark in the address of a page when `user` looked for this there; empty for nothing."""
    if not typed:
        return ""
    nonce = os.urandom(_NONCE)
    data = nonce + _cipher().encrypt(nonce, typed.encode(), _whose(user, page))
    return urlencode({_PARAMETER: base64.urlsafe_b64encode(data).decode()})


def led(address: str, typed: str, user: User, page: str) -> HttpResponseRedirect:
    """Lead `user` to what has these words, at the address of the page; to everything without words."""
    query = in_address(typed, user, page)
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


def typed(request: HttpRequest, user: User, page: str) -> str | None:
    """What `user` looks for on a page, by its address; empty when nothing.

    None, and a message that says so, when it was typed by somebody else or elsewhere, or is damaged.
    """
    given = request.GET.get(_PARAMETER, "")
    if not given:
        return ""
    try:
        data = base64.urlsafe_b64decode(given)
        return _cipher().decrypt(data[:_NONCE], data[_NONCE:], _whose(user, page)).decode()
    except (InvalidTag, ValueError):
        messages.warning(request, _not_theirs())
        return None


def _cipher() -> AESGCM:
    return AESGCM(settings.HELDER_KEYS.derive("web searches"))


def _whose(user: User, page: str) -> bytes:
    return f"{user.pk}/{page}".encode()


def _not_theirs() -> str:
    return say(
        "Dit adres hoort bij een zoekopdracht van iemand anders, of er ontbreekt een stuk van. Er is nu niet gezocht: hier staat alles.",
        "This address belongs to somebody else's search, or a part of it is missing. Nothing was searched for: everything stands here.",
    )
