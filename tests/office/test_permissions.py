"""Every address decides who may see it: roles × addresses, made from the addresses themselves."""

from __future__ import annotations

import uuid

import pytest

from helder.office.roles import may, roles
from office import every_page

ENTRY = uuid.UUID(int=1)


def all_patterns():
    """Every address there is, but for the API's (tests/office/test_api_permissions.py): (pattern, its decision)."""
    return [(one, getattr(one.callback, "decision", None)) for one, _ in every_page.patterns()]


def own_patterns():
    """The addresses for who has a role that allows it."""
    return [(pattern, decision) for pattern, decision in all_patterns() if decision not in ("open", "own account")]


def test_every_view_has_a_decision(office):
    assert [p.name for p, decision in all_patterns() if decision is None] == []


ONE_KEY = {"mfa_edit_webauthn", "mfa_remove_webauthn"}


def test_ones_own_account_is_shown_to_who_is_logged_in_only(client):
    from django.urls import reverse

    for pattern, decision in all_patterns():
        if decision == "own account":
            answer = client.get(reverse(pattern.name, kwargs={"pk": 1} if pattern.name in ONE_KEY else {}))
            assert (answer.status_code, answer.get("Location", "")[:15]) == (302, "/account/login/"), pattern.name


OTHER_WAYS_IN = [
    "signup/",
    "email/",
    "confirm-email/",
    "confirm-email/k/",
    "password/set/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/1-set-password/",
    "password/reset/key/done/",
    "login/code/",
    "login/code/confirm/",
    "3rdparty/signup/",
    "social/signup/",
    "social/connections/",
    "2fa/trust/",
]


@pytest.mark.parametrize("logged_in", [False, True])
def test_nobody_gets_in_by_mail_or_signs_up(client, user, logged_in):
    if logged_in:
        client.force_login(user("coordinator"))
    for address in OTHER_WAYS_IN:
        for answer in (
            client.get(f"/account/{address}"),
            client.post(f"/account/{address}", {"email": "me@example.org"}),
        ):
            assert answer.status_code == 404, address


def test_a_view_without_a_decision_is_refused(office):
    from django.core.exceptions import PermissionDenied
    from django.test import RequestFactory

    from helder.web.middleware import decided

    def view(request):
        raise AssertionError("must not be reached")

    view.__module__ = "any.where"
    with pytest.raises(PermissionDenied):
        decided(view).process_view(RequestFactory().get("/"), view, (), {})


def addresses():
    """Every address of ours that somebody who is logged in may see: (address, registers of which one is enough, verb)."""
    from django.urls import reverse

    from helder.office.register import registers

    found = [(reverse("home"), "dashboard own", "read"), (reverse("reminders"), "calendar", "read")]
    found += [(reverse("own"), "own", "read"), (reverse("tokens"), "tokens", "read")]
    found += [(reverse("token_end", args=[0]), "tokens", "read")]
    found += [(reverse("new_feed"), "calendar", "read"), (reverse("notification_sent"), "notifications", "decide")]
    found += [
        (reverse("hooks"), "hooks", "read"),
        (reverse("hook_new"), "hooks", "admin"),
        (reverse("hook", args=[1]), "hooks", "read"),
        (reverse("hook_change", args=[1, "pause"]), "hooks", "admin"),
        (reverse("scan_fill", args=["lab"]), "scans", "fill"),
        (reverse("scan_verdict", args=["lab"]), "scans", "decide"),
        (reverse("scan_confirm", args=[1]), "scans", "approve"),
        (reverse("colleagues"), "users", "read"),
        (reverse("colleague_invite"), "users", "admin"),
        (reverse("colleague_uninvite", args=[0]), "users", "admin"),
        (reverse("colleague_reset", args=[0]), "users", "admin"),
        (reverse("colleague_end", args=[0]), "users", "admin"),
        (reverse("colleague_confirm", args=[0]), "users", "approve"),
        (reverse("audit"), "audit", "read"),
        (reverse("audit_search"), "audit", "read"),
        (reverse("audit_export", args=["csv"]), "audit", "export"),
        (reverse("rounds"), "rounds", "read"),
        (reverse("round", args=["one"]), "rounds", "read"),
        (reverse("round_texts", args=["one", "g1", "nl"]), "rounds", "read"),
        (reverse("round_approve", args=["one"]), "rounds", "approve"),
        (reverse("round_reader_test", args=["one"]), "rounds", "decide"),
    ]
    for register in registers():
        for name, arguments, verb in (
            ("list", [register], "read"),
            ("search", [register], "read"),
            ("add", [register], "add"),
            ("entry", [register, ENTRY], "read"),
            ("correct", [register, ENTRY], "correct"),
            ("export", [register, "csv"], "export"),
            ("import", [register], "import"),
            ("document", [register, "none", "pdf"], "export"),
        ):
            found.append((reverse(name, args=arguments), register, verb))
    return found


def test_no_address_is_left_out(office):
    from django.urls import resolve

    tried = {resolve(address).url_name for address, _, _ in addresses()}
    assert {pattern.name for pattern, _ in own_patterns()} == tried


@pytest.mark.parametrize(
    ("role", "party"),
    [
        # What an address asks of the database one role shows; which role may see it hangs on no database.
        ("coordinator", ""),
        *(
            pytest.param(role, "", marks=pytest.mark.any_database)
            for role in [*roles(), "none"]
            if role != "coordinator"
        ),
        *(pytest.param(role, "lab", marks=pytest.mark.any_database) for role in ("supplier", "desk")),
    ],
)
def test_each_address_answers_by_the_role(role, party, client, user):
    somebody = user(*([] if role == "none" else [role]), party=party)
    client.force_login(somebody)
    for address, registers, verb in addresses():
        for answer in (client.get(address), client.post(address)):
            allowed = any(may(somebody.roles, register, verb, party) for register in registers.split())
            assert (answer.status_code == 403) is not allowed, (address, answer.status_code)


def test_who_is_not_logged_in_is_sent_to_the_log_in_page(client):
    for address, _, _ in addresses():
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/")


def test_who_left_may_do_nothing(client, user):
    somebody = user("coordinator")
    client.force_login(somebody)
    type(somebody).objects.filter(pk=somebody.pk).update(is_active=False)
    assert client.get("/timeline/").status_code in (302, 403)
