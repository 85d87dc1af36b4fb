"""The organisation's own log-in (OpenID Connect with PKCE), by four settings; it opens accounts that are here, and makes none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from helder.domain.errors import CaseError

_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


def organisation_log_in(environ: Mapping[str, str]) -> dict[str, Any]:
    """Settings of django-allauth by HELDER_OIDC_SERVER, _CLIENT, _SECRET and _NAME; without them there is no such log-in.

    Raises `CaseError` when there is a server without a client or the other way round, or an address that is not https.
    """
    server, client = environ.get("HELDER_OIDC_SERVER", ""), environ.get("HELDER_OIDC_CLIENT", "")
    apps = []
    if server or client:
        parts = urlsplit(server)
        closed = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
        if not (closed and parts.hostname and client):
            raise CaseError(
                "The organisation's log-in is half set up.",
                where="HELDER_OIDC_SERVER",
                do="Set HELDER_OIDC_SERVER (https://…) and HELDER_OIDC_CLIENT, or neither.",
            )
        apps = [
            {
                "provider_id": "organisation",
                "name": environ.get("HELDER_OIDC_NAME", "Organisation"),
                "client_id": client,
                "secret": environ.get("HELDER_OIDC_SECRET", ""),
                "settings": {"server_url": server},
            }
        ]
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}
