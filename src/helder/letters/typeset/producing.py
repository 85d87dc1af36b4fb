"""All letters of a round: print files with their lists, and the hashes of single letters."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import pyarrow as pa

from helder import __version__
from helder.domain.errors import StorageError
from helder.domain.manifest import PrintedFile, files_text
from helder.engines.crew import in_order, processors
from helder.letters.typeset.making import Edition
from helder.letters.typeset.output import Output
from helder.letters.typeset.rows import Portion, portions

Progress = Callable[[float], None]


def produce(
    edition: Edition,
    batches: Iterable[pa.RecordBatch],
    rows: int,
    key: str,
    output: Output,
    *,
    processes: int | None = None,
    progress: Progress = lambda fraction: None,
) -> dict[str, Any]:
    """Make all letters of `batches`, which are `rows` in all; returns what `production.json` says.

    The same rows and edition give the same files, whatever the number of processes and interruptions. `key` is
    `edition.key` of the rows. Raises `StorageError`, `EngineError`.
    """
    output.begin(key)
    if output.production()["whole"]:
        progress(1.0)
        return output.production()
    done: list[_Done] = []
    letters = 0
    crew = 1 if rows <= edition.house.letters_per_file else processes or processors()
    for one in _portions_done(edition, batches, output, crew):
        done.append(one)
        letters += one.letters
        progress(min(letters / max(rows, 1), 0.999))
    if letters != rows:
        raise StorageError("Not every row became a letter.", where=str(output.folder), do="Plan the round again.")
    done.sort()
    printed = [one.file for one in done if one.file]
    singles = [one.name for one in done if not one.file]
    production = _production(edition, key, printed, rows)
    output.finish([file.file for file in printed], files_text(printed), singles, production)
    progress(1.0)
    return output.production()


class _Done(NamedTuple):
    """A finished portion; small, for there are thousands."""

    number: int
    name: str
    letters: int
    file: PrintedFile | None


def _portions_done(
    edition: Edition, batches: Iterable[pa.RecordBatch], output: Output, processes: int
) -> Iterator[_Done]:
    """Every portion once it is on the disk. What an interrupted production finished is not made again."""
    kept: list[_Done] = []

    def unfinished() -> Iterator[Portion]:
        for portion in portions(batches, edition.house.letters_per_file, prints=edition.prints):
            found = _kept(portion, output)
            if found is None:
                yield portion
            else:
                kept.append(found)

    for portion, made in in_order(edition, unfinished(), processes):
        output.keep(portion.name, made.pdf, made.lines)
        yield _done(portion, made.pdf, made.lines)
    yield from kept


def _kept(portion: Portion, output: Output) -> _Done | None:
    """A portion that is on the disk: all its lines are there, and its file opens and is what was sealed."""
    lines = output.kept(portion.name)
    if lines is None or lines.count("\n") != len(portion.rows) + 1:
        return None
    try:
        return _done(portion, output.read_pdf(portion.name) if portion.kind == "print" else None, lines)
    except StorageError:
        return None


def _done(portion: Portion, pdf: bytes | None, lines: str) -> _Done:
    letters = len(portion.rows)
    if pdf is None:
        return _Done(portion.number, portion.name, letters, None)
    counts = [line.rsplit(",", 3)[1:3] for line in lines.splitlines()[1:]]
    sheets, pages = (sum(int(count[which]) for count in counts) for which in (0, 1))
    file = PrintedFile(portion.name, letters, sheets, pages, len(pdf), hashlib.sha256(pdf).hexdigest())
    return _Done(portion.number, portion.name, letters, file)


def _production(edition: Edition, key: str, printed: list[PrintedFile], rows: int) -> dict[str, Any]:
    letters = sum(file.letters for file in printed)
    return {
        "key": key,
        "helder": __version__,
        "specimen": edition.paper.specimen,
        "date": edition.paper.date.isoformat(),
        "print_house": edition.house.name,
        "prints": edition.prints,
        "letters": letters,
        "singles": rows - letters,
        "files": len(printed),
        "pages": sum(file.pages for file in printed),
        "sheets": sum(file.sheets for file in printed),
        "bytes": sum(file.bytes for file in printed),
    }
