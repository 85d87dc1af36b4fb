"""One made-up case of 20,000 people for all tests that look at its contents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.csv as csv
import pyarrow.parquet as pq
import pytest

from helder.demo import Size, make_case, size

PEOPLE = 20_000
Row = dict[str, Any]


class MadeCase:
    """The files of a made-up case as lists of dictionaries; empty fields are None."""

    def __init__(self, folder: Path, counts: Size) -> None:
        self.folder = folder
        self.counts = counts
        self.register = self._parquet("sources/register.parquet")
        self.disclosures = self._parquet("sources/disclosures.parquet")
        self.safe_addresses = self._parquet("sources/safe_addresses.parquet")
        self.answers = self._parquet("sources/addresses.parquet")
        self.truth = self._parquet("demo/truth.parquet")
        self.dataset1 = self._text("sources/dataset1.csv", ";", "cp1252")
        self.dataset2 = self._text("sources/dataset2.tsv", "\t", "utf-8")
        self.by_id = {row["CLIENTNR"]: row for row in self.register}
        self.by_number = {row["BSN"]: row for row in self.register if row["BSN"]}

    def _parquet(self, path: str) -> list[Row]:
        rows: list[Row] = pq.read_table(self.folder / path).to_pylist()
        return rows

    def _text(self, path: str, delimiter: str, encoding: str) -> list[Row]:
        file = self.folder / path
        names = file.read_bytes().split(b"\n", 1)[0].decode(encoding).rstrip("\r").split(delimiter)
        rows: list[Row] = csv.read_csv(
            file,
            read_options=csv.ReadOptions(encoding=encoding),
            parse_options=csv.ParseOptions(delimiter=delimiter),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, "string"), strings_can_be_null=True, null_values=[""]
            ),
        ).to_pylist()
        return rows

    def told(self, dataset: str) -> Iterator[tuple[Row, Row]]:
        """Each row of a dataset with what its maker knows of it."""
        rows = self.dataset1 if dataset == "dataset1" else self.dataset2
        known = [line for line in self.truth if line["dataset"] == dataset]
        assert [line["row"] for line in known] == list(range(1, len(rows) + 1))
        return zip(rows, known, strict=True)


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> MadeCase:
    """A case of 20,000 people, made once."""
    folder = tmp_path_factory.mktemp("made") / "case"
    make_case(folder, PEOPLE)
    return MadeCase(folder, size(PEOPLE))
