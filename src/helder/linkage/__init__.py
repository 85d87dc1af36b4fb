"""Records to people: exact with a guard, then Splink, then rules that put being right before finding all."""

from __future__ import annotations

from helder.linkage.linking import link
from helder.linkage.settings import LinkResult, LinkSettings

__all__ = ["LinkResult", "LinkSettings", "link"]
