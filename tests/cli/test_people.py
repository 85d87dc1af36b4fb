"""Looking at people: never without a reason, never without a line in the log first, never with the id in it."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from cli.run import helder, process
from cli.test_json import documented
from helder.audit import read_log
from helder.cli import logged
from helder.domain.errors import AuditError


@pytest.fixture
def someone(demo_copy) -> str:
    """The register's id of somebody."""
    register = pq.read_table(demo_copy.folder / "sources" / "register.parquet")
    return str(register.column("CLIENTNR")[3].as_py())


def audit_lines(case) -> list[tuple]:
    with read_log(case) as cursor:
        cursor.execute("SELECT actor, action, subject, reason, details FROM audit_line ORDER BY seq")
        return cursor.fetchall()


def test_one_person_is_explained_with_every_piece_of_evidence(demo_copy, someone):
    found = helder("person", demo_copy.folder, someone, "--reason", "asks what was taken", "--json").document
    assert found["person"] == demo_copy.keys.keyed_id(someone)
    assert found.keys() == documented("person")
    assert {item["item"] for item in found["parties"][0]["items"]} >= {"bsn", "name", "test_result"}
    assert all(line["place"]["row"] >= 1 and len(line["place"]["sha256"]) == 64 for line in found["evidence"])


@pytest.mark.parametrize(("lang", "word"), [("nl", "Bewijs"), ("en", "Evidence")])
def test_the_explanation_is_in_words_and_names_nobody(demo_copy, someone, lang, word):
    done = helder("person", demo_copy.folder, someone, "--reason", "test", "--lang", lang)
    assert done.code == 0
    assert word in done.out
    assert demo_copy.keys.keyed_id(someone) in done.out
    assert someone not in done.out + done.err


def test_the_person_of_the_page_can_be_asked_for_by_keyed_id(demo_copy):
    keyed = demo_copy.document["person"]
    found = helder("person", demo_copy.folder, keyed, "--reason", "the page", "--json").document
    assert found["person"] == keyed
    assert found["parties"][0]["person"] == "in"


def test_a_look_leaves_a_line_with_the_keyed_id_and_the_reason(demo_copy, someone):
    helder("person", demo_copy.folder, someone, "--reason", "asks what was taken", "--assessment", "as_told")
    [(actor, action, subject, reason, details)] = audit_lines(demo_copy.folder)
    assert actor.startswith("cli:")
    assert (action, subject, reason) == ("person.look", demo_copy.keys.keyed_id(someone), "asks what was taken")
    assert "as_told" in details
    assert someone.encode() not in (demo_copy.folder / "office.db").read_bytes()
    assert (demo_copy.folder / "office.db").stat().st_mode & 0o777 == 0o600


def test_asking_for_nobody_is_a_look_too(demo_copy):
    done = helder("person", demo_copy.folder, "NOBODY-1", "--reason", "test", "--json")
    assert done.code == 2
    assert "NOBODY" not in done.out
    assert len(audit_lines(demo_copy.folder)) == 1


@pytest.mark.parametrize("reason", [[], ["--reason", ""], ["--reason", "  "], ["--reason", "123 ?"]])
def test_without_a_reason_nothing_is_shown_and_nothing_opened(demo_copy, someone, reason):
    done = helder("person", demo_copy.folder, someone, *reason, "--json")
    assert done.code == done.document["exit_code"] == 11
    assert not (demo_copy.folder / "office.db").exists()


def test_when_the_log_refuses_the_line_nothing_is_shown(demo_copy, someone):
    done = helder("person", demo_copy.folder, someone, "--reason", "about 999990019", "--json")
    assert done.code == 11
    assert list(done.document) == ["error", "what", "where", "do", "exit_code"]


def test_the_line_is_on_the_disk_before_anything_is_shown(demo_copy, someone, monkeypatch):
    from helder.results.explain import Explainer

    seen = []
    monkeypatch.setattr(Explainer, "person", lambda *_: seen.append(audit_lines(demo_copy.folder)) or 1 / 0)
    assert helder("person", demo_copy.folder, someone, "--reason", "test").code == 70
    assert len(seen[0]) == 1


def test_the_id_can_come_from_standard_input(demo_copy, someone):
    words = ("person", demo_copy.folder, "-", "--reason", "test", "--json")
    assert process(*words, input=f"{someone}\n").document["person"] == demo_copy.keys.keyed_id(someone)
    assert helder(*words, input="").code == 2


def test_on_a_terminal_the_id_is_asked_for_without_showing_it(demo_copy, someone, monkeypatch):
    from helder.cli import person

    monkeypatch.setattr(person.sys.stdin.__class__, "isatty", lambda self: True, raising=False)
    monkeypatch.setattr(person.click, "prompt", lambda text, **how: f" {someone} " if how["hide_input"] else "")

    class Terminal:
        def isatty(self):
            return True

    monkeypatch.setattr(person.sys, "stdin", Terminal())
    from helder.cli.say import Say
    from helder.cli.screen import Screen

    assert person._from_input(Screen(Say("en"), json=False)) == someone


@pytest.mark.parametrize(
    ("account", "expected"),
    [("annie", "cli:annie"), ("a.b@c.nl", "cli:a.b at c.nl"), ("123456789", None), (None, None)],
)
def test_who_looked_is_the_account_in_a_form_the_log_accepts(monkeypatch, account, expected):
    import pwd
    from types import SimpleNamespace

    def known(uid):
        if account is None:
            raise KeyError(uid)
        return SimpleNamespace(pw_name=account)

    monkeypatch.setattr(pwd, "getpwuid", known)
    assert logged.actor() == (expected or f"cli:uid {logged.os.getuid()}")


# Exports


def test_numbers_need_neither_key_nor_reason(demo_copy, tmp_path):
    demo_copy.key_file.unlink()
    found = helder("export", demo_copy.folder, "--out", tmp_path / "out", "--json").document
    assert found["hidden"] > 0
    assert "groups.csv" in found["files"]
    assert found.keys() < documented("export")
    assert not (demo_copy.folder / "office.db").exists()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_an_export_without_a_place_goes_into_the_case(demo_copy, lang):
    done = helder("export", demo_copy.folder, "--format", "xlsx", "--lang", lang)
    [folder] = (demo_copy.folder / "exports").iterdir()
    assert str(folder) in done.out
    assert folder.name.startswith("current-numbers-")


@pytest.mark.parametrize("kind", ["--people", "--evidence"])
def test_people_leave_only_with_a_reason_and_a_line_in_the_log(demo_copy, tmp_path, kind):
    assert helder("export", demo_copy.folder, kind, "--out", tmp_path / "out").code == 11
    assert not (tmp_path / "out").exists()
    done = helder("export", demo_copy.folder, kind, "--reason", "letters", "--out", tmp_path / "out")
    assert done.code == 0
    [(_, action, _, reason, _)] = audit_lines(demo_copy.folder)
    assert (action, reason) == (f"export.{kind[2:]}", "letters")


def test_people_leave_only_with_the_key(demo_copy, tmp_path):
    demo_copy.key_file.unlink()
    done = helder("export", demo_copy.folder, "--people", "--reason", "letters", "--out", tmp_path / "out", "--json")
    assert done.code == 4
    assert not (tmp_path / "out").exists()


def test_a_readable_file_about_people_comes_with_a_warning(demo_copy, tmp_path):
    words = ("export", demo_copy.folder, "--people", "--reason", "letters", "--plain", "--out", tmp_path / "out")
    assert "encrypted storage" in helder(*words).err
    assert "there already" in helder(*words).err


@pytest.mark.parametrize("words", [("--people", "--evidence"), ("--plain",)])
def test_what_does_not_go_together_is_refused(demo_case, words):
    assert helder("export", demo_case.folder, *words).code == 64


# The log


def test_the_log_is_verified(demo_copy, someone):
    assert helder("audit", "verify", demo_copy.folder).code == 11
    helder("person", demo_copy.folder, someone, "--reason", "test")
    assert "1 line." in helder("audit", "verify", demo_copy.folder).out
    assert helder("audit", "verify", demo_copy.folder, "--json").document["ok"] is True


def falsify(case) -> None:
    """Change a line as somebody would who has the database."""
    import sqlite3

    database = sqlite3.connect(case / "office.db")
    database.execute("DROP TRIGGER IF EXISTS audit_line_kept")
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f'DROP TRIGGER "{name}"')
    database.execute("UPDATE audit_line SET reason = 'nothing special'")
    database.commit()
    database.close()


@pytest.mark.parametrize("json", [[], ["--json"]])
def test_a_changed_line_is_told(demo_copy, someone, json):
    helder("person", demo_copy.folder, someone, "--reason", "test")
    falsify(demo_copy.folder)
    done = helder("audit", "verify", demo_copy.folder, *json)
    assert done.code == 11
    if json:
        assert done.document["problems"][0]["kind"] == "changed"
        assert done.document["error"] == "AuditError"
    else:
        assert "line 1: changed" in done.out
        assert "damaged" in done.err


def test_a_checkpoint_kept_outside_shows_a_log_that_was_made_anew(demo_copy, someone, tmp_path):
    kept = tmp_path / "kept.txt"
    helder("person", demo_copy.folder, someone, "--reason", "test")
    done = helder("audit", "checkpoint", demo_copy.folder, "--out", kept)
    assert str(kept) in done.out
    assert "helder/lab_2025+" in done.err
    assert helder("audit", "verify", demo_copy.folder, "--checkpoint", kept).code == 0
    (demo_copy.folder / "office.db").unlink()
    helder("person", demo_copy.folder, someone, "--reason", "another")
    assert helder("audit", "verify", demo_copy.folder).code == 0
    assert helder("audit", "verify", demo_copy.folder, "--checkpoint", kept).code == 11


def test_a_checkpoint_goes_to_standard_output_when_no_file_is_named(demo_copy, someone):
    helder("person", demo_copy.folder, someone, "--reason", "test")
    assert helder("audit", "checkpoint", demo_copy.folder).out.startswith("helder/lab_2025\n1\n")
    document = helder("audit", "checkpoint", demo_copy.folder, "--json").document
    assert document["checkpoint"].startswith("helder/")
    assert document.keys() == documented("audit", "checkpoint")
    assert helder("audit", "verify", demo_copy.folder, "--json").document.keys() == documented("audit", "verify")


def test_the_log_refuses_what_is_no_reason():
    from helder.cli.say import Say

    with pytest.raises(AuditError):
        logged.need_reason(None, Say("nl"))
    assert logged.need_reason(" why ", Say("nl")) == "why"
