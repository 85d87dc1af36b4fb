"""`helder check` finds what is wrong before anything is computed, and computes nothing."""

from __future__ import annotations

import pytest

from cli.run import helder
from helder.cli import check, storage


@pytest.fixture
def found(demo_copy):
    """Run the check and give findings by level."""

    def run(code: int = 0):
        done = helder("check", demo_copy.folder, "--json")
        assert done.code == code, done.out
        return done.document

    return run


def whats(document, level) -> str:
    return " ".join(one["what"] for one in document["findings"] if one["level"] == level)


def edit(demo, old: str, new: str) -> None:
    path = demo.folder / "case.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_right_case_has_no_errors_and_computes_nothing(demo_copy, found):
    before = sorted(path for path in demo_copy.folder.rglob("*"))
    document = found()
    assert document["ok"] is True
    assert document["errors"] == 0
    assert sorted(path for path in demo_copy.folder.rglob("*")) == before


def test_what_each_file_is_taken_for_is_stated(found):
    assert "encoding cp1252, delimiter semicolon" in whats(found(), "right")


def test_columns_of_a_leaked_file_that_nobody_looks_at_are_named(found):
    assert "Columns not used: RECORDNR." in whats(found(), "warning")


def test_a_missing_file_and_a_missing_column_are_both_told(demo_copy, found):
    (demo_copy.folder / "sources" / "dataset2.tsv").unlink()
    edit(demo_copy, 'surname = "ACHTERNAAM"', 'surname = "ACHTERNAM"')
    document = found(3)
    assert document["errors"] == 2
    assert document["error"] == "SourceError"
    assert document["exit_code"] == 3


def test_a_mistake_in_the_case_is_told_like_any_error(demo_copy, found):
    edit(demo_copy, 'country = "nl"', 'country = "nl"\ncolour = "red"')
    assert found(2)["error"] == "CaseError"


def test_a_missing_key_is_an_error_and_another_key_a_warning(demo_copy, found, tmp_path):
    demo_copy.key_file.unlink()
    assert found(4)["error"] == "KeyFileError"
    helder("key", "new", demo_copy.key_file)
    assert "another key" in whats(found(), "warning")


def test_published_numbers_that_cannot_be_read_are_an_error(demo_copy, found):
    (demo_copy.folder / "counts.csv").write_text("published,number\n2025-01-01,x\n")
    assert found(2)["errors"] == 1


def test_a_changed_source_and_rows_set_aside_are_warnings(demo_copy, found):
    path = demo_copy.folder / "sources" / "dataset1.csv"
    text = path.read_text("cp1252").splitlines()
    path.write_text("\n".join([*text, "x;y"]) + "\n", "cp1252")
    assert "changed since the last run" in whats(found(), "warning")
    helder("run", demo_copy.folder)
    assert "1 row set aside" in whats(found(), "warning")


def test_a_case_that_was_never_run_can_be_checked(demo_copy, found):
    import shutil

    shutil.rmtree(demo_copy.folder / "work")
    edit(demo_copy, 'counts = "counts.csv"', "")
    assert found()["errors"] == 0


def test_files_that_every_user_can_read_are_a_warning(demo_copy, found):
    sources, office = demo_copy.folder / "sources", demo_copy.folder / "office.db"
    assert "Every user of this machine" not in whats(found(), "warning")  # as Helder writes it
    sources.chmod(0o755)
    (sources / "open.csv").touch()
    (sources / "open.csv").chmod(0o644)
    assert "can read 1 file of" in whats(found(), "warning")
    sources.chmod(0o700)
    office.touch()
    office.chmod(0o644)
    assert "can read 1 file of" in whats(found(), "warning")
    office.chmod(0o600)
    assert "Every user of this machine" not in whats(found(), "warning")


def test_a_folder_that_others_cannot_enter_is_safe(tmp_path):
    (tmp_path / "x").touch(0o644)
    tmp_path.chmod(0o700)
    assert list(storage.open_to_others(tmp_path)) == []


def test_lines_that_still_must_be_changed_are_counted(demo_copy, found):
    edit(demo_copy, 'country = "nl"', 'country = "nl"  # CHANGE')
    assert "1 line of case.toml is made up" in whats(found(), "warning")


@pytest.mark.parametrize(("lang", "word"), [("nl", "waarschuwingen"), ("en", "warnings")])
def test_the_check_ends_with_a_count(demo_case, lang, word):
    assert word in helder("check", demo_case.folder, "--lang", lang).out.splitlines()[-1]


# Storage

MOUNTS = """proc /proc proc rw 0 0
/dev/vda1 / ext4 rw 0 0
/dev/mapper/safe /srv/safe ext4 rw 0 0
/dev/mapper/volume /srv/volume ext4 rw 0 0
/dev/mapper/half /srv/half ext4 rw 0 0
home /home/me/private fuse.gocryptfs rw 0 0
server:/x /srv/net\\040work nfs rw 0 0
"""


@pytest.fixture
def machine(tmp_path):
    """A made-up machine: a plain disk, LUKS, LVM on LUKS, and a volume that lies on LUKS only in part."""
    mounts, block = tmp_path / "mounts", tmp_path / "block"
    mounts.write_text(MOUNTS)

    def device(name: str, uuid: str, *below: str) -> None:
        (block / name / "dm").mkdir(parents=True)
        (block / name / "dm" / "uuid").write_text(uuid)
        for one in below:
            (block / name / "slaves" / one).mkdir(parents=True)

    device("safe", "CRYPT-LUKS2-0123")
    device("volume", "LVM-abc", "safe")
    device("half", "LVM-def", "safe", "vdb")
    (block / "vdb").mkdir()
    return mounts, block


@pytest.mark.parametrize(
    ("path", "encrypted"),
    [
        ("/srv/other", False),
        ("/srv/safe/case", True),
        ("/srv/safety", False),
        ("/srv/volume/case", True),
        ("/srv/half/case", False),
        ("/home/me/private/case", True),
        ("/srv/net work/case", False),
    ],
)
def test_encrypted_storage_is_recognised(machine, path, encrypted):
    assert storage.known_encrypted(storage.Path(path), *machine) is encrypted


def test_a_machine_that_tells_nothing_is_not_known_to_be_safe(tmp_path):
    assert storage.known_encrypted(tmp_path, tmp_path / "nothing", tmp_path) is False


def test_on_encrypted_storage_there_is_no_warning(demo_case, monkeypatch):
    monkeypatch.setattr(check, "known_encrypted", lambda path: True)
    assert "encrypted storage" not in whats(helder("check", demo_case.folder, "--json").document, "warning")


def test_an_encoding_that_a_file_does_not_tell_is_a_warning_until_the_case_tells_it(demo_copy, found):
    path, option = demo_copy.folder / "sources" / "dataset1.csv", ', encoding = "cp1252" }'
    plain = path.read_bytes().decode("cp1252").encode("ascii", "replace")
    path.write_bytes(plain + plain.splitlines()[1].replace(b"e", "ş".encode("cp1254")) + b"\r\n")
    edit(demo_copy, option, " }")
    assert "Encoding not sure: read as cp1252, perhaps cp1254" in whats(found(), "warning")
    edit(demo_copy, 'delimiter = ";" }', 'delimiter = ";", encoding = "cp1254" }')
    assert "Encoding not sure" not in whats(found(), "warning")
