"""A round's letters: made once, whole, as specimens until they are approved, and each read back from its bytes."""

from __future__ import annotations

import datetime as dt
import json
import shutil

import pytest

from cli.run import helder
from delivery.notify_server import API_KEY, notify_server
from delivery.smtp_server import PASSWORD, mail_server
from helder.audit import read_log
from helder.cli.round_verify import IN_DUTCH
from helder.domain.errors import CaseError, RoundError
from helder.domain.manifest import read_files
from helder.letters.typeset.output import Output
from helder.letters.typeset.verifying import PROBLEMS
from helder.pipeline.delivering import ask_to_stop, handover
from helder.pipeline.leaving import Production
from helder.pipeline.lettering import check_round
from helder.pipeline.planning import plan
from helder.pipeline.producing import produce, verdict, verify
from helder.pipeline.returning import account_of
from helder.results.rounds import standing
from helder.rounds.authors import Signer, authors
from helder.rounds.gate import approve, waive_reader_test
from helder.rounds.record import read_record

pytestmark = pytest.mark.slow

NOW = dt.datetime(2025, 9, 15, 9, tzinfo=dt.UTC)
ROUND = "round2"


@pytest.fixture(scope="module")
def made(demo_case, tmp_path_factory):
    """The made-up case with its round planned and produced, as specimens, five hundred letters to a file."""
    folder = tmp_path_factory.mktemp("made") / "lab"
    shutil.copytree(demo_case.folder, folder)
    shutil.copy2(demo_case.key_file, folder.with_name("lab.key"))
    paper = folder / "letters" / "paper.toml"
    paper.write_text(paper.read_text().replace("letters_per_file = 5000", "letters_per_file = 500"))
    plan(folder, demo_case.keys, ROUND, now=NOW)
    return folder, produce(folder, demo_case.keys, ROUND, now=NOW, processes=1)


@pytest.fixture
def case(made, tmp_path):
    """A copy of it, for tests that change it."""
    folder = tmp_path / "lab"
    shutil.copytree(made[0], folder)
    shutil.copy2(made[0].with_name("lab.key"), tmp_path / "lab.key")
    return folder


@pytest.fixture
def keys(demo_case):
    return demo_case.keys


def out(folder):
    return folder / "rounds" / ROUND / "out"


def sign(folder, keys):
    """Two people approve the round as it was checked, without a reader test."""
    check_round(folder, ROUND, keys, now=NOW)
    found = standing(folder, ROUND)
    wrote = authors(found.case, found.round)
    ada, bo = Signer("ada", "Ada One"), Signer("bo", "Bo Two")
    for by in (ada, bo):
        approve(folder, found.record, keys, by=by, authors=wrote, at=NOW)
    waive_reader_test(folder, found.record, keys, by=ada, reason="a test", authors=wrote, at=NOW)


def test_everyone_in_the_round_is_accounted_for(made):
    _, told = made
    assert told.people == told.letters + told.suppressed + told.unreachable
    assert told.letters == told.printed + told.singles
    assert told.files == len(read_files((out(made[0]) / "files.csv").read_text())) == -(-told.printed // 500)
    assert told.variants > 4


def test_until_it_is_approved_a_round_is_specimens_and_stays_planned(made, keys):
    folder, told = made
    assert (told.specimen, told.state) == (True, "planned")
    assert any("approvals" in wait for wait in told.waits)
    assert read_record(folder, ROUND).state == "planned"
    with pytest.raises(RoundError):
        handover(folder, keys, ROUND, now=NOW, environ={})


def test_every_letter_is_read_back_and_the_verdict_written_down(case, keys):
    found = verify(case, keys, ROUND, now=NOW, processes=1)
    assert (found.verified, found.wrong, found.specimen) == (found.letters, 0, True)
    assert json.loads((out(case) / "verified.json").read_text())["verified"] == found.letters


def test_a_verdict_holds_until_something_it_is_about_is_touched(case, keys):
    assert verdict(case, ROUND) is None
    found = verify(case, keys, ROUND, now=NOW, processes=1)
    assert verdict(case, ROUND) == found
    first = min(out(case).glob("*.sealed"))
    first.write_bytes(first.read_bytes())
    assert verdict(case, ROUND) is None


def test_a_verdict_that_something_is_wrong_is_never_kept(case, keys):
    first, second = sorted(out(case).glob("*.sealed"))[:2]
    shutil.copy2(second, first)
    assert verify(case, keys, ROUND, now=NOW, processes=1).wrong
    assert verdict(case, ROUND) is None


def test_produced_again_nothing_is_written(case, keys):
    before = {path: path.stat().st_mtime_ns for path in out(case).iterdir()}
    again = produce(case, keys, ROUND, now=NOW)
    assert again.specimen
    assert before == {path: path.stat().st_mtime_ns for path in out(case).iterdir()}


class _StopError(Exception):
    pass


def test_cut_off_it_goes_on_and_gives_the_same_files(made, case, keys):
    shutil.rmtree(out(case))

    def stop(stage, share):
        if share > 0.3:
            raise _StopError

    with pytest.raises(_StopError):
        produce(case, keys, ROUND, now=NOW, processes=1, progress=stop)
    with pytest.raises(RoundError, match="as the round stands now"):
        verify(case, keys, ROUND, now=NOW)
    kept = {path.name: path.stat().st_mtime_ns for path in out(case).glob("*.sealed")}
    assert kept
    produce(case, keys, ROUND, now=NOW, processes=2)
    assert all(out(case).joinpath(name).stat().st_mtime_ns == when for name, when in kept.items())
    for name in ("files.csv", "manifest.csv", "production.json"):
        assert (out(case) / name).read_bytes() == (out(made[0]) / name).read_bytes()


def test_a_print_file_in_the_place_of_another_is_found(case, keys):
    first, second = sorted(out(case).glob("*.sealed"))[:2]
    shutil.copy2(second, first)
    ran = helder("round", "verify", case, ROUND, "--processes", 1, "--json")
    assert (ran.code, ran.document["wrong"]) == (1, 500)
    assert "file" in ran.document["problems"]
    shown = helder("round", "verify", case, ROUND, "--processes", 1, "--lang", "nl")
    assert IN_DUTCH["file"] in shown.out
    assert "500" in shown.out


DISK = """
[channels.disk]
kind = "folder"
path = "../printer"
"""
MAIL = """
[channels.mail]
kind = "smtp"
host = "127.0.0.1"
port = {port}
user = "helder"
sender = "post@lab.example"
ca_file = "{home}/cert.pem"
subject = {{nl = "Een bericht", en = "A message"}}
"""


def test_approved_letters_are_real_leave_once_and_are_not_made_again(case, keys, tmp_path):
    (tmp_path / "printer").mkdir()
    with mail_server(tmp_path) as server, (case / "case.toml").open("a") as settings:
        settings.write(DISK + MAIL.format(port=server.port, home=tmp_path))
        settings.flush()
        _leave(case, keys, tmp_path, server)


def _leave(case, keys, tmp_path, server):
    sign(case, keys)
    ran = helder("round", "produce", case, ROUND, "--processes", 1, "--json")
    assert (ran.document["specimen"], ran.document["state"], ran.document["waits"]) == (False, "produced", [])
    found = verify(case, keys, ROUND, now=NOW, processes=1)
    assert (found.wrong, found.specimen) == (0, False)
    steps = len(read_record(case, ROUND).history)
    assert produce(case, keys, ROUND, now=NOW).state == "produced"
    assert len(read_record(case, ROUND).history) == steps
    done = handover(case, keys, ROUND, now=NOW, environ={"HELDER_CHANNEL_MAIL_SECRET": PASSWORD})
    assert done.complete
    assert len(server.taken) == ran.document["singles"] > 0
    assert len(list((tmp_path / "printer").rglob("*.pdf"))) == ran.document["files"]
    assert {path.name for path in (tmp_path / "printer").rglob("*.pdf")} == {
        file.file for file in Production(out(case).parent, keys).files
    }
    with pytest.raises(RoundError, match="not made again"):
        produce(case, keys, ROUND, now=NOW)
    assert verify(case, keys, ROUND, now=NOW, processes=1).wrong == 0


POST = """
[channels.post]
kind = "notify"
carries = "post"
base_url = "{url}"
at_once = 1
"""


def by_notify(case, url):
    """The round of the smallest group only, in Dutch, with Notify for its post."""
    toml = case / "case.toml"
    start, round2, after = toml.read_text().partition('id = "round2"\n')
    after = after.replace('{ g1 = "g1", g2 = "g2", g3 = "g3", g4 = "g4" }', '{ g4 = "g4" }', 1)
    after = after.replace('languages = ["nl", "en", "ar"]', 'languages = ["nl"]', 1)
    toml.write_text(start + round2 + after + POST.format(url=url))


def test_letters_by_post_are_made_as_their_carrier_takes_them_and_leave_by_it_alone(case, keys, tmp_path):
    with notify_server() as notify, mail_server(tmp_path) as mail:
        by_notify(case, notify.url)
        with (case / "case.toml").open("a") as toml:
            toml.write(MAIL.format(port=mail.port, home=tmp_path))
        plan(case, keys, ROUND, now=NOW)
        sign(case, keys)
        with pytest.raises(RoundError, match="made in print files"):
            verify(case, keys, ROUND, now=NOW)
        made = produce(case, keys, ROUND, now=NOW, processes=1)
        assert (made.printed, made.files, made.bytes, made.bytes_per_letter) == (0, 0, 0, None)
        assert made.people == made.singles + made.suppressed + made.unreachable
        assert not list(out(case).glob("*.sealed"))
        found = verify(case, keys, ROUND, now=NOW, processes=1)
        assert (found.verified, found.wrong) == (made.singles, 0)
        secrets = {f"HELDER_CHANNEL_{id}_SECRET": word for id, word in (("POST", API_KEY), ("MAIL", PASSWORD))}
        stop_at_first = lambda stage, share: ask_to_stop(case, ROUND) if share and "post" in stage else None  # noqa: E731
        stopped = handover(case, keys, ROUND, now=NOW, progress=stop_at_first, environ=secrets)
    gone = len(mail.taken) + len(notify.taken)
    account = account_of(case, keys, ROUND)
    assert (stopped.complete, len(notify.taken), account["delivered_as_far_as_known"]) == (False, 1, gone)
    assert account["not_handed_over"] == made.singles - gone
    carried_by_a_printer = (case / "case.toml").read_text().replace(POST.format(url=notify.url), DISK)
    (case / "case.toml").write_text(carried_by_a_printer)
    with pytest.raises(RoundError, match="were made one by one"):
        verify(case, keys, ROUND, now=NOW)
    with pytest.raises(RoundError, match="not made again"):
        produce(case, keys, ROUND, now=NOW)


def test_approved_letters_that_are_not_true_are_not_made(case, keys):
    path = case / "letters" / "paper.toml"
    facts = case / "letters" / "facts.toml"
    facts.write_text(facts.read_text().replace("valid_until = 2030-12-31", "valid_until = 2025-01-01"))
    sign(case, keys)
    with pytest.raises(RoundError, match="do not pass their check"):
        produce(case, keys, ROUND, now=NOW)
    assert Output(out(case), keys).production()["specimen"]
    path.unlink()
    with pytest.raises(CaseError, match="There is no letter paper"):
        verify(case, keys, ROUND, now=NOW)


LAST = dt.date(2025, 9, 20)
AFTER = NOW.replace(day=21)


def until(case, id, day):
    """Let a fact of the letters hold no longer than a day."""
    path = case / "letters" / "facts.toml"
    head, of, rest = path.read_text().partition(f"\n[{id}]\n")
    assert of
    path.write_text(head + of + rest.replace("valid_until = 2030-12-31", f"valid_until = {day}", 1))


def leave(case, keys, tmp_path, *, days, stop):
    """Hand over on each of these days, until `stop` says so of a share; what the last one says."""
    (tmp_path / "printer").mkdir()
    with mail_server(tmp_path) as server:
        text = (case / "case.toml").read_text()
        (case / "case.toml").write_text(text + DISK + MAIL.format(port=server.port, home=tmp_path))
        ask = lambda stage, share: ask_to_stop(case, ROUND) if stop(share) else None  # noqa: E731
        secrets = {"HELDER_CHANNEL_MAIL_SECRET": PASSWORD}
        return [handover(case, keys, ROUND, now=day, progress=ask, environ=secrets) for day in days][-1]


def test_letters_of_which_a_fact_expires_after_their_check_are_made_and_leave_on_its_last_day(case, keys, tmp_path):
    until(case, "opens", LAST)
    sign(case, keys)
    assert not produce(case, keys, ROUND, now=NOW.replace(day=20), processes=1).specimen
    assert leave(case, keys, tmp_path, days=[NOW.replace(day=20)], stop=lambda share: False).complete


def test_approved_letters_are_not_made_a_day_after_their_fact_expired(case, keys):
    until(case, "opens", LAST)
    sign(case, keys)
    with pytest.raises(RoundError, match="state what may not be said on 2025-09-21: opens \\(2025-09-20\\)") as refused:
        produce(case, keys, ROUND, now=AFTER)
    assert "helder facts" in str(refused.value.do)
    assert Output(out(case), keys).production()["specimen"]


def test_produced_letters_read_back_but_do_not_leave_a_day_after_their_fact_expired(case, keys):
    """What was made is what was to be made; whether it may still be said is asked when it leaves, in both languages."""
    until(case, "opens", LAST)
    sign(case, keys)
    produce(case, keys, ROUND, now=NOW, processes=1)
    (case / "case.toml").write_text((case / "case.toml").read_text() + DISK)
    assert verify(case, keys, ROUND, now=AFTER, processes=1).wrong == 0
    with pytest.raises(RoundError, match="opens \\(2025-09-20\\)"):
        handover(case, keys, ROUND, now=AFTER, environ={})
    assert read_record(case, ROUND).state == "produced"
    for lang, words in (("en", "state what may not be said"), ("nl", "zeggen wat op")):
        ran = helder("round", "handover", case, ROUND, "--lang", lang)
        assert ran.code == RoundError.exit_code and words in " ".join(ran.err.split())


def test_what_is_left_of_a_round_stays_when_its_fact_expired_on_the_way(case, keys, tmp_path):
    until(case, "opens", LAST)
    sign(case, keys)
    produce(case, keys, ROUND, now=NOW, processes=1)
    with pytest.raises(RoundError, match="may not be said on 2025-09-21") as refused:
        leave(case, keys, tmp_path, days=[NOW, AFTER], stop=lambda share: share > 0)
    assert read_record(case, ROUND).state == "leaving"
    assert "Close the round with --reason" in str(refused.value.do)


def test_a_fact_of_which_another_version_was_taken_after_the_letters_were_made_keeps_them_home(case, keys):
    sign(case, keys)
    produce(case, keys, ROUND, now=NOW, processes=1)
    facts = case / "letters" / "facts.toml"
    facts.write_text(facts.read_text().replace('value = "9.00"', 'value = "8.00"'))
    with pytest.raises(RoundError, match="may not leave: it waits for approvals of 2 people"):
        handover(case, keys, ROUND, now=NOW, environ={})


def test_a_missing_fact_is_said_with_the_command_that_names_it(case, keys):
    facts = case / "letters" / "facts.toml"
    facts.write_text(facts.read_text().replace("[director]", "[boss]"))
    ran = helder("round", "produce", case, ROUND, "--processes", 1, "--json")
    assert ran.code != 0
    assert ran.document["do"].startswith("helder round check")


def test_letters_that_show_how_they_would_read_are_always_specimens(case, keys):
    text = (case / "case.toml").read_text()
    (case / "case.toml").write_text(text.replace('id = "round2"\n', 'id = "round2"\nwhat_if = true\n'))
    plan(case, keys, ROUND, now=NOW)
    sign(case, keys)
    made = produce(case, keys, ROUND, now=NOW, processes=1)
    assert made.specimen
    assert "what_if" in made.waits[0]


def test_what_is_shown_names_numbers_and_the_next_command(case):
    ran = helder("round", "produce", case, ROUND, "--processes", 1, "--lang", "en")
    assert ran.code == 0
    assert "SPECIMEN" in ran.out
    assert f"helder round verify {case} {ROUND}" in " ".join(ran.out.split())
    with read_log(case) as cursor:
        actions = [row[0] for row in cursor.execute("SELECT action FROM audit_line ORDER BY seq")]
    assert actions[-1] == "round.produce"
    assert set(IN_DUTCH) == set(PROBLEMS)
