"""What people type to look something up stands in no address and in no log: it is posted, and sealed in the address of what was found."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
import pytest

from office.every_page import found_by

NAME = "Roodenburg"
GONE = "Er is nu niet gezocht"


@pytest.fixture
def colleague(user):
    return user("coordinator")


@pytest.fixture
def events(colleague):
    """Sixty events that name somebody, which is a page and a bit, and one that does not."""
    from helder.office import entries
    from helder.registers.timeline.models import Event

    on = dt.date(2025, 7, 7)
    for n in range(61):
        what = f"{NAME} asks {n}" if n < 60 else "another event"
        entries.add(Event, colleague, {"what": what, "precision": "date", "on": on, "party": "lab", "source": "s"})


def read(answer):
    return lxml.html.fromstring(answer.content)


def rows(answer):
    return [row.text_content() for row in read(answer).xpath("//tbody/tr")]


def leads_to(answer):
    """Every address that stands in a page."""
    return [str(one) for one in read(answer).xpath("//@href | //@action | //@src | //input[@name='next']/@value")]


def test_what_was_typed_stands_in_no_address_and_its_pages_are_walked_by_links(client, colleague, events):
    client.force_login(colleague)
    address = found_by(client, "/timeline/", words=f"{NAME} asks")
    first = client.get(address)
    [further] = read(first).xpath("//a[@rel='next']/@href")
    second = client.get(f"/timeline/{further}")
    [back] = read(second).xpath("//a[@rel='prev']/@href")
    assert [len(rows(one)) for one in (first, second)] == [50, 10]
    assert all(NAME in row for row in rows(first) + rows(second))
    assert rows(client.get(f"/timeline/{back}")) == rows(first)
    assert read(second).xpath("//input[@name='words']/@value") == [f"{NAME} asks"]
    among = [address, further, back, *leads_to(first), *leads_to(second)]
    assert [one for one in among if NAME.lower() in one.lower() or "asks" in one] == []


@pytest.mark.any_database
def test_the_same_words_give_another_address_each_time(client, colleague):
    """So who sees addresses cannot tell that two people look for the same name."""
    client.force_login(colleague)
    assert len({found_by(client, "/timeline/", words=NAME) for _ in range(3)}) == 3


@pytest.mark.any_database
def test_nothing_typed_leads_to_everything_and_so_does_a_log_in_on_the_way(client, colleague):
    client.force_login(colleague)
    assert [found_by(client, "/timeline/", words=nothing) for nothing in ("", "  ")] == ["/timeline/"] * 2
    assert client.get("/timeline/search/")["Location"] == "/timeline/"
    assert client.get("/audit/search/")["Location"] == "/audit/"


def changed(address):
    """The address with one letter of what is sealed in it changed."""
    at = address.index("search=") + 20
    return address[:at] + ("A" if address[at] != "A" else "B") + address[at + 1 :]


@pytest.mark.any_database
@pytest.mark.parametrize("damage", [changed, lambda one: one[:-9], lambda one: "/timeline/?search=x", lambda one: "/timeline/?search=é"])  # fmt: skip
def test_a_damaged_search_is_none_and_says_so(client, colleague, events, damage):
    client.force_login(colleague)
    answer = client.get(damage(found_by(client, "/timeline/", words="another")))
    assert (answer.status_code, len(rows(answer))) == (200, 50)
    assert GONE in answer.content.decode()
    assert GONE not in client.get("/timeline/").content.decode()


@pytest.mark.any_database
def test_somebody_elses_search_is_none_and_does_not_tell_what_they_typed(client, colleague, user, events):
    client.force_login(colleague)
    address = found_by(client, "/timeline/", words="another event")
    client.force_login(user("desk"))
    answer = client.get(address)
    assert (len(rows(answer)), read(answer).xpath("//input[@name='words']/@value")) == (50, [""])
    assert GONE in answer.content.decode()


@pytest.mark.any_database
def test_a_search_holds_for_the_page_that_it_was_typed_on(client, colleague):
    client.force_login(colleague)
    search = urlsplit(found_by(client, "/timeline/", words=NAME)).query
    for page in ("/measures/", "/audit/"):
        assert GONE in client.get(f"{page}?{search}").content.decode()


def test_the_audit_log_is_not_taken_along_whole_for_who_asked_for_some_of_it(client, user, lines):
    client.force_login(user("auditor"))
    before = lines()
    answer = client.get("/audit/export.csv?search=x")
    assert (answer.status_code, answer["Location"], lines()) == (302, "/audit/", before)
    assert GONE in client.get(answer["Location"]).content.decode()


def test_what_is_typed_about_the_audit_log_stands_in_no_address_either(client, user):
    client.force_login(user("auditor"))
    address = found_by(client, "/audit/", subject=NAME, since="2025-07-07T12:00")
    answer = client.get(address)
    assert (answer.status_code, read(answer).xpath("//input[@name='subject']/@value")) == (422, [NAME])
    assert not re.search(f"{NAME}|2025", " ".join([address, *leads_to(answer)]))


PARAMETERS = {
    "search": "sealed", "page": "a number", "before": "a line's number", "after": "a line's number", "month": "chosen in the picture",
}  # fmt: skip
"""All that the office reads behind the question mark of an address: nothing that anybody typed."""


@pytest.mark.any_database
def test_no_form_sends_what_is_typed_in_an_address_and_no_page_reads_it_there(office):
    import helder

    folder = Path(helder.__file__).parent
    forms = [
        one for path in folder.rglob("templates/**/*.html") for one in re.findall(r"<form\b[^>]*", path.read_text())
    ]
    assert len(forms) > 15
    assert [one for one in forms if 'method="post"' not in one] == []
    code = "\n".join(
        path.read_text() for part in ("office", "registers", "web") for path in (folder / part).rglob("*.py")
    )
    reads = [*re.findall(r"\bGET\.get\(([^,)]+)", code), *re.findall(r"\bquery\.get\(([^,)]+)", code)]
    names = {name.strip('"') for name in reads} - {"_PARAMETER", "name"}
    assert names <= set(PARAMETERS)
    # Whole, it goes to what stands above a list, and nowhere else; the API looks at names of parameters.
    assert len(re.findall(r"request\.GET\b(?!\.get|\.keys)", code)) == 1


@pytest.mark.any_database
def test_no_operation_of_the_api_takes_text_behind_the_question_mark(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    asked = [
        (method, path, one["name"], one["schema"]["type"])
        for path, methods in paths.items()
        for method, operation in methods.items()
        for one in operation.get("parameters", [])
        if one["in"] == "query"
    ]
    assert len(asked) > 12
    assert [one for one in asked if one[3] != "integer"] == []
