"""Counting what is known: records, people, groups and states. Exact and internal; see `suppress` before publishing."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from helder.case.strays import at_stake
from helder.domain.states import STATES
from helder.exposure.marks import Mark
from helder.exposure.statements import known
from helder.results.open import Results


def states(results: Results) -> dict[str, dict[str, int]]:
    """{item: {state: people in scope}}, states in their own order, those of nobody left out."""
    counted: dict[str, Counter[str]] = {item: Counter() for item in results.case.items}
    for profile in results.in_scope:
        for item, state in results.item_states(profile).items():
            counted[item][state] += profile.people
    order = [state.id for state in STATES]
    return {item: {id: counts[id] for id in order if counts[id]} for item, counts in counted.items()}


def groups(results: Results) -> dict[str, int]:
    """{group: people}, in the order of the case; without groups everybody is in 'all'."""
    declared = [group.id for group in results.case.file.groups] or ["all"]
    counted: Counter[str] = Counter(dict.fromkeys(declared, 0))
    for profile in results.in_scope:
        counted[profile.group or "all"] += profile.people
    return {id: counted[id] for id in declared}


def people_found(results: Results, *datasets: str, in_scope: bool | None = True) -> int:
    """How many people have an accepted link to any of these datasets."""
    wanted = {Mark("found", dataset) for dataset in datasets or results.case.datasets}
    return sum(
        profile.people
        for profile in results.profiles
        if wanted & profile.marks and (in_scope is None or profile.in_scope is in_scope)
    )


def records(results: Results, *datasets: str, **having: object) -> int:
    """How many leaked records of these datasets (all, when none is named) have these values in LINK_COUNTS."""
    return sum(
        row["records"]
        for row in results.links
        if (not datasets or row["dataset"] in datasets) and all(row[k] == v for k, v in having.items())
    )


def strays(results: Results) -> list[dict[str, Any]]:
    """Lines of our logs that are evidence about nobody, by log and breached party: those from the time at stake.

    `declared`: somebody declared our log to that party complete, which does not count until they are `accepted`.
    """
    case, as_of = results.case, results.record.as_of
    declared = {log.party for log in case.file.completeness if known(log.declared, as_of)}
    return [
        {
            **{name: value for name, value in asdict(stray).items() if name != "day"},
            "lines": stray.lines,
            "declared": stray.party in declared,
            "accepted": stray.accepted(case.decisions, as_of),
        }
        for party in case.breached
        for stray in at_stake(case.strays, party)
    ]


def doubts(results: Results) -> dict[str, list[dict[str, Any]]]:
    """{source: what its files do not tell of themselves for sure, such as their encoding}."""
    found = {
        source: [
            {"file": file["name"], **doubt}
            for file in results.facts(f"source-{source}").get("files", ())
            for doubt in file.get("doubts", ())
        ]
        for source in results.sources
    }
    return {source: some for source, some in found.items() if some}


def summary(results: Results) -> dict[str, Any]:
    """What `helder run --json` prints: exact counts, for internal use.

    records = linked + unlinked + review, and people = the sum of the groups.
    """
    linked, review = records(results, outcome="accepted"), records(results, outcome="review")
    total = records(results)
    rejected = {source: results.facts(f"source-{source}").get("rejected", 0) for source in results.sources}
    return {
        "case": results.record.case,
        "assessment": results.record.assessment,
        "as_of": results.record.as_of.isoformat() if results.record.as_of else None,
        "engine": results.record.engine,
        "records": total,
        "linked": linked,
        "unlinked": total - linked - review,
        "review": review,
        "people": sum(profile.people for profile in results.in_scope),
        "outsiders_found": people_found(results, in_scope=False),
        "contradictions": sum(profile.people for profile in results.in_scope if profile.contradiction),
        "groups": groups(results),
        "states": states(results),
        "profiles": len(results.in_scope),
        "rejected": {source: count for source, count in rejected.items() if count},
        "doubts": doubts(results),
        "disclosures_of_nobody": results.facts("evidence").get("about_nobody", {}),
        "stray_lines": strays(results),
        "decisions_not_yet": list(results.case.not_yet),
        "changed": dict(results.record.changed),
        "seconds": {stage.name: stage.seconds for stage in results.record.stages},
        "reused": [stage.name for stage in results.record.stages if stage.reused],
        "peak_memory_mb": results.record.peak_memory_mb,
    }
