"""Two accounts of one person are one person: whom somebody invited counts as them until a third person confirms."""

from __future__ import annotations

import pytest

from office.checked import AUTHOR
from office.conftest import PASSWORD, just_logged_in
from office.test_rounds import approve, case, waive  # noqa: F401 (fixtures)
from office.test_scans import change, team  # noqa: F401 (a fixture)


@pytest.fixture
def people(user):
    """`people("ada", by="cor")`: an account, invited by another or made with the case's key."""
    from helder.office.models import User

    def make(name, *roles, by=None):
        made = user(*(roles or ("coordinator", "privacy_officer", "approver")), username=name)
        User.objects.filter(pk=made.pk).update(invited_by=by and User.objects.get(username=by))
        return User.objects.get(pk=made.pk)

    return make


@pytest.fixture
def acts(client):
    """`acts(user)` is the client, logged in as that user."""

    def log_in(user):
        just_logged_in(client, user)
        return client

    return log_in


def confirm(acts, by, user):
    return acts(by).post(f"/colleagues/{user.pk}/confirm/").status_code


def test_an_invitation_remembers_who_made_it(client, people, acts):
    from helder.office.invitations import invite
    from helder.office.models import User

    token = invite(["approver"], people("cor"))
    client.post(f"/welcome/{token}/", {"username": "twin", "name": "Twin", "password": PASSWORD})
    assert User.objects.get(username="twin").invited_by.username == "cor"


def test_who_opens_their_own_invitation_cannot_approve_twice(case, people, acts):  # noqa: F811
    cor = people("cor")
    twin, second = people("twin", by="cor"), people("ada")
    assert approve(acts(cor), case).status_code == 302
    refused = approve(acts(twin), case)
    assert refused.status_code == 409
    assert "Collega’s" in refused.content.decode() or "Colleagues" in refused.content.decode()
    assert confirm(acts, cor, twin) == 404  # not by who invited
    assert confirm(acts, twin, twin) == 404  # not by oneself
    assert confirm(acts, second, twin) == 302
    assert approve(acts(twin), case).status_code == 302


def test_two_accounts_of_one_inviter_are_one_and_so_is_a_chain_of_them(case, people, acts):  # noqa: F811
    people("cor")
    one, two, three = people("one", by="cor"), people("two", by="cor"), people("three", by="two")
    assert approve(acts(one), case).status_code == 302
    for other in (two, three):
        assert approve(acts(other), case).status_code == 409
        assert confirm(acts, one, other) == 404


@pytest.mark.parametrize("signs", [approve, waive])
def test_whom_an_author_invited_and_who_invited_an_author_do_not_sign(case, people, acts, signs):  # noqa: F811
    from helder.office.models import User

    User.objects.filter(username=AUTHOR).update(invited_by=people("cor"))
    for name in ("cor", "third"):
        somebody = User.objects.filter(username=name).first() or people("third", by=AUTHOR)
        assert signs(acts(somebody), case).status_code == 409
    assert confirm(acts, people("ada"), User.objects.get(username=AUTHOR)) == 302
    assert signs(acts(User.objects.get(username="cor")), case).status_code == 302


def test_a_verdict_on_a_supplier_is_not_confirmed_by_a_second_account(people, team, client, acts):  # noqa: F811
    from helder.registers.scans.verdicts import latest, propose

    cor = people("cor")
    twin = people("twin", by="cor")
    propose(cor, "lab", "insufficient", "shown is nothing")
    acts(twin).post(f"/scans/confirm/{latest('lab').pk}/")
    assert latest("lab").confirmed_by is None
    confirm(acts, people("ada"), twin)
    acts(twin).post(f"/scans/confirm/{latest('lab').pk}/")
    assert latest("lab").confirmed_by == twin


def test_confirming_leaves_one_line_and_is_shown_to_all(people, acts, lines):
    cor, ada = people("cor"), people("ada")
    twin = people("twin", by="cor")
    assert "/confirm/" not in acts(cor).get("/colleagues/").content.decode()
    assert f"/colleagues/{twin.pk}/confirm/" in acts(ada).get("/colleagues/").content.decode()
    assert [confirm(acts, ada, twin) for _ in range(2)] == [302, 404]
    assert [line for line in lines() if line[1] == "user.confirmed"] == [
        ("user:ada", "user.confirmed", f"user/n{twin.pk}")
    ]


def test_who_left_is_not_confirmed_and_confirms_nobody(people, acts):
    from helder.office.models import User

    people("cor")
    twin, ada = people("twin", by="cor"), people("ada")
    User.objects.filter(pk=twin.pk).update(is_active=False)
    assert confirm(acts, ada, twin) == 404
    User.objects.update(is_active=True)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert confirm(acts, ada, twin) in (302, 403)
    twin.refresh_from_db()
    assert twin.confirmed_by is None
