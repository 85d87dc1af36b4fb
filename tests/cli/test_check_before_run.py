"""What `helder run` would refuse `helder check` says before; and what check finds right runs, from the first days on."""

import pytest

from cli.run import helder
from helder.engines.keys import new_key_file
from pipeline import small_case

SAID = """
[sources.said]
fills = "statements"
path = "sources/said.csv"
received = 2025-08-30
columns = { statement_id = "id", issuer = { value = "lab" }, leaves = "leaves", items = "items" }

[[statements]]"""


@pytest.fixture
def case(tmp_path):
    folder = small_case.write(tmp_path / "case")
    new_key_file(tmp_path / "case.key")
    return folder


def change(case, old, new):
    path = case / "case.toml"
    toml = path.read_text()
    assert old in toml
    path.write_text(toml.replace(old, new, 1))


def refused(case):
    """What check and run say, which is the same."""
    checked, ran = helder("check", case, "--json"), helder("run", case, "--json")
    assert checked.code == ran.code != 0
    [error] = [one for one in checked.document["findings"] if one["level"] == "error"]
    assert {key: error[key] for key in ("what", "where", "do")} == {
        key: ran.document[key] for key in ("what", "where", "do")
    }
    return ran


def test_a_case_of_the_first_days_runs_without_leaked_data(case):
    toml = (case / "case.toml").read_text()
    start, end = toml.index("[sources.rows]"), toml.index("[[statements]]")
    groups, told = toml.index("[[groups]]"), toml.index("[assessments.as_told]")
    (case / "case.toml").write_text(toml[:start] + toml[end:groups] + toml[told:])
    (case / "counts.csv").write_text("published,number,unit,meaning,issuer,exactness,source,compare\n")
    assert helder("check", case).code == 0
    found = helder("run", case, "--json")
    assert found.code == 0
    assert (found.document["records"], found.document["people"]) == (0, 4)
    assert found.document["states"]["bsn"] == {"shared_possible": 4}
    for command in ("status", "gaps", "groups"):
        assert helder(command, case, "--json").code == 0
    assert helder("person", case, "A1", "--reason", "asks", "--json").code == 0


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("Brief 29-8,taken,bsn", "The row's id is not as it must be."),
        ("s2,taken,", "Statement 's2' names no items."),
    ],
)
def test_a_statement_in_a_file_that_is_not_right_is_named_by_file_and_row(case, row, what):
    change(case, "\n[[statements]]", SAID)
    (case / "sources" / "said.csv").write_text(f"id,leaves,items\ns9,taken,bsn\n{row}\n")
    ran = refused(case)
    assert ran.document["error"] == "SourceError"
    assert (ran.document["what"], ran.document["where"]) == (what, "sources/said.csv, row 2")


def test_dates_that_may_be_read_two_ways_are_said_before_a_run(case):
    (case / "sources" / "log.csv").write_text("id,sent,items\nA1,03-02-2021,bsn\nB2,10-04-2021,bsn\n")
    assert "can be read as" in refused(case).document["what"]


def test_in_a_long_file_check_says_how_far_it_looked(case, monkeypatch):
    monkeypatch.setattr("helder.sources.trial.ROWS", 2)
    (case / "sources" / "log.csv").write_text(
        "id,sent,items\nA1,03-02-2021,bsn\nB2,10-04-2021,bsn\nC3,31-01-2021,bsn\n"
    )
    checked = helder("check", case, "--json", "--lang", "nl")
    assert checked.code == 0
    [found] = [one for one in checked.document["findings"] if "(gezien aan de eerste" in one["what"]]
    assert found["level"] == "warning"


def test_a_decision_of_after_today_is_told_by_check_and_run(case):
    (case / "decisions" / "acceptances.toml").write_text(
        '[[acceptances]]\nevidence = "s1"\nby = "an officer"\non = 2999-01-01\nreason = "forms seen"\n'
    )
    ran = helder("run", case)
    assert "Does not count yet, dated after today: acceptances s1 (2999-01-01)." in " ".join(ran.out.split())
    assert "Telt nog niet mee" in helder("check", case, "--lang", "nl").out
    assert helder("run", case, "--json").document["states"]["email"] == {"other_possible": 4}


def test_two_registers_are_said_before_a_run(case):
    change(case, "[sources.log]", '[sources.more]\nfills = "people"\npath = "sources/register.csv"\n'
           'received = 2025-08-06\ncolumns = { person_id = "id" }\n[sources.log]')  # fmt: skip
    assert "one register" in refused(case).document["what"]


def test_odd_values_are_told_before_there_was_a_run(case):
    register = case / "sources" / "register.csv"
    lines = register.read_text().splitlines()
    lines.append(lines[1])  # an id that is there already
    register.write_text("\n".join(lines) + "\n")
    log = case / "sources" / "log.csv"
    log.write_text(log.read_text().replace("2019-01-01", "onlangs", 1))
    found = helder("check", case, "--json").document["findings"]
    told = [one["what"] for one in found if one["level"] == "warning"]
    assert "1 row set aside: not a date as %Y-%m-%d." in told


def test_records_that_cannot_be_read_are_told_before_there_was_a_run(case, monkeypatch):
    log = case / "sources" / "log.csv"
    first, *rest = log.read_text().splitlines()
    log.write_text("\n".join([first, "A1", *rest, *rest, "B2,too,many,fields"]) + "\n")

    def told():
        found = helder("check", case, "--json", "--lang", "nl").document["findings"]
        return [one["what"].split(" (gezien")[0].strip(".") for one in found if "terzijde gelegd" in one["what"]]

    few, many = (f"1 rij terzijde gelegd: {n} velden, en de kop heeft er 3" for n in (1, 4))
    assert told() == [few, many]
    monkeypatch.setattr("helder.sources.trial.ROWS", 3)
    assert told() == [few]
