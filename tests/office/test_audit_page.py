"""The audit log as a page: what it shows, by what it is looked through, who may take it along, and that this leaves a line."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import parse_qsl

import pytest

from office.every_page import found_by

ROLES = {"coordinator": 200, "privacy_officer": 200, "auditor": 200, "approver": 403, "communication": 403, "desk": 403}


@pytest.fixture
def wrote(db):
    """`wrote("user:ana", "person.look", …)` adds lines; each is of its own transaction's, so they have their moments."""
    from django.db import connection

    from helder.audit import Line, append

    def add(*lines, at=None):
        with connection.cursor() as cursor:
            for line in lines:
                append(cursor, Line(*line), style="format", at=at)

    return add


@pytest.fixture
def looks(client, user):
    """`looks(what="person.")` is the page that an auditor comes to who chooses this, `looks("?before=9")` that of an address."""
    client.force_login(user("auditor"))
    return lambda query="", **typed: client.get(found_by(client, "/audit/", **typed) if typed else f"/audit/{query}")


def numbers(answer):
    """The lines' numbers on a page, as they stand."""
    found = re.findall(r'class="number" data-head="Nr\.">([^<]*)<', answer.content.decode())
    return [int(one.replace(".", "")) for one in found]


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_who_may_read_the_log_sees_it_in_the_menu_and_who_may_not_does_not(client, user, role, status):
    client.force_login(user(role))
    assert client.get("/audit/").status_code == status
    assert ('href="/audit/"' in client.get("/").content.decode()) is (status == 200)


def test_a_line_is_shown_with_who_what_about_what_why_and_its_details(looks, wrote):
    wrote(
        ("cli:root", "person.look", "p-abcdefgh234567ab", "klacht <4711>", {"assessment": "now", "sha256": "ab" * 32})
    )
    page = looks().content.decode()
    for said in ("root (opdrachtregel)", "Mensen: iemand opgezocht", "p-abcdefgh234567ab", "klacht &lt;4711&gt;"):
        assert said in page
    assert "assessment: now" in page and "sha256: abababababab…" in page


def test_pages_go_back_to_the_first_line_and_forth_to_the_newest_and_keep_what_was_chosen(looks, wrote):
    wrote(*[("user:ana", "round.show", "round/one")] * 120)
    last = max(numbers(looks()))
    first = looks(who="user:ana", what="round.show")
    assert numbers(first) == list(range(last, last - 50, -1))
    assert "Nieuwer" not in first.content.decode()
    [older] = re.findall(r'rel="next" href="(\?[^"]*)"', first.content.decode())
    second = looks(older.replace("&amp;", "&"))
    assert numbers(second) == list(range(last - 50, last - 100, -1))
    [newer] = re.findall(r'rel="prev" href="(\?[^"]*)"', second.content.decode())
    assert numbers(looks(newer.replace("&amp;", "&"))) == numbers(first)
    [older] = re.findall(r'rel="next" href="(\?[^"]*)"', second.content.decode())
    third = looks(older.replace("&amp;", "&"))
    assert (len(numbers(third)), "Ouder" in third.content.decode()) == (20, False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("who=user:ana", ["a", "b"]),
        ("what=timeline.added", ["b"]),
        ("what=timeline.", ["b", "c"]),
        ("subject=round/one", ["a"]),
        ("who=user:ana&what=timeline.", ["b"]),
        ("who=user:bo&subject=round/one", []),
        ("subject=round/none", []),
        ("since=2030-01-01T00:00", []),
        ("until=2020-01-01T00:00", []),
        ("since=2020-01-01T00:00&until=2100-01-01T00:00&what=timeline.&who=user:bo", ["c"]),
    ],
)
def test_lines_are_chosen_by_who_what_about_what_and_when(looks, wrote, query, found):
    wrote(("user:ana", "round.show", "round/one", "why a"), ("user:ana", "timeline.added", "timeline/g", "why b"),
          ("user:bo", "timeline.corrected", "timeline/g", "why c"))  # fmt: skip
    answer = looks(**dict(parse_qsl(query)))
    assert re.findall(r"why ([abc])", answer.content.decode())[::-1] == found
    assert ("Geen regels gevonden" in answer.content.decode()) is not found or found


@pytest.mark.parametrize(
    "query", ["who=nobody", "what=x.y", "subject=Jan%20Jansen", "subject=999990019", "since=x", "until=2025-13-01"]
)
def test_what_cannot_stand_in_the_log_is_refused_and_not_searched_for(looks, query):
    answer = looks(**dict(parse_qsl(query)))
    assert (answer.status_code, numbers(answer)) == (422, [])
    assert 'class="error"' in answer.content.decode()
    assert "/audit/export" not in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["before=0", "before=x", "before=9" * 1, "after=99999999999999999999", "before=²", "q=1"]
)
def test_a_number_that_is_no_lines_shows_a_page_all_the_same(looks, wrote, query):
    wrote(("user:ana", "round.show", "round/one"))
    assert looks(f"?{query}").status_code == 200


def linked(answer):
    """Where the lines of a page lead to, by what they are about."""
    return {
        about: place
        for place, about in re.findall(r'href="(/[^"]+)"><code>([^<]+)</code></a>', answer.content.decode())
    }


@pytest.fixture
def events(user):
    """`events(3)` adds entries to the timeline."""
    from helder.office import entries
    from helder.registers.timeline.models import Event

    somebody = user("coordinator")
    return lambda count: [
        entries.add(
            Event, somebody, {"what": f"e {n}", "precision": "date", "on": "2025-07-07", "party": "lab", "source": "s"}
        )
        for n in range(count)
    ]


def test_a_line_about_an_entry_leads_to_it_also_when_it_was_withdrawn_and_another_line_leads_nowhere(
    looks, client, wrote, events
):
    from helder.office import entries
    from helder.office.entries import log_name

    one, two = events(2)
    entries.withdraw(type(two), two.author, two.entry, "twice", 1)
    wrote(("user:ana", "round.show", "round/one"), ("user:ana", "timeline.added", "timeline/abcdefghijkl"),
          ("user:ana", "nowhere.added", f"nowhere/{log_name(one.entry)}"), ("user:ana", "timeline.x", "timeline/g"))  # fmt: skip
    found = linked(looks())
    assert found == {f"timeline/{log_name(each.entry)}": f"/timeline/{each.entry}/" for each in (one, two)}
    for place in found.values():
        assert client.get(place).status_code == 200


def test_who_may_not_read_a_register_gets_no_way_to_its_entries(events, user):
    from helder.office.entries import log_name, seen_in_log

    [one] = events(1)
    subject = f"timeline/{log_name(one.entry)}"
    assert seen_in_log([subject], user("desk")) == {subject: ("timeline", one.entry)}
    for somebody in (user(), user("supplier", party="lab")):
        assert seen_in_log([subject], somebody) == {}


def test_a_page_asks_the_database_as_often_for_fifty_entries_as_for_one(looks, events):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asked = []
    for count in (1, 49):
        events(count)
        with CaptureQueriesContext(connection) as queries:
            assert looks(what="timeline.added").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_it_says_when_the_log_was_last_verified_and_how_that_is_done(looks, wrote):
    page = looks().content.decode()
    assert "nog niet nagerekend" in page
    assert "helder audit verify case" in page and "helder audit checkpoint case" in page
    wrote(("cli:root", "audit.verified", "audit", "", {"lines": 7}), ("user:ana", "round.show", "round/one"))
    page = looks().content.decode()
    assert "nog niet nagerekend" not in page
    assert re.search(
        r"Voor het laatst nagerekend op .* door root \(opdrachtregel\): alle \S+ regels klopten\. Regels sindsdien: [12]\.",
        page,
    )


def taken(client, format, **typed):
    query = found_by(client, "/audit/", **typed).removeprefix("/audit/")
    answer = client.get(f"/audit/export.{format}{query}")
    assert answer.streaming and f"helder-audit.{format}" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_what_is_chosen_is_taken_along_in_the_order_of_the_log_and_that_is_a_line(client, user, wrote, lines):
    client.force_login(user("auditor", username="aud"))
    wrote(("user:ana", "person.look", "p-abcdefgh234567ab", "=cmd()", {"n": 1}), ("user:bo", "round.show", "round/one"),
          ("user:ana", "person.look", "p-abcdefgh234567ab", "é \"q\", ;", {"n": [2]}))  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(taken(client, "csv", what="person.look", since="2020-01-01T00:00"))))
    assert [(row["actor"], row["reason"], row["details"]) for row in rows] == [
        ("user:ana", "'=cmd()", '{"n":1}'),
        ("user:ana", 'é "q", ;', '{"n":[2]}'),
    ]
    found = [json.loads(line) for line in taken(client, "jsonl", what="person.").splitlines()]
    assert [(one["reason"], one["details"]) for one in found] == [("=cmd()", {"n": 1}), ('é "q", ;', {"n": [2]})]
    assert [one["seq"] for one in found] == [int(row["seq"]) for row in rows]
    assert lines()[-2:] == [("user:aud", "audit.export", "audit")] * 2
    said = [json.loads(line) for line in taken(client, "jsonl", what="audit.export").splitlines()]
    assert [one["details"]["chosen"] for one in said] == [
        {"what": "person.look", "since": "2019-12-31T23:00"}, {"what": "person."},
    ]  # fmt: skip


def test_all_lines_are_taken_along_up_to_the_one_that_says_so(client, user, wrote, lines):
    client.force_login(user("auditor"))
    wrote(*[("user:ana", "round.show", "round/one")] * 3)
    before = len(lines())
    assert len(taken(client, "jsonl").splitlines()) == before
    assert len(lines()) == before + 1


@pytest.mark.any_database
@pytest.mark.parametrize("query", ["subject=999990019", "who=x@y.nl"])
def test_what_is_refused_is_not_taken_along_and_leaves_no_line(client, user, lines, query):
    client.force_login(user("auditor"))
    before = lines()
    sealed = found_by(client, "/audit/", **dict(parse_qsl(query))).removeprefix("/audit/")
    answer = client.get(f"/audit/export.csv{sealed}")
    assert (answer.status_code, answer.streaming, lines()) == (422, False, before)
    assert client.get("/audit/export.xlsx").status_code == 404


def test_a_line_that_was_damaged_is_shown_as_it_stands():
    from helder.web.audit_pages import _as_json, _told
    from helder.web.audit_words import details

    assert (_told("yesterday"), _as_json("{"), details("{")) == ("yesterday", "{", [("", "{")])
    assert details("[1]") == [("", "[1]")]


@pytest.mark.any_database
def test_every_act_that_a_program_writes_has_words_in_both_languages(office):
    """By the words between quotes in the code, where they are written and not made."""
    from pathlib import Path

    import helder
    from helder.office.register import registers
    from helder.web.audit_words import _ABOUT, _DONE, about
    from helder.web.hook_pages import _HAPPENED

    text = "\n".join(path.read_text("utf-8") for path in Path(helder.__file__).parent.rglob("*.py"))
    kinds = "|".join([*_ABOUT, *registers(), "round"])
    found = set(re.findall(rf"(?:\bwrite|\blog|_line)\(\s*[^()\"]*\"((?:{kinds})\.[a-z_]+)\"", text))
    found |= {f"round.{kind}" for kind in ("approval", "reader_test", "waiver")} | {"timeline.added", "scans.confirmed"}
    assert len(found) > 40
    unnamed = {one for one in found if one not in _DONE and one.partition(".")[2] not in _HAPPENED}
    assert unnamed == {one for one in found if about(one) == one.partition(".")[0]} == set()
    assert {one for one in _DONE if one not in text.replace(f'"{one}": (', "")} <= {
        "export.evidence", "export.people", "hook.ended", "hook.paused", "hook.resumed",
    }  # fmt: skip
