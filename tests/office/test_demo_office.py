"""The office of the reference case: what is made up in it says so, two suppliers stand beside the real one, and the dossier has answers."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.any_database


@pytest.fixture
def filled(case, db):
    """Filled for a case with a result."""
    from helder.web.fill import fill_demo

    return fill_demo()


def by_example(model):
    """What the author of made-up examples wrote."""
    return model.objects.filter(author__username="loader-example")


def test_everything_made_up_says_so_and_nothing_public_is_written_by_its_author(filled):
    from helder.registers.parties.models import Party
    from helder.registers.points.models import Point
    from helder.registers.scans.models import ScanAnswer, Verdict

    said = [one.name for one in by_example(Party)] + [one.answer for one in by_example(Point)]
    said += [one.evidence for one in by_example(ScanAnswer) if one.evidence] + [
        one.reasons for one in Verdict.objects.all()
    ]
    assert len(said) > 20
    assert [one for one in said if "verzonnen" not in one.lower()] == []
    invented = set(by_example(Party).values_list("short", flat=True))
    about = {*by_example(ScanAnswer).values_list("party", flat=True), *Verdict.objects.values_list("party", flat=True)}
    assert about == invented == {"lab_north", "lab_south"}
    assert set(Point.objects.filter(version=1).values_list("author__username", flat=True)) == {"loader"}
    assert set(ScanAnswer.objects.filter(party="lab").values_list("author__username", flat=True)) == {"loader"}


def test_three_suppliers_stand_side_by_side_and_a_verdict_has_four_eyes(filled):
    from helder.registers.scans.comparison import suppliers
    from helder.registers.scans.rules import newest

    found = {one.short: one for one in suppliers(newest())}
    assert found.keys() == {"lab", "lab_north", "lab_south"}
    assert all(one.given for one in found.values())
    north, south = found["lab_north"], found["lab_south"]
    assert (north.verdict.outcome, north.state, north.gaps) == ("sufficient", "confirmed", [])
    wrote = {one.author_id for one in north.given.values()}
    assert len({north.verdict.by_id, north.verdict.confirmed_by_id} - wrote) == 2
    assert (south.verdict.outcome, south.state) == ("insufficient", "proposed")
    assert south.gaps
    assert found["lab"].verdict is None


def test_the_dossier_has_answers_whose_numbers_are_all_bound_to_their_query(filled):
    from helder.office.loose import loose
    from helder.registers.numbers.citing import filled as told
    from helder.registers.numbers.citing import readings
    from helder.registers.points.models import Point

    points = Point.objects.filter(current=True)
    states = sorted(points.values_list("state", flat=True))
    assert {"answered", "drafted", "open"} == set(states)
    known = readings()
    texts = [point.answer for point in points if point.answer]
    assert [problem for text in texts for problem in told(text, known)[1]] == []
    assert [one for text in texts for one in loose(text)] == []
    assert all(f"[[{name}]]" in " ".join(texts) for name in known)
    assert any(point.actions for point in points)


def test_without_a_result_nothing_is_answered(db):
    from helder.registers.points.models import Point
    from helder.web.fill import fill_demo

    assert "numbers" not in fill_demo()
    assert set(Point.objects.filter(current=True).values_list("state", flat=True)) == {"open"}


def test_the_authors_of_what_is_loaded_are_nobodys_accounts(filled, client, user):
    from helder.office.invitations import invite
    from helder.office.models import User
    from helder.office.resets import may_reset
    from helder.web.first import first_invitation

    assert first_invitation() is not None  # as in an office where nobody is yet
    somebody = user("coordinator")
    loaders = User.objects.exclude(pk=somebody.pk)
    assert sorted(one.username for one in loaders) == [
        "loader",
        "loader-assessor-1",
        "loader-assessor-2",
        "loader-example",
    ]
    assert not any(one.has_usable_password() or one.roles or may_reset(somebody, one) for one in loaders)
    client.force_login(somebody)
    page = client.get("/colleagues/").content.decode()
    assert [one.name for one in loaders if one.name in page] == []
    client.logout()
    for name in ("loader", "loader-nine", "loaders"):
        given = {"username": name, "name": "Joris", "password": "correct horse battery staple"}
        answer = client.post(f"/welcome/{invite(['desk'], None)}/", given)
        assert answer.status_code == (302 if name == "loaders" else 422)
