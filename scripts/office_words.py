"""Compiles the office's own words for allauth's pages: `python scripts/office_words.py`. Needs no gettext; a test says when it was forgotten.

The format is that of GNU gettext, as Python's `gettext` reads it: two tables of (length, place), sorted by message.
"""

from __future__ import annotations

import ast
import re
import struct
from pathlib import Path

TEXTS = sorted((Path(__file__).parents[1] / "src/helder/web/locale").glob("*/LC_MESSAGES/django.po"))
_LINE = re.compile(r'(msgid|msgid_plural|msgstr|msgstr\[\d\]) (".*")')
_MAGIC, _HEAD = 0x950412DE, 28


def messages(text: str) -> dict[str, str]:
    """What a PO file says: message to translation, plurals with a NUL between. Every string stands on one line here.

    Raises `ValueError` for a line that is none of it.
    """
    found: dict[str, str] = {}
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        parts = [_LINE.fullmatch(line) for line in lines]
        if not all(parts):
            raise ValueError(block)
        said = [(part[1], str(ast.literal_eval(part[2]))) for part in parts if part]
        if said:
            found["\0".join(value for name, value in said if name.startswith("msgid"))] = "\0".join(
                value for name, value in said if name.startswith("msgstr")
            )
    return found


def compiled(text: str) -> bytes:
    """The MO file of a PO file."""
    pairs = [(key.encode(), value.encode()) for key, value in sorted(messages(text).items())]
    start = _HEAD + 16 * len(pairs)
    tables, strings = [b"", b""], b""
    for column in (0, 1):
        for pair in pairs:
            tables[column] += struct.pack("<2I", len(pair[column]), start + len(strings))
            strings += pair[column] + b"\0"
    head = struct.pack("<7I", _MAGIC, 0, len(pairs), _HEAD, _HEAD + 8 * len(pairs), 0, start)
    return head + tables[0] + tables[1] + strings


if __name__ == "__main__":
    for po in TEXTS:
        po.with_suffix(".mo").write_bytes(compiled(po.read_text("utf-8")))
