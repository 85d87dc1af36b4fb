"""`manifest.json` of a result: what it is, what it was made of, and the shape, size and hash of its tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helder.domain.tables import Column, Table
from helder.engines.base import Published

VERSION = 1


@dataclass(frozen=True)
class Manifest:
    """The contents of a manifest. `tables` are JSON objects, see `_entry`."""

    stage: str
    key: str
    inputs: Mapping[str, str]
    tables: Mapping[str, Mapping[str, Any]]
    facts: Mapping[str, Any]
    seconds: float
    created: datetime

    @classmethod
    def of(
        cls,
        stage: str,
        key: str,
        inputs: Mapping[str, str],
        tables: Mapping[str, Published],
        facts: Mapping[str, Any],
        seconds: float,
    ) -> Manifest:
        """The manifest of tables just published; their files are hashed."""
        entries = {name: _entry(published) for name, published in tables.items()}
        return cls(stage, key, inputs, entries, facts, round(seconds, 3), datetime.now(UTC))

    def to_json(self) -> str:
        """The text of the file."""
        whole = {"version": VERSION, **asdict(self), "created": self.created.isoformat(timespec="seconds")}
        return json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    def agrees_with(self, folder: Path) -> bool:
        """Whether every file is there with its size and hash."""
        try:
            return all(
                (folder / entry["file"]).stat().st_size == entry["bytes"]
                and _hash(folder / entry["file"]) == entry["file_sha256"]
                for entry in self.tables.values()
            )
        except (OSError, KeyError, TypeError):
            return False

    def published(self, folder: Path) -> dict[str, Published]:
        """The tables, as engines read them."""
        return {
            name: Published(
                folder / entry["file"], _table(entry["table"]), entry["rows"], entry["sha256"], entry["sealed"]
            )
            for name, entry in self.tables.items()
        }


def read_manifest(path: Path) -> Manifest | None:
    """The manifest at `path`; None when it is absent, damaged or of another version."""
    try:
        whole = json.loads(path.read_text("utf-8"))
        if whole.pop("version") != VERSION:
            return None
        manifest = Manifest(**{**whole, "created": datetime.fromisoformat(whole["created"])})
        manifest.published(path.parent)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return manifest


def _entry(published: Published) -> dict[str, Any]:
    return {
        "file": published.path.name,
        "rows": published.rows,
        "sha256": published.sha256,
        "sealed": published.sealed,
        "bytes": published.path.stat().st_size,
        "file_sha256": _hash(published.path),
        "table": asdict(published.table),
    }


def _table(value: Mapping[str, Any]) -> Table:
    columns = tuple(Column(**column) for column in value["columns"])
    return Table(value["name"], columns, tuple(value["order"]), value["personal"])


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
