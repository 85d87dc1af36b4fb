"""The BRP, the Dutch register of persons, asked for addresses through the API Personen, version 2."""

from __future__ import annotations

from collections.abc import Mapping

from helder.domain.address_refresh import AddressRegister


def opened(environ: Mapping[str, str], per_second: float) -> AddressRegister:
    """A connection as the environment says (see `settings`). Raises `RegisterError`."""
    from helder.countries.nl.brp.client import BrpClient
    from helder.countries.nl.brp.settings import Settings

    return BrpClient(Settings.of(environ), per_second=per_second)
