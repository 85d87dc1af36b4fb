"""From published results to the page's data: counts, suppression, claims, contradictions, gaps, and one person."""

from __future__ import annotations

import datetime as dt
import platform
import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from helder.domain.states import STATES
from helder.engines.keys import Keys
from helder.exposure.contradictions import JOIN
from helder.exposure.severity import bands
from helder.exposure.statements import known
from helder.results.gaps import gaps
from helder.results.open import Results
from helder.results.page import cells
from helder.results.page.choose import choose, explain
from helder.results.page.data import (
    LANGUAGES,
    Claim,
    Computed,
    Contradiction,
    Dataset,
    Difference,
    Found,
    Gap,
    Letters,
    Measured,
    PageData,
    Reading,
    Share,
    Verdict,
)
from helder.results.page.wording import evidence_names
from helder.results.reconcile import Compared, reconcile
from helder.results.suppress import LEAST

_PACKAGES = ("helder", "duckdb", "splink", "pyarrow")
_VERDICTS: dict[str, Verdict] = {
    "equal": "matches",
    "about": "matches",
    "other_meaning": "other",
    "differs": "differs",
    "not_comparable": "incomparable",
}


def gather(
    told: Results,
    current: Results,
    keys: Keys,
    *,
    made_up: bool = False,
    measured: Mapping[str, Any] | None = None,
    assumptions: str = "",
    letters: Letters | None = None,
) -> PageData:
    """All that stands on the page. `measured` is what `demo.measured.measure` returns, `letters` a round to be shown.

    A person is explained only when all people are made up: a page is for everyone, a person's data are not.
    """
    people, records = cells.people(told, current, keys), cells.records(told, current, keys)
    groups = {group.id: group.label for group in current.case.file.groups}
    compared = reconcile(told)
    chosen = choose(told, current, keys) if made_up else None
    return PageData(
        title=current.case.file.case.title,
        made_up=made_up,
        told=_reading("told", told, people, records),
        current=_reading("current", current, people, records),
        items={id: item.label for id, item in current.case.items.items()},
        groups=groups,
        datasets=tuple(_dataset(id, people, records) for id in told.case.datasets),
        difference=_difference(told, people, records),
        computed=_computed(told, current),
        claims=tuple(_claims(compared, people, records)),
        measured=_measured(measured) if measured else None,
        person=explain(told, current, keys, chosen) if chosen else None,
        contradictions=_contradictions(current, people),
        gaps=_gaps(current, people, records),
        assumptions=assumptions,
        letters=letters,
        same_evidence=not _later(told, current),
        scaled=any(int(one.claim.published_number or one.claim.number) != one.claim.number for one in compared),
    )


def _later(told: Results, current: Results) -> bool:
    """Whether the current reading knows of evidence that came in after what was told, or of decisions taken since."""
    first, last, case = told.record.as_of, current.record.as_of, current.case
    if first is None or first == last:
        return False
    days = [row["received"] for row in current.rows("evidence", "classes")]
    days += [statement.received for statement in case.file.statements]
    days += [deletion.received for deletion in case.file.deletions]
    days += [log.declared for log in case.file.completeness]
    days += [acceptance.on for acceptance in case.decisions.acceptances]
    days += [setting.on for setting in case.decisions.set_aside]
    return any(day > first and known(day, last) for day in days)


def _reading(name: str, results: Results, people: cells.Numbers, records: cells.Numbers) -> Reading:
    groups = [group.id for group in results.case.file.groups] or ["all"]
    states = {
        item: {s.id: people(name, "state", item, s.id) for s in STATES if people(name, "state", item, s.id) != 0}
        for item in results.case.items
    }
    return Reading(
        id=results.record.assessment,
        as_of=results.record.as_of,
        records=records(name, "records"),
        linked=records(name, "linked"),
        unlinked=records(name, "unlinked"),
        review=records(name, "review"),
        people=people(name, "people"),
        known=people(name, "known"),
        open=people(name, "open"),
        out=people(name, "out"),
        contradictions=people(name, "contradictions"),
        groups={group: people(name, "group", group) for group in groups},
        states=states,
        severity={id: people(name, "severity", id) for id in bands()},
    )


def _dataset(id: str, people: cells.Numbers, records: cells.Numbers) -> Dataset:
    # 'dataset1' reads better as 'dataset 1'; other ids stay as the case has them.
    label = re.sub(r"(?<=[a-z])(?=\d+$)", " ", id).replace("_", " ")
    return Dataset(
        id,
        dict.fromkeys(LANGUAGES, label),
        records=records("dataset", id, "records"),
        linked=records("dataset", id, "linked"),
        unplaced=records("dataset", id, "unplaced"),
        people=people("dataset", id),
    )


def _difference(told: Results, people: cells.Numbers, records: cells.Numbers) -> Difference:
    shares = tuple(
        Share(
            group.id,
            told=people("share", group.id, "told"),
            more=people("share", group.id, "more"),
            review=people("share", group.id, "review"),
        )
        for group in told.case.file.groups
        if people("share", group.id, "told") != 0
    )
    return Difference(
        told=people("difference", "told"),
        more=people("difference", "more"),
        review=people("difference", "review"),
        rest=people("difference", "rest"),
        records=records("difference", "records"),
        records_placed=records("difference", "placed"),
        records_more=records("difference", "more"),
        records_known=records("difference", "known"),
        records_review=records("difference", "review"),
        records_none=records("difference", "none"),
        groups=shares,
    )


def _measured(found: Mapping[str, Any]) -> Measured | None:
    """What was measured of the links that exact matching did not make; None when there were none."""
    links = found.get("probabilistic", {})
    if not links.get("links"):
        return None
    low, high = links["interval"]  # of the share that is right
    levels = tuple(
        Found(level, part["records"], part["linked"] if part["linked"] >= LEAST else None, part["recall"])
        for level, part in found.get("recall_of_rest", {}).items()
        if part["records"] >= LEAST
    )
    return Measured(links["links"], links["wrong"] / links["links"], 1 - high, max(1 - low, 1e-9), levels)


def _claims(compared: list[Compared], people: cells.Numbers, records: cells.Numbers) -> list[Claim]:
    """The published numbers in order of time, each compared with what the evidence said as told."""
    claims = []
    for one in compared:
        day = re.search(r"\d{4}-\d\d-\d\d", one.claim.published)
        guard = records.guarded if one.claim.unit == "records" else people.guarded
        claims.append(
            Claim(
                dt.date.fromisoformat(day.group()) if day else None,
                one.claim.published.startswith("week"),
                one.claim.number if one.claim.number >= LEAST or not one.claim.number else None,
                one.claim.unit,
                one.claim.issuer,
                {lang: one.claim.said("meaning", lang) for lang in LANGUAGES},
                one.claim.source,
                None if one.ours is None else guard(one.ours),
                _VERDICTS[one.verdict],
                {lang: one.claim.said("why", lang) for lang in LANGUAGES},
                one.claim.exactness == "approximate",
            )
        )
    return sorted(claims, key=lambda claim: (claim.day or dt.date.max, claim.week))


def _contradictions(current: Results, people: cells.Numbers) -> tuple[Contradiction, ...]:
    settled: dict[str, bool] = {}
    for row in current.rows(current.exposure, "clashes"):
        if current.profiles[row["profile"]].in_scope:
            settled[row["clash"]] = settled.get(row["clash"], True) and row["settled"]
    found = [
        Contradiction(tuple(evidence_names(id, current.case) for id in clash.split(JOIN)), people("clash", clash), done)
        for clash, done in settled.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.settled, -(one.people or 0))))


def _gaps(current: Results, people: cells.Numbers, records: cells.Numbers) -> tuple[Gap, ...]:
    """The questions in every language; one whose number of records may not be shown is asked without it."""
    return tuple(
        Gap(
            {lang: gap.ask(lang, numbered=records.guarded(gap.records) is not None) for lang in LANGUAGES},
            gap.whom,
            people.guarded(gap.people),
            people.guarded(gap.wholly),
        )
        for gap in gaps(current)
    )


def _computed(told: Results, current: Results) -> Computed:
    """Both runs together: of a stage that one of them made and the other found, the making counts."""
    stages: dict[str, tuple[float, bool]] = {}
    for stage in (*told.record.stages, *current.record.stages):
        if stage.name not in stages or (stages[stage.name][1] and not stage.reused):
            stages[stage.name] = stage.seconds, stage.reused
    return Computed(
        tuple((name, seconds, reused) for name, (seconds, reused) in stages.items()),
        max(told.record.peak_memory_mb, current.record.peak_memory_mb),
        current.record.engine,
        {name: found for name in _PACKAGES if (found := _version(name))} | {"python": platform.python_version()},
        current.record.finished,
        len(current.in_scope),
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
