"""What becomes of letters that left: returned mail, the account of a round, who did not get it, and closing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from helder.case.channels import NotifyChannel, SftpChannel
from helder.delivery.account import Letter, account, detail, undelivered
from helder.delivery.fates import settled
from helder.delivery.ledger import State
from helder.delivery.reasons import OTHER, STEPS, Reason, reasons
from helder.delivery.returned_file import is_workbook, read_returned
from helder.delivery.returns import Returned, Taken, read_returns, take, write_returns
from helder.domain.errors import DeliveryError, RoundError, SourceError
from helder.engines.disk import write_whole
from helder.engines.keys import Keys
from helder.engines.store import Store
from helder.engines.workbook import check_workbook
from helder.pipeline.carriers import open_ledger
from helder.pipeline.delivering import Environ, connect
from helder.pipeline.standing import Standing, engine_with, ready
from helder.pipeline.telling import catch_up, letters_now, write_told
from helder.results.export import keyed
from helder.rounds.freeze import LETTERS_FILE, PEOPLE_FILE
from helder.rounds.record import folder_of, write_record

ACCOUNT = "account.json"
_LEFT = ("leaving", "handed_over", "closed")


def take_returns(
    folder: Path, keys: Keys, name: str, file: Path, *, default: str, step: str | None, today: dt.date
) -> Taken:
    """Take in a file of returned mail: who did not get the letter is not told. Taking it again changes nothing.

    `default` is the reason where the file gives none; `step` overrules the next step. Raises `RoundError` when
    nothing of the round has left, `DeliveryError` for a reason, step or file that cannot be used.
    """
    ready(folder, name, *_LEFT)
    reason = _known(default)
    if step is not None and step not in STEPS:
        raise DeliveryError("This next step is not known.", where="--step", do=f"Known: {', '.join(STEPS)}.")
    if is_workbook(file):
        try:
            check_workbook(file, file.name)
        except SourceError as error:
            raise DeliveryError(error.what, where=error.where, do=error.do) from None
    read, place = read_returned(file), folder_of(folder, name)
    # Alone in the case: two files at once would each write what the other does not know.
    with Store(folder / "work").lock():
        gone = {one.reference for one in letters_now(folder, keys, name) if one.gone}
        taken = take(read, read_returns(place, keys), gone, default=reason, step=step, today=today)
        if taken.changed:
            write_returns(place, keys, taken.returns)
        write_told(folder, keys, name)
    return taken


def account_of(folder: Path, keys: Keys, name: str) -> dict[str, Any]:
    """The account of a round. People = letters + suppressed + unreachable; the letters add up too, or it raises.
    `not_received` are all but those whose letter was delivered as far as known.

    `DeliveryError`: an error in Helder, or files that somebody removed.
    """
    found = ready(folder, name)
    told = account(letters_now(folder, keys, name), read_returns(folder_of(folder, name), keys))
    people = {key: found.record.counts[key] for key in ("people", "suppressed", "unreachable")}
    ways = ("delivered_as_far_as_known", "returned", "refused", "failed", "not_handed_over")
    adds_up = told["letters"] == found.record.counts["letters"] == sum(told[way] for way in ways)
    if not adds_up or people["people"] != told["letters"] + people["suppressed"] + people["unreachable"]:
        raise DeliveryError(
            "The account of the round does not add up.",
            where=str(folder_of(folder, name)),
            do="Compare the round's files with a backup.",
        )
    missed = people["people"] - told["delivered_as_far_as_known"]
    return {"round": name, "state": found.record.state, **people, **told, "not_received": missed}


def who(folder: Path, keys: Keys, name: str) -> list[dict[str, str]]:
    """Everyone of the round who did not get a letter, as far as known: keyed id, `why`, `reason` and next `step`; sorted.

    `why` is a key of the account, `reason` what stands behind it: the rule that decided, the channel's or carrier's word, or
    the reason of a return. They are as many as the account's `not_received`. The caller writes the audit line.
    """
    found = ready(folder, name)
    returns = read_returns(folder_of(folder, name), keys)
    letters = {one.reference: one for one in letters_now(folder, keys, name)}
    with engine_with(keys) as engine:
        keyed(found.results, keys, engine)
        engine.read("people_of_round", [folder_of(folder, name) / PEOPLE_FILE])
        engine.read("letters_of_round", [folder_of(folder, name) / LETTERS_FILE])
        rows = engine.rows(
            "SELECT k.keyed AS person, p.outcome, p.policy, l.reference FROM people_of_round AS p "
            "JOIN keyed AS k ON k.person = p.person LEFT JOIN letters_of_round AS l ON l.person = p.person "
            "ORDER BY k.keyed"
        )
    told = []
    for row in rows:
        if row["outcome"] != "letter":
            why, reason, step = str(row["outcome"]), str(row["policy"]), ""
        else:
            why, reason, step = _missed(letters[str(row["reference"])], returns)
        if why:
            told.append({"person": str(row["person"]), "why": why, "reason": reason, "step": step})
    return told


def _missed(one: Letter, returns: Mapping[str, Returned]) -> tuple[str, str, str]:
    """Why a letter is not known to have arrived, the reason, and the next step; empty when it left and nothing is known."""
    if back := returns.get(one.reference):
        return "returned", back.reason, back.step
    if why := undelivered(one, returns):
        return why, detail(one, why), OTHER
    if one.gone:
        return "", "", ""
    return "not_handed_over", one.entry.state.value if one.entry else "", "hand_over"


def ask_fates(folder: Path, keys: Keys, name: str, environ: Environ) -> int:
    """Ask the channels that can tell what became of what they were given; gives how many answers were new."""
    found, news = ready(folder, name), 0
    with open_ledger(folder, name) as ledger:
        for id, settings in found.case.file.channels.items():
            if not isinstance(settings, NotifyChannel):
                continue
            connection = connect(id, settings, found.case, name, environ).connect()
            try:
                for entry in ledger.entries(State.SENT):
                    if entry.channel == id and not settled(entry.fate):
                        fate = connection.fate(entry.receipt)
                        news += fate != entry.fate and ledger.tell_fate(entry.id, entry.receipt, fate)
            finally:
                connection.close()
    return news


def close(folder: Path, keys: Keys, name: str, *, reason: str, now: dt.datetime) -> dict[str, Any]:
    """Close a round with its final account; letters that did not leave stay. What is open needs a reason: `RoundError`."""
    found = ready(folder, name, "leaving", "handed_over")
    with open_ledger(folder, name) as ledger, ledger.alone():
        catch_up(folder, keys, name)
        final = account_of(folder, keys, name)
        unconfirmed = _unconfirmed(found, name)
        if (final["open"] or final["not_handed_over"] or unconfirmed) and not reason:
            raise RoundError(
                f"Round '{name}' has open ends: {final['not_handed_over']} letters were not handed over, {final['open']} "
                f"undelivered letters wait for a next step, and {unconfirmed} print files were not confirmed.",
                where=str(folder_of(folder, name)),
                do="Deal with them, or say with --reason why the round is closed all the same.",
            )
        final |= {"state": "closed", "unconfirmed_files": unconfirmed}
        write_whole(folder_of(folder, name) / ACCOUNT, json.dumps(final, indent=1) + "\n")
        write_record(folder, found.record.to("closed", now, reason))
    return final


def _unconfirmed(found: Standing, name: str) -> int:
    """Print files that a print house has not confirmed by a receipt."""
    houses = {id for id, one in found.case.file.channels.items() if isinstance(one, SftpChannel)}
    with open_ledger(found.case.folder, name) as ledger:
        return sum(entry.channel in houses for entry in ledger.entries(State.SENT))


def _known(reason: str) -> Reason:
    if reason not in reasons():
        raise DeliveryError("This reason is not known.", where="--why", do=f"Known: {', '.join(reasons())}.")
    return reasons()[reason]


def fields_of(taken: Taken) -> Iterator[tuple[str, int]]:
    """The counts of a file, all of them."""
    for key in ("new", "before", "changed", "duplicate", "unknown", "unreadable", "unread_reasons"):
        yield key, taken.counts.get(key, 0)
