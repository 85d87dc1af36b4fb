"""Reading a TOML file that people write: what is wrong with it, where, and what to do."""

from __future__ import annotations

import tomllib
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from helder.domain.errors import CaseError


def not_there(path: Path | Traversable) -> CaseError:
    """What is said where a case's file is missing."""
    return CaseError(
        f"There is no {path.name} here.",
        where=str(path),
        do="Name a case folder, or make one with 'helder new FOLDER'.",
    )


def read_toml(path: Path | Traversable) -> dict[str, Any]:
    """What a TOML file says; a mark that says it is UTF-8 is skipped, as Notepad writes one. Raises `CaseError`."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise not_there(path) from None
    except NotADirectoryError:
        raise CaseError(
            "This is a file, not a folder.",
            where=str(Path(str(path)).parent),
            do="Name the case folder, not a file in it.",
        ) from None
    except UnicodeDecodeError:
        raise CaseError(
            f"{path.name} is not in UTF-8.",
            where=str(path),
            do="Save it again, in your editor, with the encoding UTF-8.",
        ) from None
    except OSError as error:
        raise CaseError(
            f"{path.name} cannot be read.",
            where=str(path),
            do=f"Look at the file and who may read it ({error.strerror}).",
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise CaseError(f"{path.name} is not valid TOML: {error}.", where=str(path), do="Correct that line.") from None
    except (RecursionError, ValueError):  # brackets thousands deep, a number of thousands of digits
        raise CaseError(
            f"{path.name} cannot be read.",
            where=str(path),
            do="It holds what no case does: brackets too deep or a number too long.",
        ) from None
