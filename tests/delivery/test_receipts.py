"""A print house's receipt says just what was sent, or which files it is wrong about."""

from __future__ import annotations

import pytest

from helder.delivery.receipts import compare
from helder.domain.errors import DeliveryError
from helder.domain.manifest import PrintedFile, files_text

FILES = [PrintedFile("00001.pdf", 5, 5, 10, 900, "aa"), PrintedFile("00002.pdf", 4, 6, 10, 800, "bb")]


def test_our_own_list_given_back_confirms_everything():
    received = compare(files_text(FILES).encode(), FILES)
    assert received.confirmed == ("00001.pdf", "00002.pdf")
    assert received.whole


@pytest.mark.parametrize(
    ("receipt", "field", "names"),
    [
        ("file,letters\n00001.pdf,5\n", "missing", ("00002.pdf",)),
        ("file,letters\n00001.pdf,5\n00002.pdf,3\n", "different", ("00002.pdf",)),
        ("file,sha256\n00001.pdf,AA\n00002.pdf,bc\n", "different", ("00002.pdf",)),
        ("file,letters\n00001.pdf,5\n00002.pdf,\n", "different", ("00002.pdf",)),
        ("file,letters\n00001.pdf,5\n00002.pdf,4\n00002.pdf,4\n", "different", ("00002.pdf",)),
        ("file,letters\n00001.pdf,5\n00002.pdf,4\n00009.pdf,4\n", "foreign", ("00009.pdf",)),
    ],
)
def test_what_does_not_match_is_named(receipt, field, names):
    received = compare(receipt.encode(), FILES)
    assert getattr(received, field) == names
    assert not received.whole


@pytest.mark.parametrize(
    "receipt", [b"", b"OK", b"\xff\xfe\x00", b"file\n00001.pdf\n", b'file,letters\n"00001.pdf,5\n', b"letters\n5\n"]
)
def test_what_is_no_receipt_is_refused(receipt):
    with pytest.raises(DeliveryError, match="cannot be read"):
        compare(receipt, FILES)
