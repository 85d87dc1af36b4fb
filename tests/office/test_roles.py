"""Who may do what."""

from __future__ import annotations

import pytest

from helder.office.roles import VERBS, may, own_only, read_roles, roles

pytestmark = pytest.mark.any_database

TABLE = [
    # roles, register, verb, allowed
    ("coordinator", "timeline", "correct", True),
    ("coordinator", "audit", "correct", False),
    ("privacy_officer", "people", "people", True),
    ("communication", "timeline", "add", True),
    ("communication", "measures", "add", False),
    ("desk", "timeline", "add", False),
    ("approver", "rounds", "approve", True),
    ("auditor", "timeline", "read", True),
    ("supplier", "timeline", "read", False),
    ("nobody", "timeline", "read", False),
]


@pytest.mark.parametrize(("role", "register", "verb", "allowed"), TABLE)
def test_what_a_role_may_do(role, register, verb, allowed):
    assert may([role], register, verb) is allowed


OWN = [
    # roles, party, register, verb, allowed
    (["supplier"], "lab", "scans", "fill", True),
    (["supplier"], "lab", "scans", "read", True),
    (["supplier"], "lab", "parties", "read", True),
    (["supplier"], "lab", "own", "read", True),
    *((["supplier"], "lab", "scans", verb, False) for verb in ("add", "correct", "import", "decide", "approve")),
    *((["supplier"], "lab", "parties", verb, False) for verb in ("add", "correct", "import", "decide", "approve")),
    *(
        (["supplier"], "lab", id, "read", False)
        for id in ("timeline", "clocks", "measures", "points", "rounds", "users")
    ),
    *((["supplier"], "lab", id, "read", False) for id in ("dashboard", "tokens", "calendar", "hooks", "audit", "new")),
    (["supplier"], "", "scans", "read", False),
    (["supplier"], "", "own", "read", False),
    (["supplier", "coordinator"], "lab", "timeline", "read", False),
    (["coordinator", "supplier"], "", "timeline", "read", False),
]


@pytest.mark.parametrize(("held", "party", "register", "verb", "allowed"), OWN)
def test_who_works_for_one_party_may_do_what_concerns_it_and_no_other_role_adds_to_that(
    held, party, register, verb, allowed
):
    assert own_only(held)
    assert may(held, register, verb, party) is allowed


def test_an_auditor_reads_all_and_changes_nothing():
    changing = VERBS - {"read", "export"}
    for register in ("timeline", "clocks", "measures", "rounds", "users", "audit", "anything"):
        assert may(["auditor"], register, "read")
        assert not any(may(["auditor"], register, verb) for verb in changing)


def test_several_roles_give_what_any_of_them_gives_and_no_role_gives_nothing():
    assert may(["desk", "approver"], "rounds", "approve")
    assert not may([], "timeline", "read")


def test_a_verb_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="role x: no such verb: raed"):
        read_roles('[x]\nname = { nl = "x", en = "x" }\nmay = { timeline = "raed" }')


def test_every_role_has_a_name_in_both_languages():
    assert all(role.names.keys() == {"nl", "en"} for role in roles().values())
