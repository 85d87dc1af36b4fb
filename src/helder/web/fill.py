"""Filling the office of the reference case with what is public of it, and with numbers of its made-up people."""

from __future__ import annotations

from importlib.resources import files

from django.conf import settings

from helder.office.loading import load, loader
from helder.office.register import registers
from helder.results.query import opened

FROM_RESULTS = "numbers"


def fill_demo() -> dict[str, int]:
    """Load what `helder.demo` ships, once; numbers when there is a result to take them from.

    Gives how many entries were added, by register.
    """
    folder = files("helder.demo").joinpath("office")
    texts = {
        file.name.removesuffix(".toml"): file.read_text("utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }
    if opened(settings.HELDER_CASE) is None:
        del texts[FROM_RESULTS]
    ordered = {id: texts[id] for id in registers() if id in texts}  # what others name stands first
    return load(ordered, loader("Openbare bronnen / public sources"))
