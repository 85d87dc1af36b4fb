"""Every address of the API answers by role and scope: roles × operations, made from the API's own description."""

from __future__ import annotations

import json
import uuid

import pytest

from helder.office.roles import may, roles
from office.test_registers import GOOD
from office.test_sheets import FACTS

pytestmark = pytest.mark.any_database

ENTRIES = GOOD | {"timeline": FACTS, "numbers": {"name": "scope", "query": "people"}}
ENTRY = str(uuid.UUID(int=1))
FACTS_ADDRESS = ("get", "/api/v1/facts")
"""Gives of each register only what the token reads there."""
OWN = {
    ("get", "/api/v1/notifications/template"): ("notifications", "read", None),
    ("get", "/api/v1/notifications/sent"): ("notifications", "read", None),
    ("get", "/api/v1/notifications/sent/{number}"): ("notifications", "read", None),
    ("post", "/api/v1/notifications/sent"): ("notifications", "decide", {"kind": "first"}),
    ("get", "/api/v1/scans/suppliers"): ("scans", "read", None),
    ("get", "/api/v1/scans/verdicts"): ("scans", "read", None),
    ("get", "/api/v1/scans/verdicts/{number}"): ("scans", "read", None),
    ("post", "/api/v1/scans/verdicts"): (
        "scans", "decide", {"party": "lab", "outcome": "insufficient", "reasons": "x"},
    ),
    ("get", "/api/v1/rounds"): ("rounds", "read", None),
    ("get", "/api/v1/rounds/{round}"): ("rounds", "read", None),
}  # fmt: skip
"""Addresses that one register has beside the seven of all, with what they need and a body."""


def verb_of(method, path):
    """What one of the operations of every register needs, but for the search; one that this does not know fails."""
    if method == "get":
        return "read"
    return {("post", 4): "add", ("put", 5): "correct", ("post", 6): "correct"}[method, path.count("/") + 1]


@pytest.fixture(scope="module")
def described(office):
    """The API's own description of every operation but /facts, by method and path; the same for everybody."""
    from django.test import Client

    paths = Client(SERVER_NAME="localhost").get("/api/v1/openapi.json").json()["paths"]
    found = {(method, path): one for path, methods in paths.items() for method, one in methods.items()}
    del found[FACTS_ADDRESS]
    return found


@pytest.fixture(scope="module")
def operations(described):
    """(method, address, register, verb, body) of every operation."""
    from helder.office.register import registers

    def of_all(method, path):
        register = path.split("/")[3]
        looked = {"seen": 1, "why": "x"}
        if path.endswith("/search"):
            return register, "read", {"words": "x"}
        if method == "get" or path.endswith("/withdraw"):
            return register, verb_of(method, path), None if method == "get" else looked
        content = registers()[register].model(**ENTRIES[register]).content()
        return register, verb_of(method, path), content | (looked if method == "put" else {})

    return [
        (method, path.format(entry=ENTRY, number=1, round="one"), *(OWN.get((method, path)) or of_all(method, path)))
        for method, path in described
    ]


def status(client, method, address, body, secret):
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    return getattr(client, method)(address, headers=headers, **data).status_code


def test_every_register_has_the_same_seven_operations_and_some_have_their_own(operations):
    from helder.office.register import registers

    assert len(operations) == 7 * len(registers()) + len(OWN)


def test_the_description_says_the_scope_of_each_operation(described, operations):
    assert [one["x-scope"] for one in described.values()] == [f"{name}:{verb}" for _, _, name, verb, _ in operations]


def test_a_scope_opens_what_it_names_and_all_the_others_together_do_not(client, user, operations):
    from helder.office import tokens

    somebody = user("coordinator")
    kinds = {f"{register}:{verb}" for _, _, register, verb, _ in operations}
    for wanted in sorted(kinds):
        this = tokens.make(somebody, "this", [wanted])
        others = tokens.make(somebody, "others", kinds - {wanted})
        for method, address, register, verb, body in operations:
            if wanted == f"{register}:{verb}":
                assert status(client, method, address, body, this) != 403, (method, address)
                assert status(client, method, address, body, others) == 403, (method, address)


def test_the_page_of_tokens_offers_every_scope_that_an_operation_needs(user, operations):
    from helder.web.token_pages import scope_name, scopes_of

    offered = scopes_of(user("coordinator"))
    assert set(offered) == {f"{register}:{verb}" for _, _, register, verb, _ in operations}
    assert not [scope for scope in offered if scope_name(scope) == scope]


def test_without_a_token_nothing_answers(client, operations):
    for method, address, _, _, body in operations:
        assert status(client, method, address, body, "") == 401, (method, address)
    assert status(client, "get", "/api/v1/facts", None, "") == 401


@pytest.mark.parametrize("role", [id for id, role in roles().items() if not role.own])
def test_each_operation_answers_by_the_role_and_by_the_scope(client, user, operations, role):
    from helder.office import tokens

    somebody = user(role)
    kinds = sorted({(register, verb) for _, _, register, verb, _ in operations})
    all_scopes = tokens.make(
        somebody, "all", [f"{register}:{verb}" for register, verb in kinds if somebody.may(register, verb)]
    )
    none = tokens.make(somebody, "none", [])
    for method, address, register, verb, body in operations:
        refused = status(client, method, address, body, all_scopes) == 403
        assert refused is not may([role], register, verb), (method, address)
        assert status(client, method, address, body, none) == 403, (method, address)
