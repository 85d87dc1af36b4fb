"""A supplier's contact at work: their first page, their questionnaire, and nothing beside it."""

from __future__ import annotations

import re
import uuid

import pytest

from office.conftest import just_logged_in
from office.test_own_rows import SECRET, contact, parties, shelf_of  # noqa: F401 (fixtures)
from office.test_registers import GOOD

FILL = "/scans/alder/fill/"


@pytest.fixture
def office_of_two(parties):  # noqa: F811
    """Each party has an answer, a term and a verdict that was proposed; the other's texts hold the secret."""
    import datetime as dt

    from django.utils import timezone

    from helder.office import entries
    from helder.registers.scans.verdicts import propose

    for short, text in (("alder", "report of A"), ("birch", SECRET)):
        answer = {"party": short, "question": "policy", "answer": "no", "evidence": text, "rests_on": "document"}
        entries.add(shelf_of("scans").model, parties, answer)
        since = timezone.now() - dt.timedelta(hours=90 if short == "alder" else 20)
        asked = {
            "duty": "gdpr_33_2",
            "party": short,
            "to": "bvo",
            "source": "s",
            "started": since,
            "asked_regulator": True,
        }
        entries.add(shelf_of("clocks").model, parties, asked)
        clock = {
            "duty": "gdpr_33_1",
            "party": short,
            "to": "ap",
            "source": f"memo on {text}",
            "reason": f"why {text}",
            "started": since,
        }
        entries.add(shelf_of("clocks").model, parties, clock)
        propose(parties, short, "insufficient", f"weighed {text}")
    entries.add(shelf_of("measures").model, parties, GOOD["measures"] | {"owner": SECRET})
    return parties


@pytest.fixture
def ada(client, contact, office_of_two):  # noqa: F811
    """The contact, logged in."""
    client.force_login(contact)
    return contact


def links(page):
    """Where a page's links and forms lead, within the office."""
    return {link.replace("&amp;", "&") for link in re.findall(r'(?:href|action)="(/[^"#]*)', page)}


@pytest.mark.any_database
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_link_opens_and_no_page_tells_of_others(client, ada, lang):
    """From the first page on, all that can be reached."""
    type(ada).objects.filter(pk=ada.pk).update(language=lang)
    assert client.get("/")["Location"] == "/own/"
    there, waiting = {}, {"/"}
    while waiting:
        address = waiting.pop()
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        there[address] = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode(
            "utf-8", "replace"
        )
        posts = ("/language/", "/static/", "/account/")
        waiting |= {link for link in links(there[address]) if not link.startswith(posts)} - set(there)
    assert {"/", "/own/", "/scans/", FILL, "/parties/", "/scans/export.csv"} <= set(there)
    told = "".join(there.values())
    assert "report of A" in told
    for other in (SECRET, "birch", "weighed", "memo on", "why report"):
        assert other not in told


@pytest.mark.any_database
def test_the_first_page_has_ones_own_terms_agreements_and_questions(client, ada):
    from helder.registers.scans.rules import newest

    page = client.get("/own/").content.decode()
    asked = newest().questions.values()
    assert f"1 van {len(asked)} vragen beantwoord" in page
    assert f"{sum(one.must for one in asked)} verplichte nog niet" in page
    assert "te laat en nog niet gedaan" in page.lower()
    assert "loopt" not in page.lower()  # the other's
    assert "de wet geeft geen getal" in page
    assert "toezichthouder beoordeeld" not in page.lower()  # the team's to tell
    assert FILL in page


@pytest.mark.any_database
def test_the_team_is_led_from_there_to_its_own_first_page(client, user):
    client.force_login(user("coordinator"))
    assert client.get("/own/")["Location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.any_database
def test_without_a_party_there_is_nothing(client, user, office_of_two):
    client.force_login(user("supplier"))
    for address in ("/", "/own/", "/scans/", "/parties/", "/scans/export.csv", FILL):
        assert client.get(address).status_code == 403


@pytest.mark.any_database
def test_of_a_party_that_nobody_knows_there_is_nothing_either(client, user, office_of_two):
    client.force_login(user("supplier", party="nobody"))
    assert "U wordt nu niets gevraagd" in client.get("/own/").content.decode()
    assert SECRET not in client.get("/scans/").content.decode()
    assert client.get("/scans/export.json").json() == []
    assert client.get("/scans/nobody/fill/").status_code == 404


def test_a_supplier_fills_in_its_own_answers_and_each_leaves_a_line(client, ada, lines):
    before = len(lines())
    data = {"risks-answer": "yes", "risks-evidence": "assessment of May", "logged-answer": "no", "risks-seen": "0"}
    assert client.post(FILL, data)["Location"] == "/own/"
    found = {one.question: one for one in shelf_of("scans").model.objects.filter(author=ada)}
    assert {id: (one.party, one.answer, one.rests_on) for id, one in found.items()} == {
        "risks": ("alder", "yes", "said"),
        "logged": ("alder", "no", ""),
    }
    assert [line[:2] for line in lines()[before:]] == [("user:ada", "scans.added")] * 2
    again = client.post(FILL, {"risks-answer": "yes"})  # a claim without evidence
    assert again.status_code == 422
    assert "Zeg waarop dit antwoord berust" in again.content.decode()


def test_a_supplier_cannot_say_that_somebody_saw_its_evidence(client, ada, office_of_two):
    """What is shown is what the team saw: one's own word settles nothing, and a changed answer has to be looked at again."""
    from helder.office import entries

    model = shelf_of("scans").model

    def answer():
        return model.objects.get(party="alder", question="risks", current=True)

    claim = {
        "risks-answer": "yes",
        "risks-evidence": "assessment of May",
        "risks-rests_on": "tested",
        "risks-seen_on": "2026-05-01",
    }
    client.post(FILL, claim)
    assert (answer().rests_on, answer().seen_on, answer().given.settled) == ("said", None, False)
    entries.correct(model, office_of_two, answer().entry, {"rests_on": "document"}, "read it", 1)
    client.post(FILL, claim)  # the same again changes nothing
    assert (answer().version, answer().rests_on) == (2, "document")
    client.post(FILL, claim | {"risks-evidence": "assessment of June"})
    assert (answer().version, answer().rests_on, answer().given.settled) == (3, "said", False)


@pytest.mark.any_database
def test_a_verdict_is_neither_seen_nor_given_and_falls_when_the_supplier_changes_an_answer(client, ada):
    from helder.registers.scans.verdicts import latest, state

    verdict = latest("alder")
    for address in (
        "/scans/alder/verdict/",
        f"/scans/confirm/{verdict.pk}/",
        "/scans/birch/verdict/",
        "/scans/confirm/0/",
    ):
        assert {
            client.get(address).status_code,
            client.post(address, {"outcome": "sufficient", "reasons": "x"}).status_code,
        } == {403}
    assert latest("alder") == verdict
    assert state(verdict) == "proposed"
    client.post(FILL, {"policy-answer": "yes", "policy-evidence": "policy of 2026"})
    assert state(verdict) == "fallen"
    assert state(latest("birch")) == "proposed"


def test_who_invited_the_supplier_does_not_confirm_a_verdict_on_its_answers(client, ada, user):
    """Until a third person confirmed that somebody else works with the account: it could be the inviter's own hand."""
    from helder.registers.scans.verdicts import latest, propose, state

    inviter, proposer = user("approver"), user("privacy_officer")
    type(ada).objects.filter(pk=ada.pk).update(invited_by=inviter)
    client.post(FILL, {"policy-answer": "yes", "policy-evidence": "policy of 2026"})
    propose(proposer, "alder", "insufficient", "only said")
    client.force_login(inviter)
    client.post(f"/scans/confirm/{latest('alder').pk}/")
    assert state(latest("alder")) == "proposed"
    type(ada).objects.filter(pk=ada.pk).update(confirmed_by=proposer)
    client.post(f"/scans/confirm/{latest('alder').pk}/")
    assert state(latest("alder")) == "confirmed"


@pytest.mark.any_database
def test_another_suppliers_questionnaire_is_as_one_that_never_was(client, ada):
    answers = []
    for party in ("birch", "nobody"):
        data = {"policy-answer": "yes", "policy-evidence": "x", "policy-party": "birch"}
        for answer in (client.get(f"/scans/{party}/fill/"), client.post(f"/scans/{party}/fill/", data)):
            text = re.sub(r'value="[^"]{60,}"', "", answer.content.decode())
            answers.append((answer.status_code, text.replace(party, "")))
    assert answers[:2] == answers[2:]
    assert answers[0][0] == 404
    client.post(
        FILL,
        {
            "risks-answer": "no",
            "risks-party": "birch",
            "party": "birch",
            "risks-question": "policy",
            "risks-entry": str(uuid.uuid4()),
        },
    )
    assert shelf_of("scans").model.objects.filter(author=ada).values_list("party", "question").get() == (
        "alder",
        "risks",
    )


def test_an_answer_that_somebody_else_changed_meanwhile_is_not_overwritten(client, ada, office_of_two):
    from helder.office import entries

    model = shelf_of("scans").model
    page = client.get(FILL).content.decode()
    assert 'name="policy-seen" value="1"' in page
    assert 'name="risks-seen" value="0"' in page
    one = model.objects.get(party="alder", question="policy")
    entries.correct(model, office_of_two, one.entry, {"answer": "partly"}, "telephoned", 1)
    answer = client.post(FILL, {"policy-answer": "yes", "policy-evidence": "x", "policy-seen": "1"})
    assert answer.status_code == 422
    assert "Iemand anders wijzigde dit antwoord" in answer.content.decode()
    assert model.objects.get(entry=one.entry, current=True).answer == "partly"
    seen = {"policy-answer": "partly", "policy-evidence": "report of A", "policy-seen": "1"}
    assert client.post(FILL, seen).status_code == 302  # nothing to overwrite


def test_a_supplier_saves_only_so_many_versions_in_a_day_and_the_team_any_number(client, ada, user, office_of_two):
    import datetime as dt

    from helder.registers.scans.rules import VERSIONS_A_DAY, newest

    model, most = shelf_of("scans").model, VERSIONS_A_DAY * len(newest().questions)
    own = model.objects.filter(party="alder")
    client.post(FILL, {"risks-answer": "no"})
    one = own.get(question="risks")
    for version in range(1002, 1000 + most):  # as many as leave room for one
        old = {**one.content(), "entry": one.entry, "author": ada, "version": version, "current": False}
        model.objects.create(**old)
    assert client.post(FILL, {"logged-answer": "no"}).status_code == 302  # the last of this day
    colleague = user("supplier", username="anna", party="alder")
    for who in (ada, colleague):  # another account of theirs has no day of its own
        client.force_login(who)
        answer = client.post(FILL, {"risks-answer": "unknown", "risks-seen": "1"})
        assert answer.status_code == 429
        assert "Sla het morgen op, of bel het crisisteam" in answer.content.decode()
        assert '<option value="unknown" selected>' in answer.content.decode()
    assert client.post(FILL, {"risks-answer": "no", "risks-seen": "1"}).status_code == 302  # nothing to save
    assert own.get(question="risks", current=True).answer == "no"
    client.force_login(user("coordinator"))
    assert (
        client.post(FILL, {"risks-answer": "partly", "risks-evidence": "r", "risks-rests_on": "said"}).status_code
        == 302
    )
    model.objects.filter(author=ada).update(at=one.at - dt.timedelta(days=1, minutes=1))
    client.force_login(ada)
    assert client.post(FILL, {"risks-answer": "unknown"}).status_code == 302


@pytest.mark.any_database
def test_who_works_in_the_team_is_not_told_but_ones_own_people_are(client, ada, user):
    colleague = user("supplier", username="anna", party="alder")
    client.force_login(colleague)
    client.post(FILL, {"logged-answer": "no"})
    client.force_login(ada)
    by = {}
    for question in ("policy", "logged"):
        one = shelf_of("scans").model.objects.get(party="alder", question=question)
        by[question] = client.get(f"/scans/{one.entry}/").content.decode()
    assert "het crisisteam" in by["policy"]
    assert "Clerk" not in by["policy"]
    assert "Anna" in by["logged"]


@pytest.mark.any_database
def test_a_supplier_has_no_tokens_and_one_of_who_became_a_supplier_opens_nothing(client, ada, user):
    from helder.office import tokens

    assert client.get("/tokens/").status_code == 403
    assert "/tokens/" not in client.get("/account/2fa/").content.decode()
    with pytest.raises(ValueError, match="tokens:read"):
        tokens.make(ada, "t", ["scans:read"])
    turned = user("coordinator")
    head = {"Authorization": f"Bearer {tokens.make(turned, 't', ['scans:read'])}"}
    assert client.get("/api/v1/scans", headers=head).status_code == 200
    type(turned).objects.filter(pk=turned.pk).update(roles=["supplier"], party="alder")
    assert client.get("/api/v1/scans", headers=head).status_code == 403
    assert client.get("/api/v1/facts", headers=head).json() == []


def test_a_contact_is_invited_for_a_party_that_is_known_and_comes_in_at_its_page(client, parties, lines):  # noqa: F811
    from helder.office.invitations import invite
    from helder.web.colleague_pages import InvitationForm

    assert list(InvitationForm({"roles": ["supplier"], "party": "nobody"}).errors) == ["party"]
    for roles, party in ((["supplier"], ""), (["desk"], "alder")):
        with pytest.raises(ValueError, match="party"):
            invite(roles, parties, party)
    just_logged_in(client, parties)
    page = client.post("/colleagues/invite/", {"roles": ["supplier"], "party": "alder"}).content.decode()
    address = re.search(r"<code>http://localhost(/welcome/[^<]+)</code>", page)[1]
    client.logout()
    client.post(address, {"username": "ada", "name": "Ada", "password": "correct horse battery staple"})
    client.post("/account/login/", {"login": "ada", "password": "correct horse battery staple"})
    assert client.get("/", follow=True).redirect_chain == [("/own/", 302)]
    assert "<h1>Alder</h1>" in client.get("/own/").content.decode()
