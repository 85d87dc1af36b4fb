"""Approving a round: two people who did not write it, for what they read; then it may leave, and not before."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace

import pytest

from delivery.rounds import KEYS, NOW
from helder.case.load import load_case
from helder.domain.errors import RoundError
from helder.pipeline.delivering import handover
from helder.pipeline.leaving import mark_produced
from helder.pipeline.standing import may_leave
from helder.results.rounds import standing
from helder.rounds.freeze import definition_hash, documents_hash
from helder.rounds.record import read_record, write_record
from office.checked import AUTHOR, TEXT


@pytest.fixture
def case(checked_once, tmp_path, settings_changed, user):
    """The checked round, in an office where its author has an account."""
    user("communication", username=AUTHOR)
    folder = tmp_path / "case"
    shutil.copytree(checked_once, folder)
    settings_changed(HELDER_CASE=folder, HELDER_KEYS=KEYS)
    return folder


@pytest.fixture
def as_user(client, user):
    """Logs somebody in: `as_user("approver", "Ada One")` gives the client."""

    def log_in(role, name):
        somebody = user(role, username=name.lower().replace(" ", "-"))
        type(somebody).objects.filter(pk=somebody.pk).update(name=name)
        client.force_login(somebody)
        return client

    return log_in


def seen(folder):
    return read_record(folder, "one").content


def approve(client, folder, **different):
    return client.post("/rounds/one/approve/", {"seen": seen(folder), **different})


def waive(client, folder, words="geen tijd voor een toets", kind="waiver"):
    return client.post("/rounds/one/reader-test/", {"seen": seen(folder), "kind": kind, "words": words})


def test_two_people_and_a_waiver_open_the_gate_and_the_round_leaves(case, as_user, lines):
    assert approve(as_user("approver", "Ada One"), case).status_code == 302
    assert waive(as_user("coordinator", "Cor Drie"), case).status_code == 302
    assert read_record(case, "one").state == "checked"
    with pytest.raises(RoundError, match="may not leave"):
        mark_produced(case, KEYS, "one", at=NOW)
    assert approve(as_user("approver", "Bo Two"), case).status_code == 302
    assert read_record(case, "one").state == "approved"
    mark_produced(case, KEYS, "one", at=NOW)
    (case.parent / "printer").mkdir()
    assert handover(case, KEYS, "one", now=NOW, environ={}).complete
    assert [line for line in lines() if line[1].startswith("round.")] == [
        ("user:ada-one", "round.approval", "round/one"),
        ("user:cor-drie", "round.waiver", "round/one"),
        ("user:bo-two", "round.approval", "round/one"),
    ]


def test_the_page_shows_what_is_approved_and_how_long_it_took(case, as_user):
    client = as_user("approver", "Ada One")
    page = client.get("/rounds/one/").content.decode()
    assert "goedkeuring van 2 mensen die de brieven niet schreven" in page
    assert seen(case) in page
    assert AUTHOR in page
    text = client.get("/rounds/one/maybe/nl/").content.decode()
    assert TEXT in text
    assert "minder dan 11" in text
    approve(client, case)
    assert "goedkeuring van 1 mens die de brieven niet schreef;" in client.get("/rounds/one/").content.decode()
    waive(as_user("coordinator", "Cor Drie"), case)
    approve(as_user("approver", "Bo Two"), case)
    page = client.get("/rounds/one/").content.decode()
    assert "De ronde mag weg." in page
    assert "dagen" in page  # the plan is of 2025
    assert "2 van 2" in client.get("/rounds/").content.decode()


def test_who_reads_a_text_for_approval_is_told_that_it_names_whom_it_is_about(case, as_user):
    client, says = as_user("approver", "Ada One"), "over wie de brief gaat"
    assert says not in client.get("/rounds/one/maybe/nl/").content.decode()
    toml = (case / "case.toml").read_text()
    (case / "case.toml").write_text(toml.replace('id = "one"\n', 'id = "one"\nrepresented = { minor = "maybe" }\n'))
    found, record = load_case(case), read_record(case, "one")
    planned = {**record.hashes, "definition": definition_hash(found, found.round("one"))}
    write_record(case, replace(record, hashes=planned))
    assert says in client.get("/rounds/one/maybe/nl/").content.decode()


def test_nobody_approves_twice_or_what_they_wrote(case, as_user, write_as):
    client = as_user("approver", "Ada One")
    approve(client, case)
    again = approve(client, case)
    assert (again.status_code, "U hebt dit al goedgekeurd" in again.content.decode()) == (409, True)
    write_as(AUTHOR)
    for signs in (approve, waive):
        refused = signs(client, case)
        assert (refused.status_code, "U schreef mee" in refused.content.decode()) == (409, True)


@pytest.fixture
def write_as(case, client):
    """`write_as("wil")` logs in the account, as a coordinator, under a name that says nothing of what it wrote."""

    def log_in(username):
        from helder.office.models import User

        User.objects.filter(username=username).update(roles=["coordinator"], name="Somebody Else")
        client.force_login(User.objects.get(username=username))
        return client

    return log_in


def authored(folder, *authors):
    """The letter says that these wrote it; the round is planned and checked again."""
    (folder / "letters" / "one" / "hit" / "letter.toml").write_text(f"[letter]\nauthors = {json.dumps(authors)}\n")
    write_record(folder, standing(folder, "one").record.to("checked", NOW))


@pytest.mark.parametrize("spelling", ["wil", "WIL", "Wil ", "  wil", "outside: wil", "OUTSIDE :  Somebody   Élse"])
def test_an_author_does_not_sign_however_the_letter_spells_them(case, write_as, spelling):
    authored(case, spelling)
    for signs in (approve, waive):
        refused = signs(write_as("wil"), case)
        assert (refused.status_code, "U schreef mee" in refused.content.decode()) == (409, True)


@pytest.mark.parametrize(
    "nobody", ["Wil Schrijver", "wil schrijver", "E. Writer", "outside:", "outside: .", "", " ", 7]
)
def test_a_name_that_is_no_user_name_is_approved_by_nobody(case, as_user, nobody):
    authored(case, nobody, "outside: an agency")
    answer = approve(as_user("approver", "Ada One"), case)
    assert (answer.status_code, "zegt niet wie hem schreef" in answer.content.decode()) == (409, True)
    with pytest.raises(RoundError, match="by user names"):
        may_leave(case, KEYS, "one")


@pytest.mark.parametrize("nobody", ["wil-schrijver", "wiI", "wi1", "loader"])
def test_a_user_name_that_no_person_here_has_is_approved_by_nobody(case, as_user, user, nobody):
    user(username="loader")  # of what `helder demo` loads: nobody
    authored(case, nobody)
    answer = approve(as_user("approver", "Ada One"), case)
    assert (
        answer.status_code,
        f"‘{nobody.lower()}’, en dat is hier geen gebruikersnaam" in answer.content.decode(),
    ) == (409, True)


def test_an_account_that_is_renamed_leaves_a_letter_whose_author_is_not_known(case, write_as, as_user):
    from helder.office.models import User

    User.objects.filter(username="wil").update(username="willem")
    for client in (write_as("willem"), as_user("approver", "Ada One")):
        answer = approve(client, case)
        assert (answer.status_code, "geen gebruikersnaam" in answer.content.decode()) == (409, True)


def test_who_left_is_still_an_author_and_a_letter_of_an_agency_is_approved(case, as_user):
    from helder.office.models import User

    User.objects.filter(username="wil").update(is_active=False)
    authored(case, "wil", "outside: Bureau Helder Schrijven")
    client = as_user("approver", "Ada One")
    page = client.get("/rounds/one/").content.decode()
    assert "(wil)" in page and "Bureau Helder Schrijven (geen account)" in page
    assert approve(client, case).status_code == 302


def test_approvals_fall_when_a_letter_changes_and_the_page_says_so(case, as_user):
    client = as_user("approver", "Ada One")
    old = seen(case)
    approve(client, case)
    with (case / "letters" / "one" / "hit" / "letter.toml").open("a") as file:
        file.write("# changed\n")
    page = client.get("/rounds/one/").content.decode()
    assert "vervallen: de inhoud veranderde" in page
    assert "Veranderd sinds het plan" in page
    assert approve(client, case, seen=old).status_code == 409


def test_what_was_not_looked_at_is_not_approved(case, as_user, lines):
    answer = approve(as_user("approver", "Ada One"), case, seen="0" * 64)
    assert (answer.status_code, "intussen veranderd" in answer.content.decode()) == (409, True)
    assert not [line for line in lines() if line[1] == "round.approval"]


def test_a_waiver_needs_a_reason_and_a_second_is_refused(case, as_user, lines):
    client = as_user("coordinator", "Cor Drie")
    assert waive(client, case, words="").status_code == 409
    assert waive(client, case, words="123").status_code == 409
    assert not [line for line in lines() if line[1] == "round.waiver"]
    assert waive(client, case, kind="reader_test", words="acht lezers, zie verslag").status_code == 302
    assert waive(client, case).status_code == 409


def test_a_waiver_stands_with_the_decisions_also_when_it_has_fallen(case, as_user):
    client = as_user("coordinator", "Cor Drie")
    assert "Rondes zonder lezerstoets" not in client.get("/decisions/").content.decode()
    waive(client, case)
    page = client.get("/decisions/").content.decode()
    assert "Rondes zonder lezerstoets" in page
    assert "Cor Drie" in page
    assert "vervallen" not in page
    with (case / "letters" / "one" / "hit" / "letter.toml").open("a") as file:
        file.write("# changed\n")
    assert "vervallen: de inhoud veranderde" in client.get("/decisions/").content.decode()


def test_the_page_warns_when_the_offices_facts_changed_since_they_were_taken_to_the_letters(case, as_user):
    from django.utils import timezone

    from helder.office.letter_facts import put, taken_now

    client, warns = as_user("coordinator", "Cor Drie"), "lopen achter op het kantoor"
    assert warns not in client.get("/rounds/one/").content.decode()  # letters that cite nothing of the office
    put(case, taken_now(timezone.localdate()).text)
    assert warns not in client.get("/rounds/one/").content.decode()
    new = {
        "name": "m",
        "words_nl": "w",
        "words_en": "w",
        "owner": "us",
        "status": "done",
        "since": "2025-08-06",
        "evidence": "e",
    }
    assert client.post("/measures/new/", new).status_code == 302
    assert warns in client.get("/rounds/one/").content.decode()


def test_a_letter_that_does_not_say_who_wrote_it_is_approved_by_nobody(case, as_user):
    path = case / "letters" / "one" / "hit" / "letter.toml"
    path.write_text("[letter]\n")
    write_record(case, standing(case, "one").record.to("checked", NOW))
    answer = approve(as_user("approver", "Ada One"), case)
    assert (answer.status_code, "zegt niet wie hem schreef" in answer.content.decode()) == (409, True)


def test_other_words_than_were_checked_are_approved_by_nobody_and_stop_the_round(case, as_user):
    client = as_user("approver", "Ada One")
    approve(client, case)
    waive(as_user("coordinator", "Cor Drie"), case)
    approve(as_user("approver", "Bo Two"), case)
    path = case / "rounds" / "one" / "documents.json"
    was = path.read_text()
    path.write_text(was.replace(TEXT, "Uw gegevens zijn niet gestolen."))
    answer = approve(as_user("approver", "Eva Vier"), case)
    assert (answer.status_code, "nog niet gecontroleerd" in answer.content.decode()) == (409, True)
    assert "niet gestolen" not in client.get("/rounds/one/maybe/nl/").content.decode()
    with pytest.raises(RoundError, match="not those that were approved"):
        mark_produced(case, KEYS, "one", at=NOW)
    path.write_text(was)
    mark_produced(case, KEYS, "one", at=NOW)


def test_a_round_that_was_not_checked_or_not_planned_is_not_approved(case, as_user):
    client = as_user("approver", "Ada One")
    (case / "rounds" / "one" / "documents.json").unlink()
    answer = approve(client, case)
    assert (answer.status_code, "nog niet gecontroleerd" in answer.content.decode()) == (409, True)
    assert client.get("/rounds/one/maybe/nl/").status_code == 404
    shutil.rmtree(case / "rounds")
    assert client.get("/rounds/one/").status_code == 404
    assert "nog niet gepland" in client.get("/rounds/").content.decode()
    assert client.get("/rounds/none/").status_code == 404


def test_documents_that_do_not_belong_to_the_people_stop_the_page(case, as_user):
    place, record = case / "rounds" / "one", read_record(case, "one")
    (place / "documents.json").write_text("[]")
    write_record(case, replace(record, hashes={**record.hashes, "documents": documents_hash(place)}))
    answer = as_user("approver", "Ada One").get("/rounds/one/")
    assert answer.status_code == 409
    assert "helder round check" in answer.content.decode()


def test_a_round_that_only_shows_letters_waits_for_nobody(case, as_user):
    client = as_user("coordinator", "Cor Drie")
    for page in ("/", "/rounds/", "/rounds/one/"):
        assert "wacht op goedkeuring" in client.get(page).content.decode()
    assert waiting(client) == "1"
    text = (case / "case.toml").read_text()
    (case / "case.toml").write_text(text.replace('id = "one"\n', 'id = "one"\nwhat_if = true\n'))
    for page in ("/", "/rounds/", "/rounds/one/"):
        found = client.get(page).content.decode()
        assert "wacht op goedkeuring" not in found
        assert "Wacht op:" not in found
    assert waiting(client) == "0"
    assert "gaat nooit weg" in client.get("/rounds/").content.decode()


def waiting(client):
    """How many rounds wait for approval, as the overview says it."""
    words = re.sub(r"<[^>]+>|\s+", " ", client.get("/").content.decode())
    return re.search(r"(\d+)\s+rondes? wacht(?:en)? op goedkeuring", words)[1]
