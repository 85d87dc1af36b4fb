"""What a role may not read is told on no page of another register: not in a picture, a tile, a link, a search or a calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import models

from helder.office.roles import roles
from office.every_page import found_by
from office.test_every_register import ENTRIES
from office.test_permissions import addresses

pytestmark = pytest.mark.any_database

AWARE = dt.datetime(2025, 8, 6, 12, 20, tzinfo=dt.UTC)
DUE = {"points": {"due": dt.date(2025, 9, 1)}, "clocks": {"started": AWARE}, "investigations": {"status": "running"}}
NAMES = {"points": {"actions": "mark-measures"}, "investigations": {"lessons": "mark-measures"}}
"""Entries that name one of another register: each leads to the other."""


def mark(register):
    """Stands in every text of a register's entry, and of no other's."""
    return f"mark-{register}"


def marked(register):
    texts = {
        field.name: mark(register)
        for field in model_of(register).fields()
        if isinstance(field, models.CharField | models.TextField) and not field.choices
        and field.name not in ("zone", "question", "questionnaire", "corrects", "actions", "lessons", "document_sha256")
    }  # fmt: skip
    party = {"party": mark("parties")} if register == "scans" else {}
    return ENTRIES[register] | texts | DUE.get(register, {}) | NAMES.get(register, {}) | party


def model_of(register):
    from helder.office.register import registers

    return registers()[register].model


@pytest.fixture
def filled(db, user):
    """An entry of each register, each with a mark; gives them by register."""
    from helder.office import entries

    clerk = user("coordinator", username="clerk")
    first = ("parties", "measures")  # which others name
    return {
        register: entries.add(model_of(register), clerk, marked(register))
        for register in (*first, *(set(ENTRIES) - set(first)))
    }


@pytest.mark.parametrize("role", [id for id, role in roles().items() if not role.own])
def test_no_page_tells_a_role_of_a_register_that_it_may_not_read(filled, user, client, role):
    from django.utils import timezone

    from helder.registers.clocks.feed import feed

    reader = user(role)
    client.force_login(reader)
    kept = {mark(register) for register in filled if not reader.may(register, "read")}
    pages = {address for address, _, _ in addresses()} | {f"/{id}/{one.entry}/" for id, one in filled.items()}
    searches = {id for id in filled if reader.may(id, "read")}
    pages |= {found_by(client, f"/{id}/", words="mark") for id in searches} | {"/timeline/?month=2025-08"}
    read = {address: answer.getvalue().decode("utf-8", "replace") for address in sorted(pages)
            if (answer := client.get(address)).status_code == 200}  # fmt: skip
    read["calendar"] = feed(timezone.now(), reader).decode()
    assert len(read) > 8
    told = {(address, one) for address, words in read.items() for one in kept if one in words}
    # Parties are called by their names wherever one is spoken of.
    assert {(address, one) for address, one in told if one != mark("parties")} == set()


def test_the_timeline_draws_clocks_for_who_may_read_them(filled, user, client):
    for role, drawn in (("communication", True), ("desk", False)):
        client.force_login(user(role))
        page = client.get("/timeline/").content.decode()
        assert ("melden bij de toezichthouder" in page) is drawn, role
        assert ("band-overdue" in page) is drawn, role
        assert mark("timeline") in page


def test_an_entry_leads_to_another_register_for_who_may_read_that(filled, user, client, monkeypatch):
    from helder.office import models as office

    client.force_login(user("approver"))
    points = f"/points/{filled['points'].entry}/"
    link = f'href="/measures/{filled["measures"].entry}/"'
    assert link in client.get(points).content.decode()
    may = office.User.may
    monkeypatch.setattr(
        office.User, "may", lambda self, register, verb: register != "measures" and may(self, register, verb)
    )
    assert link not in client.get(points).content.decode()
