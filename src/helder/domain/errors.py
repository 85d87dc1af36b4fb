"""One tree of errors: what happened, where, what to do, and the exit code of the command.

A user's mistake never ends in a traceback: the command line prints these three lines and stops.
No message may hold personal data: people and rows are named by place (file and row) or by keyed id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class HelderError(Exception):
    """Something the user can act on.

    Parameters: `what` happened (one sentence), `where` (file, row, column, or setting) and what to `do` about it.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.do = do

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, f"[{self.where}]" if self.where else "", self.do) if part)

    def as_dict(self) -> dict[str, str | int]:
        """The same error as `--json` shows it."""
        return {
            "error": type(self).__name__,
            "what": self.what,
            "where": self.where,
            "do": self.do,
            "exit_code": self.exit_code,
        }


class CaseError(HelderError):
    """The case folder or `case.toml` is not right."""

    exit_code = 2


class SourceError(HelderError):
    """A source does not fit its declared shape, is missing, or changed."""

    exit_code = 3

    def __init__(
        self, what: str, *, where: str = "", do: str = "", choices: Sequence[Mapping[str, str | int]] = ()
    ) -> None:
        super().__init__(what, where=where, do=do)
        # Options of the source, each of which would have it read.
        self.choices = choices


class KeyFileError(HelderError):
    """The key is missing or does not open this case."""

    exit_code = 4


class BusyError(HelderError):
    """Another run is working in this case folder."""

    exit_code = 5


class StorageError(HelderError):
    """The disk is full, or a result is damaged."""

    exit_code = 6


class GroupGapError(HelderError):
    """The groups of `case.toml` leave people in scope without a group."""

    exit_code = 7
    profiles: tuple[int, ...] = ()


class EngineError(HelderError):
    """The database engine is missing something (Java, memory) or refused a query."""

    exit_code = 8


class LinkageError(HelderError):
    """Records cannot be linked with these settings."""

    exit_code = 9


class DecisionError(HelderError):
    """A decision file is not right: unknown record, missing name, date or reason."""

    exit_code = 10


class AuditError(HelderError):
    """The audit log is damaged, or a line may not go into it."""

    exit_code = 11


class RoundError(HelderError):
    """A round is not in the state that this needs: not planned, changed since, or not approved."""

    exit_code = 12


class DeliveryError(HelderError):
    """A round cannot be handed over: the channel refuses, or what lies there is not what was approved."""

    exit_code = 14


class RegisterError(HelderError):
    """A register that was asked for addresses did not answer, or not as published."""

    exit_code = 16
    retryable = False
    """Whether asking the same again later may succeed."""

    @classmethod
    def passing(cls, what: str, *, where: str = "", do: str = "") -> RegisterError:
        """A failure that may pass: too busy, down, or the line broke."""
        error = cls(what, where=where, do=do)
        error.retryable = True
        return error


class ReadabilityError(HelderError):
    """A text cannot be measured: it is empty or not text, or LiNT-II is not installed."""

    exit_code = 17
