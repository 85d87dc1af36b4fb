"""Planning a round: an assessment is frozen, everyone in it gets a letter or a reason, and all of it is bound by hash."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow as pa

from helder.case.load import load_case
from helder.case.model import Round
from helder.countries import country
from helder.domain.address_refresh import ADDRESSES as ANSWERS
from helder.domain.address_tables import SAFE_ADDRESSES
from helder.domain.errors import CaseError, RoundError
from helder.engines.checksum import arrow_schema
from helder.engines.keys import Keys
from helder.engines.store import Result
from helder.exposure.groups import Profile, predicate
from helder.pipeline.asked import ASKED, need_same_register
from helder.pipeline.came_back import put_came_back
from helder.pipeline.context import Progress, Run, silent
from helder.pipeline.inputs import the_register
from helder.pipeline.run import opened, run_assessment
from helder.pipeline.standing import hashes_now, standing
from helder.pipeline.telling import write_all_told
from helder.results.export import keyed
from helder.results.open import Results
from helder.rounds.lines import Writing, write_lines
from helder.rounds.publishing import counts, publish
from helder.rounds.record import LEFT_THE_HOUSE, RoundRecord, folder_of, planned, read_record, write_record
from helder.rounds.selecting import ADDRESS, RoundProfile, Settings, select, settle_by
from helder.rounds.told import put_told


def plan(
    folder: Path,
    keys: Keys,
    name: str,
    *,
    engine: str = "duckdb",
    progress: Progress = silent,
    now: dt.datetime,
    keep: bool = False,
) -> RoundRecord:
    """Plan a round, or plan it again. Runs the stages of its assessment that changed.

    With `keep` a plan that still holds stays as it is, with all that was decided on it. Raises `RoundError` when it has been handed over: what was told cannot be planned again.
    """
    case = load_case(folder)
    round = case.round(name)
    _need_at_home(folder, name)
    forms = country(case.file.case.country).forms
    if forms is None:
        raise CaseError(
            f"Country '{case.file.case.country}' has no forms of address.",
            where="case.toml [case] country",
            do="Letters need them: see docs/how-to/plan-a-round.md.",
        )
    with opened(folder, keys, engine, progress) as run:
        write_all_told(case, keys)
        record = run_assessment(run, round.assessment, round.as_of)
        if keep and planned(folder, name) and (found := standing(folder, name)).plan_holds:
            return found.record
        results = Results(case, record)
        progress("round", 0.0)
        _put(run, results, name)
        languages = tuple(round.languages or case.file.case.languages)
        settings = Settings(round, case.file.case.country.upper(), languages, round.fallback or languages[0])
        ids = country(case.file.case.country).national_id
        select(run.duck, settings, list(_profiles(results, round)), lambda number: ids.repair(number) is not None)
        progress("round", 0.2)
        writing = Writing(forms, settings.home, tuple(round.not_in_window))
        problems = write_lines(run.duck, keys, name, writing, lambda share: progress("round", 0.2 + 0.6 * share))
        made = _publish(run, results, round, problems)
        progress("round", 1.0)
    at = now.astimezone(dt.UTC)
    old = read_record(folder, name).history if planned(folder, name) else ()
    made = replace(made, planned=at.isoformat(timespec="seconds"), history=old).to("planned", at)
    write_record(folder, made)
    return made


def _need_at_home(folder: Path, name: str) -> None:
    """Raise `RoundError` when people have been told by this round: it cannot be planned again."""
    if not planned(folder, name) or (state := read_record(folder, name).state) not in LEFT_THE_HOUSE:
        return
    leaving = state == "leaving"
    raise RoundError(
        f"Round '{name}' is being handed over and cannot be planned again."
        if leaving
        else f"Round '{name}' has been handed over and cannot be planned again.",
        where=str(folder_of(folder, name)),
        do="Hand the rest over or close it, and add a new round to case.toml: who was told is in its told-record."
        if leaving
        else "Add a new round to case.toml: who was told before is in its told-record.",
    )


def _publish(run: Run, results: Results, round: Round, problems: Mapping[str, int]) -> RoundRecord:
    folder = folder_of(run.case.folder, round.id)
    folder.mkdir(parents=True, exist_ok=True)
    publish(run.duck, folder)
    found = counts(run.duck, sum(profile.people for profile in results.in_scope))
    found["unaddressable"] = dict(sorted(problems.items()))
    found["contradictions"] = {
        "people": found["reasons"].get("contradiction", 0),
        "settle_by": settle_by(round).isoformat(),
    }
    as_of = results.record.as_of
    return RoundRecord(
        round=round.id,
        state="planned",
        assessment=round.assessment,
        as_of=as_of.isoformat() if as_of else None,
        planned="",
        hashes=hashes_now(run.case, round, results.record),
        counts=found,
        run=json.loads(json.dumps(asdict(results.record), default=lambda value: value.isoformat())),
    )


def _put(run: Run, results: Results, name: str) -> None:
    """All that selecting reads, on the engine."""
    engine, case = run.duck, results.case
    engine.read("register", results.published(f"source-{the_register(case)}", "people"))
    engine.read("assessed", results.published(results.exposure, "assessed"))
    put_told(engine, case.folder, but=name)
    if engine.rows("SELECT 1 AS told FROM told LIMIT 1"):
        keyed(results, run.keys, engine)
    else:  # a hash for everyone takes seconds, and nobody was told anything yet
        engine.read("keyed", pa.table({"person": pa.array([], pa.int64()), "keyed": pa.array([], pa.string())}))
    put_came_back(engine, case.folder, run.keys)
    safe = [_source(run, results, id).tables["safe_addresses"] for id in case.sources("safe_addresses")]
    for number, table in enumerate(safe):
        engine.read(f"safe{number}", table)
    if safe:
        engine.view("safe", " UNION ALL ".join(f"SELECT * FROM safe{number}" for number in range(len(safe))))
    else:
        engine.read("safe", arrow_schema(SAFE_ADDRESSES).empty_table())
    _put_answers(run, results, name)


def _put_answers(run: Run, results: Results, name: str) -> None:
    """`answers`: addresses looked up again, from files and from the register that was asked for this round."""
    engine, case = run.duck, results.case
    columns = ["checked_on", "outcome", "suspended", "secret", "investigated", "not_there", *ADDRESS]
    parts = []
    for rank, id in enumerate(case.sources("addresses")):
        engine.read(f"answers{rank}", _source(run, results, id).tables["addresses"])
        named = ", ".join(f"a.{column}" for column in columns)
        parts.append(
            f"SELECT r.person, {rank} * 1000000000 + a.row AS rank, {named} FROM answers{rank} AS a "
            "JOIN register AS r ON r.person_id = a.person_id"
        )
    path = folder_of(case.folder, name) / ASKED
    need_same_register(path.parent, results.record.key(f"source-{the_register(case)}"))
    if path.exists():
        engine.read("asked", [path])
    else:
        engine.read("asked", arrow_schema(ANSWERS).empty_table())
    parts.append(f"SELECT person, CAST(1000000000000000 AS BIGINT) AS rank, {', '.join(columns)} FROM asked")
    engine.view("answers", " UNION ALL ".join(parts))


def _source(run: Run, results: Results, id: str) -> Result:
    found = run.store.find(f"source-{id}", results.record.key(f"source-{id}"))
    assert found is not None  # it has just been read
    return found


def _profiles(results: Results, round: Round) -> Iterable[RoundProfile]:
    meets = predicate(round.when, results.case.breached[0].id)
    for view in results.profiles:
        profile = Profile(view.number, view.people, view.marks, view.left)
        group = view.group or ""
        letter = round.letters.get(group) if view.in_scope else None
        yield RoundProfile(view.number, group, letter, view.in_scope, view.contradiction, meets(profile), view.left)
