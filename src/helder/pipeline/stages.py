"""The stages, each with what decides its result: parameters, and the keys of what it reads."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from helder.case.load import Case
from helder.case.model import Assessment
from helder.case.stated import STATED, placed, with_stated
from helder.case.strays import at_stake, strays, told_day
from helder.countries import country
from helder.domain.errors import CaseError, GroupGapError
from helder.domain.tables import CANDIDATES, CLASSES, EVIDENCE, LINK_COUNTS, LINKS, TRACES
from helder.engines.base import Engine, Published
from helder.engines.store import Draft, Result
from helder.exposure.assess import assess, class_fields, gather
from helder.exposure.carry import put_traces
from helder.exposure.publish import publish
from helder.linkage import LinkSettings, link
from helder.linkage.deciding import apply_decisions
from helder.linkage.normalising import NORMALISED
from helder.linkage.normalising import normalised as normalised_people
from helder.linkage.reviews import path_of, read_decisions
from helder.linkage.saved import read_model
from helder.pipeline.before import basis_of, digest, find_before
from helder.pipeline.context import Run
from helder.pipeline.inputs import hashes_of, put_disclosures, put_leaked, put_people, the_register
from helder.results.open import Results, small_rows
from helder.sources import SourceFacts, changes, fingerprint, load_source

_SHOWN = 10
# What the rule does not look at: a change there computes nothing again.
_NOT_READ = {"sources", "assessments", "thresholds", "counts", "case", "rounds"}
_ABOUT_LETTERS = ("addresses", "safe_addresses")
"""Sources that say where letters go, and nothing about what happened."""
_LINK_COUNTS = """
SELECT k.dataset, l.outcome, coalesce(l.method, '') AS method, coalesce(l.reason, '') AS reason,
  coalesce(k.supplied_by, '') AS supplied_by, k.published_on IS NOT NULL AS posted, l.decided_on,
  count(*) AS records, count(DISTINCT CASE WHEN l.outcome = 'accepted' THEN l.person END) AS people
FROM decided_links AS l JOIN leaked AS k ON k.record = l.record
GROUP BY k.dataset, l.outcome, coalesce(l.method, ''), coalesce(l.reason, ''), coalesce(k.supplied_by, ''),
  k.published_on IS NOT NULL, l.decided_on
"""


def _before(case: Case, name: str) -> dict[str, SourceFacts]:
    """What the last run of this assessment knew of the sources."""
    try:
        results = Results.open(case.folder, name)
        return {
            id: SourceFacts.from_dict(results.facts(f"source-{id}")).seen(results.record.seen.get(id, ()))
            for id in results.sources
        }
    except CaseError:
        return {}


@dataclass
class Sources:
    """Every source as a checked table; those that changed since the last run, by name; the state of their files."""

    results: dict[str, Result] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    seen: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def sources(run: Run, name: str) -> Sources:
    """Read what is new of the sources."""
    the_register(run.case)
    before = _before(run.case, name)
    made = Sources()
    for ordinal, (id, source) in enumerate(run.case.file.sources.items()):
        stamps = fingerprint(run.case, id, before.get(id))
        if id in before:
            made.changed |= {f"{id}: {change.name}": str(change) for change in changes(before[id], stamps)}
        params = {
            "source": source.model_dump(mode="json"),
            "ordinal": ordinal,
            "items": {item: list(what.fields) for item, what in run.case.items.items()},
            "parties": sorted(run.case.parties),
            "scopes": sorted(run.case.file.scopes),
            "own": run.case.own.id,
        }
        stage = f"source-{id}"

        def make(draft: Draft, id: str = id, stage: str = stage) -> None:
            loaded = load_source(run.duck, run.case, id, draft.folder, partial(run.progress, stage))
            draft.add(loaded.published)
            draft.add(loaded.rejects)
            draft.facts.update(loaded.facts.as_dict())

        made.results[id] = run.stage(stage, params, {stamp.name: stamp.sha256 for stamp in stamps}, make)
        made.seen[id] = [asdict(stamp) for stamp in stamps]
    return made


def stated(run: Run, results: Mapping[str, Result]) -> Case:
    """The case with the statements and deletions that stand in sources instead of in case.toml."""
    case = run.case
    found = (
        [
            row
            for id in case.sources(fills)
            for row in placed(small_rows(results[id].tables[fills], case.folder), results[id].facts)
        ]
        for fills in STATED
    )
    return with_stated(case, *found)


def _file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def normalised(run: Run, case: Case, results: Mapping[str, Result]) -> Result:
    """The register as linkage reads it: a third of linkage's work, and the same until the register changes."""
    home = case.file.case.country

    def make(draft: Draft) -> None:
        put_people(run.duck, case, results)
        draft.add(run.duck.publish(normalised_people(run.duck, country(home)), NORMALISED, draft.folder))

    return run.stage("normalised", {"country": home}, {"register": results[the_register(case)].key}, make)


def linkage(run: Run, case: Case, results: Mapping[str, Result], register: Result) -> Result:
    """Leaked records to people. Always on DuckDB, so that the choice of engine never changes who is linked."""
    settings = _settings(case)
    params = {"country": case.file.case.country, "settings": asdict(settings)}
    model = case.file.thresholds.model
    saved = case.folder / model if model else None
    params["model"] = (_file_hash(saved) or "absent") if saved else ""
    params["basis"] = {id: source.basis for id, source in case.sources("leaked").items()}
    inputs = {id: results[id].key for id in case.sources("leaked")} | {"normalised": register.key}

    def make(draft: Draft) -> None:
        engine = run.duck
        put_leaked(engine, case, results)
        engine.read("normalised", register.tables["normalised"])
        linked = link(
            engine,
            kept="normalised",
            country=country(case.file.case.country),
            settings=settings,
            saved_model=read_model(saved) if saved else None,
            exact_only=not case.datasets,  # no records: nothing to train on
            on_progress=lambda step, share: run.progress("linkage", share),
        )
        draft.add(engine.publish(f"SELECT * FROM {linked.links}", LINKS, draft.folder))
        draft.add(engine.publish(f"SELECT * FROM {linked.candidates}", CANDIDATES, draft.folder))
        draft.facts.update({"model": linked.model, "counts": linked.counts})

    return run.stage("linkage", params, inputs, make)


def decided(run: Run, case: Case, results: Mapping[str, Result], links: Result) -> Result:
    """What linkage made with the decisions of people put over it: a decision links nothing anew."""
    reviews = path_of(case.folder)
    decisions = read_decisions(reviews)
    inputs = {id: results[id].key for id in (the_register(case), *case.sources("leaked"))} | {"linkage": links.key}

    def make(draft: Draft) -> None:
        engine = run.duck
        put_people(engine, case, results)
        put_leaked(engine, case, results)
        engine.read("links", links.tables["links"])
        engine.read("candidates", links.tables["candidates"])
        found = apply_decisions(engine, run.keys, decisions, case.source_ids, hashes_of(case, results))
        draft.add(engine.publish(f"SELECT * FROM {found.links}", LINKS, draft.folder))
        draft.add(engine.publish(f"SELECT * FROM {found.candidates}", CANDIDATES, draft.folder))
        draft.add(engine.publish(_LINK_COUNTS, LINK_COUNTS, draft.folder))
        draft.facts.update({"reviews": dict(found.counts)})

    return run.stage("decided", {"reviews": _file_hash(reviews)}, inputs, make)


def _settings(case: Case) -> LinkSettings:
    chosen = {
        name: value for name, value in case.file.thresholds.model_dump(exclude={"model"}).items() if value is not None
    }
    return LinkSettings(**chosen)


def evidence(run: Run, case: Case, results: Mapping[str, Result], links: Result) -> Result:
    """All evidence about people in one narrow table, sorted by person. Shared by all assessments."""
    read = [id for id in results if case.file.sources[id].fills not in _ABOUT_LETTERS]
    inputs = {id: results[id].key for id in read} | {"decided": links.key}
    ids = [id for id in results if case.file.sources[id].fills in ("people", "disclosures", "leaked")]
    received = {id: case.file.sources[id].received.isoformat() for id in ids}
    params = {"received": received, "country": case.file.case.country}
    unlinked = {id: (received[id], results[id].key) for id in ids if case.file.sources[id].fills != "leaked"}

    def make(draft: Draft) -> None:
        engine = run.engine
        put_people(engine, case, results)
        put_disclosures(engine, case, results)
        put_leaked(engine, case, results)
        engine.read("links", links.tables["links"])
        engine.read("candidates", links.tables["candidates"])
        gather(engine)
        draft.add(engine.publish("SELECT * FROM classes", CLASSES, draft.folder))
        gathered = engine.publish("SELECT * FROM gathered", EVIDENCE, draft.folder)
        draft.add(gathered)
        _traces(engine, case, gathered, draft)
        draft.facts["unlinked"] = digest({**params, "received": None, "unlinked": unlinked, "own": case.own.id})
        draft.facts.update(_of_nobody(engine, case))

    return run.stage("evidence", params, inputs, make)


def _of_nobody(engine: Engine, case: Case) -> dict[str, Any]:
    """Lines of each log about nobody in the register; and those of them that we sent, by who received them."""
    rows = engine.rows(
        "SELECT d.source, d.from_party, d.to_party, d.sent_on, count(*) AS n FROM disclosures AS d "
        "ANTI JOIN people AS p ON p.person_id = d.person_id GROUP BY d.source, d.from_party, d.to_party, d.sent_on "
        "ORDER BY d.source, d.to_party, d.sent_on"
    )
    every: Counter[str] = Counter()
    ours: dict[str, dict[str, Counter[str]]] = {}
    for row in rows:
        source, lines = case.source_ids[int(str(row["source"]))], int(str(row["n"]))
        every[source] += lines
        if row["from_party"] == case.own.id:
            day = told_day(row["sent_on"], case.file.sources[source].received)
            ours.setdefault(source, {}).setdefault(str(row["to_party"]), Counter())[day] += lines
    sent = {source: {party: dict(days) for party, days in by.items()} for source, by in sorted(ours.items())}
    return {"about_nobody": dict(sorted(every.items())), "sent_about_nobody": sent}


def _traces(engine: Engine, case: Case, gathered: Published, draft: Draft) -> None:
    """Publish what the linked rows of each source say of people, so that the next assessment sees who is touched."""
    engine.read("evidence", gathered)
    put_traces(engine, class_fields(engine))
    for id in case.sources("leaked"):
        of_source = f"SELECT person, trace FROM traces WHERE source = {case.source_ids.index(id)}"
        name = f"traces-{id}"
        draft.add(engine.publish(of_source, TRACES, draft.folder, name=name), name)
    engine.drop("traces")


def with_strays(case: Case, results: Mapping[str, Result], gathered: Result) -> Case:
    """The case with the lines of its logs that are evidence about nobody."""
    read = {id: results[id].facts for id in case.sources("disclosures")}
    found = strays(read, gathered.facts["sent_about_nobody"], [party.id for party in case.breached])
    return replace(case, strays=found)


def exposure(run: Run, case: Case, name: str, reading: Assessment, gathered: Result, register: Result) -> Result:
    """The rule, for one assessment."""
    whole = case.file.model_dump(mode="json", exclude=_NOT_READ)
    datasets = {id: {"read_as": source.read_as, "party": source.party} for id, source in case.datasets.items()}
    params = {
        "case": whole,
        "datasets": datasets,
        "decisions": case.decisions.model_dump(mode="json"),
        "reading": reading.model_dump(mode="json", exclude={"label"}),
        "strays": [asdict(stray) for party in case.breached for stray in at_stake(case.strays, party)],
        "engine": run.engine_name,
    }
    basis = basis_of(run, case, reading, datasets, gathered)

    def make(draft: Draft) -> None:
        engine = run.engine
        engine.read("evidence", gathered.tables["evidence"])
        engine.read("classes", gathered.tables["classes"])
        draft.facts.update(basis)
        assessed = assess(engine, case, reading, find_before(run, name, basis, gathered))
        try:
            for published in publish(engine, case, assessed, draft.folder).values():
                draft.add(published)
        except GroupGapError as gap:
            raise _with_ids(run, gap, register) from None

    return run.stage(f"exposure-{name}", params, {"evidence": gathered.key}, make)


def _with_ids(run: Run, gap: GroupGapError, register: Result) -> GroupGapError:
    """The same error with the keyed ids of some of the people in the gap, to look at with `helder person`."""
    engine = run.engine
    engine.read("register", register.tables["people"])
    profiles = ", ".join(str(profile) for profile in gap.profiles)
    rows = engine.rows(
        "SELECT r.person_id FROM assessed AS a JOIN register AS r ON r.person = a.person "
        f"WHERE a.profile IN ({profiles}) ORDER BY r.person LIMIT {_SHOWN}"
    )
    ids = ", ".join(run.keys.keyed_id(str(row["person_id"])) for row in rows)
    return GroupGapError(gap.what, where=gap.where, do=f"{gap.do} Among them: {ids}.")
