"""The project's own files, for tests that look at them."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@cache
def tracked() -> tuple[Path, ...]:
    """Every file under version control (a copy without git: every file but what .gitignore keeps out)."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return tuple(path for name in sorted(listed.split("\0")) if name and (path := ROOT / name).is_file())


def sources(*tops: str) -> list[Path]:
    """The Python files below these folders."""
    return [path for path in tracked() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in tops]


def name(path: Path) -> str:
    """The path from the project's root, for messages and test ids."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text("utf-8"))


def paragraphs(path: Path) -> list[str]:
    """The paragraphs of a Markdown file, each on one line."""
    return [" ".join(part.split()) for part in path.read_text("utf-8").split("\n\n")]
