"""Which format reads a file: the declared one, else by the file's first bytes, else by its suffix."""

from __future__ import annotations

import pkgutil
from difflib import get_close_matches
from importlib import import_module
from typing import cast

from helder.domain.errors import SourceError
from helder.sources import formats
from helder.sources.stream import Format, Place

_PACKED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"7z\xbc\xaf": "7-zip", b"\x28\xb5\x2f\xfd": "zstandard"}

_MARKS = {b"PAR1": "parquet", b"PK\x03\x04": "xlsx", b"SQLite format 3\0": "sql"}


def known_formats() -> list[str]:
    """The names of all formats: the modules in `sources/formats`."""
    return sorted(module.name for module in pkgutil.iter_modules(formats.__path__))


def format_named(name: str, where: str) -> Format:
    """A format by name."""
    if name not in known_formats():
        near = get_close_matches(name, known_formats(), n=1)
        hint = f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(known_formats())}."
        raise SourceError(f"There is no format '{name}'.", where=where, do=hint)
    return cast(Format, import_module(f"{formats.__name__}.{name}"))


def format_name(place: Place, declared: str | None) -> str:
    """The name of the format of a place."""
    if declared:
        return declared
    if place.url:
        return "sql"
    with place.path.open("rb") as file:
        head = file.read(512)
    for mark, name in _PACKED.items():
        if head.startswith(mark):
            raise SourceError(f"The file is packed ({name}).", where=place.name, do="Unpack it first.")
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name
    suffix = place.path.suffix.lower()
    for name in known_formats():
        if suffix in format_named(name, place.name).suffixes:
            return name
    return "json" if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else "csv"
