"""Handing a round over: each letter by the channel that carries its kind, once; and who was told is written down."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helder.case.channels import FolderChannel, NotifyChannel, SftpChannel, SmtpChannel
from helder.case.load import Case
from helder.delivery.folder import Folder
from helder.delivery.ledger import Ledger, State
from helder.delivery.notify import Notify
from helder.delivery.outcomes import RetryError
from helder.delivery.receipts import Received, compare
from helder.delivery.secrets import optional_secret, secret
from helder.delivery.sending import Pace, Sending
from helder.delivery.sftp import Sftp
from helder.delivery.smtp import Smtp
from helder.domain.errors import CaseError, DeliveryError, HelderError, RoundError
from helder.domain.manifest import PrintedFile
from helder.engines.disk import writing
from helder.engines.keys import Keys
from helder.letters.taken import Office
from helder.pipeline.carriers import need_as_carried, open_ledger
from helder.pipeline.context import Progress, silent
from helder.pipeline.lasting import need_facts_that_hold
from helder.pipeline.leaving import Production, need_bound
from helder.pipeline.messages import messages
from helder.pipeline.standing import Standing, may_leave
from helder.pipeline.telling import catch_up, need_nobody_waits_twice, refused_and_untold
from helder.rounds.record import RoundRecord, folder_of, read_record, write_record
from helder.rounds.told import need_retention

STOP = "stop"
_LISTS = "lists"
_LOOK_AGAIN = 0.5
BEHIND = dt.timedelta(minutes=10)
"""Time after which, while letters leave, who was told is written down and what they say is asked for again: for a country that
takes seconds, so not for each parcel."""
Environ = Mapping[str, str]


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


@dataclass
class Handed:
    """What a handover came to. `channels`: for each channel, parcels by outcome of this run and by state in all.

    `complete`: nothing waits any more, and no receipt says otherwise. `receipt`: the print house's, when it is there.
    `compared`: how many of the office's facts were held against what it says now; None when it was not asked.
    """

    round: str
    state: str
    channels: dict[str, dict[str, Any]] = field(default_factory=dict)
    complete: bool = False
    stopped: bool = False
    receipt: Received | None = None
    compared: int | None = None


def ask_to_stop(folder: Path, round: str) -> None:
    """Ask a running handover to stop after the letters it is at."""
    read_record(folder, round)
    path = folder_of(folder, round) / STOP
    with writing(path):
        path.touch()


def handover(
    folder: Path,
    keys: Keys,
    name: str,
    *,
    now: dt.datetime,
    unsure: State | None = None,
    again: bool = False,
    missing: bool = False,
    progress: Progress = silent,
    environ: Environ | None = None,
    office: Office | None = None,
    clock: Callable[[], dt.datetime] = _now,
) -> Handed:
    """Hand over what is left to hand over. The same call goes on where an earlier one stopped, and sends nothing twice.

    `unsure`: what a person found out about parcels that may have arrived: SENT, or WAITING to send them again. `again`: send
    what a channel refused once more, but to those whom another round has told since. `missing`: and the files that the print house's receipt lacks or has
    otherwise. `clock`: what time it is by then, for a handover of days. Raises `RoundError` when the round may not leave, a letter states a fact that
    holds no more or that the `office` says otherwise, at the start or before a later letter, or its post was not made for its channel,
    `DeliveryError` for what stops a channel, `CaseError` without channel.
    """
    found = may_leave(folder, keys, name)
    need_leavable(found, again=again or missing)
    need_bound(folder, keys, found.record)
    sends = again or missing or found.record.state != "handed_over"
    compared = need_facts_that_hold(found, now.date(), office) if sends else None
    if found.record.state != "handed_over":
        need_retention(found.case.file.case.retention_until, now.date())
    production = Production(folder_of(folder, name), keys)
    need_as_carried(found, production.facts)
    production.check()

    def still() -> None:
        """What was asked at the start, asked again; where nothing is left to send nothing can be said untruly."""
        if sends:
            standing = may_leave(folder, keys, name)
            need_leavable(standing, again=again or missing)
            need_facts_that_hold(standing, clock().date(), office)

    beat = _Beat(still, clock, lambda: catch_up(folder, keys, name))
    work = _Handover(found.case, name, keys, production, progress, os.environ if environ is None else environ, beat)
    with open_ledger(folder, name) as ledger, ledger.alone():
        if unsure:
            ledger.settle(unsure)
        if again:
            ledger.reopen(refused_and_untold(found.case, keys, name))
        if missing:
            work.reopen_missing(ledger)
        if sends:
            need_nobody_waits_twice(found.case, keys, name)
        with _leaving(found, keys, ledger, now) as record:
            handed = work.all(ledger, Handed(name, record.state, compared=compared))
        if handed.complete and record.state == "leaving":
            record = record.to("handed_over", now)
            write_record(folder, record)
        handed.state = read_record(folder, name).state
    return handed


def need_leavable(found: Standing, *, again: bool = False) -> None:
    """The round has been produced and not closed, and is what it was when it began to leave; raises `RoundError`."""
    record, folder = found.record, found.case.folder
    if record.state not in ("produced", "leaving", "handed_over"):
        raise RoundError(
            f"Round '{record.round}' is {record.state}, and this needs produced.",
            where=str(folder_of(folder, record.round)),
            do="Add a new round to case.toml for whoever was not told."
            if record.state == "closed"
            else f"helder round produce {folder} {record.round}",
        )
    if found.changed and (record.state == "leaving" or again):
        raise RoundError(
            f"A part of round '{record.round}' has left, and since then this changed: {', '.join(found.changed)}.",
            where=str(folder_of(folder, record.round)),
            do="The rest does not leave as it was approved. Undo the change; or close the round with --reason, and plan a new one "
            "for whoever was not told.",
        )


@contextmanager
def _leaving(found: Standing, keys: Keys, ledger: Ledger, now: dt.datetime) -> Iterator[RoundRecord]:
    """The round says that it is leaving before anything does; afterwards, however it ended, who was told is written down."""
    record, folder = found.record, found.case.folder
    if record.state == "produced":
        record = record.to("leaving", now)
        write_record(folder, record)
    else:
        catch_up(folder, keys, record.round)  # what a kill left unwritten
    try:
        yield record
    except BaseException:
        # Why it ended matters more; the record is caught up by whoever comes next.
        with suppress(HelderError):
            _write_down(folder, keys, ledger, record, now)
        raise
    _write_down(folder, keys, ledger, record, now)


def _write_down(folder: Path, keys: Keys, ledger: Ledger, record: RoundRecord, now: dt.datetime) -> None:
    if record.state == "leaving" and not ledger.anything_left:
        write_record(folder, record.to("produced", now, "nothing left"))
    catch_up(folder, keys, record.round)


@dataclass
class _Beat:
    """What is done now and then while letters leave, before the next one does."""

    still: Callable[[], None]
    clock: Callable[[], dt.datetime]
    write_down: Callable[[], object]

    def __post_init__(self) -> None:
        self._due = self.clock() + BEHIND

    def between(self, parcels: Iterable[Any]) -> Iterator[Any]:
        """These parcels. Raises what keeps the next one home."""
        for parcel in parcels:
            if self.clock() >= self._due:
                # Who was told is written down by whoever comes next when it cannot be now.
                with suppress(HelderError):
                    self.write_down()
                self.still()
                self._due = self.clock() + BEHIND
            yield parcel


@dataclass
class _Handover:
    case: Case
    round: str
    keys: Keys
    production: Production
    progress: Progress
    environ: Environ
    beat: _Beat

    def all(self, ledger: Ledger, handed: Handed) -> Handed:
        stop = self.production.folder / STOP
        # A request that nobody was there to hear is not for us.
        stop.unlink(missing_ok=True)
        letters = Counter(read_channels(self.production.folder, self.keys))
        carriers = {carries: self._carrier(carries) for carries in sorted(letters)}
        failed: list[DeliveryError] = []
        for carries, (id, settings) in carriers.items():
            if stop.exists():
                continue
            # A mail server that is down holds up no print house.
            try:
                handed.channels[id] = self._one(ledger, id, settings, letters[carries], stop)
                if isinstance(settings, SftpChannel):
                    handed.receipt = self._receipt(ledger, id, settings, stop)
            except DeliveryError as error:
                failed.append(error)
        if failed:
            raise failed[0]
        handed.stopped = stop.exists()
        stop.unlink(missing_ok=True)
        open_ends = ledger.counts()
        left = open_ends[State.WAITING] + open_ends[State.SENDING] + open_ends[State.UNSURE]
        handed.complete = not left and all(channel["left"] == 0 for channel in handed.channels.values())
        handed.complete &= len(handed.channels) == len(letters) and (handed.receipt is None or handed.receipt.whole)
        return handed

    def reopen_missing(self, ledger: Ledger) -> None:
        """What the print house's receipt lacks or has otherwise is to be sent again."""
        for id, settings in self.case.file.channels.items():
            if isinstance(settings, SftpChannel) and (found := self._receipt(ledger, id, settings)):
                ledger.reopen((*found.missing, *found.different), State.SENT)

    def _carrier(self, carries: str) -> tuple[str, Any]:
        found = self.case.carrier(carries)
        if found:
            return found
        raise CaseError(
            f"No channel carries letters by '{carries}'.",
            where="case.toml [channels]",
            do=f"Add a channel with carries = '{carries}'; see docs/how-to/hand-over.md.",
        )

    def _one(self, ledger: Ledger, id: str, settings: Any, letters: int, stop: Path) -> dict[str, Any]:
        files = isinstance(settings, SftpChannel | FolderChannel)
        parcels: Any = self.production.parcels() if files else messages(self.case, self.round, self.keys, settings)
        total = len(self.production.files) if files else letters
        stage = f"handover-{id}"

        def told(count: int) -> None:
            self.progress(stage, min(count / max(total, 1), 0.999))

        channel = connect(id, settings, self.case, self.round, self.environ)
        pace = Pace(settings.at_once, settings.attempts, settings.pause, getattr(settings, "per_day", None))
        self.progress(stage, 0.0)
        outcomes = Sending(id, channel, ledger, pace, stop.exists, told).run(self.beat.between(parcels))
        done = self._done(ledger, id)
        if files and done == total:
            lists = list(self.production.lists())
            Sending(f"{id}.{_LISTS}", channel, ledger, pace, stop.exists).run(lists)
            done -= len(lists) - self._done(ledger, f"{id}.{_LISTS}")
        self.progress(stage, 1.0)
        states = {state.value: count for state, count in sorted(ledger.counts(id).items())}
        return {"parcels": total, "letters": letters, "now": dict(sorted(outcomes.items())), "states": states,
                "left": total - done}  # fmt: skip

    def _done(self, ledger: Ledger, id: str) -> int:
        counts = ledger.counts(id)
        return counts[State.SENT] + counts[State.CONFIRMED] + counts[State.REFUSED]

    def _receipt(self, ledger: Ledger, id: str, settings: SftpChannel, stop: Path | None = None) -> Received | None:
        """The receipt; waited for, until `stop` is there, when all is sent. What it confirms is marked."""
        if self._done(ledger, id) < len(self.production.files):
            return None
        connection = sftp(id, settings, self.case, self.round, self.environ).connect()
        try:
            until = time.monotonic() + (settings.receipt_wait if stop else 0)
            while (found := connection.receipt()) is None and time.monotonic() < until and not (stop and stop.exists()):
                time.sleep(_LOOK_AGAIN)
        except RetryError:
            return None
        finally:
            connection.close()
        return None if found is None else judge(ledger, found, self.production.files)


def judge(ledger: Ledger, receipt: bytes, files: list[PrintedFile]) -> Received:
    """Compare a receipt with what was sent and mark what it confirms."""
    received = compare(receipt, files)
    for name in received.confirmed:
        ledger.confirm(name)
    return received


def read_channels(folder: Path, keys: Keys) -> Iterator[str]:
    """The channel of each letter of the round in this folder."""
    from helder.engines.parquet import read_parquet
    from helder.rounds.freeze import LETTERS_FILE

    yield from read_parquet([folder / LETTERS_FILE], keys, ["channel"])["channel"].to_pylist()


def connect(id: str, settings: Any, case: Case, round: str, environ: Environ) -> Any:
    """The channel, with its secrets from the environment. Raises `DeliveryError`."""
    match settings:
        case SftpChannel():
            return sftp(id, settings, case, round, environ)
        case FolderChannel():
            return Folder(case.folder / settings.path, _under(case, round), case.folder)
        case NotifyChannel():
            return Notify(id, settings, secret(id, "SECRET", environ))
        case SmtpChannel():
            return Smtp(id, settings, secret(id, "SECRET", environ) if settings.user else None)
    raise DeliveryError("This channel is not known.", where=f"channels.{id}")


def sftp(id: str, settings: SftpChannel, case: Case, round: str, environ: Environ) -> Sftp:
    """A print house."""
    return Sftp(
        id,
        settings,
        _under(case, round),
        key_file=optional_secret(id, "KEY_FILE", environ),
        passphrase=optional_secret(id, "PASSPHRASE", environ),
        password=optional_secret(id, "SECRET", environ),
    )


def _under(case: Case, round: str) -> str:
    return f"{case.file.case.id}-{round}"
