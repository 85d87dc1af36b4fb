"""All letters of a round verified: each print file read back, each single letter made again and read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

import pyarrow as pa

from helder.domain.errors import StorageError
from helder.domain.manifest import FILES, MANIFEST, ManifestError, PrintedFile, PrintedLetter, read_files
from helder.engines.crew import in_order, processors
from helder.letters.typeset.composing import Composer
from helder.letters.typeset.making import Edition
from helder.letters.typeset.output import SINGLES, Output
from helder.letters.typeset.rows import Portion, portions
from helder.letters.typeset.single import Singles
from helder.letters.typeset.verifying import Verifier, Wrong

_SHOWN = 20


class _Task(NamedTuple):
    """A portion with what was made of it: the print file, empty when it cannot be read, and its lines."""

    portion: Portion
    pdf: bytes
    lines: list[str]


@dataclass(frozen=True)
class Checking:
    """What a verifying process is set up with."""

    edition: Edition

    def worker(self) -> Callable[[_Task], list[Wrong]]:
        """Verifies one portion after another."""
        edition = self.edition
        verifier = Verifier(edition.documents, edition.paper, edition.house)
        singles = Singles(edition.documents, edition.paper, Composer())

        def verify(task: _Task) -> list[Wrong]:
            letters, first = edition.variants.letters(task.portion.rows), task.portion.first
            if task.portion.kind == "print":
                rows = [_row(line) for line in task.lines]
                return verifier.file(task.pdf, first, letters, [row for row in rows if row])
            wrong = []
            for number, (letter, line) in enumerate(zip(letters, task.lines, strict=False), first):
                pdf = singles.make(letter)
                if line.rstrip("\n") != f"{letter.reference},{hashlib.sha256(pdf).hexdigest()},{len(pdf)}":
                    wrong.append(Wrong(number, "hash"))
                elif problem := verifier.single(pdf, letter):
                    wrong.append(Wrong(number, problem))
            return wrong if len(letters) == len(task.lines) else [*wrong, Wrong(first, "count")]

        return verify


def audit(
    edition: Edition,
    batches: Iterable[pa.RecordBatch],
    rows: int,
    output: Output,
    *,
    processes: int | None = None,
    progress: Callable[[float], None] = lambda fraction: None,
) -> dict[str, Any]:
    """Verify every letter of `batches`, `rows` in all: `letters`, `verified`, `wrong` and what is wrong by kind.

    The kinds are the words of `verifying.PROBLEMS`; `first` names up to twenty wrong letters by kind of letter and
    sequence. Raises `StorageError` when the lists themselves cannot be read.
    """
    tasks, account = _Tasks(output, edition), _Account()
    crew = 1 if rows <= edition.house.letters_per_file else processes or processors()
    for task, found in in_order(Checking(edition), tasks.of(batches), crew):
        account.add(task.portion, found)
        progress(min(account.letters / max(rows, 1), 0.999))
    if account.letters != rows:
        raise StorageError("Not every row was looked at.", where=str(output.folder))
    account.surplus(tasks.surplus())
    progress(1.0)
    return account.told()


@dataclass
class _Account:
    letters: int = 0
    wrong: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    first: list[dict[str, Any]] = field(default_factory=list)

    def add(self, portion: Portion, found: list[Wrong]) -> None:
        self.letters += len(portion.rows)
        # A file that is wrong as a whole vouches for none of its letters.
        whole = any(one.problem in ("file", "count") and one.sequence == portion.first for one in found)
        self.wrong += len(portion.rows) if whole else len({one.sequence for one in found})
        self.problems.update(one.problem for one in found)
        for one in found[: _SHOWN - len(self.first)]:
            self.first.append({"kind": portion.kind, "sequence": one.sequence, "problem": one.problem})

    def surplus(self, letters: int) -> None:
        """So many letters are listed that nobody should get."""
        if letters:
            self.wrong += letters
            self.problems["count"] += letters

    def told(self) -> dict[str, Any]:
        verified = max(self.letters - self.wrong, 0)
        problems = dict(sorted(self.problems.items()))
        return {
            "letters": self.letters,
            "verified": verified,
            "wrong": self.wrong,
            "problems": problems,
            "first": self.first,
        }


class _Tasks:
    """The portions with what was made of them, read in the order of the rows."""

    def __init__(self, output: Output, edition: Edition) -> None:
        self._output = output
        self._size, self._prints = edition.house.letters_per_file, edition.prints
        self._lines = {"print": output.lines(MANIFEST), "single": output.lines(SINGLES)}
        self._files = _files(output)

    def of(self, batches: Iterable[pa.RecordBatch]) -> Iterator[_Task]:
        for portion in portions(batches, self._size, prints=self._prints):
            lines = list(islice(self._lines[portion.kind], len(portion.rows)))
            yield _Task(portion, self._pdf(portion.name) if portion.kind == "print" else b"", lines)

    def surplus(self) -> int:
        """Letters and files that are listed beyond those that should be."""
        return sum(1 for lines in self._lines.values() for _ in lines) + sum(f.letters for f in self._files.values())

    def _pdf(self, name: str) -> bytes:
        """A print file that is the one of `files.csv`; empty when it is not."""
        listed = self._files.pop(name, None)
        try:
            pdf = self._output.read_pdf(name)
        except StorageError:
            return b""
        same = listed and (listed.bytes, listed.sha256) == (len(pdf), hashlib.sha256(pdf).hexdigest())
        return pdf if same else b""


def _files(output: Output) -> dict[str, PrintedFile]:
    try:
        return {file.file: file for file in read_files(output.text(FILES))}
    except ManifestError as error:
        raise StorageError(
            f"The list of print files is not right: {error}.", where=str(output.folder / FILES), do="Produce again."
        ) from None


def _row(line: str) -> PrintedLetter | None:
    """A line of the manifest; None when it is none, so that the count is wrong."""
    try:
        sequence, reference, file, sheets, pages, digest = line.rstrip("\n").split(",")
        return PrintedLetter(int(sequence), reference, file, int(sheets), int(pages), digest)
    except ValueError:
        return None
