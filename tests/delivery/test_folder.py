"""A folder: whole files or none, never over another's, never inside the case."""

from __future__ import annotations

import resource

import pytest

from delivery.parcels import content, print_file
from helder.delivery.folder import Folder
from helder.delivery.ledger import State
from helder.delivery.sending import Pace, Sending
from helder.domain.errors import DeliveryError

DATA = content(2_500_000)


@pytest.fixture
def out(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def send(out, ledger, *parcels):
    return Sending("disk", Folder(out.parent, "out", out.parent / "case"), ledger, Pace(2, 2, 0.01)).run(parcels)


def test_files_are_written_whole_and_only_we_can_read_them(out, ledger):
    assert send(out, ledger, print_file("a.pdf", DATA), print_file("b.pdf", b"b")) == {"sent": 2}
    assert (out / "a.pdf").read_bytes() == DATA
    assert {path.name for path in out.iterdir()} == {"a.pdf", "b.pdf"}
    assert (out / "a.pdf").stat().st_mode & 0o777 == 0o600


def test_a_disk_that_is_full_leaves_no_part(out, ledger):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        assert send(out, ledger, print_file("a.pdf", DATA)) == {"waiting": 1}
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(out.iterdir())
    assert send(out, ledger, print_file("a.pdf", DATA)) == {"sent": 1}


def test_a_link_laid_in_our_way_is_not_followed(out, ledger, tmp_path):
    (tmp_path / "precious").write_bytes(b"precious")
    (out / "a.pdf.part").symlink_to(tmp_path / "precious")
    assert send(out, ledger, print_file("a.pdf", DATA)) == {"sent": 1}
    assert (tmp_path / "precious").read_bytes() == b"precious"


def test_after_a_kill_a_whole_file_is_found_and_half_a_file_written_again(out, ledger):
    for name in ("a.pdf", "b.pdf"):
        ledger.begin(print_file(name, DATA), "disk")
    (out / "a.pdf").write_bytes(DATA)
    (out / "b.pdf.part").write_bytes(DATA[:100])
    assert send(out, ledger, print_file("a.pdf", DATA), print_file("b.pdf", DATA)) == {"sent": 2}
    assert [ledger.entry(name).attempts for name in ("a.pdf", "b.pdf")] == [1, 2]
    assert (out / "b.pdf").read_bytes() == DATA


def test_another_file_of_that_name_is_never_replaced(out, ledger):
    (out / "a.pdf").write_bytes(b"another's")
    with pytest.raises(DeliveryError, match="there already"):
        send(out, ledger, print_file("a.pdf", DATA))
    assert ledger.counts() == {State.WAITING: 1}


def test_a_folder_that_is_missing_or_inside_the_case_is_refused(out, tmp_path):
    with pytest.raises(DeliveryError, match="not there"):
        Folder(tmp_path / "nowhere", "round", tmp_path / "case")
    with pytest.raises(DeliveryError, match="inside the case"):
        Folder(out, "round", tmp_path)
