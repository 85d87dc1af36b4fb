"""What a planned round leaves behind: ROUND_PEOPLE and LETTERS, sealed, and counts that add up or stop the plan."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helder.domain.errors import HelderError, RoundError
from helder.domain.round_tables import LETTERS, ROUND_PEOPLE
from helder.engines.base import Published
from helder.engines.duckdb import DuckEngine
from helder.rounds.policies import BY_ID, LATE, POLICIES

# What a rule that is found only at the lines does to the outcome.
_PEOPLE = """
SELECT d.person, d.profile, d."group", d.letter, d.language, d.why, d.weakened, {outcome} AS outcome,
  CASE WHEN coalesce(w.problem, '') <> '' THEN w.problem ELSE d.policy END AS policy, {instead} AS instead,
  CASE WHEN coalesce(w.problem, '') <> '' THEN '' ELSE d.channel END AS channel
FROM decided AS d LEFT JOIN unwritten AS w ON w.person = d.person
"""

# No letter goes again to where one came back from.
_UNWRITTEN = """
SELECT person, problem FROM written WHERE problem <> ''
UNION ALL
SELECT w.person, 'returned_address' AS problem
FROM written AS w JOIN came_back AS b ON b.person = w.person AND b.address = w.address
WHERE w.problem = '' AND b.step IN ('new_address', 'unreachable')
"""


def publish(engine: DuckEngine, folder: Path) -> tuple[Published, Published]:
    """Write both tables into the round's folder, and make `kinds_of_people`, which `counts` reads.

    Raises `RoundError` when two letters have one reference or code.
    """
    one = engine.rows(
        "SELECT count(*) AS letters, count(DISTINCT reference) AS refs, count(DISTINCT code) AS codes FROM written "
        "WHERE problem = ''"
    )[0]
    if not one["letters"] == one["refs"] == one["codes"]:
        raise RoundError(
            "Two letters would have the same reference or code.",
            where="case.toml [[rounds]]",
            do="This happens once in millions of rounds: give the round another id, and plan again.",
        )
    engine.run("unwritten", _UNWRITTEN)
    engine.view("people_of_round", _people())
    people = engine.publish("SELECT * FROM people_of_round", ROUND_PEOPLE, folder, name="people")
    engine.run(
        "kinds_of_people",
        'SELECT outcome, policy, "group", letter, language, channel, why, weakened, count(*) AS n FROM people_of_round '
        "GROUP BY ALL",
    )
    for done in ("people_of_round", "decided"):
        engine.drop(done)
    with engine.one_thread():  # sorting the letters takes most memory of all
        letters = engine.publish(
            "SELECT w.* FROM written AS w ANTI JOIN unwritten AS u ON u.person = w.person", LETTERS, folder
        )
    for done in ("written", "unwritten"):
        engine.drop(done)
    return people, letters


def _people() -> str:
    """The query for ROUND_PEOPLE, with the words of the rules."""
    policy = "CASE WHEN coalesce(w.problem, '') <> '' THEN w.problem ELSE d.policy END"
    outcome = "CASE w.problem" + "".join(f" WHEN '{late}' THEN '{BY_ID[late].outcome}'" for late in sorted(LATE))
    instead = f"CASE {policy}" + "".join(f" WHEN '{one.id}' THEN '{_quoted(one.instead_en)}'" for one in POLICIES)
    told = f"CASE WHEN d.outcome = 'letter' AND coalesce(w.problem, '') = '' THEN '' ELSE {instead} ELSE '' END END"
    return _PEOPLE.format(outcome=f"{outcome} ELSE d.outcome END", instead=told)


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def counts(engine: DuckEngine, in_scope: int) -> dict[str, Any]:
    """A planned and published round in numbers of people. Raises `HelderError` when they do not add up."""

    def by(column: str, where: str = "TRUE") -> dict[str, int]:
        rows = engine.rows(
            f'SELECT "{column}" AS what, sum(n) AS n FROM kinds_of_people WHERE {where} GROUP BY 1 ORDER BY 1'
        )
        return {str(row["what"]): int(str(row["n"])) for row in rows}

    outcomes = by("outcome")
    found: dict[str, Any] = {
        "people": sum(outcomes.values()),
        "letters": outcomes.get("letter", 0),
        "suppressed": outcomes.get("suppressed", 0),
        "unreachable": outcomes.get("unreachable", 0),
        "reasons": by("policy", "outcome <> 'letter'"),
        "handled": by("policy", "outcome = 'letter' AND policy <> ''"),
        "groups": by("group"),
        "letter": by("letter", "outcome = 'letter'"),
        "languages": by("language", "outcome = 'letter'"),
        "channels": by("channel", "outcome = 'letter'"),
        "why": by("why"),
        "weakened": _weakened(engine),
        "in_scope": in_scope,
        "not_in_round": _not_in_round(engine),
        "no_longer_in_scope": by("group", "\"group\" = ''").get("", 0),
        "told_and_gone": _gone(engine),
    }
    reconcile(found)
    return found


def reconcile(found: Mapping[str, Any]) -> None:
    """People in the round = letters + suppressed + unreachable, each with a reason; and nobody in scope is lost."""
    parts = found["letters"] + found["suppressed"] + found["unreachable"]
    reasons = sum(found["reasons"].values())
    inside = found["people"] - found["no_longer_in_scope"] + sum(found["not_in_round"].values())
    for what, whole, sum_of_parts in (
        ("People in the round", found["people"], parts),
        (
            "Those without a letter",
            found["suppressed"] + found["unreachable"],
            reasons if "" not in found["reasons"] else -1,
        ),
        ("Letters by channel", found["letters"], sum(found["channels"].values())),
        ("People in scope", found["in_scope"], inside),
    ):
        if whole != sum_of_parts:
            raise HelderError(
                f"{what}: {whole} and {sum_of_parts} do not add up.",
                where="round",
                do="This is an error in Helder: please report it. No letter may leave.",
            )


def _not_in_round(engine: DuckEngine) -> dict[str, int]:
    rows = engine.rows("SELECT moment, n FROM not_in_round ORDER BY 1")
    return {str(row["moment"]): int(str(row["n"])) for row in rows}


def _weakened(engine: DuckEngine) -> dict[str, int]:
    rows = engine.rows(
        "SELECT item, sum(n) AS n FROM (SELECT unnest(string_split(weakened, ';')) AS item, n FROM kinds_of_people "
        "WHERE why = 'weakened') AS items GROUP BY 1 ORDER BY 1"
    )
    return {str(row["item"]): int(str(row["n"])) for row in rows}


def _gone(engine: DuckEngine) -> int:
    """People who were told something and whose row the register does not have any more."""
    row = engine.rows(
        "SELECT count(DISTINCT keyed) AS n FROM told WHERE status = 'told' AND keyed NOT IN (SELECT keyed FROM keyed)"
    )[0]
    return int(str(row["n"]))
