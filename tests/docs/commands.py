"""Reads the commands that documentation shows, runs them, and compares what they print.

A block that begins with ```console after the line <!-- run --> is run: lines that start with `$ ` are typed (`> ` goes on), the
others are what must be printed, where `…` stands for anything. All blocks of a page run in one shell, in order.
A block after <!-- run, after two people approved CASE ROUND --> is run too, once the round has its approvals.
Every other console block says why not: <!-- not run: reason -->; what it types must at least be a command of Helder's.
Where <!-- lab is a copy of the demo --> stands, the page begins with the made-up case in the folder lab, its key beside it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

_BLOCK = re.compile(r"^(?P<mark><!-- [^\n]* -->\n)?```console\n(?P<body>.*?)^```", re.M | re.S)
_RUN = "<!-- run -->\n"
_APPROVED = re.compile(r"<!-- run, after two people approved (\S+) (\S+) -->\n")
_DEMO = "<!-- lab is a copy of the demo -->\n"
_WHY = re.compile(r"<!-- not run: \S.* -->\n")
_SIGN = "@@helder@@"


@dataclass
class Command:
    """One command, the line of the page it stands on, and what it must print."""

    text: str
    line: int
    expected: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    command: Command
    code: int
    output: str


def commands(page: str) -> list[Command]:
    """The commands of a page that are to be run. `ValueError` for a console block that is not marked."""
    found: list[Command] = []
    for block in _BLOCK.finditer(page):
        first = page.count("\n", 0, block.start("body")) + 1
        mark = block["mark"] or ""
        if mark == _RUN:
            found += _parse(block["body"], first)
        elif approved := _APPROVED.fullmatch(mark):
            text = f'python "$HELDER_HOME/tests/docs/approve.py" {approved[1]} {approved[2]}'
            found += [Command(text, first - 1), *_parse(block["body"], first)]
        elif not _WHY.fullmatch(mark):
            raise ValueError(f"line {first - 1}: say <!-- run --> or <!-- not run: reason --> above this block")
    return found


def begins_with_demo(page: str) -> bool:
    """Whether the commands of a page need the made-up case in the folder lab."""
    return _DEMO in page


def not_run(page: str) -> list[Command]:
    """The commands of a page that are shown and not run."""
    shown = [block for block in _BLOCK.finditer(page) if _WHY.fullmatch(block["mark"] or "")]
    return [one for block in shown for one in _parse(block["body"], page.count("\n", 0, block.start("body")) + 1)]


def _parse(body: str, first: int) -> list[Command]:
    found: list[Command] = []
    for number, line in enumerate(body.splitlines(), start=first):
        if line.startswith("$ "):
            found.append(Command(line[2:], number))
        elif line.startswith("> ") and found and not found[-1].expected:
            found[-1].text += "\n" + line[2:]
        elif found:
            found[-1].expected.append(line)
        else:
            raise ValueError(f"line {number}: a block begins with a command")
    return found


def run(page: list[Command], folder: Path, timeout: float) -> list[Outcome]:
    """Run the commands in one bash in `folder`; stops after the first that fails."""
    script = "set -u\n" + "".join(
        f'{{ {command.text}\n}} 2>&1; code=$?; printf "\\n{_SIGN}%s\\n" "$code"; [ "$code" = 0 ] || exit 0\n'
        for command in page
    )
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "HELDER_HOME": str(Path(__file__).resolve().parents[2]),
        "LANG": "en_GB.UTF-8",
        "PYTHONUTF8": "1",
        "COLUMNS": "120",
        "NO_COLOR": "1",
        **{name: os.environ[name] for name in ("PYTHONPATH", "JAVA_HOME") if name in os.environ},
    }
    shell = ["bash", "--noprofile", "--norc", "-c", script]
    done = subprocess.run(shell, cwd=folder, env=environment, capture_output=True, text=True, timeout=timeout)
    parts = re.split(rf"\n{_SIGN}(\d+)\n", done.stdout)
    return [
        Outcome(command, int(code), output)
        for command, output, code in zip(page, parts[0::2], parts[1::2], strict=False)
    ]


def matches(expected: list[str], output: str) -> bool:
    """Whether the output is what the page shows: `…` on its own line is any lines, inside a line any text."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else ".*?".join(map(re.escape, line.rstrip().split("…"))) + r"[ ]*\n"
        for line in expected
    )
    return re.fullmatch(pattern, output.rstrip("\n") + "\n" if output.strip() else "") is not None
