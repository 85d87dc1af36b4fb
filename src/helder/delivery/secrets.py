"""Secrets of channels, from the environment alone: HELDER_CHANNEL_<ID>_<WHAT>."""

from __future__ import annotations

import os
from collections.abc import Mapping

from helder.domain.errors import DeliveryError


def variable(channel: str, what: str) -> str:
    """The name of the variable."""
    return f"HELDER_CHANNEL_{channel.upper()}_{what}"


def secret(channel: str, what: str, environ: Mapping[str, str] | None = None) -> str:
    """The secret; raises `DeliveryError` that names the variable when it is not set."""
    name = variable(channel, what)
    value = (os.environ if environ is None else environ).get(name, "")
    if not value:
        raise DeliveryError("A secret of this channel is not set.", where=name, do="Set it in the environment.")
    return value


def optional_secret(channel: str, what: str, environ: Mapping[str, str] | None = None) -> str | None:
    """The secret, or None when it is not set."""
    return (os.environ if environ is None else environ).get(variable(channel, what)) or None
