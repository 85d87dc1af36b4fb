"""Every address of the API answers by role and scope: roles × operations, made from the API's own description."""

from __future__ import annotations

import json
import uuid

import pytest

from helder.office.roles import may, roles
from office.test_registers import GOOD
from office.test_sheets import FACTS

ENTRIES = GOOD | {"timeline": FACTS, "numbers": {"name": "scope", "query": "people"}}
ENTRY = str(uuid.UUID(int=1))
NO_REGISTER = {("get", "/api/v1/facts")}
"""Gives of each register only what the token reads there."""


def verb_of(method, path):
    """What an operation needs; one that this does not know fails."""
    if method == "get":
        return "read"
    return {("post", 4): "add", ("put", 5): "correct", ("post", 6): "correct"}[method, path.count("/") + 1]


@pytest.fixture
def operations(client, db):
    """(method, address, register, verb, body) of every operation of a register."""
    from helder.office.register import registers

    def body(method, path, register):
        looked = {"seen": 1, "why": "x"}
        if method == "get" or path.endswith("/withdraw"):
            return None if method == "get" else looked
        content = registers()[register].model(**ENTRIES[register]).content()
        return content | (looked if method == "put" else {})

    described = client.get("/api/v1/openapi.json").json()["paths"]
    found = [(method, path) for path, methods in described.items() for method in methods]
    assert set(found) > NO_REGISTER
    return [
        (method, path.replace("{entry}", ENTRY), register, verb_of(method, path), body(method, path, register))
        for method, path in found
        if (method, path) not in NO_REGISTER
        for register in (path.split("/")[3],)
    ]


def status(client, method, address, body, secret):
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    return getattr(client, method)(address, headers=headers, **data).status_code


def test_every_register_has_the_same_six_operations(operations):
    from helder.office.register import registers

    assert len(operations) == 6 * len(registers())


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
