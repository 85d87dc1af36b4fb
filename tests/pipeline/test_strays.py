"""Lines of a log that could not be read or belong to nobody are no silence: whoever they are about was not spared."""

import pytest

from cli.run import helder
from helder.engines.keys import new_key_file
from helder.pipeline import run
from helder.results.counts import summary
from helder.results.explain import Explainer
from helder.results.gaps import gaps
from helder.results.open import Results
from pipeline.fixtures import KEYS

NO_OTHER_COPY = '[[acceptances]]\nevidence = "s1"\nby = "an officer"\non = 2025-09-01\nreason = "intake forms seen"\n'
STRAYS = {
    "rejected": "C3,1-1-2020x,email\n",
    "nobody": "c3,2021-01-01,email\n",
    "items": "C3,2021-01-01,bsn;e-mail adres\n",
}


@pytest.fixture
def folder(small_folder):
    """The small case without its own stray line, where the e-mail address of nobody was held."""
    (small_folder / "decisions" / "acceptances.toml").write_text(NO_OTHER_COPY)
    (small_folder / "decisions" / "log.toml").unlink()
    log = small_folder / "sources" / "log.csv"
    log.write_text(log.read_text().replace("Z9,2018-01-01,bsn;name\n", ""))
    case = small_folder / "case.toml"
    case.write_text(case.read_text().replace("[sources.log.columns]", 'dates = "%Y-%m-%d"\n[sources.log.columns]'))
    return small_folder


def states(folder):
    return summary(Results.open(folder))["states"]


def add(folder, line):
    with (folder / "sources" / "log.csv").open("a") as log:
        log.write(line)


def accept(folder, lines):
    (folder / "decisions" / "log.toml").write_text(
        f'[[stray_lines]]\nsource = "log"\nparty = "lab"\nlines = {lines}\nby = "an officer"\non = 2025-09-02\n'
        'reason = "looked up on paper"\n'
    )


def test_without_such_lines_a_complete_log_denies(folder):
    run(folder, KEYS)
    assert states(folder)["email"] == {"not_held": 4}
    assert summary(Results.open(folder))["stray_lines"] == []


@pytest.mark.parametrize("kind", STRAYS)
def test_one_such_line_denies_nobody_anything_until_somebody_accepts_exactly_that(folder, kind):
    add(folder, STRAYS[kind])
    run(folder, KEYS)
    assert "not_held" not in states(folder)["email"]
    [stray] = summary(Results.open(folder))["stray_lines"]
    assert (stray[kind], stray["lines"], stray["declared"], stray["accepted"]) == (1, 1, True, False)
    gap = next(gap for gap in gaps(Results.open(folder)) if gap.kind == "strays")
    assert (gap.whom, gap.records, gap.people) == ("Our organisation", 1, 4)
    assert gap.ask("en").startswith("Find out whom or what 1 line of log log is about, or let somebody accept it:")
    accept(folder, 2)
    run(folder, KEYS)
    assert "not_held" not in states(folder)["email"]
    accept(folder, 1)
    run(folder, KEYS)
    assert states(folder)["email"] == {"not_held": 4}
    assert "strays" not in {gap.kind for gap in gaps(Results.open(folder))}


def test_a_line_with_an_unknown_item_tells_of_the_others(folder):
    log = folder / "sources" / "log.csv"
    log.write_text(log.read_text().replace("D4,2018-01-01,bsn;name", "D4,2018-01-01,bsn;name;phone"))
    run(folder, KEYS)
    assert states(folder)["bsn"] == {"published": 1, "shared_possible": 3}


def test_a_declaration_that_does_not_count_says_so_with_each_person(folder):
    add(folder, STRAYS["nobody"])
    run(folder, KEYS)
    explainer = Explainer(Results.open(folder), KEYS)
    said = {one["evidence"]: one for one in explainer.person("B2", "nl")["stated"]}["complete:lab"]
    explainer.close()
    assert not said["rules_out"]
    assert said["says"].endswith("Dat telt niet mee: het logboek heeft 1 regel die over niemand iets bewijst.")


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nl", "1 over niemand in het register. Wat in die regels staat"), ("en", "1 about nobody in the register. What")],
)
def test_run_status_and_check_say_it_and_whom_to_ask(folder, lang, words):
    add(folder, STRAYS["nobody"])
    new_key_file(folder.with_name("own.key"))
    key = {"HELDER_KEY_FILE": str(folder.with_name("own.key"))}
    for command in ("run", "status", "check"):
        said = helder(command, folder, "--lang", lang, env=key).out
        assert words in " ".join(said.split()), command
        assert "[[stray_lines]]" in said
        assert "Our organisation" in said
    document = helder("run", folder, "--json", env=key).document
    assert document["disclosures_of_nobody"] == {"log": 1}
    assert helder("status", folder, "--json", env=key).document["sources"][1]["of_nobody"] == 1


@pytest.mark.parametrize("line", ["C3,2016-12-31,phone\n", "c3,2016-12-31,email\n", "c3,2025-07-07,email\n"])
def test_a_line_from_outside_the_time_at_stake_leaves_the_log_complete(folder, line):
    add(folder, line)
    run(folder, KEYS)
    assert states(folder)["email"] == {"not_held": 4}
    assert summary(Results.open(folder))["stray_lines"] == []


def test_lines_of_several_days_are_told_and_accepted_together(folder):
    for line in ("c3,2021-01-01,email\n", "c3,2022-01-01,email\n", "c3,2016-01-01,email\n", "C3,1-1-2020x,email\n"):
        add(folder, line)
    run(folder, KEYS)
    [stray] = summary(Results.open(folder))["stray_lines"]
    assert (stray["rejected"], stray["nobody"], stray["lines"]) == (1, 2, 3)
    accept(folder, 3)
    run(folder, KEYS)
    assert states(folder)["email"] == {"not_held": 4}
