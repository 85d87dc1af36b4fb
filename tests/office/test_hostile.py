"""What a hostile guest, colleague or file tries, and does not get."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
import xlsxwriter
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office.every_page import found_by
from office.test_every_register import ENTRIES, author, shelves  # noqa: F401 (fixtures)
from office.test_permissions import addresses

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"


def spiced(register):
    """An entry whose free texts all hold a script."""
    from django.db import models

    from helder.office.register import registers

    texts = {
        field.name: SCRIPT[: field.max_length or None]
        for field in registers()[register].model.fields()
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.SlugField)
        and not field.choices
        and (field.max_length or 1000) >= len(SCRIPT)
    }
    return ENTRIES[register] | {name: text for name, text in texts.items() if name in ENTRIES[register]}


@pytest.mark.any_database
@pytest.mark.parametrize("register", ENTRIES)
def test_a_script_in_a_text_is_shown_as_text_on_every_page(shelves, author, client, register):  # noqa: F811
    from django.core.exceptions import ValidationError

    from helder.office import entries

    try:
        entry = entries.add(shelves[register].model, author, spiced(register))
    except ValidationError:  # a register that takes no such text shows none either
        return
    client.force_login(author)
    one = f"/{register}/{entry.entry}/"
    for address in (f"/{register}/", found_by(client, f"/{register}/", words="<script>"), one, f"{one}correct/", "/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address


@pytest.mark.any_database
def test_a_name_that_is_a_script_is_shown_as_text(client, user):
    somebody = user("coordinator")
    type(somebody).objects.filter(pk=somebody.pk).update(name=SCRIPT)
    client.force_login(somebody)
    for address in ("/", "/colleagues/", "/tokens/", "/hooks/"):
        assert "<script>alert" not in client.get(address).content.decode(), address


@pytest.mark.any_database
def test_no_address_takes_a_form_of_another_site(user, settings_changed):
    settings_changed(HELDER_SECOND_FACTOR=False)
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.force_login(user("coordinator", "privacy_officer"))
    own = [address for address, _, _ in addresses()]
    for address in (
        *own,
        "/language/en/",
        "/tokens/",
        "/account/login/",
        "/account/logout/",
        "/account/password/change/",
    ):
        assert client.post(address, {"why": "x"}).status_code in (403, 405), address


@pytest.mark.any_database
@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, user, where):
    from django.core.cache import cache

    from office.conftest import PASSWORD

    cache.clear()
    somebody = user("coordinator")
    answers = [
        client.post("/account/login/", {"login": somebody.username, "password": PASSWORD, "next": where}),
        client.post("/language/en/", {"next": where}),
        client.post("/account/logout/", {"next": where}),
    ]
    assert [answer["Location"] for answer in answers] == ["/", "/", "/account/login/"]


@pytest.mark.any_database
def test_a_host_that_is_not_ours_is_refused_also_when_a_proxy_is_said_to_have_sent_it(client):
    assert client.get("/account/login/", headers={"host": "evil.example"}).status_code == 400
    page = client.get("/account/login/", headers={"x-forwarded-host": "evil.example"})
    assert page.status_code == 200
    assert "evil.example" not in page.content.decode()


def test_a_token_is_ended_and_a_web_address_changed_by_their_own_people_only(client, user, db):
    from helder.office import tokens
    from helder.office.models import Token

    owner, other = user("coordinator", username="owner"), user("coordinator", username="other")
    tokens.make(owner, "t", ["timeline:read"])
    client.force_login(other)
    assert "<td>t</td>" not in client.get("/tokens/").content.decode()
    assert client.post(f"/tokens/{Token.objects.get().pk}/end/").status_code == 404
    client.force_login(user("desk"))
    assert client.post("/hooks/1/end/").status_code == 403


@pytest.mark.any_database
def test_a_contact_of_a_supplier_without_a_party_reads_nothing_of_the_office(client, user):
    client.force_login(user("supplier"))
    assert {client.get(address).status_code for address, _, _ in addresses()} == {403}


def test_a_token_gives_no_more_than_its_scopes_and_less_when_its_user_may_less(client, user):
    from helder.office import tokens

    somebody = user("coordinator")
    with pytest.raises(ValueError, match="users:correct"):
        tokens.make(somebody, "t", ["users:correct"])
    head = {"Authorization": f"Bearer {tokens.make(somebody, 't', ['timeline:read', 'measures:read'])}"}
    assert client.get("/api/v1/timeline", headers=head).status_code == 200
    assert client.get("/api/v1/points", headers=head).status_code == 403
    assert client.get("/timeline/", headers=head).status_code == 302  # pages want a session, never a token
    type(somebody).objects.filter(pk=somebody.pk).update(roles=["supplier"])
    assert client.get("/api/v1/timeline", headers=head).status_code == 403
    type(somebody).objects.filter(pk=somebody.pk).update(is_active=False)
    assert client.get("/api/v1/timeline", headers=head).status_code == 401


@pytest.mark.any_database
def test_a_session_does_not_open_the_api(client, user):
    client.force_login(user("coordinator"))
    assert client.get("/api/v1/timeline").status_code == 401


def test_a_search_with_a_zero_byte_is_a_search(client, user):
    client.force_login(user("coordinator"))
    assert client.get(found_by(client, "/timeline/", words="a\0b")).status_code == 200


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_is_taken_or_refused_with_words(shelves, author, data):  # noqa: F811
    from helder.office import sheets

    shelf = shelves[data.draw(st.sampled_from(sorted(ENTRIES)))]
    row = data.draw(st.dictionaries(st.sampled_from(sheets.columns(shelf)), ANYTHING, max_size=4))
    good = shelf.model(**ENTRIES[shelf.id]).content()
    try:
        sheets.take(shelf, sheets.read(json.dumps([good | row]).encode(), "json"), author, "w")
    except sheets.SheetError as refused:
        assert refused.problems


def workbook(*, far=False):
    """A small workbook; `far` has a cell at the other end, so that a reader would make room for millions."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "what")
    sheet.write_string(*((1_048_575, 16_383) if far else (1, 0)), "x")
    book.close()
    return out.getvalue()


def bomb():
    """A small file that unpacks to 100 million zeros."""
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"\0" * (101 << 20))
    return out.getvalue()


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("format", "data"),
    [
        ("json", b"[" * 200_000),
        ("json", b"not json"),
        ("json", b'{"a": 1}'),
        ("csv", b"a,b\n" + b'"' + b"x" * 1_000_000),
        ("csv", b"\xff\xfe"),
        ("csv", b'"a' * 1_000_000),
        ("xlsx", b"PK\x03\x04 no"),
        ("xlsx", workbook(far=True)),
    ],
)
def test_a_file_that_is_no_such_file_is_refused_with_words(office, format, data):
    from helder.office import sheets

    with pytest.raises(sheets.SheetError):
        sheets.read(data, format)


@pytest.mark.any_database
def test_a_zip_bomb_is_refused_before_it_is_opened(office):
    from helder.office import sheets

    data = bomb()
    assert len(data) < sheets.MOST_BYTES
    with pytest.raises(sheets.SheetError):
        sheets.read(data, "xlsx")


@pytest.mark.any_database
@pytest.mark.parametrize("text", ["'s-Gravenhage", "=1+1", "'=1+1", "''", "-5", "@x", "'", "''=x", "\tx"])
def test_what_a_spreadsheet_could_run_is_made_harmless_and_comes_back_as_it_was(office, text):
    from helder.office import sheets

    (row,) = sheets._read_csv(sheets._csv(["a", "b"], [{"a": text, "b": "x"}]))
    assert row["a"] == text
    cell = sheets.harmless(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
