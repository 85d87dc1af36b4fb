"""The command line: one module for each command, loaded only when it is asked for."""

from __future__ import annotations

from typing import NoReturn


def main() -> NoReturn:
    """The program `helder`."""
    from helder.cli.program import Program

    Program().main(prog_name="helder")
