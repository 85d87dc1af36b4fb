"""What holds for every answer: headers, language, a decision on every view, and a second factor."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation

from helder.domain.errors import HelderError
from helder.office.models import User
from helder.office.parties import names_held

Answer = Callable[[HttpRequest], HttpResponseBase]

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
_LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)
_WITHOUT_FACTOR = ("/account/", "/static/", "/language/", "/welcome/")


def headers(answer: Answer) -> Answer:
    """No script, style or picture from elsewhere, none in the page itself; nothing personal in a cache."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def language(answer: Answer) -> Answer:
    """The user's language; before log-in that of the link they followed, else what the browser asks for."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = getattr(request.user, "language", None) or request.session.get("language")
        if chosen not in _LANGUAGES:
            chosen = translation.get_language_from_request(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = answer(request)
            if isinstance(response, HttpResponse):
                response.headers.setdefault("Content-Language", chosen)
            return response

    return middleware


def names(answer: Answer) -> Answer:
    """Parties' names are read once for an answer, however often a page shows them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with names_held():
            return answer(request)

    return middleware


class problems:  # noqa: N801 (a middleware, named as the others)
    """What is wrong with the case's files is said on a page, with what to do: a user's problem is no fault of ours."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page; None for what is not ours."""
        if not isinstance(error, HelderError):
            return None
        return render(request, "problem.html", {"problem": error}, status=409)


class decided:  # noqa: N801 (a middleware, named as the others)
    """Refuses a view that does not say who may see it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; the decision is looked at when the view is known."""
        return self.answer(request)

    def process_view(self, request: HttpRequest, view: Callable[..., object], args: object, kwargs: object) -> None:
        """Raises `PermissionDenied` for a view without a decision."""
        # The API's views are the framework's, some with arguments filled in; each asks for a token's scope itself.
        framework = getattr(view, "func", view).__module__.startswith("ninja.")
        if not hasattr(view, "decision") and not framework:
            raise PermissionDenied


def second_factor(answer: Answer) -> Answer:
    """Who is logged in without a second factor makes one first."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        needs = settings.HELDER_SECOND_FACTOR and isinstance(user, User) and not is_mfa_enabled(user)
        if needs and not request.path.startswith(_WITHOUT_FACTOR):
            return redirect("mfa_index")
        return answer(request)

    return middleware
