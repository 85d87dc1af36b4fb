"""The made-up people and their rows, by SQL with hash-based chance: the order of the steps and what each writes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib.resources import as_file, files
from math import log
from pathlib import Path
from types import TracebackType

from helder.demo.assumptions import DAMAGES, assumptions
from helder.demo.recode import recode
from helder.demo.size import Size
from helder.domain.errors import StorageError
from helder.engines.duckdb import DuckEngine

_HERE = files(__package__)
_NUMBERS_BEGINNING_WITH_9 = 10_000_000
_LISTS = {
    "origins": "data/origins.csv",
    "surnames": "data/surnames.csv",
    "given_names": "data/given_names.csv",
    "rare_surnames": "data/rare_surnames.csv",
    "places": "data/places.csv",
    "street_parts": "data/streets.csv",
    "foreign_places": "data/foreign.csv",
    "gp_names": "data/gps.csv",
}
_HIDDEN = "* EXCLUDE (row, person_id, kind, level, grp)"


@dataclass(frozen=True)
class Step:
    """One table: its query `sql/<name>.sql`, what it drops when made, and the file it is written to."""

    name: str
    what: str
    path: str = ""
    columns: str = "*"
    drops: tuple[str, ...] = ()
    keep: bool = True


STEPS: tuple[Step, ...] = (
    Step("bsn", "numbers"),
    Step("household", "households"),
    Step("life", "birthdays and visits"),
    Step("person", "names", drops=("life", "bsn")),
    Step("address", "addresses"),
    Step("register", "the register", "sources/register.parquet", keep=False),
    Step("safe_addresses", "addresses to be careful with", "sources/safe_addresses.parquet", keep=False),
    Step("answers", "answers about addresses", "sources/addresses.parquet", keep=False),
    Step("disclosures", "disclosures", "sources/disclosures.parquet", keep=False),
    Step("hit", "who was in the leak"),
    Step("record", "leaked records", drops=("hit", "person", "address", "household")),
    Step("damaged", "damage", drops=("record",)),
    Step("dataset1", "dataset 1", "sources/dataset1.csv", _HIDDEN),
    Step("dataset2", "dataset 2", "sources/dataset2.tsv", _HIDDEN, drops=("damaged",)),
    Step("truth", "who is who", "demo/truth.parquet", keep=False),
)


def query(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return (_HERE / "sql" / f"{name}.sql").read_text(encoding="utf-8")


class Population:
    """A database in which the people are made; `with` closes it."""

    def __init__(self, counts: Size, seed: int, threads: int | None = None) -> None:
        self.engine = DuckEngine(threads=threads)
        self._run = self.engine.connection.execute
        for name, value in _variables(counts, seed).items():
            self._set(name, value)
        self._run(
            "SET disabled_optimizers = 'join_order,build_side_probe_side'"
        )  # as written: small lists on the right
        self._run(query("macros"))
        self._load()

    def __enter__(self) -> Population:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.close()

    def make(self, step: Step, folder: Path) -> None:
        """Make one table, and write it where it has a file."""
        if step.keep:
            self.engine.run(step.name, query(step.name))
        else:
            self.engine.view(step.name, query(step.name))
        if step.path:
            self._write(f"SELECT {step.columns} FROM {step.name}", folder / step.path)
        for name in (*step.drops, *(() if step.keep else (step.name,))):
            self.engine.drop(name)

    def _write(self, sql: str, path: Path) -> None:
        options = {
            ".parquet": "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880",
            ".csv": "FORMAT csv, HEADER, DELIMITER ';'",
            ".tsv": "FORMAT csv, HEADER, DELIMITER '\t'",
        }[path.suffix]
        target = path.with_name(path.name + ".partial")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            name = str(target).replace("'", "''")
            self._run(f"COPY ({sql}) TO '{name}' ({options})")
            if path.suffix == ".csv":
                recode(target, "cp1252")
            target.replace(path)
        except Exception as error:  # a query that ran before can only fail for want of room
            raise StorageError(
                f"The made-up case cannot be written ({type(error).__name__}).",
                where=str(path),
                do="Look at disk space.",
            ) from error
        finally:
            target.unlink(missing_ok=True)

    def _set(self, name: str, value: int | float | str) -> None:
        literal = f"'{value}'" if isinstance(value, str) else value
        self._run(f"SET VARIABLE {name} = {literal}")

    def _load(self) -> None:
        """The lists of names and places, and the tables drawn from them."""
        for name, path in _LISTS.items():
            with as_file(_HERE / path) as file:
                text = str(file).replace("'", "''")
                self.engine.run(
                    name, f"SELECT row_number() OVER () AS position, * FROM read_csv('{text}', header = true)"
                )
        for name in ("weighted", "slots", "rare", "streets"):
            self.engine.run(name, query(name))
        self.engine.run("gps", "SELECT position - 1 AS gp, name FROM gp_names")
        for name in ("rare", "streets", "gps"):
            (row,) = self.engine.rows(f"SELECT count(*) AS n FROM {name}")
            self._set(name, int(str(row["n"])))
        self.engine.run("levels", _levels())


def _variables(counts: Size, seed: int) -> dict[str, int | float | str]:
    given = assumptions()
    unplaced = given.unplaced
    g1, g2, g3, g4 = counts.groups
    everyone = counts.register + counts.strangers
    # So many draws that after throwing out doubles (at chance) and the eleventh that cannot pass, enough are left.
    share = everyone * 1.1 / 0.97 / _NUMBERS_BEGINNING_WITH_9
    tries = int(-_NUMBERS_BEGINNING_WITH_9 * log(1 - share) / 0.97 * 1.05) + 200
    return {
        "seed": f"/{seed}",
        "register": counts.register,
        "everyone": everyone,
        "tries": tries,
        "g1": g1,
        "g2": g1 + g2,
        "g3": g1 + g2 + g3,
        "g4": g1 + g2 + g3 + g4,
        **_careful(counts),
        "never_confirmed": counts.never_confirmed,
        "second_row": counts.second_row,
        "unplaced1": counts.unplaced[0],
        "light": counts.levels["light"],
        "moderate": counts.levels["moderate"],
        "posted": counts.posted,
        **{f"register_{name}": share for name, share in given.register.items()},
        **{f"sharing_{name}": chance for name, chance in given.sharing.items()},
        **{f"records_{name}": chance for name, chance in given.records.items()},
        "stranger_relative": unplaced.stranger_relative,
        "stranger_keeps_number": unplaced.stranger_keeps_number,
        "number_of_another": unplaced.number_of_another,
        "other_client": unplaced.other_client,
    }


def _careful(counts: Size) -> dict[str, int]:
    """Up to where each kind reaches, counted back from the end of group 3; of those who stand there twice, both rows."""
    reach, found = 0, {}
    for name, people in counts.careful.items():
        reach += 2 * people if name == "twice" else people
        found[f"careful_{name}"] = reach
    return found


def _levels() -> str:
    """The levels of damage as a table; rows that link exactly have level 'none': no damage."""
    none = ", ".join(f"0.0 AS {name}" for name in DAMAGES)
    rows = [f"SELECT 'none' AS level, {none}"]
    for name, level in assumptions().levels.items():
        chances = asdict(level)
        rows.append(f"SELECT '{name}', " + ", ".join(str(float(chances[damage])) for damage in DAMAGES))
    return " UNION ALL ".join(rows)
