"""Finding the key of a case: HELDER_KEY_FILE, HELDER_KEY, else the file CASE.key beside the folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helder.engines.keys import Keys


def beside(case: Path) -> Path:
    """Where the key of a case stands when nothing else is said: beside its folder."""
    folder = case.absolute()
    return folder.with_name(f"{folder.name}.key")


def keys_of(case: Path) -> Keys:
    """The keys of a case. Raises `KeyFileError` when there are none, or when they lie inside the folder."""
    from helder.engines.keys import load_keys, refuse_key_inside

    path = found_at(case)
    refuse_key_inside(case, path)
    return load_keys(path)


def found_at(case: Path) -> Path | None:
    """The key file that would be used; None when the key is in HELDER_KEY or there is none."""
    import os

    from helder.engines.keys import KEY_VARIABLE, key_file

    named = key_file()
    if named or os.environ.get(KEY_VARIABLE):
        return named
    return beside(case) if beside(case).exists() else None
