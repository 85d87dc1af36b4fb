"""Who lost their log-in comes back to the same account by a colleague's link, which ends all that opened it before and counts as theirs."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from office.conftest import PASSWORD, just_logged_in
from office.test_four_eyes import acts, confirm, people  # noqa: F401 (fixtures)
from office.test_rounds import approve, case  # noqa: F401 (fixtures)
from office.test_scans import team  # noqa: F401 (a fixture)

NEW = "another horse battery staple"


@pytest.fixture
def lost(people):  # noqa: F811
    """Somebody of the team, whose account was made with the key."""
    return people("lot")


def offered(client, user):
    """The address of a link for `user`, as the page of colleagues shows it."""
    page = client.post(f"/colleagues/{user.pk}/reset/").content.decode()
    return re.search(r"<code>http://localhost(/welcome/[^<]+)</code>", page)[1]


def come_back(address, password=NEW):
    """Use the link in a browser of one's own; gives the answer."""
    from django.test import Client

    return Client(SERVER_NAME="localhost").post(address, {"password": password})


def let_in(acts, by, user):  # noqa: F811
    assert come_back(offered(acts(by), user)).status_code == 302
    user.refresh_from_db()


def test_the_link_leads_back_to_the_same_account_and_ends_what_opened_it_before(people, acts, lost, lines):  # noqa: F811
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from allauth.socialaccount.models import SocialAccount
    from django.test import Client

    from helder.office import tokens
    from helder.office.models import User

    ada, theirs = people("ada"), Client(SERVER_NAME="localhost")
    TOTP.activate(lost, generate_totp_secret())
    SocialAccount.objects.create(user=lost, provider="organisation", uid="1")
    secret, accounts = tokens.make(lost, "script", ["timeline:read"]), User.objects.count()
    just_logged_in(theirs, lost)
    assert theirs.get("/timeline/").status_code == 200
    address = offered(acts(ada), lost)
    page = acts(ada).get(address).content.decode()
    assert "<strong>lot</strong>" in page
    assert 'name="username"' not in page
    assert tokens.find(secret)  # a link alone ends nothing
    assert theirs.get("/timeline/").status_code == 200
    assert come_back(address).status_code == 302
    assert theirs.get("/timeline/").status_code == 302
    assert tokens.find(secret) is None
    assert not Authenticator.objects.filter(user=lost).exists()
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == accounts
    for password, came_in in ((PASSWORD, False), (NEW, True)):
        theirs.post("/account/login/", {"login": "lot", "password": password})
        assert ("_auth_user_id" in theirs.session) is came_in
    subject = f"user/n{lost.pk}"
    assert ("user:ada", "user.reset_offered", subject) in lines()
    assert ("user:lot", "user.reset", subject) in lines()
    assert [action for _, action, _ in lines()].count("account.way_removed") == 2
    assert "token.ended" in [action for _, action, _ in lines()]


def test_without_a_second_factor_who_came_back_makes_one_first(acts, people, lost, client, settings_changed):  # noqa: F811
    let_in(acts, people("ada"), lost)
    settings_changed(HELDER_SECOND_FACTOR=True)
    client.post("/account/login/", {"login": "lot", "password": NEW})
    assert client.get("/timeline/")["Location"] == "/account/2fa/"


def test_a_link_works_once_within_a_day_and_only_the_newest(acts, people, lost):  # noqa: F811
    from django.utils import timezone

    from helder.office.models import Invitation, User

    ada = people("ada")
    older, newer = offered(acts(ada), lost), offered(acts(ada), lost)
    assert come_back(older).status_code == 410
    assert come_back(newer, "short").status_code == 422
    User.objects.filter(pk=lost.pk).update(name="Lotte de Eerste")
    assert come_back(newer, "lotte-de-eerste").status_code == 422
    assert come_back(newer).status_code == 302
    assert come_back(newer, "a third horse battery staple").status_code == 410
    late = offered(acts(ada), lost)
    Invitation.objects.filter(used=None).update(until=timezone.now() - dt.timedelta(seconds=1))
    assert come_back(late).status_code == 410
    lost.refresh_from_db()
    assert lost.check_password(NEW)


def test_a_link_can_be_taken_back_and_is_no_invitation(acts, people, lost):  # noqa: F811
    from helder.office.invitations import use
    from helder.office.models import Invitation

    address = offered(acts(people("ada")), lost)
    assert use(address.split("/")[2], "twin", "Twin", PASSWORD) is None
    page = acts(people("eva")).get("/colleagues/").content.decode()
    number = Invitation.objects.get(used=None).pk
    assert f"/colleagues/invitations/{number}/end/" in page
    assert acts(people("bo")).post(f"/colleagues/invitations/{number}/end/").status_code == 302
    assert come_back(address).status_code == 410


def test_nobody_resets_their_own_nor_that_of_who_answers_for_them(acts, people, lost):  # noqa: F811
    own = acts(lost)
    assert own.post(f"/colleagues/{lost.pk}/reset/").status_code == 404
    assert f"/colleagues/{lost.pk}/reset/" not in own.get("/colleagues/").content.decode()
    guest = people("guest", by="lot")
    assert acts(guest).post(f"/colleagues/{lost.pk}/reset/").status_code == 404
    assert confirm(acts, people("ada"), guest) == 302
    assert acts(guest).post(f"/colleagues/{lost.pk}/reset/").status_code == 200


@pytest.mark.parametrize("role", ["privacy_officer", "approver", "auditor", "desk"])
def test_who_may_not_manage_colleagues_makes_no_link(acts, people, lost, role):  # noqa: F811
    from helder.office.models import Invitation

    assert acts(people("other", role)).post(f"/colleagues/{lost.pk}/reset/").status_code == 403
    assert not Invitation.objects.exists()


def test_a_link_of_who_left_or_for_who_left_opens_nothing(acts, people, lost, lines):  # noqa: F811
    from helder.office.models import User

    ada = people("ada")
    address = offered(acts(ada), lost)
    for gone in (ada, lost):
        User.objects.filter(pk=gone.pk).update(is_active=False)
        assert come_back(address).status_code == 410
        User.objects.filter(pk=gone.pk).update(is_active=True)
    assert "user.reset" not in [action for _, action, _ in lines()]
    User.objects.filter(pk=lost.pk).update(is_active=False)
    assert acts(ada).post(f"/colleagues/{lost.pk}/reset/").status_code == 404


def test_two_who_made_links_for_each_other_never_answer_for_each_other(acts, people, lost):  # noqa: F811
    from helder.office.four_eyes import person_behind

    ada = people("ada")
    theirs, mine = offered(acts(ada), lost), offered(acts(lost), ada)
    assert come_back(theirs).status_code == 302
    assert come_back(mine).status_code == 410
    lost.refresh_from_db()
    assert person_behind(lost) == person_behind(ada) == ada.pk


def test_the_machines_link_brings_back_no_answering_of_before(acts, people):  # noqa: F811
    from helder.office.four_eyes import person_behind
    from helder.web.first import way_back

    cor, ada = people("cor"), people("ada")
    twin = people("twin", by="cor")
    assert confirm(acts, ada, twin) == 302
    let_in(acts, twin, cor)
    let_in(acts, ada, twin)
    assert come_back(f"/welcome/{way_back('twin')}/").status_code == 302
    twin.refresh_from_db()
    assert person_behind(twin) == person_behind(cor) == ada.pk


def test_who_took_over_an_approvers_account_still_counts_as_one_until_a_third_person_confirms(acts, people, lost, case):  # noqa: F811
    ada, third = people("ada"), people("third")
    let_in(acts, ada, lost)
    assert approve(acts(ada), case).status_code == 302
    assert approve(acts(lost), case).status_code == 409
    assert confirm(acts, ada, lost) == 404
    assert confirm(acts, third, lost) == 302
    assert approve(acts(lost), case).status_code == 302


def test_a_reset_takes_back_what_a_third_person_confirmed(acts, people, case):  # noqa: F811
    ada, third = people("ada"), people("third")
    twin = people("twin", by="third")
    assert confirm(acts, ada, twin) == 302
    let_in(acts, third, twin)
    assert twin.confirmed_by is None
    assert approve(acts(twin), case).status_code == 302
    assert approve(acts(third), case).status_code == 409


def test_what_was_signed_with_a_taken_account_stays_of_who_took_it_when_its_owner_is_back(acts, people, lost, case):  # noqa: F811
    ada, third, fourth = people("ada"), people("third"), people("fourth")
    let_in(acts, ada, lost)
    assert approve(acts(lost), case).status_code == 302
    let_in(acts, third, lost)
    assert confirm(acts, fourth, lost) == 302
    assert approve(acts(ada), case).status_code == 409
    assert approve(acts(third), case).status_code == 302


def test_what_a_second_account_signed_stays_of_its_inviter_when_somebody_else_resets_it(acts, people, case):  # noqa: F811
    cor, ada = people("cor"), people("ada")
    twin = people("twin", by="cor")
    assert approve(acts(twin), case).status_code == 302
    let_in(acts, ada, twin)
    assert approve(acts(cor), case).status_code == 409


def test_a_verdict_by_a_taken_account_is_not_confirmed_by_who_took_it(acts, people, lost, team):  # noqa: F811
    from helder.registers.scans.verdicts import latest, propose

    ada, third, fourth = people("ada"), people("third"), people("fourth")
    let_in(acts, ada, lost)
    propose(lost, "lab", "insufficient", "shown is nothing")
    let_in(acts, third, lost)
    assert confirm(acts, fourth, lost) == 302
    for somebody, confirmed in ((ada, None), (third, third)):
        acts(somebody).post(f"/scans/confirm/{latest('lab').pk}/")
        assert latest("lab").confirmed_by == confirmed


def test_everybody_sees_a_reset_and_what_was_signed_before_is_as_it_was(acts, people, lost, case):  # noqa: F811
    from helder.office.models import Invitation, User

    ada, reader = people("ada"), people("reader", "desk")
    User.objects.update(language="en")
    assert approve(acts(lost), case).status_code == 302
    assert "log-in reset" not in acts(ada).get("/rounds/one/").content.decode()
    let_in(acts, ada, lost)
    assert "log-in reset on" in acts(lost).get("/colleagues/").content.decode()
    assert "not confirmed" in acts(lost).get("/colleagues/").content.decode()
    assert "log-in reset on" in acts(reader).get("/").content.decode()
    used = Invitation.objects.get().used
    Invitation.objects.update(used=used + dt.timedelta(minutes=1))
    assert "log-in reset" not in acts(ada).get("/rounds/one/").content.decode()
    Invitation.objects.update(used=used - dt.timedelta(minutes=1))
    assert "log-in reset" in acts(ada).get("/rounds/one/").content.decode()


def test_an_approval_given_since_a_reset_says_so_on_the_page_and_to_programs(acts, people, lost, case):  # noqa: F811
    from django.test import Client

    from helder.office import tokens
    from helder.office.models import Invitation, User

    ada = people("ada")
    let_in(acts, ada, lost)
    User.objects.update(language="en")
    assert approve(acts(lost), case).status_code == 302
    assert "by Ada" in re.search(r"log-in reset on [^<]+", acts(ada).get("/rounds/one/").content.decode())[0]
    secret = tokens.make(ada, "script", ["rounds:read"])
    found = Client(SERVER_NAME="localhost").get("/api/v1/rounds/one", headers={"authorization": f"Bearer {secret}"})
    reset = dt.datetime.fromisoformat(found.json()["signatures"][0]["log_in_reset"])
    assert abs(reset - Invitation.objects.get().used) < dt.timedelta(seconds=1)


@pytest.mark.parametrize("whose", ["of who proposed it", "of who confirmed it"])
def test_a_verdict_on_a_supplier_given_since_a_reset_says_so_on_the_page_and_to_programs(acts, people, team, whose):  # noqa: F811
    from django.test import Client

    from helder.office import tokens
    from helder.office.invitations import used_resets
    from helder.office.models import User
    from helder.registers.scans.verdicts import confirm, propose

    ada, judge, second = people("ada"), *team[1:]
    early = propose(judge, "print", "insufficient", "before any reset")
    type(early).objects.update(at=early.at - dt.timedelta(minutes=1))
    let_in(acts, ada, judge if whose == "of who proposed it" else second)
    confirm(second, propose(judge, "lab", "sufficient", "all seen"))
    User.objects.update(language="en")
    page = acts(ada).get("/scans/").content.decode()
    assert re.findall(r"log-in reset on .* by (\w+)", page) == ["Ada"]
    secret = tokens.make(ada, "script", ["scans:read"])
    found = Client(SERVER_NAME="localhost").get("/api/v1/scans/verdicts", headers={"authorization": f"Bearer {secret}"})
    late, first = found.json()
    told = late["log_in_reset"], late["confirmed_log_in_reset"]
    used = [f"{one.used:%Y-%m-%dT%H:%M:%S}" for one in used_resets()]
    assert [one and one[:19] for one in told] == ([*used, None] if whose == "of who proposed it" else [None, *used])
    assert (first["number"], first["log_in_reset"], first["confirmed_log_in_reset"]) == (early.pk, None, None)


@pytest.fixture
def mailing(acts, people, lost, settings_changed, monkeypatch):  # noqa: F811
    """Makes a link for who has this address, with a mail server or without: the page, and what was sent."""
    from django.core import mail

    from helder.office.models import User

    monkeypatch.setattr(mail, "outbox", [], raising=False)

    def make(email, server):
        if server:
            settings_changed(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
        User.objects.filter(pk=lost.pk).update(email=email, language="en")
        return acts(people("ada")).post(f"/colleagues/{lost.pk}/reset/").content.decode(), mail.outbox

    return make


@pytest.mark.parametrize(
    ("email", "server", "mails"), [("lot@example.org", True, 1), ("", True, 0), ("lot@example.org", False, 0)]
)
def test_word_of_a_link_goes_to_the_accounts_own_address_and_does_not_hold_it(mailing, email, server, mails):
    page, outbox = mailing(email, server)
    assert len(outbox) == mails
    assert ("Bericht hiervan ging" in page) is bool(mails)
    for sent in outbox:
        assert sent.to == [email]
        assert "Ada made a link" in sent.body
        assert "/welcome/" not in sent.body


def test_a_mail_server_that_refuses_does_not_keep_the_link_back(acts, people, lost, settings_changed):  # noqa: F811
    from helder.office.models import User

    settings_changed(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1)
    User.objects.filter(pk=lost.pk).update(email="lot@example.org")
    page = acts(people("ada")).post(f"/colleagues/{lost.pk}/reset/").content.decode()
    assert "Er ging geen bericht" in page
    assert "/welcome/" in page


def test_the_only_coordinator_comes_back_by_a_link_of_the_machine_and_stands_as_before(people, lost, lines):  # noqa: F811
    from helder.domain.errors import CaseError
    from helder.office.four_eyes import person_behind
    from helder.office.models import User
    from helder.web.first import first_invitation, way_back

    token = way_back("Lot")
    first_invitation(more=True)  # another first account does not end it
    assert come_back(f"/welcome/{token}/").status_code == 302
    lost.refresh_from_db()
    assert lost.check_password(NEW)
    assert person_behind(lost) == lost.pk
    assert ("cli", "user.reset_offered", f"user/n{lost.pk}") in lines()
    User.objects.filter(pk=lost.pk).update(is_active=False)
    for name in ("lot", "loader", "nobody"):
        with pytest.raises(CaseError, match="No account that can be used"):
            way_back(name)
