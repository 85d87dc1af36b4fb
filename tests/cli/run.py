"""Running commands in tests: in this process through click's runner, or for real."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from helder.cli.program import Program

ROOT = Path(__file__).resolve().parents[2]
PLAIN = {"HELDER_KEY": "", "HELDER_KEY_FILE": "", "HELDER_LANG": "", "HELDER_DEBUG": "", "LC_ALL": "C.UTF-8"}


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output; fails when anything else is there."""
        return json.loads(self.out)


def helder(*words: object, env: dict[str, str] | None = None, input: str | None = None) -> Ran:
    """Run a command in this process."""
    arguments = [str(word) for word in words]
    done = CliRunner().invoke(Program(), arguments, env={**PLAIN, **(env or {})}, input=input, prog_name="helder")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)


def started(*words: object, cwd: Path | None = None, env: dict[str, str] | None = None, **how: Any) -> subprocess.Popen:
    """Start a command as a process of its own."""
    environment = {**os.environ, **PLAIN, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", **(env or {})}
    command = [sys.executable, "-m", "helder", *map(str, words)]
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=cwd, env=environment, **{**pipe, **how})


def process(
    *words: object,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    input: str | None = None,
    timeout: float = 120,
) -> Ran:
    """Run a command as a process of its own."""
    with started(*words, cwd=cwd, env=env, stdin=subprocess.PIPE) as child:
        out, err = child.communicate(input, timeout)
    return Ran(child.returncode, out, err)
