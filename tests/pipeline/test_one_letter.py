"""One letter again on demand: the bytes that were produced, or the same words in large print, and a line in the log."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil

import pyarrow.compute as pc
import pytest

from cli.run import helder
from helder.audit import read_log
from helder.domain.errors import RoundError
from helder.engines.parquet import read_parquet
from helder.letters.typeset.output import SINGLES, Output
from helder.pipeline.one_letter import one_letter
from helder.pipeline.planning import plan
from helder.pipeline.producing import produce
from helder.rounds.freeze import LETTERS_FILE
from letters.typeset.samples import text_of

NOW = dt.datetime(2025, 9, 15, 9, tzinfo=dt.UTC)
ROUND = "round2"


@pytest.fixture(scope="module")
def case(demo_case, tmp_path_factory):
    folder = tmp_path_factory.mktemp("one") / "lab"
    shutil.copytree(demo_case.folder, folder)
    shutil.copy2(demo_case.key_file, folder.with_name("lab.key"))
    plan(folder, demo_case.keys, ROUND, now=NOW)
    produce(folder, demo_case.keys, ROUND, now=NOW, processes=1)
    return folder


@pytest.fixture(scope="module")
def keys(demo_case):
    return demo_case.keys


def a_row(case, keys, channel):
    rows = read_parquet([case / "rounds" / ROUND / LETTERS_FILE], keys)
    return rows.filter(pc.equal(rows["channel"], channel)).slice(0, 1).to_pylist()[0]


def test_a_letter_that_goes_by_itself_has_the_bytes_of_its_kept_hash(case, keys):
    reference = a_row(case, keys, "email")["reference"]
    made = one_letter(case, keys, ROUND, reference)
    kept = dict(line.split(",")[:2] for line in Output(case / "rounds" / ROUND / "out", None).lines(SINGLES))
    assert made.kept
    assert kept[reference] == hashlib.sha256(made.pdf).hexdigest()
    assert one_letter(case, keys, ROUND, reference).pdf == made.pdf


def test_a_printed_letter_says_the_same_in_large_print_however_its_reference_is_typed(case, keys, tmp_path):
    row = a_row(case, keys, "post")
    plain = one_letter(case, keys, ROUND, row["reference"])
    large = one_letter(case, keys, ROUND, row["reference"].lower().replace("-", " "), large=True)
    texts = [text_of(made.pdf, tmp_path) for made in (plain, large)]
    for word in (row["salutation"], row["code"], row["reference"], *row["address"].split("\n")):
        assert all("".join(word.split()) in "".join(text.split()) for text in texts)
    assert texts[1].count("\f") > texts[0].count("\f")
    assert not (plain.kept or large.kept)


@pytest.mark.parametrize(
    ("round", "typed", "what"),
    [
        (ROUND, "ABCDEF-GHJKLM-2", "no reference"),
        (ROUND, "222222-222222-2", "No letter of round"),
        ("round1", "real", "No letter of round"),
        ("round2_helder", "own", "have not been made"),
    ],
)
def test_what_cannot_be_made_is_said(case, keys, round, typed, what):
    other = read_parquet([case / "rounds" / round / LETTERS_FILE], keys, ["reference"])["reference"][0].as_py()
    typed = {"real": a_row(case, keys, "post")["reference"], "own": other}.get(typed, typed)
    with pytest.raises(RoundError, match=what):
        one_letter(case, keys, round, typed)


def test_the_command_writes_a_line_then_the_letter_for_its_owner_alone(case, keys, tmp_path):
    reference, out = a_row(case, keys, "post")["reference"], tmp_path / "letter.pdf"
    words = ("round", "letter", case, ROUND, reference, "--out", out, "--large", "--json")
    assert helder(*words).code != 0
    assert not out.exists()
    ran = helder(*words, "--reason", "cannot read small letters")
    assert ran.code == 0, ran.err
    assert ran.document["bytes"] == len(out.read_bytes())
    assert (ran.document["large"], ran.document["specimen"], ran.document["kept"]) == (True, True, False)
    assert out.stat().st_mode & 0o777 == 0o600
    with read_log(case) as cursor:
        line = cursor.execute("SELECT action, reason, details FROM audit_line ORDER BY seq DESC").fetchone()
    assert line[:2] == ("round.letter", "cannot read small letters")
    assert json.loads(line[2]) == {"reference": reference, "large": True}
    again = helder(*words, "--reason", "once more")
    assert again.code != 0, "what is there is not written over"
