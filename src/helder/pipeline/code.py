"""The code, the data and the versions of libraries that decide what each stage writes, as a hash: a new Helder computes anew what it would read otherwise."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import helder

_DECIDES = (".py", ".sql", ".toml", ".csv", ".json")
_ALL = ("case", "domain", "engines", "pipeline/stages.py", "pipeline/inputs.py")
_OF = {
    "source": ("sources", "countries"),
    "normalised": ("linkage", "countries"),
    "linkage": ("linkage", "countries"),
    "decided": ("linkage", "countries"),
    "evidence": ("exposure",),
    "exposure": ("exposure", "pipeline/admissible.py"),
}
_LIBRARIES = ("duckdb", "pyarrow", "sqlglot")
_LIBRARIES_OF = {
    "source": ("adbc-driver-postgresql", "adbc-driver-sqlite", "charset-normalizer", "python-calamine", "wordfreq"),
    "linkage": ("splink",),
    "evidence": ("pyspark",),
    "exposure": ("pyspark",),
}
"""What others wrote that decides as well, beside what every stage uses."""
"""Parts of the program, by the kind of stage; what a stage is given by others is in the keys of its inputs."""


def code_of(stage: str) -> str:
    """The hash of all that decides what a stage writes, beside its inputs and parameters."""
    whole = hashlib.sha256()
    for part in (*_ALL, *_OF[stage.split("-")[0]]):
        whole.update(_digest(Path(helder.__file__).parent, part))
    for library in (*_LIBRARIES, *_LIBRARIES_OF.get(stage.split("-")[0], ())):
        whole.update(f"{library} {_version(library)}\n".encode())
    return whole.hexdigest()[:32]


@cache
def _version(library: str) -> str:
    """The version that is installed, without importing it; nothing when it is not."""
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


@cache
def _digest(program: Path, part: str) -> bytes:
    """The hash of a module, or of all that lies in a package, with the names."""
    place = program / part
    found = hashlib.sha256()
    for path in [place] if place.is_file() else sorted(place.rglob("*")):
        if path.suffix in _DECIDES and path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            found.update(f"{path.relative_to(program).as_posix()} {content}\n".encode())
    return found.digest()
