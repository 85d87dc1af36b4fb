"""Every view says what one must be allowed to do; a view without a decision is refused, and fails the tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from helder.office.models import User

View = Callable[..., HttpResponseBase]
OPEN = "open"
"""Decision of a view that somebody who is not logged in may see."""
OWN_ACCOUNT = "own account"
"""Decision of a view about one's own ways in, for everybody who is logged in."""


def open_to_all(view: View) -> View:
    """A view for everybody: the log-in page and the like."""
    view.decision = OPEN  # type: ignore[attr-defined]
    return view


def needs(verb: str, register: str | None = None, *, or_in: str | None = None) -> Callable[[View], View]:
    """A view for users whose roles allow `verb` in `register` (None: the register named in the URL), or else in `or_in`."""

    def decide(view: View) -> View:
        @wraps(view)
        def decided(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not isinstance(user, User):
                return redirect_to_login(request.get_full_path())
            if not user.may(register or kwargs["register"], verb) and not (or_in and user.may(or_in, verb)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        decided.decision = (register, verb)  # type: ignore[attr-defined]
        return decided

    return decide
