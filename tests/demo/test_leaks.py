"""The leaked files: exact rows link by number and guard, damaged ones never do, and the sums are as told."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from stdnum.nl import bsn

from helder.demo import assumptions

NUMBER = {"dataset1": "BSN", "dataset2": "burgerservicenr"}


def _digits(text):
    return "".join(sign for sign in text or "" if sign.isdigit())


def _whole(text):
    """The number when it is valid, with lost zeros put back: as generous as any linkage may be."""
    number = _digits(text).rjust(9, "0")
    return number if len(number) == 9 and bsn.is_valid(number) else None


def _plain(text):
    folded = unicodedata.normalize("NFD", (text or "").lower().replace("ı", "i").replace("ł", "l"))
    return "".join(sign for sign in folded if sign.isalpha() and sign.isascii())


def _birth(dataset, row):
    text = row["GEB_DATUM"] if dataset == "dataset1" else row["gebdat"]
    if text is None:
        return None
    return f"{text[6:]}-{text[3:5]}-{text[:2]}" if dataset == "dataset1" else f"{text[:4]}-{text[4:6]}-{text[6:]}"


def _names(dataset, row):
    texts = (row["ACHTERNAAM"], row["PARTNERNAAM"]) if dataset == "dataset1" else (row["naam"],)
    return [_plain(text) for text in texts if text]


def _surname_agrees(dataset, row, person):
    ours = [_plain(person[name]) for name in ("GESLACHTSNAAM", "PARTNER_NAAM") if person[name]]
    return any(one in other for one in ours for other in _names(dataset, row))


def _lives_there(dataset, row, person):
    street, number = ("STRAAT", "HUISNUMMER") if dataset == "dataset1" else ("straat", "nr")
    same = person["STRAAT"] and row[street] and _plain(row[street]) == _plain(person["STRAAT"])
    return bool(same and (row[number] or "").split(" ")[0] == person["HUISNR"])


@pytest.mark.parametrize("dataset", ["dataset1", "dataset2"])
def test_every_exact_row_has_its_persons_number_and_an_agreeing_attribute(case, dataset):
    exact = [(row, known) for row, known in case.told(dataset) if known["kind"] == "exact"]
    assert len(exact) == case.counts.groups[int(dataset[-1]) - 1]
    assert len({known["person_id"] for _, known in exact}) == len(exact)
    births = 0
    for row, known in exact:
        person = case.by_id[known["person_id"]]
        assert _whole(row[NUMBER[dataset]]) == person["BSN"]
        same_birth = _birth(dataset, row) == person["GEBOORTEDATUM"]
        births += same_birth
        assert same_birth or (_surname_agrees(dataset, row, person))
    assert births / len(exact) > 0.95


@pytest.mark.parametrize("dataset", ["dataset1", "dataset2"])
def test_no_damaged_row_links_exactly(case, dataset):
    others = 0
    for row, known in case.told(dataset):
        if known["kind"] == "exact":
            continue
        person = case.by_number.get(_whole(row[NUMBER[dataset]]))
        if person is None:
            continue
        others += 1
        assert person["CLIENTNR"] != known["person_id"]
        assert _birth(dataset, row) != person["GEBOORTEDATUM"]
        assert not _surname_agrees(dataset, row, person)
        assert not _lives_there(dataset, row, person)
    assert others < 0.01 * sum(case.counts.unplaced)


def test_some_rows_have_a_number_of_somebody_else(case):
    taken = [
        case.by_number.get(_whole(row[NUMBER[dataset]]))
        for dataset in NUMBER
        for row, known in case.told(dataset)
        if known["kind"] != "exact"
    ]
    assert any(taken)


def test_the_groups_as_told_follow_from_the_exact_rows(case):
    first = {known["person_id"] for _, known in case.told("dataset1") if known["kind"] == "exact"}
    second = {known["person_id"] for _, known in case.told("dataset2") if known["kind"] == "exact"}
    assert not first & second
    assert (len(first), len(second)) == case.counts.groups[:2]


def test_records_are_the_published_sums(case):
    assert (len(case.dataset1), len(case.dataset2)) == case.counts.datasets
    unplaced = Counter(line["dataset"] for line in case.truth if line["kind"] != "exact")
    assert (unplaced["dataset1"], unplaced["dataset2"]) == case.counts.unplaced


def test_unplaced_rows_are_of_whom_the_assumptions_say(case):
    kinds = Counter(line["kind"] for line in case.truth)
    assert kinds["never confirmed"] == case.counts.never_confirmed
    assert kinds["second row"] == case.counts.second_row
    assert kinds["stranger"] == case.counts.strangers
    for line in case.truth:
        if line["kind"] == "stranger":
            assert line["person_id"] is None and line["as_told"] is None
        else:
            assert line["person_id"] in case.by_id
            assert line["as_told"] in (("g3", "g4") if line["kind"] == "never confirmed" else ("g1", "g2"))


def test_a_person_never_confirmed_has_one_row(case):
    people = [line["person_id"] for line in case.truth if line["kind"] == "never confirmed"]
    assert len(set(people)) == len(people)


def test_damage_has_the_levels_of_the_assumptions(case):
    levels = Counter(line["level"] for line in case.truth)
    exact = levels.pop("none")
    assert exact == sum(case.counts.groups[:2])
    assert dict(levels) == case.counts.levels


def test_worse_damage_leaves_less(case):
    filled = {level: [] for level in assumptions().levels}
    for row, known in case.told("dataset1"):
        if known["level"] in filled:
            filled[known["level"]].append(sum(value is not None for value in row.values()))
    means = [sum(values) / len(values) for values in filled.values()]
    assert means == sorted(means, reverse=True)


def test_the_posted_sample_is_of_dataset_1(case):
    posted = [row for row in case.dataset1 if row["GEZIEN_OP"]]
    assert len(posted) == case.counts.posted
    assert {row["GEZIEN_OP"] for row in posted} == {"06-07-2025"}


def test_items_differ_from_row_to_row(case):
    shapes = Counter(
        tuple(bool(row[column]) for column in ("ONDERZOEK", "UITSLAG", "HUISARTS", "TELEFOON", "EMAIL", "VERZEKERAAR"))
        for row in case.dataset1
    )
    assert len(shapes) > 20


def test_contact_details_and_insurers_come_from_other_suppliers_only(case):
    for row in case.dataset1:
        if row["OPDRACHTGEVER"] == "BVO-NL":
            assert not any(row[column] for column in ("TELEFOON", "EMAIL", "VERZEKERAAR", "AANVRAGER"))


def test_rows_of_a_named_other_client_are_none_of_the_exact_ones(case):
    suppliers = Counter((row["OPDRACHTGEVER"], known["kind"] == "exact") for row, known in case.told("dataset1"))
    assert suppliers["ZKH-LINDE", False] > 0
    assert suppliers["ZKH-LINDE", True] == 0
