"""Signed checkpoints that an outsider keeps, and the small separate script that checks them later."""

from __future__ import annotations

import base64
import contextlib
import io
import shutil
import sqlite3
import subprocess
import sys

import pytest

from audit.lines import LOOK
from helder.audit import (
    append,
    checkpoint,
    export,
    open_log,
    outside_check,
    read_log,
    signing_key,
    verifier_key,
    verify,
)
from helder.audit.note import read
from helder.domain.errors import AuditError
from helder.engines.keys import Keys

ORIGIN = "helder.example/lab-2025"
KEY = signing_key(Keys(bytes(range(32))))
VERIFIER = verifier_key(ORIGIN, KEY)
# The example of the C2SP signed-note specification and its key.
QUASIMODO = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)


@pytest.fixture
def note(case):
    with open_log(case) as cursor:
        return checkpoint(cursor, KEY, origin=ORIGIN)


def test_a_checkpoint_is_three_lines_and_a_signature(note):
    origin, size, root, empty, signature, end = note.split("\n")
    assert (origin, size, empty, end) == (ORIGIN, "10", "", "")
    assert len(base64.b64decode(root)) == 32
    name, encoded = signature.removeprefix("— ").split(" ")
    assert name == ORIGIN
    assert len(base64.b64decode(encoded)) == 4 + 64


def test_a_checkpoint_is_read_back_with_the_verifier_key(note):
    assert read(note, VERIFIER)[:2] == (ORIGIN, 10)


def test_signatures_of_witnesses_are_ignored(note):
    assert read(note + "— witness.example AAAAAAAA\n", VERIFIER).size == 10


FALSE = [
    lambda note: note.replace("\n10\n", "\n11\n"),
    lambda note: note.replace("\n10\n", "\n010\n"),
    lambda note: note.replace(ORIGIN, "helder.example/other"),
    lambda note: note.replace("\n\n", "\nextension\n\n"),
    lambda note: note.replace("\n\n", "\n"),
    lambda note: note.replace("— ", "- "),
    lambda note: note.partition("\n\n")[0] + "\n\n",
    lambda note: "",
    lambda note: QUASIMODO,
]
UNTIDY = [
    lambda note: note.rstrip("\n"),
    lambda note: note + "— nothing\n",
    lambda note: note + "— a !!!\n",
]


@pytest.mark.parametrize("change", FALSE + UNTIDY)
def test_a_changed_or_untidy_note_is_refused(note, change):
    with pytest.raises(AuditError):
        read(change(note), VERIFIER)


@pytest.mark.parametrize("change", FALSE)
def test_the_outside_check_refuses_a_changed_note_too(note, change, tmp_path, case):
    kept = tmp_path / "kept"
    kept.write_text(change(note), "utf-8")
    assert outside_check.main(["--key", VERIFIER, str(case / "office.db"), str(kept)]) == 1


@pytest.mark.parametrize("text", ["a\n-1\nAAAA\n", "a\nb\nc\n", "a\n"])
def test_a_signed_text_that_is_no_checkpoint_is_refused(text):
    from helder.audit.note import _DASH, _key_id

    signature = base64.b64encode(_key_id("a", KEY.public_key()) + KEY.sign(text.encode())).decode()
    with pytest.raises(AuditError, match="not a checkpoint"):
        read(f"{text}\n{_DASH} a {signature}\n", verifier_key("a", KEY))


@pytest.mark.parametrize("verifier", ["", "a+b", "a+00000000+AQ==", VERIFIER.replace("helder", "holder"), "a+b+!"])
def test_a_verifier_key_that_does_not_fit_is_refused(note, verifier):
    with pytest.raises(AuditError, match="verifier key"):
        read(note, verifier)


@pytest.mark.parametrize("origin", ["", "with space", "with+plus", "with\nnewline"])
def test_a_log_name_that_notes_cannot_hold_is_refused(case, origin):
    with pytest.raises(AuditError, match="name"), open_log(case) as cursor:
        checkpoint(cursor, KEY, origin=origin)


def test_a_damaged_log_is_not_signed(case):
    with sqlite3.connect(case / "office.db") as connection:
        connection.execute("DROP TRIGGER audit_line_update")
        connection.execute("UPDATE audit_line SET reason = 'other' WHERE seq = 2")
    with pytest.raises(AuditError, match="not signed"), read_log(case) as cursor:
        checkpoint(cursor, KEY, origin=ORIGIN)


def test_a_grown_log_still_contains_its_checkpoints(case, note):
    with open_log(case) as cursor:
        for _ in range(7):
            append(cursor, LOOK)
        assert verify(cursor, [read(note, VERIFIER)]).ok


def rewritten(case, tmp_path):
    """A consistent false log: the same lines but one, built anew."""
    false = tmp_path / "false"
    false.mkdir()
    with read_log(case) as old, open_log(false) as new:
        for seq, *_ in list(old.execute("SELECT seq FROM audit_line")):
            append(new, LOOK if seq != 4 else type(LOOK)("somebody.else", "person.look"))
    return false


def test_a_log_built_anew_verifies_alone_but_not_against_a_kept_checkpoint(case, note, tmp_path):
    """Only what was kept outside shows it: that is what checkpoints are for."""
    with read_log(rewritten(case, tmp_path)) as cursor:
        assert verify(cursor).ok
        assert [str(problem) for problem in verify(cursor, [read(note, VERIFIER)]).problems] == ["line 10: checkpoint"]


def test_two_checkpoints_of_one_size_that_differ_cannot_both_hold(case, note, tmp_path):
    with read_log(rewritten(case, tmp_path)) as cursor:
        other = read(checkpoint(cursor, KEY, origin=ORIGIN), VERIFIER)
    with read_log(case) as cursor:
        assert not verify(cursor, [read(note, VERIFIER), other]).ok


@pytest.fixture
def outside(tmp_path, note):
    """What an outsider has: the script alone, the key, and a kept checkpoint."""
    folder = tmp_path / "outside"
    folder.mkdir()
    shutil.copy(outside_check.__file__, folder / "check.py")
    (folder / "kept.txt").write_text(note, "utf-8")
    return folder


def said(outside, log, *kept):
    """What the check prints, and its exit code."""
    out = io.StringIO()
    with contextlib.chdir(outside), contextlib.redirect_stdout(out):
        code = outside_check.main(["--key", VERIFIER, str(log), *(kept or ["kept.txt"])])
    return code, out.getvalue()


def test_the_script_alone_says_right_for_a_log_that_only_grew(case, outside):
    with open_log(case) as cursor:
        append(cursor, LOOK)
    command = [sys.executable, "-I", "check.py", "--key", VERIFIER, case / "office.db", "kept.txt"]
    done = subprocess.run(command, cwd=outside, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "right: kept.txt: the first 10 lines are unchanged\n")


@pytest.mark.parametrize("content", [True, False])
def test_the_script_takes_an_exported_log_with_or_without_content(case, outside, content):
    text = io.StringIO()
    with read_log(case) as cursor:
        export(cursor, text, content=content)
    (outside / "log.txt").write_text(text.getvalue(), "utf-8")
    assert said(outside, "log.txt")[0] == 0
    lines = text.getvalue().splitlines(keepends=True)
    (outside / "log.txt").write_text("".join([*lines[:2], *lines[3:]]), "utf-8")
    code, text = said(outside, "log.txt")
    assert code == 1
    assert "NOT right" in text


def test_the_script_finds_a_rewritten_or_shortened_log(case, outside, tmp_path):
    assert "not the lines that were signed" in said(outside, rewritten(case, tmp_path) / "office.db")[1]
    with sqlite3.connect(case / "office.db") as connection:
        connection.execute("DROP TRIGGER audit_line_delete")
        connection.execute("DELETE FROM audit_line WHERE seq = 10")
    assert "shorter than" in said(outside, case / "office.db")[1]
    with sqlite3.connect(case / "office.db") as connection:
        connection.execute("DELETE FROM audit_line WHERE seq = 5")
    assert "line 5 is missing" in said(outside, case / "office.db")[1]


def test_the_script_speaks_plainly_of_what_it_cannot_read(case, outside):
    (outside / "empty.txt").write_text("")
    assert "no signature by this key" in said(outside, case / "office.db", "empty.txt")[1]
    assert "NOT right: nothing.txt" in said(outside, case / "office.db", "nothing.txt")[1]
    assert said(outside, "nothing.db")[0] == 1
    wrong_key = VERIFIER.replace("+A", "+B")
    assert outside_check.main(["--key", wrong_key, str(case / "office.db"), str(outside / "kept.txt")]) == 1
    (outside / "text.txt").write_text("some text\n")
    assert "is not a line of an audit log" in said(outside, "text.txt")[1]


def test_the_empty_logs_checkpoint_holds_for_every_log(tmp_path, outside, case):
    empty = tmp_path / "empty"
    empty.mkdir()
    with open_log(empty) as cursor:
        note = checkpoint(cursor, KEY, origin=ORIGIN)
    (outside / "first.txt").write_text(note, "utf-8")
    assert said(outside, case / "office.db", "first.txt", "kept.txt")[0] == 0
    with read_log(case) as cursor:
        assert verify(cursor, [read(note, VERIFIER)]).ok


def test_inside_and_outside_agree_on_every_size(tmp_path):
    """Two independent implementations of the tree give one root."""
    from helder.audit.tree import Edge, leaf_hash

    hashes = [leaf_hash(b"%d" % n) for n in range(130)]
    found = outside_check.roots(iter(hashes), set(range(131)))
    edge = Edge()
    assert found[0] == edge.root()
    for size, leaf in enumerate(hashes, start=1):
        edge.add(leaf)
        assert found[size] == edge.root()
