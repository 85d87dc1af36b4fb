"""Colleagues: a coordinator invites by a link that is shown once, takes it back, and ends accounts; never their own."""

from __future__ import annotations

import re

import pytest

from office.conftest import just_logged_in


@pytest.fixture
def coordinator(client, user):
    somebody = user("coordinator")
    just_logged_in(client, somebody)
    return somebody


def invited(client, **fields):
    """The address of an invitation, as its page shows it."""
    page = client.post("/colleagues/invite/", fields).content.decode()
    return re.search(r"<code>http://localhost(/welcome/[^<]+)</code>", page)[1]


def test_an_invitation_is_a_link_shown_once_that_makes_an_account_with_its_roles(client, coordinator, lines):
    from helder.office.models import User

    address = invited(client, roles=["approver", "auditor"])
    assert address not in client.get("/colleagues/").content.decode()
    fields = {"username": "bo", "name": "Bo", "password": "correct horse battery staple"}
    assert client.post(address, fields).status_code == 302
    assert User.objects.get(username="bo").roles == ["approver", "auditor"]
    assert [action for _, action, _ in lines()] == ["user.invited", "user.joined"]


def test_an_invitation_that_is_taken_back_opens_nothing(client, coordinator, lines):
    from helder.office.models import Invitation

    address = invited(client, roles=["desk"])
    end = f"/colleagues/invitations/{Invitation.objects.get().pk}/end/"
    assert client.post(end).status_code == 302
    assert client.get(address).status_code == 410
    assert client.post(end).status_code == 404
    assert [action for _, action, _ in lines()] == ["user.invited", "user.uninvited"]


def test_who_left_can_do_nothing_any_more_and_stays_in_the_list(client, coordinator, user, lines):
    from django.test import Client

    gone, theirs = user("desk", username="gone"), Client(SERVER_NAME="localhost")
    theirs.force_login(gone)
    assert theirs.get("/timeline/").status_code == 200
    assert client.post(f"/colleagues/{gone.pk}/end/").status_code == 302
    assert theirs.get("/timeline/").status_code == 302
    assert "Gone" in client.get("/colleagues/").content.decode()
    assert [action for _, action, _ in lines()] == ["user.left"]
    assert client.post(f"/colleagues/{gone.pk}/end/").status_code == 404


def test_nobody_ends_their_own_account(client, coordinator):
    assert client.post(f"/colleagues/{coordinator.pk}/end/").status_code == 404
    coordinator.refresh_from_db()
    assert coordinator.is_active


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "roles"),
        ({"roles": ["king"]}, "roles"),
        ({"roles": ["supplier", "desk"], "party": "lab"}, "roles"),
        ({"roles": ["supplier"]}, "party"),
        ({"roles": ["desk"], "party": "lab"}, "party"),
        ({"roles": ["supplier"], "party": "not a slug"}, "party"),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused_at_its_field(client, coordinator, fields, error):
    from helder.office.models import Invitation
    from helder.web.colleague_pages import InvitationForm

    assert list(InvitationForm(fields).errors) == [error]
    assert client.post("/colleagues/invite/", fields).status_code == 422
    assert not Invitation.objects.exists()


def test_who_may_only_read_sees_no_buttons(client, user, coordinator):
    client.force_login(user("auditor"))
    page = client.get("/colleagues/").content.decode()
    assert "Coordinator" in page
    assert "/colleagues/invite/" not in page
    assert "/end/" not in page


def test_a_role_that_is_no_longer_known_is_shown_by_its_id(office):
    from helder.web.colleague_pages import role_name

    assert role_name("scribe") == "scribe"
