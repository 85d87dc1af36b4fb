"""The benchmark of letters runs: at a tiny size, and no time is asserted."""

from pathlib import Path
from types import ModuleType

import pytest

from helder.engines.keys import Keys
from letters.typeset.samples import edition, table
from project import ROOT

ROWS = table(20)


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))
        from bench import letters

        return letters


def test_rows_are_repeated_as_often_as_wanted(bench: ModuleType) -> None:
    assert sum(map(len, bench.repeated(ROWS, 45))) == 45


def test_letters_are_made_read_back_and_counted(bench: ModuleType, tmp_path: Path) -> None:
    told = bench.measured(edition(), ROWS, 30, 1, Keys(b"k" * 32), tmp_path)
    assert (told["letters"], told["wrong"]) == (30, 0)
    assert told["bytes_per_letter"] > 0
    assert bench.singles(edition(), ROWS)["kb"] > 0


@pytest.mark.parametrize(
    ("name", "module"), [("Typst alone", "typst"), ("WeasyPrint", "weasyprint"), ("ReportLab", "reportlab")]
)
def test_other_programs_make_the_same_letter(bench: ModuleType, name: str, module: str) -> None:
    pytest.importorskip(module)
    make = bench.PEERS[name](edition())
    assert make(edition().variants.letters(ROWS)[0]).startswith(b"%PDF")
