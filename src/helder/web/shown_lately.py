"""Acts that hand out a way in, to somebody or to a program, ask for the password or second factor once more: a stolen session is not enough."""

from __future__ import annotations

import time
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from helder.office.decisions import View
from helder.office.views import acting


def shown_lately(view: View) -> View:
    """A view that acts (POST) only for who logged in, or showed again who they are, a short while ago.

    Others show it first, by any way that they have, and what they sent is done then (allauth keeps it in their session).
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not _lately(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return asked


def _lately(request: HttpRequest) -> bool:
    """By the records of this session: another session of the same person proves nothing about this one."""
    records = get_authentication_records(request, acting(request))
    return bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
