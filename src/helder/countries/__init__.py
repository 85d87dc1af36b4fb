"""Countries: one folder each, found by its name."""

from __future__ import annotations

import importlib
import importlib.util

from helder.countries.base import Country
from helder.domain.errors import CaseError


def country(code: str) -> Country:
    """The country in the folder `code`. Raises `CaseError` when there is none."""
    name = f"{__name__}.{code}"
    if not code.isidentifier() or code == "base" or importlib.util.find_spec(name) is None:
        raise CaseError(
            f"There is no country '{code}'.", where="case.country", do="Use 'nl', or 'generic' for any other country."
        )
    found = importlib.import_module(name).COUNTRY
    assert isinstance(found, Country)
    return found
