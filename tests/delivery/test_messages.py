"""Letters that go one by one say what the letter on paper says, to whom the round says; as PDF when the channel takes it."""

from __future__ import annotations

import base64
import hashlib
import shutil

import page as page_validation
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from delivery.notify_server import API_KEY, notify_server
from delivery.smtp_server import PASSWORD, mail_server
from helder.case.channels import NotifyChannel, SmtpChannel
from helder.case.load import load_case
from helder.delivery.notify import Notify
from helder.delivery.sending import Pace, Sending
from helder.delivery.smtp import Smtp
from helder.domain.errors import DeliveryError
from helder.engines.parquet import read_parquet, write_parquet
from helder.letters.typeset.output import SINGLES, Output
from helder.letters.typeset.producing import produce
from helder.pipeline.editions import edition_of, variants_of
from helder.pipeline.lettering import tellings_of
from helder.pipeline.messages import messages
from helder.results.rounds import standing
from helder.rounds.freeze import LETTERS_FILE
from letters.typeset.samples import text_of

ROUND, EACH = "round2", 4


def mail(**more):
    told = {"kind": "smtp", "host": "mail.example", "sender": "post@lab.example", "subject": {"nl": "Bericht"}}
    return SmtpChannel.model_validate({**told, **more})


@pytest.fixture(scope="module")
def made(demo_case, tmp_path_factory):
    """The case, its keys and a round of eight letters, four by e-mail and four by post, each made by itself as if approved."""
    folder = tmp_path_factory.mktemp("singly") / "lab"
    shutil.copytree(demo_case.folder, folder)
    keys, place = demo_case.keys, folder / "rounds" / ROUND
    found = standing(folder, ROUND)
    edition = edition_of(found, variants_of(found, tellings_of(found, keys)), specimen=False, prints=False)
    rows = read_parquet([place / LETTERS_FILE], keys)
    wanted = pc.and_(pc.equal(rows["language"], "nl"), pc.equal(rows["channel"], "post"))
    rows = rows.filter(wanted).slice(0, 2 * EACH)
    told = rows.to_pylist()
    for n, row in enumerate(told[:EACH]):
        row |= {"channel": "email", "address": f"person{n}@mail.example"}
    rows = pa.Table.from_pylist(told, schema=rows.schema)
    write_parquet(rows, place / LETTERS_FILE, keys)
    shutil.rmtree(place / "out")
    produce(edition, iter(rows.to_batches()), len(rows), "key", Output(place / "out", keys), processes=1)
    return load_case(folder), keys, told


def sent(channel, parcels, ledger):
    return Sending("x", channel, ledger, Pace(2, 1, 0.01)).run(parcels)


def test_each_message_is_the_document_of_its_reader(made):
    case, keys, told = made
    messages_made = list(messages(case, ROUND, keys, mail()))
    assert [one.id for one in messages_made] == [row["reference"] for row in told[:EACH]]
    for one, row in zip(messages_made, told, strict=False):
        assert one.text.startswith(row["salutation"])
        assert one.text.rstrip().endswith(one.id)
        assert (one.to, one.language, one.pdf) == (row["address"], row["language"], None)
        assert not {"{", "}"} & set(one.text)
        assert row["address"] not in repr(one)


def test_letters_by_notify_are_accessible_pdfs_with_the_address_in_them(made, ledger, tmp_path):
    case, keys, told = made
    with notify_server() as server:
        settings = NotifyChannel(kind="notify", carries="post", base_url=server.url)
        channel = Notify("notify", settings, API_KEY, timeout=5)
        assert sent(channel, messages(case, ROUND, keys, settings), ledger) == {"sent": EACH}
        taken = {message["reference"]: base64.b64decode(message["content"]) for message in server.taken}
    assert taken.keys() == {row["reference"] for row in told[EACH:]}
    for row in told[EACH:]:
        text = text_of(taken[row["reference"]], tmp_path)
        assert row["reference"] in text and row["salutation"] in text
        assert all(" ".join(line.split()) in text for line in row["address"].split("\n"))
    assert page_validation.validate_pdf_bytes(taken[row["reference"]], profile="ua1").is_compliant


def test_an_email_takes_along_the_letter_that_was_produced(made, ledger, tmp_path):
    case, keys, _ = made
    with mail_server(tmp_path) as server:
        settings = mail(
            host="127.0.0.1", port=server.port, user="helder", ca_file=str(tmp_path / "cert.pem"), attach_pdf=True
        )
        channel = Smtp("mail", settings, PASSWORD)
        assert sent(channel, messages(case, ROUND, keys, settings), ledger) == {"sent": EACH}
        attached = [next(iter(message.iter_attachments())) for message in server.taken]
    assert {one.get_content_type() for one in attached} == {"application/pdf"}
    listed = (case.folder / "rounds" / ROUND / "out" / SINGLES).read_text().splitlines()[1:]
    made_of = {line.split(",")[1] for line in listed}
    assert {hashlib.sha256(one.get_content()).hexdigest() for one in attached} < made_of
    assert (len(attached), len(listed)) == (EACH, 2 * EACH)


def test_a_letter_that_is_another_than_was_produced_does_not_leave(made, tmp_path):
    case, keys, _ = made
    folder = tmp_path / "lab"
    shutil.copytree(case.folder, folder)
    path = folder / "rounds" / ROUND / "out" / SINGLES
    first = path.read_text().splitlines()[1]
    path.write_text(path.read_text().replace(first.split(",")[1], "0" * 64))
    one, *others = messages(load_case(folder), ROUND, keys, mail(attach_pdf=True))
    with pytest.raises(DeliveryError, match="not the one that was produced") as refused:
        one.pdf()
    assert one.id in refused.value.where
    path.write_text("".join(line for line in path.read_text().splitlines(True) if one.id not in line))
    with pytest.raises(DeliveryError, match="not the one that was produced"):
        next(iter(messages(load_case(folder), ROUND, keys, mail(attach_pdf=True)))).pdf()
    assert all(other.pdf().startswith(b"%PDF") for other in others)
