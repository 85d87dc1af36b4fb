"""Who is in a round and what becomes of their letter: SQL where it grows with people, rules where facts are few.

Works on tables that the caller has put on the engine: `register` (PEOPLE), `assessed` (ASSESSED), `answers` (addresses
looked up again, with the number of the person), `safe` (SAFE_ADDRESSES), `told` (TOLD), `keyed` (person, keyed).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from importlib import resources
from typing import Any

import pyarrow as pa

from helder.case.model import Round
from helder.countries import country
from helder.engines.duckdb import DuckEngine
from helder.rounds.doubles import Row, doubles
from helder.rounds.knowledge import Left, as_text, compare, from_text
from helder.rounds.policies import Explicit, Facts, decide

ADDRESS = (
    "street",
    "house_number",
    "house_letter",
    "house_addition",
    "designation",
    "location",
    "street_short",
    "postcode",
    "city",
    "municipality",
    "country",
    "address_lines",
)
_FACTS = tuple(field.name for field in fields(Facts))


@dataclass(frozen=True)
class RoundProfile:
    """What a round says of one profile: its group's letter (None: not in the round) and whether `when` holds."""

    profile: int
    group: str
    letter: str | None
    in_scope: bool
    contradiction: bool
    met: bool
    left: Left


@dataclass(frozen=True)
class Settings:
    """What a round has decided, as the queries and rules need it."""

    round: Round
    home: str
    languages: tuple[str, ...]
    fallback: str

    @property
    def explicit(self) -> Explicit:
        """The decisions that rules look at."""
        return Explicit(
            {str(word): letter for word, letter in self.round.represented.items()},
            self.round.no_longer_in_scope or "",
            self.round.unknown_age,
            self.round.unconfirmed_address,
        )


def select(
    engine: DuckEngine,
    settings: Settings,
    profiles: Sequence[RoundProfile],
    is_number: Callable[[str], bool],
) -> None:
    """Make `addressed`, `decided`, a row for each person in the round with outcome and policy, and `not_in_round`, counts.

    `is_number` says whether a national number can be anybody's.
    """
    _profiles(engine, profiles)
    _compare(engine, profiles)
    engine.run("candidates", _sql("candidates", who=settings.round.who))
    put_addressed(engine)
    hold = "TRUE" if settings.round.unconfirmed_address == "hold" else "FALSE"
    engine.run("standing", _sql("standing", abroad=country(settings.home.lower()).abroad_sql("country"), hold=hold))
    engine.run("careful", _sql("careful"))
    engine.run("near", _sql("near"))
    _doubles(engine, is_number)
    engine.run(
        "faced",
        _sql(
            "faced",
            languages=", ".join(f"'{language}'" for language in settings.languages),
            fallback=settings.fallback,
            own_letter_from=str(settings.round.own_letter_from),
            day=f"{settings.round.date:%Y%m%d}",
        ),
    )
    _decide(engine, settings.explicit)
    engine.run(
        "not_in_round",
        "SELECT moment, count(*) AS n FROM candidates WHERE in_scope AND moment <> '' GROUP BY 1 ORDER BY 1",
    )
    for done in ("candidates", "standing", "careful", "near", "doubled", "faced", "verdicts"):
        engine.drop(done)


def put_addressed(engine: DuckEngine) -> None:
    """Make `newest`, the newest answer about each address, and the view `addressed`: the register with those addresses."""
    engine.run("newest", _sql("newest", address=", ".join(ADDRESS)))
    address = ",\n  ".join(f"CASE WHEN a.fresh THEN a.{name} ELSE r.{name} END AS {name}" for name in ADDRESS)
    engine.view("addressed", _sql("addressed", names=", ".join(ADDRESS), address=address))


def _sql(name: str, **words: str) -> str:
    text = resources.files(__package__).joinpath("sql", f"{name}.sql").read_text("utf-8")
    for word, value in words.items():
        text = text.replace("{" + word + "}", value)
    return text


def _profiles(engine: DuckEngine, profiles: Sequence[RoundProfile]) -> None:
    rows = {
        "profile": pa.array([one.profile for one in profiles], pa.int32()),
        "group": pa.array([one.group for one in profiles], pa.string()),
        "letter": pa.array([one.letter for one in profiles], pa.string()),
        "in_scope": pa.array([one.in_scope for one in profiles], pa.bool_()),
        "contradiction": pa.array([one.contradiction for one in profiles], pa.bool_()),
        "met": pa.array([one.met for one in profiles], pa.bool_()),
        "worlds": pa.array([as_text(one.left) for one in profiles], pa.string()),
    }
    engine.read("round_profiles", pa.table(rows))


def _compare(engine: DuckEngine, profiles: Sequence[RoundProfile]) -> None:
    """The table `compared`: for each pair of what was last told and what is known now, why and what weakened."""
    left = {one.profile: one.left for one in profiles}
    pairs = engine.rows(
        "SELECT DISTINCT l.worlds, a.profile FROM (SELECT * FROM told WHERE status = 'told' QUALIFY row_number() OVER "
        "(PARTITION BY keyed ORDER BY sequence DESC) = 1) AS l JOIN keyed AS k ON k.keyed = l.keyed "
        "JOIN assessed AS a ON a.person = k.person ORDER BY 1, 2"
    )
    told = {str(pair["worlds"]): from_text(str(pair["worlds"])) for pair in pairs}
    found: list[dict[str, Any]] = []
    for pair in pairs:
        worlds, profile = str(pair["worlds"]), int(str(pair["profile"]))
        why, weaker = compare(told[worlds], left[profile])
        found.append({"worlds": worlds, "profile": profile, "why": why, "weakened": ";".join(weaker)})
    shape = [("worlds", pa.string()), ("profile", pa.int32()), ("why", pa.string()), ("weakened", pa.string())]
    engine.read("compared", pa.Table.from_pylist(found, pa.schema(shape)))


def _doubles(engine: DuckEngine, is_number: Callable[[str], bool]) -> None:
    """The table `doubled`: people in the round who are not written to because of another row of theirs."""
    repeated = [str(row["number"]) for row in engine.rows(_sql("numbers"))]
    nobodys = [number for number in repeated if not is_number(number)]
    engine.read("nobodys", pa.table({"number": pa.array(nobodys, pa.string())}))
    rows = engine.arrow(_sql("twice"))
    found = doubles(map(Row, *(rows.column(name).to_pylist() for name in Row._fields)))
    people = pa.array(found.keys(), pa.int64())
    engine.read("doubled", pa.table({"person": people, "double": pa.array(found.values(), pa.string())}))


def _decide(engine: DuckEngine, explicit: Explicit) -> None:
    """The table `decided`: every set of facts that occurs meets the rules once."""
    columns = ", ".join(f'"{name}"' for name in _FACTS)
    occurring = engine.rows(f"SELECT DISTINCT {columns} FROM faced ORDER BY {columns}")
    engine.read("verdicts", _verdicts(occurring, explicit))
    same = " AND ".join(f'v."{name}" = f."{name}"' for name in _FACTS)
    engine.run(
        "decided",
        "SELECT f.person, f.profile, f.\"group\", coalesce(nullif(v.verdict_letter, ''), f.letter, '') AS letter, "
        "f.language, f.why, f.weakened, v.outcome, v.policy, v.channel, v.to_whom "
        f"FROM faced AS f JOIN verdicts AS v ON {same}",
    )


def _verdicts(occurring: Iterable[Mapping[str, Any]], explicit: Explicit) -> pa.Table:
    shape = [(name, pa.bool_() if isinstance(getattr(Facts(), name), bool) else pa.string()) for name in _FACTS]
    shape += [(name, pa.string()) for name in ("outcome", "policy", "channel", "verdict_letter", "to_whom")]
    rows = []
    for facts in occurring:
        verdict = decide(Facts(**facts), explicit)
        rows.append(
            {
                **facts,
                "outcome": verdict.outcome,
                "policy": verdict.policy,
                "channel": verdict.channel,
                "verdict_letter": verdict.letter,
                "to_whom": verdict.to,
            }
        )
    return pa.Table.from_pylist(rows, pa.schema(shape))


def settle_by(round: Round) -> dt.date:
    """The day by which contradictions of a round are settled."""
    return round.settle_by or round.date + dt.timedelta(days=14)
