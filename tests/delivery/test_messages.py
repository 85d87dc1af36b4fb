"""Letters that go one by one say what the letter on paper says, to whom the round says."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from helder.case.channels import NotifyChannel, SmtpChannel
from helder.case.load import load_case
from helder.domain.errors import DeliveryError
from helder.engines.parquet import read_parquet, write_parquet
from helder.pipeline.messages import messages
from helder.pipeline.planning import plan
from helder.rounds.freeze import LETTERS_FILE

NOW = dt.datetime(2025, 9, 15, 9, tzinfo=dt.UTC)


def mail(**more):
    told = {"kind": "smtp", "host": "mail.example", "sender": "post@lab.example", "subject": {"nl": "Bericht"}}
    return SmtpChannel.model_validate({**told, **more})


def test_each_message_is_the_document_of_its_reader(demo_copy):
    case, keys = load_case(demo_copy.folder), demo_copy.keys
    name = case.file.rounds[-1].id
    plan(demo_copy.folder, keys, name, now=NOW)
    path = demo_copy.folder / "rounds" / name / LETTERS_FILE
    rows = read_parquet([path], keys)
    first = pc.less(pa.array(range(len(rows))), 40)
    channel = pc.if_else(first, "email", rows["channel"])
    write_parquet(rows.set_column(rows.schema.get_field_index("channel"), "channel", channel), path, keys)
    made = list(messages(case, name, keys, mail()))
    told = {row["reference"]: row for row in rows.slice(0, 40).to_pylist()}
    assert [one.id for one in made] == list(told)
    for one in made:
        row = told[one.id]
        assert one.text.startswith(row["salutation"])
        assert one.text.rstrip().endswith(one.id)
        assert (one.to, one.language) == (row["address"], row["language"])
        assert not {"{", "}"} & set(one.text)
        assert row["address"] not in repr(one)
    assert len({one.digest for one in made}) > 1


@pytest.mark.parametrize("settings", [mail(attach_pdf=True), NotifyChannel(kind="notify", carries="post")])
def test_pdf_goes_by_print_file_only(demo_case, settings):
    with pytest.raises(DeliveryError, match="print file only"):
        list(messages(load_case(demo_case.folder), "any", demo_case.keys, settings))
