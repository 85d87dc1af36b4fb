"""The gate before letters leave: two people, neither of whom wrote the letters, approve exactly this content.

`rounds/<round>/approvals.json` holds a line for each signature: whose account, when, for which content hash, and a code under a key
derived from the case's key (HMAC-SHA256), so that nobody without the key can write or change one. Content that changes
makes them void: they are bound to its hash. A reader test belongs to it, or a named person says why there is none.
"""

from __future__ import annotations

import datetime as dt
import hmac
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from helder.domain.counted import Counted
from helder.domain.errors import RoundError
from helder.engines.disk import write_whole
from helder.engines.keys import Keys
from helder.rounds.authors import Authors, Signer, plain
from helder.rounds.record import RoundRecord, folder_of

Kind = Literal["approval", "reader_test", "waiver"]
NEEDED = 2


@dataclass(frozen=True)
class Signature:
    """One signature. `by`: the user name of the account; `name`: what its holder was called then.

    `words`: the report of a reader test, or why there is none. Without a `name` it was given by a name alone, before
    accounts were compared: it is read, and holds no more.
    """

    kind: Kind
    round: str
    content: str
    by: str
    at: str
    words: str = ""
    mac: str = ""
    name: str = ""

    @property
    def signer(self) -> Signer:
        """Who gave it."""
        return Signer(self.by, self.name or self.by)

    def code(self, keys: Keys) -> str:
        """The code that belongs to it under this key."""
        said = {name: value for name, value in asdict(self).items() if name != "mac" and (value or name != "name")}
        text = json.dumps(said, sort_keys=True, ensure_ascii=False).encode()
        return hmac.digest(keys.derive("approvals of rounds"), text, "sha256").hex()


def approve(case: Path, record: RoundRecord, keys: Keys, *, by: Signer, authors: Authors, at: dt.datetime) -> Signature:
    """Sign a round's content. Raises `RoundError` when `by` wrote the letters, or has signed this content already."""
    _not_an_author(by, authors, record)
    if any(by.same(one.signer) for one in approvals(case, record, keys)):
        raise RoundError(
            "The same person has approved this already.",
            where=f"rounds/{record.round}",
            do="A second approval is somebody else's.",
        )
    return _sign(case, record, keys, "approval", by, at, "")


def report_reader_test(
    case: Path, record: RoundRecord, keys: Keys, *, by: Signer, report: str, at: dt.datetime
) -> Signature:
    """Say that readers have tried the letters, and where the report stands. Raises `RoundError` without words."""
    return _sign(case, record, keys, "reader_test", by, at, report, needs="Say where the report of the test stands.")


def waive_reader_test(
    case: Path, record: RoundRecord, keys: Keys, *, by: Signer, reason: str, authors: Authors, at: dt.datetime
) -> Signature:
    """Go without a reader test, by a named person and for a reason. Raises `RoundError` without one."""
    _not_an_author(by, authors, record)
    return _sign(case, record, keys, "waiver", by, at, reason, needs="Say why letters leave that no reader has tried.")


def approvals(case: Path, record: RoundRecord, keys: Keys) -> tuple[Signature, ...]:
    """The approvals that hold for the content as it is: right code, right content."""
    return tuple(one for one in _valid(case, record, keys) if one.kind == "approval")


def reader_test(case: Path, record: RoundRecord, keys: Keys) -> Signature | None:
    """The reader test or waiver that holds for the content as it is."""
    return next((one for one in _valid(case, record, keys) if one.kind in ("reader_test", "waiver")), None)


def fallen(case: Path, record: RoundRecord, keys: Keys) -> tuple[Signature, ...]:
    """Signatures of this round that hold no more, because the content is another one."""
    holds = _valid(case, record, keys)
    return tuple(
        one
        for one in _read(case, record.round)
        if one not in holds and one.round == record.round and hmac.compare_digest(one.mac, one.code(keys))
    )


def missing(case: Path, record: RoundRecord, keys: Keys, *, authors: Authors) -> list[str]:
    """What the gate still waits for, in words; empty when it is open."""
    given = [one.signer for one in approvals(case, record, keys)]
    accounts = {plain(one.account) for one in given if not authors.include(one)}
    waits = []
    if (left := Counted(NEEDED - len(accounts), "en")) > 0:
        waits.append(f"{left:-approval|approvals} of {left:person|people} who did not write the letters")
    if reader_test(case, record, keys) is None:
        waits.append("a reader test, or who goes without one and why")
    return waits


def require_approved(case: Path, record: RoundRecord, keys: Keys, *, authors: Authors) -> None:
    """Raise `RoundError` unless this content may leave. `record` is that of the round as it stands now."""
    waits = missing(case, record, keys, authors=authors)
    if waits:
        raise RoundError(
            f"Round '{record.round}' may not leave: it waits for {' and '.join(waits)}.",
            where=f"rounds/{record.round}",
            do="Approvals hold for the content that was looked at; what changed since is approved again.",
        )


def _sign(
    case: Path, record: RoundRecord, keys: Keys, kind: Kind, by: Signer, at: dt.datetime, words: str, *, needs: str = ""
) -> Signature:
    if not plain(by.account) or not plain(by.name):
        raise RoundError("A signature needs a name.", where=f"rounds/{record.round}", do="Say who signs.")
    if needs and not any(char.isalpha() for char in words):
        raise RoundError("A reader test or its waiver needs words.", where=f"rounds/{record.round}", do=needs)
    moment = at.astimezone(dt.UTC).isoformat(timespec="seconds")
    called = " ".join(by.name.split())
    bare = Signature(kind, record.round, record.content, plain(by.account), moment, words.strip(), name=called)
    signed = Signature(**{**asdict(bare), "mac": bare.code(keys)})
    _write(case, record.round, (*_read(case, record.round), signed))
    return signed


def _not_an_author(by: Signer, authors: Authors, record: RoundRecord) -> None:
    if authors.include(by):
        raise RoundError(
            "Who wrote a letter does not approve it.", where=f"rounds/{record.round}", do="Let somebody else look."
        )


def _valid(case: Path, record: RoundRecord, keys: Keys) -> list[Signature]:
    return [
        one
        for one in _read(case, record.round)
        if one.name
        and one.round == record.round
        and one.content == record.content
        and hmac.compare_digest(one.mac, one.code(keys))
    ]


def _read(case: Path, round: str) -> Sequence[Signature]:
    path = folder_of(case, round) / "approvals.json"
    try:
        return [Signature(**one) for one in json.loads(path.read_text("utf-8"))]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError):
        raise RoundError(
            "The file of approvals is damaged.", where=str(path), do="Restore it, or remove it and approve again."
        ) from None


def _write(case: Path, round: str, signatures: Sequence[Signature]) -> None:
    path = folder_of(case, round) / "approvals.json"
    write_whole(path, json.dumps([asdict(one) for one in signatures], indent=1, ensure_ascii=False) + "\n")
