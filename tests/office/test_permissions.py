"""Every address decides who may see it: roles × addresses, made from the addresses themselves."""

from __future__ import annotations

import uuid

import pytest

from helder.office.roles import may, roles

ENTRY = uuid.UUID(int=1)


def own_patterns():
    """The addresses whose view is ours: (pattern, its decision)."""
    from helder.web.urls import urlpatterns

    return [(p, getattr(p.callback, "decision", None)) for p in urlpatterns if getattr(p, "callback", None)]


def test_every_view_of_ours_has_a_decision(office):
    assert [p.name for p, decision in own_patterns() if decision is None] == []


def test_a_view_without_a_decision_is_refused(office):
    from django.core.exceptions import PermissionDenied
    from django.test import RequestFactory

    from helder.web.middleware import decided

    def view(request):
        raise AssertionError("must not be reached")

    view.__module__ = "helder.somewhere"
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
        (reverse("colleague_end", args=[0]), "users", "admin"),
        (reverse("colleague_confirm", args=[0]), "users", "approve"),
        (reverse("rounds"), "rounds", "read"),
        (reverse("round", args=["one"]), "rounds", "read"),
        (reverse("round_texts", args=["one", "g1", "nl"]), "rounds", "read"),
        (reverse("round_approve", args=["one"]), "rounds", "approve"),
        (reverse("round_reader_test", args=["one"]), "rounds", "decide"),
    ]
    for register in registers():
        for name, arguments, verb in (
            ("list", [register], "read"),
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
    assert {pattern.name for pattern, decision in own_patterns() if decision != "open"} == tried


@pytest.mark.parametrize(
    ("role", "party"), [*((role, "") for role in roles()), ("none", ""), ("supplier", "lab"), ("desk", "lab")]
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
