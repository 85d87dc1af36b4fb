"""The page: what is known about whom and how surely, for a privacy officer. One self-contained file per language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helder.engines.keys import Keys
from helder.results.open import Results
from helder.results.page.data import PageData
from helder.results.page.gather import gather
from helder.results.page.render import render, write

__all__ = ["PageData", "gather", "render", "write", "write_page"]


def write_page(
    folder: Path,
    told: Results,
    current: Results,
    keys: Keys,
    *,
    made_up: bool = False,
    measured: Mapping[str, Any] | None = None,
    assumptions: str = "",
) -> list[Path]:
    """Write `page.nl.html` and `page.en.html` into `folder`: what was told, against what the evidence allows to say.

    `made_up` says so on the page, and explains one of the people. `measured` is what `demo.measured.measure` returns,
    `assumptions` the text that stands beside the figures that rest on it. Small numbers are hidden (`suppress`).
    """
    data = gather(told, current, keys, made_up=made_up, measured=measured, assumptions=assumptions)
    return write(folder, data)
