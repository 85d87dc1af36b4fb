"""How the server listens: this machine only, small requests only, and what it believes of a web server before it."""

from __future__ import annotations

from typing import Any

MOST_BYTES = 12 * 2**20
"""The largest request: a file of a register, and what a form adds to it."""


def server_settings(host: str) -> dict[str, Any]:
    """Settings of waitress. `host` is the name that people type, when a web server on this machine passes requests on.

    That server says who asks and whether they came by HTTPS. Without one nobody is believed who says so.
    """
    own = {"host": "127.0.0.1", "threads": 4, "ident": "", "max_request_body_size": MOST_BYTES}
    if not host:
        return own
    believed = {"x-forwarded-for", "x-forwarded-proto"}
    return own | {"trusted_proxy": "127.0.0.1", "trusted_proxy_count": 1, "trusted_proxy_headers": believed}
