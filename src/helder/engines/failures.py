"""Our own errors, carried past a database that would turn them into its own."""

from __future__ import annotations

from typing import TypeVar

from helder.domain.errors import HelderError

E = TypeVar("E", bound=HelderError)


class Failures:
    """Keeps the first error that a file system told of, until an engine takes it to raise it."""

    def __init__(self) -> None:
        self._first: HelderError | None = None

    def tell(self, error: E) -> E:
        """Keep this error if it is the first, and give it back."""
        self._first = self._first or error
        return error

    def take(self) -> HelderError | None:
        """The first error since last asked, if any."""
        first, self._first = self._first, None
        return first
