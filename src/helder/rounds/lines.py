"""The lines of each letter that are about one person: salutation, window, reference, code; in batches.

Whoever cannot be addressed is not dropped: they become unreachable, with the reason counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from helder.domain.correspondence import Forms, NameParts, PostalAddress, UnaddressableError, window
from helder.engines.crew import in_order, processors
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.rounds.references import references

BATCH = 50_000
# What would break a line: a register may hold anything. Two spaces stay: the post asks for them after a postcode.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NAME = tuple(NameParts.__dataclass_fields__)
_ADDRESS = tuple(name for name in PostalAddress.__dataclass_fields__ if name != "lines")
# What LETTERS takes from `decided` stands beside the lines: to join them again would need a country's letters twice in memory.
_DECIDED = ("letter", "language", "profile", "weakened", "why", "channel")
_TEXTS = ("salutation", "address", "sort", "problem")
_SEEN = (*_NAME, *_ADDRESS, "address_lines", "email", "representative_name", "representative_address")
_ASKED = ("language", "channel", "to_whom", *_SEEN)
_SCHEMA = pa.schema(
    [
        ("person", pa.int64()),
        *((name, pa.int32() if name == "profile" else pa.string()) for name in _DECIDED),
        *((name, pa.string()) for name in ("reference", "code", *_TEXTS)),
    ]
)


class Writer:
    """Makes the lines, one person after another, and counts why some could not be made."""

    def __init__(self, forms: Forms, home: str, not_in_window: Sequence[str]) -> None:
        self.forms = forms
        self.home = home
        self.words = [word.casefold() for word in not_in_window]
        self.problems: Counter[str] = Counter()

    def write(self, row: Sequence[str]) -> tuple[str, str, str, str]:
        """Salutation, address, sorting and problem; only the problem when the letter cannot be addressed.

        `row` is language, channel, to whom, then name and address (`_ASKED`); nothing of it is None.
        """
        language, channel, to_whom, *texts = row
        names, address = texts[: len(_NAME)], texts[len(_NAME) : len(_NAME) + len(_ADDRESS)]
        lines, email, acting, acting_address = texts[len(_NAME) + len(_ADDRESS) :]
        try:
            if to_whom == "representative":
                name = NameParts(full_name=acting)
                shown = _as_written(acting, acting_address)
                sort = ""
            else:
                name = NameParts(*names)
                place = PostalAddress(**dict(zip(_ADDRESS, address, strict=True)), lines=_split(lines))
                shown = (email,) if channel == "email" else window(self.forms, name, place)
                sort = "" if channel == "email" else self._sort(place)
            salutation = self.forms.salutation(name, language) + ","
        except UnaddressableError as error:
            self.problems[str(error)] += 1
            return "", "", "", "unaddressable"
        text = "\n".join(_on_one_line(line) for line in shown)
        if self.words and any(word in text.casefold() for word in self.words):
            self.problems["window_detail"] += 1
            return "", "", "", "window_detail"
        return " ".join(salutation.split()), text, sort, ""

    def _sort(self, place: PostalAddress) -> str:
        country = place.country.strip().upper()
        abroad = "" if country == self.home else country
        return f"{abroad} {''.join(place.postcode.split()).upper()}".strip()


def _on_one_line(text: str) -> str:
    return text.strip() if text.isprintable() else _CONTROL.sub(" ", text).strip()


def _split(lines: str) -> tuple[str, ...]:
    if not lines:
        return ()
    return tuple(line.strip() for line in lines.split(" / ") if line.strip())


def _as_written(name: str, address: str) -> tuple[str, ...]:
    """An envelope as a register has it written down. Raises `UnaddressableError` unless it has three to six lines."""
    lines = (" ".join(name.split()), *_split(address))
    if not 3 <= len(lines) <= 6:
        raise UnaddressableError("representative_address")
    return lines


@dataclass(frozen=True)
class Writing:
    """What a worker is set up with: see `engines.crew`."""

    forms: Forms
    home: str
    not_in_window: tuple[str, ...]

    def worker(self) -> Callable[[pa.Table], tuple[pa.Table, Counter[str]]]:
        """From rows as `_rows` selects them to their `_TEXTS`, and why some could not be made."""

        def write(rows: pa.Table) -> tuple[pa.Table, Counter[str]]:
            writer = Writer(self.forms, self.home, self.not_in_window)
            columns = [pc.fill_null(rows.column(name), "").to_pylist() for name in _ASKED]
            written = zip(*map(writer.write, zip(*columns, strict=True)), strict=True)
            return pa.table(dict(zip(_TEXTS, map(pa.array, written), strict=True))), writer.problems

        return write


def write_lines(
    engine: DuckEngine,
    keys: Keys,
    round: str,
    writing: Writing,
    on_progress: Callable[[float], None] = lambda share: None,
) -> Counter[str]:
    """Make the table `written`: the lines of everyone in `decided` who gets a letter, or the problem; counted by reason.

    Many letters are written by as many processes as there are processors; the key stays with this one.
    """
    problems: Counter[str] = Counter()
    last = engine.rows("SELECT max(person) AS last FROM decided WHERE outcome = 'letter'")[0]["last"]
    people = 0 if last is None else int(str(last)) + 1
    tasks = filter(len, (_rows(engine, start) for start in range(0, people, BATCH)))
    written = []
    for rows, (texts, found) in in_order(writing, tasks, processors() if people > BATCH else 1):
        problems += found
        written.append(_with_references(keys, round, rows, texts))
        on_progress(min(1.0, len(written) * BATCH / people))
    pa.default_memory_pool().release_unused()  # what batches took: sorting the letters needs it
    engine.read("written", pa.concat_tables([_SCHEMA.empty_table(), *written]))
    return problems


def _rows(engine: DuckEngine, start: int) -> pa.Table:
    """What is written about the letters of people from this number on, a batch."""
    decided = [f'd."{name}"' for name in ("person", *_DECIDED, "to_whom")]
    columns = ", ".join([*decided, "s.person_id", *(f's."{name}"' for name in _SEEN)])
    return engine.arrow(
        f"SELECT {columns} FROM decided AS d JOIN addressed AS s ON s.person = d.person WHERE d.outcome = 'letter' AND d.person >= {start} "
        f"AND d.person < {start + BATCH} AND s.person >= {start} AND s.person < {start + BATCH} ORDER BY d.person"
    )


def _with_references(keys: Keys, round: str, rows: pa.Table, texts: pa.Table) -> pa.Table:
    reference, code = references(keys, round, rows.column("person_id").to_pylist())
    made = {"reference": pa.array(reference), "code": pa.array(code)}
    made |= dict(zip(_TEXTS, texts.columns, strict=True))
    return pa.table({name: made[name] if name in made else rows.column(name) for name in _SCHEMA.names}, _SCHEMA)
