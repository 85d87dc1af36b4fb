"""A whole round to a print house by SFTP, with its receipt."""

from __future__ import annotations

import pytest

from cli.run import helder
from delivery.rounds import KEYS, NOW, planned, ready
from helder.case.load import load_case
from helder.domain.errors import RoundError
from helder.pipeline.delivering import handover
from helder.pipeline.returning import close

SFTP = """
[channels.house]
kind = "sftp"
host = "127.0.0.1"
port = {port}
user = "{user}"
host_key = "{key}"
folder = "{folder}"
pause = 0.01
"""


@pytest.fixture
def case(house, tmp_path):
    told = house.settings()
    toml = SFTP.format(port=told.port, user=told.user, key=told.host_key, folder=told.folder)
    yield ready(planned(tmp_path / "case", toml))
    for path in house.top.iterdir():
        if path != house.files:
            for file in path.iterdir():
                file.unlink()
            path.rmdir()


def hand(case, house, **more):
    environ = {"HELDER_CHANNEL_HOUSE_KEY_FILE": str(house.home / "client_key")}
    return handover(case, KEYS, "one", now=NOW, environ=environ, **more)


def test_a_round_is_not_handed_over_while_its_receipt_is_another(house, case, tmp_path, monkeypatch):
    (tmp_path / "case.key").write_text("64" * 32)
    (tmp_path / "case.key").chmod(0o600)
    monkeypatch.setenv("HELDER_CHANNEL_HOUSE_KEY_FILE", str(house.home / "client_key"))
    place = house.top / f"{load_case(case).file.case.id}-one"
    place.mkdir()
    place.chmod(0o777)  # the server runs as somebody else
    (place / "receipt.csv").write_text("file,letters\n00001.pdf,3\n00009.pdf,1\n")
    for lang, words in (("nl", "Bel de drukker"), ("en", "Call the print house")):
        wrong = helder("round", "handover", case, "one", "--lang", lang)
        assert wrong.code == 20
        assert words in wrong.out and "00002.pdf" in wrong.out and "00009.pdf" in wrong.out
    assert helder("round", "handover", case, "one", "--json").document["state"] == "leaving"
    (place / "receipt.csv").write_text((place / "files.csv").read_text())
    right = helder("round", "handover", case, "one", "--json")
    assert (right.code, right.document["state"], right.document["complete"]) == (0, "handed_over", True)


def test_a_file_that_the_print_house_lost_is_sent_once_more(house, case):
    hand(case, house)
    [place] = [path for path in house.top.iterdir() if path != house.files]
    (place / "00001.pdf").unlink()
    (place / "receipt.csv").write_text("file,letters\n00002.pdf,3\n")
    assert hand(case, house).receipt.missing == ("00001.pdf",)
    assert not (place / "00001.pdf").exists()
    again = hand(case, house, missing=True)
    assert again.channels["house"]["now"] == {"before": 1, "sent": 1}
    assert (place / "00001.pdf").exists()
    (place / "receipt.csv").write_text((place / "files.csv").read_text())
    assert hand(case, house).complete


def test_files_then_lists_then_the_receipt(house, case):
    done = hand(case, house)
    assert (done.complete, done.receipt) == (True, None)
    [place] = [path for path in house.top.iterdir() if path != house.files]
    assert {path.name for path in place.iterdir()} == {"00001.pdf", "00002.pdf", "manifest.csv", "files.csv"}
    with pytest.raises(RoundError, match="2 print files were not confirmed"):
        close(case, KEYS, "one", reason="", now=NOW)
    (place / "receipt.csv").write_text((place / "files.csv").read_text().replace(",3,3,", ",2,3,", 1))
    received = hand(case, house).receipt
    assert (received.confirmed, received.different) == (("00002.pdf",), ("00001.pdf",))
    (place / "receipt.csv").write_text((place / "files.csv").read_text())
    again = hand(case, house)
    assert again.receipt.whole
    assert again.channels["house"]["now"] == {"before": 2}
    assert close(case, KEYS, "one", reason="", now=NOW)["state"] == "closed"
