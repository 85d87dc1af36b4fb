"""Which format reads a file: the declared one, else by the file's first bytes, else by its suffix."""

from __future__ import annotations

import pkgutil
import re
from difflib import get_close_matches
from importlib import import_module
from typing import cast

from helder.domain.errors import SourceError
from helder.sources import formats
from helder.sources.stream import Format, Place

_PACKED = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"7z\xbc\xaf": "7-zip",
    b"\x28\xb5\x2f\xfd": "zstandard",
    b"\xfd7zXZ": "xz",
    b"Rar!": "rar",
}
# What may hold a table, and is none that can be read: how it begins, what it is, and what helps.
_TABLE = "Ask the sender for the table itself, as CSV or Excel."
_NO_TABLE = (
    (r"\A%PDF", "a PDF", _TABLE),
    (r"\A\xd0\xcf\x11\xe0", "an old Office file, or one with a password", "Open it yourself, and save it as .xlsx or CSV."),
    (r"\A\s*<(\?xml|!doctype|html|table)\b", "XML or HTML", _TABLE),
    (r"\APGDMP|^(create table|insert into)\b|^-- (mysql|mariadb|postgresql database) dump\b", "a dump of a database",
     "Load it into a database, and name that as the source: see docs/reference/formats.md."),
)  # fmt: skip

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
    begins = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    for pattern, what, do in _NO_TABLE:
        if re.search(pattern, begins, re.IGNORECASE | re.MULTILINE):
            raise SourceError(f"This is {what}, not a table.", where=place.name, do=do)
    suffix = place.path.suffix.lower()
    for name in known_formats():
        if suffix in format_named(name, place.name).suffixes:
            return name
    return "json" if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else "csv"
