"""Whom a round asks its register about: people in scope who are not known to have died, with number and date of birth."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helder.countries import country
from helder.countries.base import Country
from helder.domain.address_refresh import AddressRegister
from helder.domain.errors import BusyError
from helder.engines.disk import writing
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.pipeline.addresses import Refreshed, Whom, refresh
from helder.pipeline.inputs import the_register
from helder.results.open import Results


def ask_for_addresses(
    results: Results,
    round: str,
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
    folder = results.case.folder / "rounds" / round
    with _alone(folder):
        whom = whom_of(results, keys, country(results.case.file.case.country))
        return refresh(whom, register, folder, keys, today=today, most=most, since=since, tell=tell)


def whom_of(results: Results, keys: Keys, home: Country) -> list[Whom]:
    """The people in scope, in the order of the register; who died by our own register is not asked about."""
    inside = ", ".join(str(profile.number) for profile in results.in_scope) or "-1"
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
    repair = home.national_id.repair
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
