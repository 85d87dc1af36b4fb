"""Writing a text file in another encoding, in place and in pieces."""

from __future__ import annotations

from pathlib import Path

_PIECE = 1 << 22


def recode(path: Path, encoding: str) -> None:
    """Change a UTF-8 file to `encoding`. Letters that it lacks become '?', as old systems export them."""
    other = path.with_name(path.name + ".recoded")
    with (
        path.open(encoding="utf-8", newline="") as source,
        other.open("w", encoding=encoding, errors="replace", newline="") as target,
    ):
        while piece := source.read(_PIECE):
            target.write(piece)
    other.replace(path)
