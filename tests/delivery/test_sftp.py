"""A print house by SFTP, against OpenSSH: whole or not at all, once, and only to the right server."""

from __future__ import annotations

import shutil

import asyncssh
import pytest

from delivery.hasty import hasty_print_house
from delivery.parcels import content, print_file
from helder.delivery.ledger import Ledger, State
from helder.delivery.sending import Pace, Sending
from helder.delivery.sftp import Sftp
from helder.domain.errors import DeliveryError

PACE = Pace(at_once=1, attempts=3, pause=0.01)
DATA = content(3_000_000)


def send(house, ledger, *parcels, **more):
    return Sending("house", house.channel(**more), ledger, PACE).run(parcels)


def test_files_arrive_whole_under_their_own_names(house, ledger):
    small = content(10, seed=2)
    done = send(house, ledger, print_file("post-0001.pdf", DATA), print_file("post-0002.pdf", small))
    assert done == {"sent": 2}
    assert {path.name for path in house.files.iterdir()} == {"post-0001.pdf", "post-0002.pdf"}
    assert (house.files / "post-0001.pdf").read_bytes() == DATA
    assert ledger.counts() == {State.SENT: 2}


def test_the_same_command_again_sends_nothing(house, ledger):
    send(house, ledger, print_file("post-0001.pdf", DATA))
    (house.files / "post-0001.pdf").unlink()  # the print house took it
    assert send(house, ledger, print_file("post-0001.pdf", DATA)) == {"before": 1}
    assert not list(house.files.iterdir())


def test_a_file_that_was_taken_before_the_rename_was_answered_is_not_sent_again(ledger, tmp_path):
    with hasty_print_house(tmp_path) as (channel, taken):
        assert Sending("house", channel, ledger, PACE).run([print_file("post-0001.pdf", DATA)]) == {"sent": 1}
        assert [path.read_bytes() == DATA for path in taken.iterdir()] == [True]
    entry = ledger.entry("post-0001.pdf")
    assert (entry.state, entry.receipt, entry.attempts) == (State.SENT, "taken", 1)


def test_a_half_upload_is_gone_on_with(house, ledger):
    (house.files / "post-0001.pdf.part").write_bytes(DATA[:2_000_000])
    (house.files / "post-0001.pdf.part").chmod(0o666)
    read = []
    send(house, ledger, print_file("post-0001.pdf", DATA, on_read=read.append))
    assert (house.files / "post-0001.pdf").read_bytes() == DATA
    # Its last megabyte was compared, then only the rest was sent.
    assert min(read) == 2_000_000 - (1 << 20)
    assert sorted(read)[1] == 2_000_000


@pytest.mark.parametrize("left", [b"x" * 2_000_000, DATA + b"more", b""])
def test_a_half_upload_that_is_not_ours_is_begun_again(house, ledger, left):
    (house.files / "post-0001.pdf.part").write_bytes(left)
    (house.files / "post-0001.pdf.part").chmod(0o666)
    assert send(house, ledger, print_file("post-0001.pdf", DATA)) == {"sent": 1}
    assert (house.files / "post-0001.pdf").read_bytes() == DATA


def test_a_server_that_dies_in_the_middle_is_gone_back_to(house, ledger):
    died = []

    def die(at):
        if at > 1_000_000 and not died:
            died.append(at)
            house.kill()
            house.start()

    assert send(house, ledger, print_file("post-0001.pdf", DATA, on_read=die)) == {"sent": 1}
    assert died
    assert (house.files / "post-0001.pdf").read_bytes() == DATA
    assert ledger.entry("post-0001.pdf").attempts == 2


def test_a_server_that_stays_away_leaves_the_rest_waiting(house, ledger):
    house.kill()
    with pytest.raises(DeliveryError, match="keeps failing"):
        send(house, ledger, *(print_file(f"post-{n}.pdf", DATA[:100]) for n in range(9)))
    assert ledger.counts() == {State.WAITING: 3}
    house.start()
    assert send(house, ledger, *(print_file(f"post-{n}.pdf", DATA[:100]) for n in range(9))) == {"sent": 9}


def test_a_full_disk_on_the_far_side_is_no_sent_file(house, ledger):
    """Writes to /dev/full fail as those to a full disk do."""
    (house.files / "post-0001.pdf.part").symlink_to("/dev/full")
    assert send(house, ledger, print_file("post-0001.pdf", DATA)) == {"waiting": 1}
    entry = ledger.entry("post-0001.pdf")
    assert (entry.state, entry.why, entry.attempts) == (State.WAITING, "sftp_4", 3)
    (house.files / "post-0001.pdf.part").unlink()
    assert send(house, ledger, print_file("post-0001.pdf", DATA)) == {"sent": 1}


def test_another_host_key_is_refused_and_nothing_is_sent(house, ledger, tmp_path):
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
    with pytest.raises(DeliveryError, match="another host key") as caught:
        send(house, ledger, print_file("post-0001.pdf", DATA), host_key=other)
    assert "telephone" in caught.value.do
    assert not list(house.files.iterdir())
    assert ledger.counts() == {State.WAITING: 1}


def test_a_key_that_the_server_does_not_know_is_one_clear_error(house, ledger, tmp_path):
    asyncssh.generate_private_key("ssh-ed25519").write_private_key(tmp_path / "key")
    channel = Sftp("house", house.settings(), "round", key_file=str(tmp_path / "key"))
    with pytest.raises(DeliveryError, match="does not let us in"):
        Sending("house", channel, ledger, PACE).run([print_file("a.pdf", DATA)])


def test_keys_that_cannot_be_read_are_refused_before_anything_is_tried(house, tmp_path):
    with pytest.raises(DeliveryError, match="cannot be read"):
        Sftp("house", house.settings(), "round", key_file=str(tmp_path / "nothing"))
    with pytest.raises(DeliveryError, match="not set") as caught:
        Sftp("house", house.settings(), "round")
    assert caught.value.where == "HELDER_CHANNEL_HOUSE_KEY_FILE"


def test_a_file_altered_after_approval_does_not_leave(house, ledger):
    from dataclasses import replace

    parcel = replace(print_file("post-0001.pdf", DATA), digest="0" * 64)
    with pytest.raises(DeliveryError, match="not the one that was approved"):
        send(house, ledger, parcel)
    assert not list(house.files.iterdir())


def test_another_file_of_that_name_is_never_replaced(house, ledger):
    (house.files / "post-0001.pdf").write_bytes(b"somebody else's")
    with pytest.raises(DeliveryError, match="there already"):
        send(house, ledger, print_file("post-0001.pdf", DATA))
    assert (house.files / "post-0001.pdf").read_bytes() == b"somebody else's"


def killed_after(ledger, parcel, mark):
    """What the ledger holds when the process was killed in the middle of an attempt."""
    ledger.begin(parcel, "house")
    if mark:
        ledger.mark(parcel.id, mark)


@pytest.mark.parametrize(
    ("mark", "there", "done"),
    [
        ("", "", "sent again"),
        ("", ".part", "sent again"),
        ("whole", ".part", "sent again"),
        ("whole", "whole", "found"),
        ("whole", "", "found"),  # the print house took it away
    ],
)
def test_after_a_kill_the_far_side_tells_whether_it_arrived(house, tmp_path, mark, there, done):
    parcel = print_file("post-0001.pdf", DATA)
    if there:
        name = parcel.id + (".part" if there == ".part" else "")
        (house.files / name).write_bytes(DATA)
        shutil.chown(house.files / name, house.user)
    ledger = Ledger(tmp_path / "killed.db")
    killed_after(ledger, parcel, mark)
    assert send(house, ledger, parcel) == {"sent": 1}
    assert ledger.entry(parcel.id).attempts == (1 if done == "found" else 2)
    assert (house.files / parcel.id).exists() == bool(done == "sent again" or there)
    ledger.close()


def test_the_receipt_is_read_when_it_is_there(house):
    connection = house.channel().connect()
    assert connection.receipt() is None
    (house.files / "receipt.csv").write_bytes(b"file,letters\n")
    assert connection.receipt() == b"file,letters\n"
    connection.close()
