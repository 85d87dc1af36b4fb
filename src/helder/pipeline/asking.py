"""Whom a round asks its register about: the people of its groups who are not known to have died."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helder.case.model import Round
from helder.countries import country
from helder.domain.address_refresh import AddressRegister
from helder.domain.errors import BusyError
from helder.engines.disk import writing
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.pipeline.addresses import Refreshed, Whom, refresh
from helder.pipeline.asked import bind_answers
from helder.pipeline.inputs import the_register
from helder.results.open import Results


def ask_for_addresses(
    results: Results,
    round: Round,
    register: AddressRegister,
    keys: Keys,
    *,
    today: dt.date,
    most: int | None = None,
    since: dt.date | None = None,
    tell: Callable[[float], None] = lambda share: None,
) -> Refreshed:
    """Ask where the people of a round live and keep the answers in its folder; see `refresh`.

    Raises `RegisterError`, and `BusyError` when another process is asking for this round.
    """
    folder = results.case.folder / "rounds" / round.id
    with _alone(folder):
        bind_answers(folder, results.record.key(f"source-{the_register(results.case)}"))
        whom = whom_of(results, round, keys)
        return refresh(whom, register, folder, keys, today=today, most=most, since=since, tell=tell)


def whom_of(results: Results, round: Round, keys: Keys) -> list[Whom]:
    """The people in the groups that get a letter in this round, in the order of the register.

    Who died by our own register is not asked about.
    """
    inside = ", ".join(str(one.number) for one in results.in_scope if one.group in round.letters) or "-1"
    engine = DuckEngine(keys)
    try:
        engine.read("people", results.published(f"source-{the_register(results.case)}", "people"))
        engine.read("assessed", results.published(results.exposure, "assessed"))
        rows: list[dict[str, Any]] = engine.arrow(
            "SELECT p.person, p.national_id, p.birth_date FROM people AS p JOIN assessed AS a ON a.person = p.person "
            f"WHERE a.profile IN ({inside}) AND p.deceased_on IS NULL ORDER BY p.person"
        ).to_pylist()
    finally:
        engine.close()
    repair = country(results.case.file.case.country).national_id.repair
    return [Whom(row["person"], repair(row["national_id"] or ""), row["birth_date"] or "") for row in rows]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second process out of the answers of a round; the lock goes when the process goes."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise BusyError(
            "Another process is asking for the addresses of this round.", where=str(folder), do="Wait until it is done."
        ) from None
    finally:
        os.close(descriptor)
