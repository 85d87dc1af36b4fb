"""Looking things up in the log: every page by every condition, against the plain list of all lines; on both databases."""

from __future__ import annotations

import itertools
import random
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest

from helder.audit import Line, append, open_log
from helder.audit.search import WINDOW, Search, Wanted
from servers import postgresql

START = datetime(2025, 9, 12, 12, tzinfo=UTC)
ACTORS, ACTIONS = ["user:ana", "user:bo", "cli:root"], ["timeline.added", "timeline.corrected", "person.look"]
SUBJECTS = ["timeline/gpkd", "p-abcdefgh234567ab", ""]
LINES = 120


@pytest.fixture(scope="module")
def written():
    """Lines as they are written: two at a moment now and then, and once the clock was set back by an hour."""
    choose = random.Random(1).choice
    found, at = [], START
    for number in range(1, LINES + 1):
        at += timedelta(minutes=-60 if number == 60 else choose([0, 1, 2]))
        found.append((number, at, choose(ACTORS), choose(ACTIONS), choose(SUBJECTS)))
    return found


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def log(request, written, tmp_path_factory):
    """Opens the log with all lines, on either database: a context with a cursor, and how it writes parameters."""
    folder = tmp_path_factory.mktemp("search")
    with postgresql() if request.param == "postgresql" else nullcontext("") as url:
        style = "format" if url else "qmark"
        with open_log(folder, url) as cursor:
            for _, at, actor, action, subject in written:
                append(cursor, Line(actor, action, subject), style=style, at=at)
        yield lambda: (open_log(folder, url), style)


@pytest.fixture
def search(log):
    opened, style = log()
    with opened as cursor:
        yield Search(cursor, style)


def fits(line, wanted):
    _, at, actor, action, subject = line
    return (
        wanted.actor in ("", actor)
        and (not wanted.actions or action in wanted.actions)
        and wanted.subject in ("", subject)
        and (wanted.since is None or at >= wanted.since)
        and (wanted.until is None or at < wanted.until)
    )


def all_wanted():
    """Every combination of conditions, some of which nothing fits."""
    times = [(None, None), (START + timedelta(minutes=40), None), (None, START + timedelta(minutes=50))]
    times += [(START + timedelta(minutes=20), START + timedelta(minutes=30)), (START + timedelta(days=1), None)]
    choices = itertools.product(
        ["", "user:ana", "nobody"], [(), ("person.look",), tuple(ACTIONS[:2])], ["", SUBJECTS[0]]
    )
    return [Wanted(*chosen, *time) for chosen in choices for time in times]


def numbers(rows):
    return [row[0] for row in rows]


@pytest.mark.parametrize("wanted", all_wanted(), ids=str)
def test_pages_forward_and_back_are_the_lines_that_fit_newest_first(search, written, wanted):
    right = [
        line[0] for line in sorted(written, key=lambda line: (line[1], line[0]), reverse=True) if fits(line, wanted)
    ]
    forward, page = [], numbers(search.page(wanted, 7))
    while page:
        forward += page
        page = numbers(search.page(wanted, 7, before=page[-1]))
    assert forward == right
    backward, page = [], right[-1:]
    while page:
        backward = page + backward
        page = numbers(search.page(wanted, 7, after=page[0]))
    assert backward == right


@pytest.mark.parametrize("wanted", all_wanted()[::4], ids=str)
def test_everything_that_fits_comes_in_the_order_of_the_log_up_to_a_number(search, written, wanted, monkeypatch):
    monkeypatch.setattr("helder.audit.search.WINDOW", 50)
    right = [line[0] for line in written if fits(line, wanted) and line[0] <= 101]
    assert numbers(search.every(wanted, 101)) == right
    assert WINDOW > 50


def test_who_acted_and_what_was_done_are_told_once_each(search):
    assert (search.actors(), search.actions(), search.size()) == (sorted(ACTORS), sorted(ACTIONS), LINES)


@pytest.mark.parametrize("number", [0, -1, LINES + 1, 2**63, 10**30])
def test_a_number_that_no_line_has_is_as_if_none_was_given(search, number):
    assert search.page(Wanted(), 5, before=number) == search.page(Wanted(), 5)


@pytest.mark.parametrize("text", ["' OR 1=1 --", "%", "user:ana%", "\\", "🙂"])
def test_what_is_looked_for_is_a_value_and_nothing_else(search, text):
    assert search.page(Wanted(actor=text), 5) == search.page(Wanted(subject=text), 5) == []
    assert search.page(Wanted(actions=(text,)), 5) == []


def test_nothing_is_found_in_an_empty_log(tmp_path):
    with open_log(tmp_path) as cursor:
        empty = Search(cursor)
        assert (empty.size(), empty.actors(), empty.page(Wanted(), 5), list(empty.every(Wanted(), 0))) == (
            0,
            [],
            [],
            [],
        )
        assert empty.page(Wanted("user:ana"), 5) == []


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Wanted(since=START, until=START + timedelta(hours=1)), "audit_line_when"),
        (Wanted("user:ana"), "audit_line_who"),
        (Wanted("user:ana", ("person.look",), since=START), "audit_line_who"),
        (Wanted(actions=("person.look",)), "audit_line_what"),
        (Wanted(subject="timeline/gpkd"), "audit_line_about"),
    ],
)
def test_every_condition_has_an_index_that_gives_the_lines_in_order(tmp_path, wanted, index):
    """So that a page costs the lines that it shows, not the lines that there are."""
    with open_log(tmp_path) as cursor:
        append(cursor, Line("user:ana", "person.look", "timeline/gpkd"), at=START)
        asked = []

        class Explained:
            def execute(self, text, values=()):
                asked.append(text)
                cursor.execute(f"EXPLAIN QUERY PLAN {text}" if "ORDER BY at" in text else text, values)

            def fetchmany(self, size=1):
                rows = cursor.fetchmany(size)
                if "ORDER BY at" in asked[-1]:
                    plans.extend(row[3] for row in rows)
                    return []
                return rows

        plans: list[str] = []
        Search(Explained()).page(wanted, 50, before=1)
        Search(Explained()).page(wanted, 50)
    assert any(index in plan for plan in plans)
    assert not [plan for plan in plans if plan.startswith("SCAN audit_line")]
