"""What pages show of an entry: names instead of short names, days as people write them, and all of it in a correction."""

from __future__ import annotations

import datetime as dt

import lxml.html
import pytest

from office.every_page import found_by
from office.test_every_register import ENTRIES, author, shelves  # noqa: F401 (fixtures)

AT = dt.datetime(2025, 8, 6, 12, 20, tzinfo=dt.UTC)
FULL = ENTRIES | {
    "clocks": ENTRIES["clocks"] | {"started": AT, "met": AT + dt.timedelta(hours=4), "extended": True},
    "decisions": ENTRIES["decisions"] | {"decided": AT, "review_on": AT.date()},
    "statements": ENTRIES["statements"] | {"number": 941_000, "unit": "people"},
}


@pytest.fixture
def page(client, author):  # noqa: F811 (a fixture)
    client.force_login(author)

    def get(address, language="nl"):
        type(author).objects.update(language=language)
        return lxml.html.fromstring(client.get(address).content)

    return get


def words(element):
    return " ".join(element.text_content().split())


@pytest.mark.any_database
@pytest.mark.parametrize("register", FULL)
def test_a_correction_begins_with_all_that_the_entry_says(shelves, author, client, page, register):  # noqa: F811
    from helder.office import entries

    model = shelves[register].model
    first = entries.add(model, author, FULL[register])
    form = page(f"/{register}/{first.entry}/correct/").forms[-1]
    filled = dict(form.form_values()) | {"why": "seen again"}
    answer = client.post(f"/{register}/{first.entry}/correct/", filled)
    assert answer.status_code == 302
    now = model.objects.get(entry=first.entry, current=True)
    assert now.version == 2
    assert now.content() == model.objects.get(pk=first.pk).content()


@pytest.mark.parametrize("register", FULL)
def test_the_list_leads_to_an_entry_by_what_it_says(shelves, author, page, register):  # noqa: F811
    from helder.office import entries
    from helder.office.views import shown

    shelf = shelves[register]
    made = entries.add(shelf.model, author, FULL[register])
    link = page(f"/{register}/").xpath(f"//th[@scope='row']/a[@href='/{register}/{made.entry}/']")
    said = str(shown(made, shelf.key))
    assert [words(one).lower() for one in link] == [said.lower()]
    assert words(page(f"/{register}/{made.entry}/").xpath("//h1")[0]).lower() == said.lower()


def test_parties_are_called_by_their_names(shelves, author, page):  # noqa: F811
    from helder.office import entries

    clock = entries.add(
        shelves["clocks"].model, author, {"duty": "gdpr_34_1", "party": "lab", "to": "people", "source": "s"}
    )
    list_, detail = page("/clocks/"), page(f"/clocks/{clock.entry}/")
    assert {words(one) for one in list_.xpath("//td")} >= {"Lab", "de mensen over wie het gaat"}
    assert "Lab → de mensen over wie het gaat" in words(list_)
    assert {words(one) for one in detail.xpath("//dd")} >= {"Lab", "de mensen over wie het gaat"}
    assert "the people concerned" in words(page("/clocks/", "en"))
    field = page(f"/clocks/{clock.entry}/correct/").xpath("//select[@name='party']")[0]
    assert {one.get("value"): words(one) for one in field.xpath(".//option")}["lab"] == "Lab"
    assert field.value == "lab"


def test_a_party_that_nobody_knows_keeps_what_was_written(shelves, author, page):  # noqa: F811
    from helder.office import entries

    made = entries.add(shelves["timeline"].model, author, ENTRIES["timeline"] | {"party": "stranger"})
    assert "stranger" in {words(one) for one in page(f"/timeline/{made.entry}/").xpath("//dd")}
    assert page(f"/timeline/{made.entry}/correct/").xpath("//select[@name='party']")[0].value == "stranger"


def test_names_are_read_once_for_an_answer(shelves, author, django_assert_queries):  # noqa: F811
    from helder.office.parties import names_held, party_name

    with django_assert_queries(1), names_held():
        assert [party_name(id) for id in ("lab", "lab", "press")] == ["Lab", "Lab", "de pers"]
    with django_assert_queries(2):  # what is read in between may have changed
        assert [party_name(id) for id in ("lab", "lab")] == ["Lab", "Lab"]


@pytest.fixture
def django_assert_queries(db):
    from contextlib import contextmanager

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    @contextmanager
    def counted(number):
        with CaptureQueriesContext(connection) as queries:
            yield
        assert len(queries) == number

    return counted


DAY = dt.date(2025, 8, 6)
MOMENTS = [
    ({"on": DAY, "precision": "date"}, "6 aug 2025", "6 Aug 2025"),
    ({"on": DAY, "precision": "moment", "time": dt.time(14, 20)}, "6 aug 2025 14:20", "6 Aug 2025 14:20"),
    ({"on": DAY, "precision": "week"}, "week van 6 aug 2025", "week of 6 Aug 2025"),
    ({"on": DAY, "precision": "month"}, "augustus 2025", "August 2025"),
    (
        {"on": DAY, "precision": "date", "until": dt.date(2025, 8, 9)},
        "6 aug 2025 – 9 aug 2025",
        "6 Aug 2025 – 9 Aug 2025",
    ),
    ({"on": None, "precision": "unknown"}, "onbekend wanneer", "unknown when"),
]


@pytest.mark.any_database
@pytest.mark.parametrize(("known", "nl", "en"), MOMENTS)
def test_a_moment_in_words_claims_no_more_than_is_known(office, known, nl, en):
    from django.utils import translation

    from helder.registers.timeline.models import Event

    for lang, said in (("nl", nl), ("en", en)):
        with translation.override(lang):
            assert Event(**known).moment == said


@pytest.mark.any_database
def test_an_answer_by_letters_is_shown_in_words(shelves, author, page):  # noqa: F811
    from helder.office import entries

    entries.add(shelves["notifications"].model, author, {"field": 3, "value": "a"})
    cells = [words(one) for one in page("/notifications/").xpath("//tr[@role='row']/td")]
    assert "a" not in cells


@pytest.mark.any_database
@pytest.mark.parametrize("register", FULL)
@pytest.mark.parametrize(("language", "missing"), [("nl", "Niet ingevuld: "), ("en", "Not filled in: ")])
def test_an_entry_shows_what_was_filled_in_and_names_what_was_not(shelves, author, page, register, language, missing):  # noqa: F811
    from django.utils import translation

    from helder.office import entries

    shelf = shelves[register]
    made = entries.add(shelf.model, author, FULL[register])
    at = page(f"/{register}/{made.entry}/", language)
    assert all(words(one) for one in at.xpath("//dd"))
    told = [words(one).removeprefix(missing) for one in at.xpath("//p[@class='by']") if missing in words(one)]
    fields = [*shelf.model.fields(), *shelf.model.taken()]
    with translation.override(language):
        empty = [str(field.verbose_name) for field in fields if getattr(made, field.attname) in (None, "")]
    assert told == ([" · ".join(empty)] if empty else [])


@pytest.mark.any_database
def test_an_earlier_version_does_not_say_what_it_lacked(shelves, author, page):  # noqa: F811
    from helder.office import entries

    model = shelves["timeline"].model
    made = entries.add(model, author, FULL["timeline"])
    entries.correct(model, author, made.entry, {}, "seen again", 1)
    at = page(f"/timeline/{made.entry}/")
    assert len(at.xpath("//section[@class='version']")) == 2
    assert len([one for one in at.xpath("//p[@class='by']") if "Niet ingevuld" in words(one)]) == 1


@pytest.mark.any_database
def test_a_number_that_is_missing_stands_where_numbers_stand_and_so_does_their_heading(shelves, author, page):  # noqa: F811
    from helder.office import entries

    for short, hours in (("a", None), ("b", 24)):
        party = {"short": short, "name": f"Party {short}", "role": "processor", "notice_hours": hours, "source": "s"}
        entries.add(shelves["parties"].model, author, party)
    at = page("/parties/")
    column = at.xpath("//th[@scope='col'][contains(., 'meldtermijn')] | //td[contains(@data-head, 'meldtermijn')]")
    assert {words(one) for one in column[1:]} == {"–", "24"}
    assert all("number" in one.get("class", "") for one in column)


def test_a_party_is_found_by_its_name(shelves, author, page, client):  # noqa: F811
    from helder.office import entries

    facts = {"duty": "gdpr_34_1", "party": "lab", "source": "s"}
    to_people = entries.add(shelves["clocks"].model, author, facts | {"to": "people"})
    to_other = entries.add(shelves["clocks"].model, author, facts | {"to": "ap", "party": "us"})

    def found(query):
        links = page(found_by(client, "/clocks/", words=query)).xpath("//th[@scope='row']/a/@href")
        return {link.split("/")[2] for link in links}

    assert found("mensen") == {str(to_people.entry)}
    assert found("our organisation") == {str(to_other.entry)}
    assert found("lab") == {str(to_people.entry)}  # by its short name too
    assert found("nobody") == set()


@pytest.mark.any_database
def test_a_name_stands_above_its_bar_cut_when_it_is_long_and_none_takes_no_room(office):
    from helder.web.chart import Part, bars

    def drawn(name):
        return lxml.html.fromstring(bars([(name, [Part("letters", "letter", 4)])], "t"))

    said = "letters of September 2025, as told"
    named, cut, none = drawn(said), drawn("a name " * 20), drawn("")
    assert [words(one) for one in named.xpath("//text")] == [said, "4"]
    assert cut.xpath("//text")[0].text == "a name a name a name a name a name a na…"
    assert [float(one.xpath("//rect")[0].get("y")) for one in (named, none)] == [20, 0]
    assert float(none.get("height")) < float(named.get("height"))
    assert len(none.xpath("//text")) == 1
