"""Notifications to the authority: what the template asks, what the case answers, what is missing, what was sent."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from helder.registers.notifications.rules import applies, fits, may_follow, missing, template
from office.test_dossier import pdf_text


def test_the_template_is_whole_in_both_languages():
    fields = template()
    assert len(fields) == 70
    for field in fields.values():
        assert all(field.words.values())
        assert field.options["nl"].keys() == field.options["en"].keys()
        assert (field.kind in ("one", "many")) is bool(field.options["nl"])
        if field.only_if:  # a condition looks at an earlier choice, and at letters that it has
            number, letters = field.only_if
            assert number < field.number
            assert letters <= fields[number].options["nl"].keys()


def test_a_field_is_asked_when_its_condition_holds_however_deep():
    fields = template()
    assert applies(fields[12], {})
    assert not applies(fields[5], {4: "a"})
    assert applies(fields[5], {4: "c"})
    assert applies(fields[103], {97: "a", 102: "b"})
    assert not applies(fields[103], {97: "d", 102: "b"})  # 102 itself is not asked


@pytest.mark.parametrize(
    ("number", "value", "good"),
    [(3, "a", True), (3, "a,b", False), (3, "z", False), (55, "a, c", True), (55, "", False), (62, " ", False), (62, "x", True)],
)  # fmt: skip
def test_which_answers_a_field_takes(number, value, good):
    assert fits(template()[number], value) is good


def test_what_is_missing_are_mandatory_fields_that_are_asked():
    absent = {field.number for field in missing({38: "b", 12: "us", 29: "a"})}
    assert {13, 21, 30, 55, 68} <= absent
    assert not {12, 40, 7, 5} & absent


@pytest.mark.parametrize(
    ("before", "kind", "may"),
    [
        ([], "first", True),
        ([], "follow_up", False),
        ([], "withdrawn", False),
        (["first"], "first", False),
        (["first"], "follow_up", True),
        (["first", "follow_up"], "withdrawn", True),
        (["first", "withdrawn"], "follow_up", False),
        (["first", "withdrawn"], "withdrawn", False),
    ],
)
def test_which_notification_may_follow_which(before, kind, may):
    assert may_follow(before, kind) is may


@pytest.fixture
def answered(number, case):
    """The small case with a clock and some answers; gives who did it."""
    from helder.office import entries
    from helder.office.register import registers

    author = number.author
    clock = {
        "duty": "gdpr_33_1", "party": "us", "to": "ap", "source": "letter", "reason": "the laboratory told us late",
        "started": dt.datetime(2025, 8, 6, 12, 20, tzinfo=dt.UTC),
    }  # fmt: skip
    entries.add(registers()["clocks"].model, author, clock)
    model = registers()["notifications"].model
    for field, value in ((3, "a"), (55, "a"), (62, "Criminals took [[leaked]] records."), (97, "b")):
        entries.add(model, author, {"field": field, "value": value})
    return author


def rows():
    from helder.registers.notifications.filling import filled

    return {one.field.number: one for one in filled()}


def test_the_case_answers_what_it_knows_and_says_from_where(answered):
    found = rows()
    assert (found[12].words, found[12].origin) == ("Our organisation", "case.toml")
    assert found[40].words == "The laboratory"
    assert (found[46].words, found[47].words) == ("2025-07-03", "2025-07-06")
    assert (found[48].words, found[48].origin) == ("2025-08-06 14:20", "Termijnen")
    assert found[49].words == "the laboratory told us late"
    assert found[55].words == "vertrouwelijkheid"
    assert found[62].words == "Criminals took 4 records."
    assert (found[73].words, found[73].exactness) == ("4", "exact")
    assert (found[68].words, found[68].exactness) == ("ten hoogste 4", "at_most")
    assert found[68].origin.startswith("people:possible · ")
    assert 99 in found
    assert 98 not in found
    assert found[21].missing


AWARE = dt.datetime(2025, 8, 6, 12, 20, tzinfo=dt.UTC)


def more_clock(author, **content):
    from helder.office import entries
    from helder.office.register import registers

    given = {"duty": "gdpr_33_1", "party": "us", "to": "ap", "source": "s", "started": AWARE} | content
    return entries.add(registers()["clocks"].model, author, given)


@pytest.mark.any_database
def test_the_clock_is_that_of_the_cases_own_party_and_of_several_the_first_that_started(number, case):
    more_clock(number.author, party="lab", reason="another's", started=AWARE - dt.timedelta(days=30))
    assert rows()[48].missing
    more_clock(number.author, reason="not begun", started=None)
    more_clock(number.author, reason="the second", started=AWARE + dt.timedelta(days=1))
    more_clock(number.author, reason="the first")
    assert (rows()[48].words, rows()[49].words) == ("2025-08-06 14:20", "the first")


@pytest.mark.any_database
def test_a_notification_that_is_late_must_say_why(number, case):
    from helder.office import entries
    from helder.registers.notifications.models import Answer
    from helder.registers.notifications.papers import paper
    from helder.registers.notifications.sending import as_json

    assert not rows()[49].missing  # nothing is late
    clock = more_clock(number.author, met=AWARE + dt.timedelta(days=2))
    assert not rows()[49].missing  # on time
    entries.correct(type(clock), number.author, clock.entry, {"met": AWARE + dt.timedelta(days=5)}, "later", 1)
    assert rows()[49].missing
    flag = paper(as_json(list(rows().values())), "x").parts[0].text
    assert "Waarom later dan 72 uur gemeld is" in flag
    entries.add(Answer, number.author, {"field": 49, "value": "the laboratory told us late"})
    assert not rows()[49].missing


def test_the_teams_answer_goes_before_the_cases(answered):
    from helder.office import entries
    from helder.office.register import registers

    content = {"field": 68, "value": "941000", "exactness": "estimate", "source": "letter of 29 August"}
    entries.add(registers()["notifications"].model, answered, content)
    assert (rows()[68].words, rows()[68].origin) == ("schatting 941.000", "letter of 29 August")


def test_one_field_has_one_answer(answered):
    from django.core.exceptions import ValidationError

    from helder.office import entries
    from helder.office.register import registers

    with pytest.raises(ValidationError, match="heeft al een antwoord"):
        entries.add(registers()["notifications"].model, answered, {"field": 3, "value": "b"})


def test_what_was_sent_is_frozen_and_followed_or_withdrawn(client, answered, lines):
    from helder.office import entries
    from helder.registers.notifications.models import Answer, Notification

    client.force_login(answered)
    assert client.post("/notifications/sent/", {"kind": "follow_up"}).status_code == 422
    assert client.post("/notifications/sent/", {"kind": "first", "reference": "z-1"}).status_code == 302
    first = client.get("/notifications/documents/sent-1.json").content
    entry = Answer.objects.get(field=62)
    entries.correct(Answer, answered, entry.entry, {"value": "Something else."}, "more is known", 1)
    assert client.get("/notifications/documents/sent-1.json").content == first
    assert client.post("/notifications/sent/", {"kind": "follow_up"}).status_code == 302
    assert client.post("/notifications/sent/", {"kind": "withdrawn"}).status_code == 422  # without a reason
    assert client.post("/notifications/sent/", {"kind": "withdrawn", "reason": "no breach"}).status_code == 302
    assert client.post("/notifications/sent/", {"kind": "follow_up"}).status_code == 422
    assert [one.kind for one in Notification.objects.all()] == ["first", "follow_up", "withdrawn"]
    assert [action for _, action, _ in lines()].count("notifications.recorded") == 3
    page = client.get("/notifications/").content.decode()
    for words in (
        "eerste melding",
        "vervolgmelding",
        "intrekking",
        "z-1",
        "no breach",
        "verplichte velden ontbreken nog",
    ):
        assert words in page


def test_the_hash_of_what_was_sent_can_be_checked(answered):
    import hashlib

    from helder.registers.notifications.sending import record

    made = record(answered, "first", "", "")
    made.refresh_from_db()
    assert hashlib.sha256(made.canonical(made.content)).hexdigest() == made.content_hash


@pytest.mark.any_database
@pytest.mark.parametrize("format", ["pdf", "odt", "json", "txt"])
def test_the_draft_is_taken_along_in_every_format(client, answered, format):
    client.force_login(answered)
    data = client.get(f"/notifications/documents/draft.{format}").content
    if format == "pdf":
        text = " ".join(pdf_text(data).split())
        assert "Ontbreekt (" in text
        assert "Criminals took 4 records." in text
    elif format == "json":
        fields = {row["field"]: row for row in json.loads(data)["fields"]}
        assert fields[68]["exactness"] == "at_most"
        assert fields[21]["missing"] is True
    elif format == "txt":
        text = data.decode()
        assert "[62] Wat er gebeurd is\nCriminals took 4 records.\n" in text
        assert "[21] Wie meldt\nONTBREEKT\n" in text
        assert text.index("== 2. Tijdlijn ==") < text.index("[48]") < text.index("== 3. ") < text.index("[62]")
    else:
        assert data[:2] == b"PK"


def test_the_sheet_follows_the_authoritys_form_and_holds_every_field_once():
    from helder.registers.notifications.sheet import WEB_FORMS, sections

    placed = [number for _, _, fields in WEB_FORMS["nl"] for number in fields]
    assert sorted(placed) == sorted(template())
    rows = [{"field": number, "section": field.section} for number, field in template().items()]
    by_form = list(sections(rows, "nl", str))
    assert [heading[:2] for heading, _ in by_form] == [f"{number}." for number in range(10)]
    assert sum(len(group) for _, group in by_form) == len(rows)
    in_order = [row for _, group in sections(rows, "xx", str) for row in group]
    assert in_order == rows  # a form that is not known: as the template has it


@pytest.mark.any_database
def test_a_stale_number_is_flagged_in_the_draft(client, answered, case):
    from office.evidence import more_evidence

    more_evidence(case)
    client.force_login(answered)
    assert "“leaked” is verouderd: nu 5" in " ".join(
        pdf_text(client.get("/notifications/documents/draft.pdf").content).split()
    )
    assert rows()[73].words == "5"  # what the case itself counts is always of now


@pytest.mark.any_database
def test_the_numbers_of_the_last_notification_are_flagged_when_the_evidence_changed(client, answered, case):
    from office.evidence import more_evidence

    def told():
        pages = {address: " ".join(client.get(address).content.decode().split())
                 for address in ("/notifications/", "/numbers/", "/")}  # fmt: skip
        return {address: page.count("er stond 4 ·") for address, page in pages.items()}

    client.force_login(answered)
    assert client.post("/notifications/sent/", {"kind": "first"}).status_code == 302
    sent = json.loads(client.get("/notifications/documents/sent-1.json").content)
    bound = {row["field"]: row["bound"] for row in sent["fields"] if row["bound"]}
    assert {field: numbers[0]["query"] for field, numbers in bound.items()} == {
        62: "records", 68: "people:possible", 73: "records",
    }  # fmt: skip
    assert set(told().values()) == {0}
    more_evidence(case)
    assert set(told().values()) == {2}  # the records, cited and counted
    page = client.get("/notifications/").content.decode()
    assert "verouderd: nu 5" in page
    assert "Melding 1, veld 73" in page
    assert (
        '<strong>3</strong> <a class="nl-link" href="/numbers/">verouderde getallen' in client.get("/").content.decode()
    )
    assert client.post("/notifications/sent/", {"kind": "follow_up"}).status_code == 302
    assert (
        told()["/notifications/"] == 1
    )  # what the case counts is right again; the number that is cited is not taken again
    assert client.post("/notifications/sent/", {"kind": "withdrawn", "reason": "no"}).status_code == 302
    assert set(told().values()) == {0}


def test_without_results_and_clock_the_case_still_answers_what_it_can(db):
    found = rows()
    assert found[12].words == "Our organisation"
    assert found[68].missing
    assert found[48].missing
