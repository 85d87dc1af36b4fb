"""The texts of a made-up case folder, and the mark that tells it from a real one."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from helder.demo.assumptions import assumptions_text
from helder.demo.claims import claims_csv
from helder.demo.size import Size
from helder.domain.counted import grouped
from helder.domain.errors import CaseError, StorageError

MARK = Path("demo") / "made.json"
RELEASE = 2
"""Raised when the same size and seed give other people than before."""
_NOTHING_DECIDED = {
    "acceptances.toml": (
        "# Evidence that excludes theft counts only when a named person accepts it:\n"
        '# [[acceptances]]\n# evidence = "a statement\'s id"\n# by = "who"\n# on = 2025-10-01\n# reason = "why"\n'
    ),
    "contradictions.toml": (
        "# Of two pieces of evidence that clash one is set aside, by a named person:\n"
        '# [[set_aside]]\n# clash = ["one", "other"]\n# set_aside = "one"\n# by = "who"\n'
        '# on = 2025-10-01\n# reason = "why"\n'
    ),
}


@dataclass(frozen=True)
class Made:
    """What a made-up case folder was made with; `whole` is false while it is being written."""

    people: int
    seed: int
    release: int = RELEASE
    whole: bool = False


def made(folder: Path) -> Made | None:
    """What `folder` was made with, or None when it is no made-up case."""
    try:
        return Made(**json.loads((folder / MARK).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def mark(folder: Path, what: Made) -> None:
    """Write the mark: in one step, so that it is never half there."""
    path = folder / MARK
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(asdict(what), indent=1) + "\n", encoding="utf-8")
    partial.replace(path)


FACTS_OF_OFFICE = "letters/office.toml"


def write_texts(folder: Path, counts: Size, seed: int) -> None:
    """Write all of the case but its sources.

    Raises `CaseError` when the folder holds something that is not a made-up case, `StorageError` when it cannot write.
    """
    if not _free(folder) and made(folder) is None:
        raise CaseError(
            "The folder is not empty and is no made-up case.",
            where=str(folder),
            do="Choose a folder that does not exist yet, so that no real case is written over.",
        )
    package = files(__package__)
    texts = {
        "case.toml": (package / "case.toml").read_text(encoding="utf-8"),
        "counts.csv": claims_csv(counts),
        "README.md": _readme(counts, seed),
        "demo/assumptions.toml": assumptions_text(),
        **{f"decisions/{name}": text for name, text in _NOTHING_DECIDED.items()},
        **_texts_below(package / "letters", "letters"),
    }
    # Of a case that was made before its own office has written the facts: others would set its rounds back to planned.
    if (folder / FACTS_OF_OFFICE).is_file():
        texts.pop(FACTS_OF_OFFICE)
    try:
        for name in ("demo", "decisions", "sources"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        mark(folder, Made(counts.people, seed))
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise StorageError("The made-up case cannot be written.", where=str(folder), do=f"{error.strerror}.") from None


def _texts_below(folder: Traversable, name: str) -> dict[str, str]:
    """Every text in a folder of the package, by its path in the case."""
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        inside = f"{name}/{path.name}"
        if path.is_dir():
            found |= _texts_below(path, inside)
        elif path.name.endswith(".toml"):
            found[inside] = path.read_text(encoding="utf-8")
    return found


def _free(folder: Path) -> bool:
    """Whether nothing is there yet."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def _readme(counts: Size, seed: int) -> str:
    text: str = tomllib.loads((files(__package__) / "folder_readme.toml").read_text(encoding="utf-8"))["text"]

    def nl(number: int) -> str:
        return grouped(number, "nl")

    return text.format(
        size_nl=f"Gemaakt met {nl(counts.people)} mensen om wie het gaat ({nl(counts.register)} in het register), "
        f"{nl(counts.rows)} gelekte regels, zaad {seed}. De gepubliceerde aantallen zijn daarop geschaald.",
        size_en=f"Made with {counts.people:,} people concerned ({counts.register:,} in the register), "
        f"{counts.rows:,} leaked rows, seed {seed}. Published numbers are scaled to that.",
    )
