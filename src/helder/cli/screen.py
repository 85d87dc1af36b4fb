"""What a command shows: one JSON document on stdout with --json, else words and tables; remarks go to stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from helder.cli.say import Say

if TYPE_CHECKING:
    from rich.console import Console

_PIPE_WIDTH = 120


class Screen:
    """Where commands write. `json` says that stdout belongs to one document."""

    def __init__(self, say: Say, *, json: bool) -> None:
        self.say = say
        self.json = json

    @property
    def lang(self) -> str:
        """'nl' or 'en'."""
        return self.say.lang

    @cached_property
    def console(self) -> Console:
        """Rich on stdout; without a terminal neither colours nor the narrow default width.

        Lines are not wrapped, for a command or a path in them is to be copied; tables and letters are.
        """
        from rich.console import Console

        width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _PIPE_WIDTH
        return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False, soft_wrap=True)

    def show(self, document: Mapping[str, Any], render: Callable[[Console], None]) -> None:
        """The result of the command: the document with --json, else what `render` makes of it."""
        if self.json:
            click.echo(as_json(document))
        else:
            render(self.console)

    def remark(self, nl: str, en: str) -> None:
        """One line beside the result, on stderr."""
        click.echo(self.say(nl, en), err=True)


def as_json(document: Mapping[str, Any]) -> str:
    """The document as text; dates in ISO 8601. Pure ASCII when stdout cannot write more."""
    ascii_only = "utf" not in (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    return json.dumps(document, indent=2, ensure_ascii=ascii_only, allow_nan=False, default=_plain)


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset | tuple):
        return sorted(value)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    raise TypeError(f"{type(value).__name__} cannot be shown as JSON")
