"""The lines of each letter that are about one person: salutation, whom it is about, window, reference, code; in batches.

Nearly everyone has an ordinary name and address, which the country writes in SQL (`Forms.ordinary`); the others go through
its rules, one by one. Whoever cannot be addressed is not dropped: they become unreachable, with the reason counted.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc

from helder.domain.correspondence import Forms, NameParts, PostalAddress, UnaddressableError, window
from helder.engines.base import ROW_GROUP
from helder.engines.crew import in_order, processors
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.rounds.references import references

BATCH = 6 * ROW_GROUP
# What would break a line: a register may hold anything. Two spaces stay: the post asks for them after a postcode.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NAME = tuple(NameParts.__dataclass_fields__)
_ADDRESS = tuple(name for name in PostalAddress.__dataclass_fields__ if name != "lines")
# What LETTERS takes from `decided` stands beside the lines: to join them again would need a country's letters twice in memory.
_DECIDED = ("letter", "language", "profile", "weakened", "why", "channel")
_TEXTS = ("salutation", "about", "address", "sort", "problem")
_SEEN = (*_NAME, *_ADDRESS, "address_lines", "email", "representative_name", "representative_address")
_ASKED = ("language", "channel", "to_whom", *_SEEN)
_MANY = 100_000
"""People who go through the rules one by one from which starting several processes is worth it."""
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

    def write(self, row: Sequence[str]) -> tuple[str, str, str, str, str]:
        """`_TEXTS`: only the problem when the letter cannot be addressed, or cannot say whom it is about.

        `row` is language, channel, to whom, then name and address (`_ASKED`); nothing of it is None.
        """
        language, channel, to_whom, *texts = row
        names, address = texts[: len(_NAME)], texts[len(_NAME) : len(_NAME) + len(_ADDRESS)]
        lines, email, acting, acting_address = texts[len(_NAME) + len(_ADDRESS) :]
        name, about = NameParts(*names), ""
        try:
            if to_whom == "representative":
                about = self._named(name)
                name = NameParts(full_name=acting)
                shown = _as_written(acting, acting_address)
                sort = ""
            else:
                place = PostalAddress(**dict(zip(_ADDRESS, address, strict=True)), lines=_split(lines))
                shown = (email,) if channel == "email" else window(self.forms, name, place)
                sort = "" if channel == "email" else self._sort(place)
            salutation = self.forms.salutation(name, language) + self.forms.comma(language)
        except UnaddressableError as error:
            self.problems[str(error)] += 1
            return "", "", "", "", "unaddressable"
        text = "\n".join(_on_one_line(line) for line in shown)
        # A register may write "inzake" and the name behind whoever acts for somebody.
        hidden = [*self.words, about.casefold()] if about else self.words
        if hidden and any(word in text.casefold() for word in hidden):
            self.problems["window_detail"] += 1
            return "", "", "", "", "window_detail"
        return " ".join(salutation.split()), about, text, sort, ""

    def _named(self, name: NameParts) -> str:
        """Whom a letter to a representative is about; they may act for many. Raises `UnaddressableError`."""
        called = _on_one_line(self.forms.in_full(name))
        if not called:
            raise UnaddressableError("no_name")
        return called

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
        """From rows as `_batch` gives them to their `_TEXTS`, and why some could not be made."""

        def write(rows: pa.Table) -> tuple[pa.Table, Counter[str]]:
            writer = Writer(self.forms, self.home, self.not_in_window)
            columns = [rows.column(name).to_pylist() for name in _ASKED]
            written = list(zip(*map(writer.write, zip(*columns, strict=True)), strict=True)) or [()] * len(_TEXTS)
            return pa.table([pa.array(texts, pa.string()) for texts in written], list(_TEXTS)), writer.problems

        return write

    def hide(self, rows: pa.Table) -> tuple[pa.Table, int]:
        """Ordinary rows, without the lines of those in whose window a word could be seen; and how many those are."""
        words = [word.casefold() for word in self.not_in_window]
        texts = rows.column("address").to_pylist() if words else []
        seen = pa.array([any(word in text.casefold() for word in words) for text in texts], pa.bool_())
        if not pc.any(seen).as_py():
            return rows, 0
        for name in _TEXTS:
            instead = "window_detail" if name == "problem" else ""
            hidden = pc.if_else(seen, instead, rows.column(name))
            rows = rows.set_column(rows.schema.get_field_index(name), name, hidden)
        return rows, pc.sum(seen).as_py()


def write_lines(
    engine: DuckEngine,
    keys: Keys,
    round: str,
    writing: Writing,
    on_progress: Callable[[float], None] = lambda share: None,
) -> Counter[str]:
    """Make the table `written`: the lines of everyone in `decided` who gets a letter, or the problem; counted by reason.

    When many go through the rules, as many processes do it as there are processors; the key stays with this one.
    """
    problems: Counter[str] = Counter()
    last = engine.rows("SELECT max(person) AS last FROM decided WHERE outcome = 'letter'")[0]["last"]
    people = 0 if last is None else int(str(last)) + 1
    written = []
    for done, (ordinary, others, found) in enumerate(_batches(engine, writing, people), start=1):
        ordinary, hidden = writing.hide(ordinary)
        problems += found + Counter({"window_detail": hidden})
        written += [_with_references(keys, round, rows) for rows in (ordinary, others)]
        on_progress(min(1.0, done * BATCH / people))
    for done_with in ("people", "batch", "ordinary"):
        engine.drop(done_with)
    pa.default_memory_pool().release_unused()  # what batches took: sorting the letters needs it
    engine.read("written", pa.concat_tables([_SCHEMA.empty_table(), *written]))
    return problems


def _batches(engine: DuckEngine, writing: Writing, people: int) -> Iterator[tuple[pa.Table, pa.Table, Counter[str]]]:
    """Ordinary rows, all others with their texts, and why some have none; a batch of people at a time."""
    waiting: deque[pa.Table] = deque()

    def others() -> Iterator[pa.Table]:
        for start in range(0, people, BATCH):
            ordinary, rest = _batch(engine, writing, start)
            waiting.append(ordinary)
            yield rest

    if not people:
        return
    tasks = others()
    first = next(tasks)
    many = len(first) * people > _MANY * BATCH
    for rest, (texts, problems) in in_order(writing, chain([first], tasks), processors() if many else 1):
        for name in _TEXTS:
            rest = rest.append_column(name, texts.column(name))
        yield waiting.popleft(), rest, problems


def _batch(engine: DuckEngine, writing: Writing, start: int) -> tuple[pa.Table, pa.Table]:
    """What is written about people from this number on: ordinary ones with their texts, and all others without."""
    decided = ", ".join(f'd."{name}"' for name in ("person", *_DECIDED, "to_whom"))
    seen = ", ".join(f'coalesce(s."{name}", \'\') AS "{name}"' for name in _SEEN)
    engine.run(
        "batch",
        f"SELECT {decided}, s.person_id, {seen} FROM decided AS d JOIN addressed AS s ON s.person = d.person "
        f"WHERE d.outcome = 'letter' AND d.person >= {start} AND d.person < {start + BATCH} "
        f"AND s.person >= {start} AND s.person < {start + BATCH}",
    )
    engine.view("people", "SELECT * FROM batch WHERE to_whom <> 'representative' AND channel <> 'email'")
    engine.run(
        "ordinary", writing.forms.ordinary() or "SELECT person, '' AS salutation, '' AS address FROM people LIMIT 0"
    )
    texts = "o.salutation || ',' AS salutation, '' AS about, o.address, upper(replace(b.postcode, ' ', '')) AS sort, '' AS problem"
    kept = ", ".join(f'b."{name}"' for name in ("person", "person_id", *_DECIDED))
    return (
        engine.arrow(f"SELECT {kept}, {texts} FROM batch AS b JOIN ordinary AS o ON o.person = b.person"),
        engine.arrow("SELECT * FROM batch AS b ANTI JOIN ordinary AS o ON o.person = b.person"),
    )


def _with_references(keys: Keys, round: str, rows: pa.Table) -> pa.Table:
    reference, code = references(keys, round, rows.column("person_id").to_pylist())
    made = {"reference": reference, "code": code}
    return pa.table({name: made[name] if name in made else rows.column(name) for name in _SCHEMA.names}, _SCHEMA)
