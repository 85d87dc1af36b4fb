"""What was shared: about three lines a person, group 4's before 2017, all items declared."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from helder.case.load import load_case

THEFT = dt.date(2025, 7, 6)


def _by_person(case):
    lines = defaultdict(list)
    for line in case.disclosures:
        if line["NAAR"] == "lab":
            lines[line["CLIENTNR"]].append(line)
    return lines


def test_the_people_in_scope_are_those_shared_with_the_laboratory_before_the_theft(case):
    shared = [id for id, lines in _by_person(case).items() if any(line["DATUM"] <= THEFT for line in lines)]
    assert len(shared) == case.counts.people


def test_the_other_people_of_the_register_were_never_shared_or_too_late(case):
    late = [id for id, lines in _by_person(case).items() if all(line["DATUM"] > THEFT for line in lines)]
    assert 0 < len(late) < case.counts.register - case.counts.people


def test_group_4_was_shared_before_2017_only_and_all_others_since(case):
    before, since = set(), set()
    for id, lines in _by_person(case).items():
        for line in lines:
            if line["DATUM"] <= THEFT:
                (before if line["DATUM"].year < 2017 else since).add(id)
    assert len(before) == case.counts.groups[3]
    assert len(since) == sum(case.counts.groups[:3])
    assert not before & since
    assert {line["DOEL"] for line in case.disclosures if line["NAAR"] == "lab" and line["DATUM"].year < 2017} == {
        "smear via the GP"
    }


def test_there_are_about_three_lines_a_person(case):
    assert 2.9 < len(case.disclosures) / case.counts.people < 3.1


def test_items_are_declared_sorted_and_never_contact_details(case):
    declared = set(load_case(case.folder).items)
    for items in {line["GEGEVENS"] for line in case.disclosures}:
        parts = items.split(";")
        assert parts == sorted(parts) and set(parts) <= declared
        assert not {"email", "phone", "insurer", "requester"} & set(parts)


def test_nothing_is_sent_in_a_weekend_or_to_an_unknown_party(case):
    parties = set(load_case(case.folder).parties)
    assert all(line["DATUM"].weekday() < 5 for line in case.disclosures)
    assert {line["NAAR"] for line in case.disclosures} <= parties


CHILD = 2000
"""Who was entered with a later year of birth was entered as a child: no letter goes there."""


def test_people_take_part_between_thirty_and_sixty_five(case):
    for line in case.disclosures:
        born = int(case.by_id[line["CLIENTNR"]]["GEBOORTEDATUM"][:4])
        if born and born < CHILD and line["NAAR"] == "lab" and line["DATUM"] <= THEFT:
            assert 30 <= line["DATUM"].year - born <= 66
