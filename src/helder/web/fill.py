"""Filling the office of the reference case with its public timeline, clocks and measures."""

from __future__ import annotations

from importlib.resources import files

from helder.office.loading import load, loader


def fill_demo() -> dict[str, int]:
    """Load what `helder.demo` ships, once. Gives how many entries were added, by register."""
    folder = files("helder.demo").joinpath("office")
    texts = {
        file.name.removesuffix(".toml"): file.read_text("utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }
    return load(dict(sorted(texts.items())), loader("Openbare bronnen / public sources"))
