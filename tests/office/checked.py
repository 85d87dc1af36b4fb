"""A case whose round was checked: its letters lie ready to be read and approved."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from delivery.rounds import KEYS, NOW, made, planned
from helder.domain.letters import Bullets, Document, Heading, Paragraph
from helder.domain.round_tables import VARIANTS
from helder.engines.checksum import arrow_schema
from helder.engines.parquet import read_parquet
from helder.results.rounds import standing
from helder.rounds.freeze import PEOPLE_FILE, documents_hash
from helder.rounds.record import write_record
from once import once

DISK = '[channels.disk]\nkind = "folder"\npath = "../printer"\npause = 0.01\nattempts = 2\n'
AUTHOR = "wil"  # an account: whoever approves makes it
BLOCKS = '[[sections]]\nid = "known"\nheading = false\nblocks = ["given_taken"]\n'
TEXT = "Wij weten niet of uw gegevens gestolen zijn."


def _document(letter, language, title):
    parts = (Heading("Kop"), Paragraph((TEXT, "Kijk op de site.")), Bullets(("naam", "BSN")))
    return Document(letter, language, "ltr", title, parts, "Met vriendelijke groet,", ("De directie",))


def _checked(folder):
    """The round as its check leaves it: documents beside the record, and the state."""
    place, number = folder / "rounds" / "one", {}
    people = read_parquet([place / PEOPLE_FILE], KEYS).to_pylist()
    rows = sorted(
        {(one["letter"], one["language"], one["profile"], one["weakened"] or "", one["why"]) for one in people}
    )
    for letter, language, *_ in rows:
        number.setdefault((letter, language), len(number))
    documents = [_document(*pair, f"Brief {pair[0]}") for pair in number]
    (place / "documents.json").write_text(json.dumps([one.as_dict() for one in documents]))
    shape = arrow_schema(VARIANTS)
    table = [dict(zip(shape.names, (*row, number[row[:2]]), strict=True)) for row in rows]
    pq.write_table(pa.Table.from_pylist(table, schema=shape), place / "variants.parquet")
    record = standing(folder, "one").record.to("checked", NOW)
    write_record(folder, replace(record, hashes={**record.hashes, "documents": documents_hash(place)}))
    return folder


@pytest.fixture(scope="session")
def checked_once(tmp_path_factory):
    """A case with a round of two letters that AUTHOR wrote, to be copied: planning it takes seconds."""
    return once(tmp_path_factory, "checked-case", _plan) / "case"


def _plan(home):
    folder = home / "case"
    for letter in ("hit", "maybe"):
        (folder / "letters" / "one" / letter).mkdir(parents=True)
        (folder / "letters" / "one" / letter / "letter.toml").write_text(f'[letter]\nauthors = ["{AUTHOR}"]\n{BLOCKS}')
    _checked(made(planned(folder, DISK)))


@pytest.fixture(scope="module")
def checked(checked_once, tmp_path_factory):
    """A copy of it for the tests of one file."""
    return shutil.copytree(checked_once, tmp_path_factory.mktemp("checked") / "case")
