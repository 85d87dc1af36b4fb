"""What lies on the desk, by kind and by who has it, and how soon it must be done; to each role what it may read."""

from __future__ import annotations

import datetime as dt

import pytest

NOW = dt.datetime(2025, 9, 12, 10, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("left", "soon"),
    [
        (-HOUR, "late"), (0 * HOUR, "late"), (HOUR, "day"), (24 * HOUR, "day"), (25 * HOUR, "week"), (168 * HOUR, "week"),
        (169 * HOUR, "later"), (None, "undated"),
    ],
)  # fmt: skip
def test_how_soon_something_must_be_done(office, left, soon):
    from helder.web.desk import how_soon

    assert how_soon(None if left is None else NOW + left, NOW) == soon


def test_the_most_urgent_stands_first_and_those_past_the_last_row_are_added_up(office):
    from helder.web.desk import counted, shortened

    rows = counted([("a", "later", 1), ("b", "late", 1), ("c", "week", 2), ("b", "later", 1), ("d", "undated", 1)])
    assert rows == [("b", [1, 0, 0, 1, 0]), ("c", [0, 0, 2, 0, 0]), ("a", [0, 0, 0, 1, 0]), ("d", [0, 0, 0, 0, 1])]
    assert shortened(rows, 4, "rest") == rows
    assert shortened(rows, 2, "rest") == [rows[0], ("rest", [0, 0, 2, 1, 1])]


@pytest.fixture
def work(user, monkeypatch):
    """An open thing of every kind, and one of each that is done."""
    from django.utils import timezone

    from helder.office import entries
    from helder.office.register import registers

    author, shelves, now = user("privacy_officer"), registers(), timezone.now()
    today = timezone.localdate()
    asked = {"duty": "gdpr_12_3", "party": "us", "to": "person", "source": "s", "started": now - dt.timedelta(days=90)}
    notify = {"duty": "gdpr_33_1", "party": "lab", "to": "ap", "source": "s", "started": now - dt.timedelta(hours=70)}
    point = {"request": "r", "number": "1", "asked": "a", "owner": "Ann", "due": today}
    look = {"name": "n", "question_nl": "v", "question_en": "q", "who": "Ann", "status": "running"}
    for id, content in (
        ("clocks", asked),
        ("clocks", asked | {"met": now}),
        ("clocks", notify),
        ("clocks", asked | {"duty": "gdpr_34_1", "to": "people"}),  # the law gives no number: no clock can say how soon
        ("points", point),
        ("points", point | {"state": "answered", "answer": "a", "evidence": "e"}),
        ("investigations", look),
        ("investigations", look | {"name": "m", "status": "stopped"}),
    ):
        entries.add(shelves[id].model, author, content)
    return author


def desk_of(client, somebody):
    from django.template.base import Template
    from django.test.utils import instrumented_test_render

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", instrumented_test_render)
        client.force_login(somebody)
        answer = client.get("/")
    found = [{name: [part.number for part in parts] for name, parts in one["rows"]} for one in answer.context["desk"]]
    return found, answer.content.decode()


def test_open_work_is_counted_by_kind_and_by_who_has_it(client, work):
    (kinds, owners), page = desk_of(client, work)
    assert kinds == {
        "verzoeken en klachten": [1, 0, 0, 0, 0],
        "vragen om verantwoording": [0, 1, 0, 0, 0],
        "andere wettelijke termijnen": [0, 1, 0, 0, 0],
        "onderzoeken": [0, 0, 0, 0, 1],
    }
    assert owners["Ann"] == [0, 1, 0, 0, 1]
    assert sum(map(sum, owners.values())) == sum(map(sum, kinds.values())) == 4
    assert page.count('aria-label="Wat er ligt, naar soort"') == page.count('aria-label="Wat er ligt, naar wie"') == 3
    assert '<h2 id="desk">Wat er ligt</h2>' in page


def test_a_role_sees_only_the_work_of_registers_that_it_may_read(client, work, user):
    assert desk_of(client, user("desk"))[0] == []
    (kinds, _), _ = desk_of(client, user("communication"))
    assert set(kinds) == {"verzoeken en klachten", "andere wettelijke termijnen"}
