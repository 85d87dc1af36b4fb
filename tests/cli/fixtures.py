"""One made-up case, run once for the whole test session, whoever asks first; copied for tests that change it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.run import helder
from helder.engines.keys import Keys, load_keys
from once import once

PEOPLE = 1_500


@dataclass(frozen=True)
class DemoCase:
    """A case folder with its key beside it, both assessments run, and what `helder demo --json` said."""

    folder: Path
    document: dict[str, Any]
    progress: str
    """What it said beside the document, on standard error."""

    @property
    def key_file(self) -> Path:
        """The key, where every command finds it."""
        return self.folder.with_name(f"{self.folder.name}.key")

    @property
    def keys(self) -> Keys:
        """The keys."""
        return load_keys(self.key_file)


@pytest.fixture(scope="session")
def demo_case(tmp_path_factory: pytest.TempPathFactory) -> DemoCase:
    """The made-up case, for tests that only read it."""
    home = once(tmp_path_factory, "demo-case", _demo)
    return DemoCase(home / "lab", json.loads((home / "demo.json").read_text()), (home / "demo.err").read_text())


def _demo(home: Path) -> None:
    done = helder("demo", "--people", PEOPLE, "--out", home / "lab", "--json")
    assert done.code == 0, done.out + done.err
    (home / "demo.err").write_text(done.err)
    (home / "demo.json").write_text(done.out)


@pytest.fixture
def demo_copy(demo_case: DemoCase, tmp_path: Path) -> DemoCase:
    """A copy of the made-up case, for tests that change it; without its office, so that a test's own lines are all the log has."""
    folder = tmp_path / "lab"
    shutil.copytree(demo_case.folder, folder, ignore=shutil.ignore_patterns("office.db*"))
    copy = DemoCase(folder, demo_case.document, demo_case.progress)
    shutil.copy2(demo_case.key_file, copy.key_file)
    return copy
