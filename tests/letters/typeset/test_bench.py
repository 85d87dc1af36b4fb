"""The benchmark of letters runs: at a tiny size, and no time is asserted."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from helder.engines.keys import Keys
from helder.letters.typeset.output import Output
from helder.pipeline.editions import Rows
from letters.typeset.samples import edition, table
from project import ROOT

ROWS = table(20)


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))
        from bench import letters

        return letters


@contextmanager
def opening() -> Iterator[Rows]:
    yield Rows(len(ROWS), iter(ROWS.to_batches(max_chunksize=8)))


def test_rows_are_repeated_as_often_as_wanted(bench: ModuleType) -> None:
    assert [len(batch) for batch in bench.repeated(opening, 45)] == [8, 8, 4, 8, 8, 4, 5]


def test_letters_are_made_read_back_and_counted(bench: ModuleType, tmp_path: Path) -> None:
    told = bench.measured(edition(), opening, 30, 1, Output(tmp_path / "out", Keys(b"k" * 32)))
    assert (told["letters"], told["wrong"]) == (30, 0)
    assert told["bytes_per_letter"] > 0
    assert bench.singles(edition(), ROWS)["kb"] > 0


def test_only_printing_leaves_the_lists_and_no_file(bench: ModuleType, tmp_path: Path) -> None:
    output = bench.Passing(tmp_path / "out", Keys(b"k" * 32))
    told = bench.measured(edition(), opening, 30, 1, output, verified=False)
    assert "wrong" not in told
    assert not list(output.folder.glob("*.pdf*"))
    assert len(output.text("files.csv").splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "module"), [("Typst alone", "typst"), ("WeasyPrint", "weasyprint"), ("ReportLab", "reportlab")]
)
def test_other_programs_make_the_same_letter(bench: ModuleType, name: str, module: str) -> None:
    pytest.importorskip(module)
    make = bench.PEERS[name](edition())
    assert make(edition().variants.letters(ROWS)[0]).startswith(b"%PDF")
