"""Which of allauth's addresses there are here, and who may see each: the rest of them is not found.

Nobody signs up, and nobody gets a password or a code by e-mail: who reads somebody's mail would read their way in.
Who lost theirs gets a link from a colleague (`office.resets`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from allauth import urls as allauth
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver

from helder.office.decisions import OPEN, OWN_ACCOUNT, View, open_to_all

DECISIONS = {
    OPEN: frozenset(
        [
            "account_login",
            "account_logout",
            "account_inactive",
            "mfa_authenticate",
            "mfa_login_webauthn",
            "openid_connect_login",
            "openid_connect_callback",
            "socialaccount_login_cancelled",
            "socialaccount_login_error",
        ]
    ),
    OWN_ACCOUNT: frozenset(
        [
            "account_reauthenticate",
            "account_change_password",
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_edit_webauthn",
            "mfa_remove_webauthn",
            "mfa_reauthenticate_webauthn",
            "socialaccount_connections",
        ]
    ),
}
_NAMED = frozenset({"account_signup", "account_email", "account_set_password", "socialaccount_signup"})
"""What allauth writes into its answers by name: these names stay, and lead to nothing."""


@open_to_all
def nothing(request: HttpRequest, **_: object) -> HttpResponseBase:
    """Not found."""
    raise Http404


def _decided(view: Callable[..., Any], decision: str) -> View:
    """allauth's view as it is, with its decision; what asks for a log-in does so itself."""

    @wraps(view)
    def same(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer: HttpResponseBase = view(request, *args, **kwargs)
        return answer

    same.decision = decision  # type: ignore[attr-defined]
    return same


def _ours(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern | URLResolver]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield URLResolver(one.pattern, list(_ours(one.url_patterns)), one.default_kwargs)
        elif one.name in _NAMED:
            yield URLPattern(one.pattern, nothing, one.default_args, one.name)
        for decision, names in DECISIONS.items():
            if isinstance(one, URLPattern) and one.name in names:
                yield URLPattern(one.pattern, _decided(one.callback, decision), one.default_args, one.name)


urlpatterns = list(_ours(allauth.urlpatterns))
