"""A round is handed over once, whole, and only as approved; what comes back is accounted for to the letter."""

from __future__ import annotations

import datetime as dt
import shutil
import socket

import pytest

from cli.run import helder
from delivery.parcels import message
from delivery.rounds import DISK, KEYS, NOW, POST, adds_up, approved, made, ready, references
from helder.audit import read_log
from helder.delivery import sending
from helder.delivery.ledger import State
from helder.delivery.parcels import Parcel
from helder.domain.errors import CaseError, DeliveryError, RoundError
from helder.domain.manifest import read_files
from helder.domain.sheet_code import return_code
from helder.engines.parquet import read_parquet
from helder.pipeline import delivering
from helder.pipeline.carriers import open_ledger
from helder.pipeline.delivering import ask_to_stop, handover
from helder.pipeline.leaving import mark_produced
from helder.pipeline.returning import account_of, close, take_returns, who
from helder.rounds.record import read_record

DOWN = """
[channels.mail]
kind = "smtp"
host = "127.0.0.1"
port = {port}
sender = "a@lab.example"
subject = {{ en = "A message" }}
attempts = 1
pause = 0.01
at_once = 1
"""
TODAY = dt.date(2025, 9, 20)


@pytest.fixture
def case(copied):
    return ready(copied(DISK))


def hand(case, **more):
    return handover(case, KEYS, "one", now=NOW, environ={}, **more)


def printed(case):
    return {path.name for path in (case.parent / "printer").rglob("*") if path.is_file()}


def told(case):
    return read_parquet([case / "rounds" / "told.parquet.sealed"], KEYS).to_pylist()


def test_an_approved_round_leaves_whole_and_what_was_told_is_written_down(case):
    done = hand(case)
    assert done.complete
    assert read_record(case, "one").state == "handed_over"
    assert printed(case) == {"00001.pdf", "00002.pdf", "manifest.csv", "files.csv"}
    assert sorted(row["reference"] for row in told(case)) == references(case)


def test_handing_over_again_changes_nothing(case):
    hand(case)
    shutil.rmtree(case.parent / "printer")
    (case.parent / "printer").mkdir()
    again = hand(case)
    assert (again.complete, again.channels["disk"]["now"]) == (True, {"before": 2})
    assert not printed(case)
    assert len(told(case)) == 6


def test_nothing_leaves_when_what_is_told_may_not_be_kept(case):
    """Found out after the last letter, a round would be out of the house and nobody told."""
    with pytest.raises(CaseError, match="may not be kept"):
        handover(case, KEYS, "one", now=dt.datetime(2042, 1, 1, tzinfo=dt.UTC), environ={})
    assert not printed(case)
    assert read_record(case, "one").state == "produced"


def test_a_round_that_is_not_approved_does_not_leave(copied):
    folder = made(copied(DISK))
    for leave in (hand, lambda folder: mark_produced(folder, KEYS, "one", at=NOW)):
        with pytest.raises(RoundError, match="may not leave"):
            leave(folder)
    approved(folder)
    with pytest.raises(RoundError, match="needs produced"):
        hand(folder)
    made(folder, specimen=True)
    with pytest.raises(DeliveryError, match="specimens"):
        mark_produced(folder, KEYS, "one", at=NOW)


def swap_files(out):
    first, second = (out / f"0000{n}.pdf.sealed" for n in (1, 2))
    other = out / "other"
    first.rename(other), second.rename(first), other.rename(second)


def edit(name, old, new):
    def change(out):
        path = out / name
        path.write_text(path.read_text().replace(old, new))

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (edit("manifest.csv", ",1,2,00", ",2,2,00"), "not those that were approved"),
        (edit("files.csv", "00002.pdf", "00001.pdf"), "not those that were approved"),
        (lambda out: (out / "manifest.csv").unlink(), "not those that were approved"),
        (
            lambda out: (out / "singles.csv").write_text("reference,sha256,bytes\nX,00,1\n"),
            "not those that were approved",
        ),
        (swap_files, "not the one that was approved"),
    ],
)
def test_what_was_altered_after_approval_does_not_leave(case, change, why):
    change(case / "rounds" / "one" / "out")
    with pytest.raises(DeliveryError, match=why):
        hand(case)
    assert not printed(case)
    assert read_record(case, "one").state == "produced"


def test_lists_and_files_swapped_together_by_who_has_no_key_do_not_leave(case):
    out = case / "rounds" / "one" / "out"
    rows = {one.file: one for one in read_files((out / "files.csv").read_text())}
    first, second = rows["00001.pdf"], rows["00002.pdf"]
    text = (out / "files.csv").read_text()
    (out / "files.csv").write_text(
        text.replace(first.sha256, "x").replace(second.sha256, first.sha256).replace("x", second.sha256)
    )
    swap_files(out)
    with pytest.raises(DeliveryError, match="not those that were approved"):
        hand(case)


def test_print_files_that_miss_a_letter_are_not_marked_as_produced(copied):
    folder = approved(made(copied(DISK)))
    path = folder / "rounds" / "one" / "out" / "manifest.csv"
    lines = path.read_text().splitlines()
    for wrong in (lines[:-1], [*lines[:-1], lines[-1].replace(lines[-1].split(",")[1], "OTHER")]):
        path.write_text("\n".join(wrong) + "\n")
        with pytest.raises(DeliveryError, match="not hold just the letters"):
            mark_produced(folder, KEYS, "one", at=NOW)
    path.write_text("nonsense")
    with pytest.raises(DeliveryError, match="damaged"):
        mark_produced(folder, KEYS, "one", at=NOW)


def test_a_list_of_single_letters_that_misses_one_is_not_marked_as_produced(copied):
    folder = approved(made(copied(POST), prints=False))
    path = folder / "rounds" / "one" / "out" / "singles.csv"
    lines = path.read_text().splitlines()
    for wrong in (lines[:-1], [*lines, lines[-1]], [*lines[:-1], "OTHER,00,1"]):
        path.write_text("\n".join(wrong) + "\n")
        with pytest.raises(DeliveryError, match="not name just those"):
            mark_produced(folder, KEYS, "one", at=NOW)


def test_a_round_without_a_channel_for_its_letters_says_which(case):
    toml = (case / "case.toml").read_text()
    (case / "case.toml").write_text(toml.replace(DISK, ""))
    with pytest.raises(CaseError, match="No channel carries letters by 'post'"):
        hand(case)


def test_stop_ends_between_parcels_and_the_same_call_goes_on(case):
    seen = []

    def stop_at_once(stage, share):
        if not seen:
            ask_to_stop(case, "one")
        seen.append(share)

    stopped = hand(case, progress=stop_at_once)
    assert (stopped.stopped, stopped.complete, stopped.state) == (True, False, "produced")
    assert hand(case).complete


def test_a_full_or_missing_folder_leaves_the_round_produced(case):
    shutil.rmtree(case.parent / "printer")
    with pytest.raises(DeliveryError, match="not there"):
        hand(case)
    assert read_record(case, "one").state == "produced"


def test_a_mail_server_that_is_down_holds_up_no_print_house(copied, monkeypatch):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        case = ready(copied(DISK + DOWN.format(port=nobody.getsockname()[1])))
        monkeypatch.setattr(delivering, "read_channels", lambda *_: ["email"] * 3 + ["post"] * 6)
        mails = [message(f"R-{n}", to=f"p{n}@mail.example") for n in range(3)]
        monkeypatch.setattr(delivering, "messages", lambda *_: iter(mails))
        with pytest.raises(DeliveryError, match="keeps failing: connectionrefusederror") as failed:
            hand(case)
    assert failed.value.where == "channels.mail"
    assert {"00001.pdf", "00002.pdf"} < printed(case)
    assert (read_record(case, "one").state, len(told(case))) == ("leaving", 6)


@pytest.fixture
def gone(case):
    hand(case)
    return case


def returned(case, text, **more):
    path = case.parent / f"returned-{len(list(case.parent.iterdir()))}.csv"
    path.write_text(text)
    return take_returns(case, KEYS, "one", path, today=TODAY, **{"default": "other", "step": None, **more}), path


def test_returned_mail_is_accounted_for_and_is_no_longer_told(gone):
    first, second, third, *_ = references(gone)
    rows = f"Kenmerk;Reden\n{return_code(first)};VERHUISD\n{return_code(second)} 00000002 1/1;overleden\n{return_code(third)};Zap\n"
    taken, _ = returned(gone, rows)
    assert {key: count for key, count in taken.counts.items() if count} == {"new": 3, "unread_reasons": 1}
    account = adds_up(account_of(gone, KEYS, "one"))
    assert account["reasons"] == {"deceased": 1, "moved": 1, "other": 1}
    assert account["steps"] == {"deceased": 1, "new_address": 2}
    assert (account["returned"], account["delivered_as_far_as_known"], account["open"]) == (3, 3, 3)
    assert {row["reference"] for row in told(gone) if row["status"] == "returned"} == {first, second, third}


def test_the_same_file_twice_and_the_same_letter_twice_change_nothing(gone):
    first, second, *_ = references(gone)
    taken, path = returned(
        gone, f"{return_code(first)}\n{return_code(first)}\n{return_code(second)}\n", default="moved"
    )
    assert taken.counts == {"new": 2, "duplicate": 1, "unread_reasons": 0}
    again = take_returns(gone, KEYS, "one", path, default="moved", step=None, today=TODAY)
    assert again.counts == {"before": 3}
    other, _ = returned(gone, f"{return_code(first)}\r\n\r\n")
    assert other.counts == {"duplicate": 1}
    assert adds_up(account_of(gone, KEYS, "one"))["returned"] == 2


def test_what_is_no_letter_of_the_round_is_rejected_and_counted(gone):
    first = references(gone)[0]
    misread = return_code(first)[:-1] + ("A" if return_code(first)[-1] != "A" else "B")
    taken, _ = returned(gone, f"{misread}\n{return_code('ABCDEF-GHJKLM-N')}\n=cmd|'/c calc'\n{return_code(first)}\n")
    assert taken.counts == {"unreadable": 2, "unknown": 1, "new": 1, "unread_reasons": 0}


def test_a_next_step_is_taken_and_who_did_not_get_it_is_listed(gone):
    first, second, *_ = references(gone)
    returned(gone, f"{return_code(first)}\n{return_code(second)}\n", default="moved")
    taken, _ = returned(gone, f"{return_code(first)}\n", step="unreachable")
    assert taken.counts == {"changed": 1}
    missed = [one for one in who(gone, KEYS, "one") if one["why"] == "returned"]
    assert sorted((one["reason"], one["step"]) for one in missed) == [
        ("moved", "new_address"),
        ("moved", "unreachable"),
    ]
    assert all(one["person"].startswith("p-") for one in missed)
    account = adds_up(account_of(gone, KEYS, "one"))
    assert (account["returned"], account["became_unreachable"]) == (2, 1)
    assert {row["reference"]: row["status"] for row in told(gone)}[first] == "unreachable"


def test_an_excel_list_is_read_too(gone, tmp_path):
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "list.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Datum", "Code", "Retourreden"])
    sheet.write_row(1, 0, ["2025-09-19", return_code(references(gone)[0]), "Geweigerd"])
    book.close()
    take_returns(gone, KEYS, "one", tmp_path / "list.xlsx", default="other", step=None, today=TODAY)
    assert account_of(gone, KEYS, "one")["reasons"] == {"refused": 1}
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    for path in (tmp_path / "bad.xlsx", tmp_path / "nothing.csv"):
        with pytest.raises(DeliveryError):
            take_returns(gone, KEYS, "one", path, default="other", step=None, today=TODAY)


@pytest.mark.parametrize("more", [{"default": "stolen"}, {"step": "forget"}])
def test_words_that_are_not_known_are_refused(gone, more):
    with pytest.raises(DeliveryError, match="not known"):
        returned(gone, "x\n", **more)


def test_returns_before_the_handover_are_refused(case):
    with pytest.raises(RoundError, match="needs leaving or handed_over"):
        returned(case, "x\n")
    assert adds_up(account_of(case, KEYS, "one"))["not_handed_over"] == 6


def test_a_round_closes_with_its_account_and_open_ends_need_a_reason(gone):
    returned(gone, return_code(references(gone)[0]), default="moved")
    with pytest.raises(RoundError, match="open ends"):
        close(gone, KEYS, "one", reason="", now=NOW)
    final = close(gone, KEYS, "one", reason="new addresses go into round two", now=NOW)
    assert (final["state"], final["open"], final["returned"]) == ("closed", 1, 1)
    assert read_record(gone, "one").state == "closed"
    with pytest.raises(RoundError, match="needs leaving or handed_over"):
        close(gone, KEYS, "one", reason="", now=NOW)


def test_an_account_that_does_not_add_up_is_said(gone):
    path = gone / "rounds" / "one" / "round.json"
    path.write_text(path.read_text().replace('"letters": 6', '"letters": 7'))
    with pytest.raises(DeliveryError, match="does not add up"):
        account_of(gone, KEYS, "one")


@pytest.fixture
def key(tmp_path):
    (tmp_path / "case.key").write_text("64" * 32)
    (tmp_path / "case.key").chmod(0o600)


def test_the_commands_speak_json_and_leave_lines_in_the_log(case, key, tmp_path):
    done = helder("round", "handover", case, "one", "--json")
    assert (done.code, done.document["complete"], done.document["state"]) == (0, True, "handed_over")
    (tmp_path / "scan.txt").write_text(return_code(references(case)[0]))
    back = helder("round", "returns", case, "one", tmp_path / "scan.txt", "--why", "moved", "--json").document
    assert back["taken"]["new"] == 1
    assert helder("round", "returns", case, "one", "--people").code == 11
    missed = helder(
        "round", "returns", case, "one", "--only", "returned", "--reason", "new addresses", "--json"
    ).document
    assert [one["reason"] for one in missed["missed"]] == ["moved"]
    assert helder("round", "returns", case, "one", "--ask", "--json").code == 0
    assert helder("round", "close", case, "one").code != 0
    assert helder("round", "close", case, "one", "--reason", "next round", "--json").document["state"] == "closed"
    with read_log(case) as cursor:
        actions = [row[0] for row in cursor.execute("SELECT action FROM audit_line ORDER BY seq")]
    assert actions == [
        "round.handover",
        "round.handed_over",
        "round.returns",
        "round.missed",
        "round.ask",
        "round.close",
    ]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nl", ("Alles is overgedragen", "teruggekomen")), ("en", ("Everything is handed over", "returned"))],
)
def test_the_commands_speak_both_languages_and_name_nobody(case, key, lang, words):
    handed = helder("round", "handover", case, "one", "--lang", lang)
    account = helder("round", "returns", case, "one", "--people", "--reason", "look", "--lang", lang)
    assert words[0] in handed.out
    assert words[1] in account.out
    assert "Dorpsstraat" not in handed.out + handed.err + account.out + account.err
    assert not [ref for ref in references(case) if ref in handed.out + handed.err]


def test_stop_and_unsure_are_commands(case, key):
    assert helder("round", "handover", case, "one", "--stop", "--json").document["stopped"] is True
    assert helder("round", "handover", case, "one", "--stop", "--unsure", "sent").code == 64
    first = read_files((case / "rounds" / "one" / "out" / "files.csv").read_text())[0]
    with open_ledger(case, "one") as ledger:
        ledger.begin(Parcel(first.file, first.sha256), "disk")
        ledger.finish(first.file, State.UNSURE)
    waits = helder("round", "handover", case, "one", "--lang", "en")
    assert (waits.code, "--unsure sent" in waits.out) == (18, True)
    assert helder("round", "handover", case, "one", "--unsure", "resend", "--json").document["complete"]


def test_a_handover_that_somebody_stops_says_so_with_its_own_exit_code(case, key, monkeypatch):
    class Stopped(sending.Sending):
        def run(self, parcels):
            ask_to_stop(case, "one")
            return super().run(parcels)

    monkeypatch.setattr(delivering, "Sending", Stopped)
    stopped = helder("round", "handover", case, "one", "--lang", "nl")
    assert (stopped.code, "Opgehouden op verzoek" in stopped.out) == (19, True)


def test_nothing_that_is_left_behind_names_anybody(gone):
    returned(gone, return_code(references(gone)[0]), default="moved")
    for path in (gone / "rounds").rglob("*"):
        if path.is_file():
            assert b"Dorpsstraat" not in path.read_bytes()
            assert b"Van p0" not in path.read_bytes()
