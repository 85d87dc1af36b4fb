"""The lines of each letter that are about one person: salutation, window, reference, code; in batches, without a copy.

Whoever cannot be addressed is not dropped: they become unreachable, with the reason counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from helder.domain.correspondence import Forms, NameParts, PostalAddress, UnaddressableError, window
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.rounds.references import references

BATCH = 50_000
# What would break a line: a register may hold anything. Two spaces stay: the post asks for them after a postcode.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NAME = tuple(NameParts.__dataclass_fields__)
_ADDRESS = tuple(name for name in PostalAddress.__dataclass_fields__ if name != "lines")
_SCHEMA = pa.schema(
    [
        ("person", pa.int64()),
        ("reference", pa.string()),
        ("code", pa.string()),
        ("salutation", pa.string()),
        ("address", pa.string()),
        ("sort", pa.string()),
        ("problem", pa.string()),
    ]
)
_COLUMNS = ", ".join(
    f's."{name}"'
    for name in (*_NAME, *_ADDRESS, "address_lines", "email", "representative_name", "representative_address")
)


class Writer:
    """Makes the lines, one person after another, and counts why some could not be made."""

    def __init__(self, forms: Forms, home: str, not_in_window: Sequence[str]) -> None:
        self.forms = forms
        self.home = home
        self.words = [word.casefold() for word in not_in_window]
        self.problems: Counter[str] = Counter()

    def write(self, row: Sequence[Any]) -> tuple[str, str, str, str]:
        """Salutation, address, sorting and problem; only the problem when the letter cannot be addressed."""
        language, channel, to_whom, *rest = row
        texts = [text or "" for text in rest]
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
        text = "\n".join(_CONTROL.sub(" ", line).strip() for line in shown)
        if self.words and any(word in text.casefold() for word in self.words):
            self.problems["window_detail"] += 1
            return "", "", "", "window_detail"
        return " ".join(salutation.split()), text, sort, ""

    def _sort(self, place: PostalAddress) -> str:
        country = place.country.strip().upper()
        abroad = "" if country == self.home else country
        return f"{abroad} {''.join(place.postcode.split()).upper()}".strip()


def _split(lines: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines.split(" / ") if line.strip())


def _as_written(name: str, address: str) -> tuple[str, ...]:
    """An envelope as a register has it written down. Raises `UnaddressableError` unless it has three to six lines."""
    lines = (" ".join(name.split()), *_split(address))
    if not 3 <= len(lines) <= 6:
        raise UnaddressableError("representative_address")
    return lines


def write_lines(
    engine: DuckEngine,
    keys: Keys,
    round: str,
    writer: Writer,
    on_progress: Callable[[float], None] = lambda share: None,
) -> None:
    """Make the table `written`: the lines of everyone in `decided` who gets a letter, or the problem."""
    batches = list(_batches(engine, keys, round, writer, on_progress))
    engine.read("written", pa.Table.from_batches(batches, _SCHEMA))


def _batches(
    engine: DuckEngine, keys: Keys, round: str, writer: Writer, on_progress: Callable[[float], None]
) -> Iterator[pa.RecordBatch]:
    engine.run(
        "to_write",
        "SELECT person, language, channel, to_whom, row_number() OVER (ORDER BY person) AS position FROM decided "
        "WHERE outcome = 'letter'",
    )
    whole = int(str(engine.rows("SELECT count(*) AS n FROM to_write")[0]["n"]))
    for start in range(0, whole, BATCH):
        found = engine.arrow(
            f"SELECT w.person, s.person_id, w.language, w.channel, w.to_whom, {_COLUMNS} FROM to_write AS w "
            f"JOIN standing AS s ON s.person = w.person WHERE w.position > {start} AND w.position <= {start + BATCH} "
            "ORDER BY w.person"
        )
        columns = [column.to_pylist() for column in found.columns]
        reference, code = references(keys, round, columns[1])
        written = list(zip(*map(writer.write, zip(*columns[2:], strict=True)), strict=True))
        arrays: Mapping[str, Sequence[Any]] = {
            "person": columns[0],
            "reference": reference,
            "code": code,
            **dict(zip(("salutation", "address", "sort", "problem"), written, strict=True)),
        }
        yield pa.RecordBatch.from_arrays([pa.array(arrays[f.name], f.type) for f in _SCHEMA], schema=_SCHEMA)
        on_progress(min(1.0, (start + BATCH) / whole))
