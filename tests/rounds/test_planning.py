"""A round from a register to its letters: one of everybody, and what becomes of their letter."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from helder.domain.errors import CaseError, HelderError, RoundError
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet
from helder.pipeline.planning import plan
from helder.pipeline.standing import may_leave, ready, standing, without_letter
from helder.rounds.authors import Authors, Signer
from helder.rounds.freeze import LETTERS_FILE, PEOPLE_FILE
from helder.rounds.gate import approve, waive_reader_test
from helder.rounds.publishing import reconcile
from helder.rounds.record import read_record, write_record
from rounds.towns import a_round, person, tell, write

KEYS = Keys(b"p" * 32)
NOW = dt.datetime(2025, 9, 15, 9, tzinfo=dt.UTC)
SHELTER = "postcode,house_number,house_addition,may_send,person_id,checked_by\n5555 EE,7,,no,,\n4444 DD,4,,yes,checked,A. Officer\n4444 DD,4,,yes,unsigned,\n"
FRESH = (
    "person_id,checked_on,outcome,suspended,investigated,not_there,secret,street,house_number,postcode,city\n"
    "fresh,2025-09-01,,,,,,Nieuwstraat,9,3333 CC,Breda\n"
    "fresh,2025-08-01,none,,,,,,,,\n"
    "doubt,2025-09-01,,,yes,,,Nieuwstraat,9,3333 CC,Breda\n"
    "left,2025-09-01,,,,yes,,Nieuwstraat,9,3333 CC,Breda\n"
    "gone,2025-09-01,none,,,,,,,,\n"
    "silent,2025-09-01,not_confirmed,,,,,,,,\n"
    "dead,2025-09-01,,deceased,,,,Nieuwstraat,9,3333 CC,Breda\n"
    "hidden,2025-09-01,,,,,yes,Nieuwstraat,9,3333 CC,Breda\n"
    "odd,2025-09-01,perhaps,,,,,,,,\n"
    "tidied,2025-09-01,,,,,,Nieuwstraat,9,3333 CC,Breda\n"
)
SOURCES = """
[sources.shelters]
fills = "safe_addresses"
path = "sources/shelters.csv"
received = 2025-09-01
columns = { postcode = "postcode", house_number = "house_number", house_addition = "house_addition", may_send = "may_send", person_id = "person_id", checked_by = "checked_by" }
[sources.fresh]
fills = "addresses"
path = "sources/fresh.csv"
received = 2025-09-01
columns = { person_id = "person_id", checked_on = "checked_on", outcome = "outcome", suspended = "suspended", investigated = "investigated", not_there = "not_there", secret = "secret", street = "street", house_number = "house_number", postcode = "postcode", city = "city" }
"""
KIN = {"representative_name": "De heer B. Kin", "representative_address": "Zijweg 2 / 2222 BB  ZWOLLE"}

# Everyone, and what is expected: outcome and rule.
EVERYONE = {
    "plain": (person("plain"), "letter", ""),
    "english": (person("english", language="en"), "letter", ""),
    "turkish": (person("turkish", language="tr"), "letter", ""),
    "died": (person("died", deceased_on="2024-01-01", **KIN), "suppressed", "deceased"),
    "died_hidden": (person("died_hidden", deceased_on="2024-01-01", secret_address="yes", **KIN), "suppressed", "secret_address"),
    "child": (person("child", birth_date="2012-01-01"), "suppressed", "minor"),
    "child_kin": (person("child_kin", birth_date="2012-01-01", **KIN), "letter", "minor"),
    "sixteen": (person("sixteen", birth_date="2009-09-15"), "letter", ""),
    "almost": (person("almost", birth_date="2009-09-16"), "suppressed", "minor"),
    "year_only": (person("year_only", birth_date="2009-00-00"), "suppressed", "minor"),
    "ageless": (person("ageless", birth_date=""), "suppressed", "unknown_age"),
    "ward": (person("ward", legal_status="curatorship"), "suppressed", "curatorship"),
    "ward_note": (person("ward_note", legal_status="see file"), "suppressed", "curatorship"),
    "secret": (person("secret", secret_address="yes"), "suppressed", "secret_address"),
    "refuge": (person("refuge", postcode="5555ee", house_number="7", house_addition="bis"), "suppressed", "shelter"),
    "refuge_no": (person("refuge_no", postcode="5555 EE", house_number=""), "suppressed", "shelter"),
    "refuge_lines": (person("refuge_lines", street="Postbus 7, 5555 EE"), "suppressed", "shelter"),
    "child_refuge": (
        person("child_refuge", birth_date="2012-01-01", representative_name="X", representative_address="Laan 7 / 5555 EE  EDE"),
        "suppressed",
        "minor",
    ),
    "checked": (person("checked", secret_address="yes", postcode="4444DD", house_number="4"), "letter", "checked_address"),
    "unsigned": (person("unsigned", secret_address="yes", postcode="4444DD", house_number="4"), "suppressed", "shelter"),
    "neighbour": (person("neighbour", secret_address="yes", postcode="4444DD", house_number="5"), "suppressed", "secret_address"),
    "moved": (person("moved", address_status="moved"), "unreachable", "moved"),
    "question": (person("question", address_status="in_question"), "suppressed", "address_in_question"),
    "strange": (person("strange", address_status="??"), "suppressed", "address_in_question"),
    "nowhere": (person("nowhere", street="", house_number="", postcode="", city=""), "unreachable", "no_address"),
    "half": (person("half", city=""), "unreachable", "unaddressable"),
    "colleague": (person("colleague", staff="yes"), "suppressed", "staff"),
    "no_post": (person("no_post", no_post="yes", email="a@post.example"), "letter", "no_post"),
    "only_post": (person("only_post", no_post="yes", email="nobody"), "letter", "no_post_only_post"),
    "abroad": (
        person("abroad", country="DE", address_lines="Hauptstr. 1 / 10115 Berlin", street="", house_number="", postcode="", city=""),
        "letter",
        "abroad",
    ),
    "twice_a": (person("twice_a", national_id="999990019", surname="Same", house_number="3"), "letter", ""),
    "twice_b": (person("twice_b", national_id="999990019", surname="Same", house_number="3"), "suppressed", "duplicate"),
    "apart_a": (person("apart_a", national_id="999990020", surname="Apart", house_number="3"), "suppressed", "duplicate_unclear"),
    "apart_b": (person("apart_b", national_id="999990020", surname="Apart", house_number="4"), "suppressed", "duplicate_unclear"),
    "inside": (person("inside", national_id="999990032"), "suppressed", "duplicate_unclear"),
    "zero_a": (person("zero_a", national_id="999999999"), "letter", ""),
    "zero_b": (person("zero_b", national_id="999999999"), "letter", ""),
    "fresh": (person("fresh", address_status="moved"), "letter", ""),
    "doubt": (person("doubt"), "suppressed", "address_in_question"),
    "left": (person("left"), "unreachable", "moved"),
    "gone": (person("gone"), "unreachable", "moved"),
    "silent": (person("silent"), "suppressed", "address_unconfirmed"),
    "dead": (person("dead"), "suppressed", "deceased"),
    "hidden": (person("hidden"), "suppressed", "secret_address"),
    "odd": (person("odd"), "suppressed", "address_in_question"),
    "window": (person("window", street="Afdeling Oncologie"), "suppressed", "window_detail"),
}  # fmt: skip
OUTSIDE = [person("out_a"), person("out_b", national_id="999990032")]
MORE = 'represented = { minor = "parents" }\nnot_in_window = ["oncologie"]\nlanguages = ["nl", "en"]\nfallback = "nl"'


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Path:
    people = [row for row, _, _ in EVERYONE.values()] + OUTSIDE
    folder = tmp_path_factory.mktemp("town") / "case"
    files = {"shelters.csv": SHELTER, "fresh.csv": FRESH}
    write(folder, people, rounds=a_round(more=MORE), extra=SOURCES, files=files)
    plan(folder, KEYS, "one", now=NOW)
    return folder


@pytest.fixture(scope="module")
def planned(town) -> dict[str, dict]:
    """Rows of ROUND_PEOPLE by the register's id."""
    people = read_parquet([town / "rounds" / "one" / PEOPLE_FILE], KEYS).to_pylist()
    ids = sorted([*EVERYONE, *(row["person_id"] for row in OUTSIDE)])
    return {ids[row["person"]]: row for row in people}


@pytest.fixture(scope="module")
def letters(town) -> dict[str, dict]:
    rows = read_parquet([town / "rounds" / "one" / LETTERS_FILE], KEYS).to_pylist()
    ids = sorted([*EVERYONE, *(row["person_id"] for row in OUTSIDE)])
    return {ids[row["person"]]: row for row in rows}


@pytest.mark.parametrize("id", EVERYONE)
def test_what_becomes_of_each_letter(planned, id):
    _, outcome, policy = EVERYONE[id]
    assert (planned[id]["outcome"], planned[id]["policy"]) == (outcome, policy)
    assert bool(planned[id]["instead"]) == (outcome != "letter")


def test_everyone_in_scope_is_in_it_and_nobody_else(planned):
    assert set(planned) == set(EVERYONE)


def test_letters_are_exactly_of_those_who_get_one(planned, letters):
    assert set(letters) == {id for id, row in planned.items() if row["outcome"] == "letter"}
    assert len({row["reference"] for row in letters.values()}) == len(letters)


def test_languages_fall_back(letters):
    assert {id: letters[id]["language"] for id in ("plain", "english", "turkish")} == {
        "plain": "nl",
        "english": "en",
        "turkish": "nl",
    }


def test_a_guardian_is_addressed_and_the_child_is_not(letters):
    row = letters["child_kin"]
    assert row["address"].splitlines() == ["De heer B. Kin", "Zijweg 2", "2222 BB  ZWOLLE"]
    assert row["letter"] == "parents"
    assert "child" not in row["address"] + row["salutation"]
    assert row["about"] == "Anna Van child_kin"
    assert {id for id, one in letters.items() if one["about"]} == {"child_kin"}


def test_a_refreshed_address_is_taken_whole(letters):
    assert letters["fresh"]["address"].splitlines()[1:] == ["Nieuwstraat 9", "3333 CC  BREDA"]


def test_the_way_of_a_letter(letters):
    assert (letters["no_post"]["channel"], letters["no_post"]["address"]) == ("email", "a@post.example")
    assert letters["only_post"]["channel"] == "post"
    assert letters["abroad"]["address"].splitlines()[-1] == "GERMANY"
    assert letters["abroad"]["sort"].startswith("DE")
    assert letters["plain"]["sort"] == "1234AB"


def test_counts_add_up(town):
    counts = read_record(town, "one").counts
    outcomes = [outcome for _, outcome, _ in EVERYONE.values()]
    assert counts["people"] == len(EVERYONE) == counts["in_scope"]
    assert counts["letters"] == outcomes.count("letter")
    assert counts["unreachable"] == outcomes.count("unreachable")
    assert counts["unaddressable"] == {"no_city": 1, "window_detail": 1}


@pytest.mark.parametrize("key", ["letters", "suppressed", "unreachable", "in_scope"])
def test_counts_that_do_not_add_up_stop_everything(town, key):
    counts = read_record(town, "one").counts
    with pytest.raises(HelderError, match="do not add up"):
        reconcile({**counts, key: counts[key] + 1})


def test_a_list_of_who_gets_no_letter_names_keyed_ids_only(town):
    found = without_letter(town, KEYS, "one", "moved")
    assert {one["person"] for one in found} == {KEYS.keyed_id(id) for id in ("moved", "left", "gone")}
    assert len(without_letter(town, KEYS, "one")) == sum(outcome != "letter" for _, outcome, _ in EVERYONE.values())


def test_planning_again_gives_the_same_content(town):
    before = read_record(town, "one")
    after = plan(town, KEYS, "one", now=NOW)
    assert after.content == before.content
    assert [step.state for step in after.history] == ["planned"] * (len(before.history) + 1)


def test_nobody_is_readable_in_what_is_left_behind(town):
    for path in (town / "rounds").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [
                word for word in (b"Dorpsstraat", b"999990019", b"a@post.example", b"Van plain") if word in content
            ]


@pytest.fixture(scope="module")
def planned_small(tmp_path_factory):
    """A and B are in scope; A's number is leaked."""
    people = [person("a", national_id="999990019", surname="X", initials="X", birth_date="1901-01-01"), person("b")]
    rounds = (
        a_round() + a_round("two", date="2025-10-01", more='who = "changed"') + a_round("show", more="what_if = true")
    )
    folder = write(tmp_path_factory.mktemp("small") / "case", people, rounds=rounds, leaked=("999990019",))
    (folder / "letters" / "one" / "hit").mkdir(parents=True)
    (folder / "letters" / "one" / "hit" / "letter.toml").write_text('[letter]\nauthors = ["wil"]\n')
    plan(folder, KEYS, "one", now=NOW)
    return folder


@pytest.fixture
def small(planned_small, tmp_path):
    return shutil.copytree(planned_small, tmp_path / "case")


def step(folder, *states):
    for state in states:
        write_record(folder, read_record(folder, "one").to(state, NOW))


def test_what_changed_sets_a_round_back_to_planned(small):
    step(small, "checked", "approved", "produced")
    assert standing(small, "one").changed == ()
    (small / "letters" / "one" / "hit" / "nl.toml").write_text("")
    found = standing(small, "one")
    assert (found.changed, found.record.state, found.plan_holds) == (("letters",), "planned", True)
    assert standing(small, "one").changed == ()
    toml = (small / "case.toml").read_text()
    (small / "case.toml").write_text(toml.replace('"maybe"', '"perhaps"'))
    assert standing(small, "one").changed == ("definition",)
    with pytest.raises(RoundError, match="definition changed"):
        ready(small, "one")


def test_a_list_that_somebody_touched_is_noticed(small):
    path = small / "rounds" / "one" / PEOPLE_FILE
    path.write_bytes(path.read_bytes()[:-1])
    assert standing(small, "one").changed == ("people",)


def test_letters_of_another_round_do_not_matter(small):
    (small / "letters" / "two").mkdir()
    (small / "letters" / "two" / "x.toml").write_text("")
    assert standing(small, "one").changed == ()


def test_only_an_approved_round_may_leave_and_a_what_if_never(small):
    with pytest.raises(RoundError, match="may not leave"):
        may_leave(small, KEYS, "one")
    record = standing(small, "one").record
    wrote = Authors(frozenset({"wil"}))
    for by in (Signer("ada", "Ada One"), Signer("bo", "Bo Two")):
        approve(small, record, KEYS, by=by, authors=wrote, at=NOW)
    waive_reader_test(small, record, KEYS, by=Signer("ada", "Ada One"), reason="today", authors=wrote, at=NOW)
    assert may_leave(small, KEYS, "one").record.content == record.content
    (small / "letters" / "one" / "hit" / "nl.toml").write_text("x = 1")
    with pytest.raises(RoundError, match="may not leave"):
        may_leave(small, KEYS, "one")
    plan(small, KEYS, "show", now=NOW)
    with pytest.raises(RoundError, match="never handed over"):
        may_leave(small, KEYS, "show")


def told(folder):
    tell(folder, KEYS, "one", told_on=dt.date(2025, 9, 16))
    step(folder, "checked", "approved", "produced", "leaving", "handed_over")


def test_who_was_told_is_told_again_only_when_something_changed(small):
    told(small)
    counts = plan(small, KEYS, "two", now=NOW).counts
    assert counts["people"] == 0
    assert counts["not_in_round"] == {"nothing_changed": 2}
    assert counts["told_and_gone"] == 0


def test_less_known_than_told_is_corrected(small):
    told(small)
    (small / "sources" / "rows.csv").write_text("bsn,surname,initials,born,result,by,posted\n,Nobody,X,1933-03-03,,,\n")
    counts = plan(small, KEYS, "two", now=NOW).counts
    assert counts["why"] == {"weakened": 1}
    assert {"bsn", "person"} <= set(counts["weakened"])
    assert counts["letters"] == 1


def test_who_was_told_and_is_no_longer_in_scope_is_not_forgotten(small):
    told(small)
    (small / "sources" / "log.csv").write_text("id,sent,items\nb,2021-01-01,bsn;name;result\n")
    (small / "sources" / "rows.csv").write_text("bsn,surname,initials,born,result,by,posted\n,Nobody,X,1933-03-03,,,\n")
    counts = plan(small, KEYS, "two", now=NOW).counts
    assert counts["no_longer_in_scope"] == 1
    assert counts["reasons"] == {"out_of_scope": 1}


def test_who_was_told_and_left_the_register_is_counted(small):
    told(small)
    text = (small / "sources" / "register.csv").read_text().splitlines()
    (small / "sources" / "register.csv").write_text(
        "\n".join(line for line in text if not line.startswith("b,")) + "\n"
    )
    assert plan(small, KEYS, "two", now=NOW).counts["told_and_gone"] == 1


def test_numbers_of_people_may_change_and_the_told_record_still_knows_them(small):
    told(small)
    text = (small / "sources" / "register.csv").read_text().splitlines()
    newcomer = text[1].replace("a,999990019", "A0,999990032").replace(",X,", ",New,")
    (small / "sources" / "register.csv").write_text("\n".join([text[0], newcomer, *text[1:]]) + "\n")
    counts = plan(small, KEYS, "two", now=NOW).counts
    assert counts["not_in_round"] == {"nothing_changed": 2}


def test_writing_what_was_told_twice_tells_once(small):
    for _ in range(2):
        tell(small, KEYS, "one", told_on=dt.date(2025, 9, 16))
    rows = read_parquet([small / "rounds" / "told.parquet.sealed"], KEYS).to_pylist()
    assert sorted(row["keyed"] for row in rows) == sorted(KEYS.keyed_id(id) for id in ("a", "b"))
    assert {row["sequence"] for row in rows} == {1}


def test_nothing_is_kept_without_a_day_until_when(small):
    toml = (small / "case.toml").read_text()
    (small / "case.toml").write_text(toml.replace("retention_until = 2041-01-01\n", ""))
    with pytest.raises(CaseError, match="may not be kept"):
        tell(small, KEYS, "one", told_on=dt.date(2025, 9, 16))


def test_a_round_that_left_is_not_planned_again(small):
    told(small)
    with pytest.raises(RoundError, match="handed over"):
        plan(small, KEYS, "one", now=NOW)
    assert standing(small, "one").record.state == "handed_over"


def test_a_round_goes_one_step_at_a_time(small):
    with pytest.raises(RoundError, match="cannot become produced"):
        step(small, "produced")


def test_an_unknown_round_and_one_that_was_not_planned(small):
    with pytest.raises(CaseError, match="no round 'three'"):
        standing(small, "three")
    with pytest.raises(RoundError, match="not been planned"):
        standing(small, "two")


def test_answers_about_another_register_are_refused(small):
    from helder.domain.address_refresh import ADDRESSES
    from helder.engines.checksum import arrow_schema
    from helder.engines.parquet import write_parquet
    from helder.pipeline.asked import bind_answers
    from helder.results.open import Results

    folder = small / "rounds" / "one"
    write_parquet(arrow_schema(ADDRESSES).empty_table(), folder / "addresses.parquet", KEYS)
    with pytest.raises(RoundError, match="another register"):
        plan(small, KEYS, "one", now=NOW)
    with pytest.raises(RoundError, match="another register"):
        bind_answers(folder, "some other key")
    (folder / "addresses.of").write_text(Results.open(small).record.key("source-register"))
    assert plan(small, KEYS, "one", now=NOW).counts["people"] == 2
