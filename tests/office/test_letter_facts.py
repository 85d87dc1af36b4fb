"""One source of facts: what registers hold reaches the letters by a file, and a letter fails on what holds there no longer."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from dataclasses import replace

import pytest

from cli.run import helder
from cli.test_json import documented
from helder.letters.load import OFFICE_FACTS, load_letters
from helder.letters.making import making
from helder.letters.model import Fact as LetterFact
from helder.letters.prose import prose
from letters.made import case as reference_case
from letters.made import letters
from letters.mutants import bilingual
from letters.test_load import folder  # noqa: F401 (a fixture)

pytestmark = pytest.mark.any_database

DAY = dt.date(2025, 9, 12)
KEY = {"HELDER_KEY": "0f" * 32}
G4 = bilingual(letters()["g4"])


def fact(**more):
    from helder.office.register import Fact

    words = {"nl": "Wij werken niet meer met het laboratorium.", "en": "We do not work with the laboratory."}
    given = {"id": "lab-suspended", "kind": "measure", "words": words, "evidence": 'a "memo"'}
    return Fact(**given | {"source": ("measures", "u", 2)} | more)


def held(text):
    return {id: LetterFact.model_validate(row) for id, row in tomllib.loads(text).items()}


@pytest.mark.parametrize(
    ("until", "day", "last"),
    [
        ("", "2025-09-12", "2025-10-31"),
        ("", "2025-09-30", "2025-10-31"),
        ("", "2025-12-01", "2026-01-31"),
        ("", "2026-01-31", "2026-02-28"),
        ("2025-09-20", "2025-09-12", "2025-09-20"),
        ("2027-01-01", "2025-09-12", "2025-10-31"),
    ],
)
def test_a_fact_holds_until_its_own_last_day_and_no_longer_than_the_end_of_next_month(office, until, day, last):
    from helder.office.letter_facts import last_day

    assert last_day(until, dt.date.fromisoformat(day)) == dt.date.fromisoformat(last)


def test_what_is_taken_is_what_letters_read(office):
    from helder.office.letter_facts import taken

    found = taken([fact(), fact(id="cause", kind="investigation", words={"nl": "Hoe?", "en": "How?"})], DAY)
    facts = held(found.text)
    assert found.ids == ["cause", "lab_suspended"]
    assert facts["lab_suspended"].evidence == 'a "memo" (office: measures/u/2)'
    assert facts["cause"].value == {
        "nl": "Dit is nog in onderzoek: Hoe?",
        "en": "This is still under investigation: How?",
    }


def test_a_name_that_no_letter_can_use_or_that_two_facts_share_is_left_and_named(office):
    from helder.office.letter_facts import taken

    found = taken([fact(id="2fa"), fact(id="a-b"), fact(id="a_b"), fact(id="good")], DAY)
    assert (found.ids, found.left) == (["good"], ["2fa", "a-b", "a_b"])


@pytest.mark.parametrize("words", ['"', "\\", "\n[other]\n", "\x7f", "{x}", "'''", "é\u2028"])
def test_no_words_break_out_of_the_file(office, words):
    from helder.office.letter_facts import taken

    text = taken([fact(words={"nl": words, "en": words}, evidence=words)], DAY).text
    assert held(text)["lab_suspended"].value == {"nl": words, "en": words}


def citing(facts):
    """A letter that says what the office's measure says, with these facts of the office instead of its own."""
    own = {id: one for id, one in G4.facts.items() if id != "lab_suspended"}
    return replace(G4, facts={**own, **facts})


def rules(letter, day):
    found = {place.rule for place in (*making(reference_case(), letter, day), *prose(reference_case(), letter))}
    return found - {"not_approved"}


def test_a_letter_cites_a_measure_of_the_office_and_fails_when_it_has_expired_or_was_withdrawn(office):
    from helder.office.letter_facts import taken

    facts = held(taken([fact(until="2025-09-20")], DAY).text)
    assert rules(citing(facts), DAY) == set()
    assert "fact_expired" in rules(citing(facts), dt.date(2025, 9, 21))
    assert "no_fact" in rules(citing({}), DAY)


def test_a_measure_that_begins_later_than_the_letter_is_not_told_as_a_fact(office):
    from helder.office.letter_facts import taken

    facts = held(taken([fact(since="2025-09-13")], DAY).text)
    assert "fact_not_yet" in rules(citing(facts), DAY)
    assert rules(citing(facts), dt.date(2025, 9, 13)) == set()


def test_a_fact_stands_in_one_file_only(folder):  # noqa: F811
    from helder.case.load import load_case
    from helder.domain.errors import CaseError

    path = folder / "letters" / OFFICE_FACTS
    row = 'kind = "measure"\nvalue = {{ nl = "Ja.", en = "Yes." }}\nevidence = "x"\nvalid_until = 2025-12-31\n'
    taken = path.read_text("utf-8")
    path.write_text(f"{taken}[new]\n{row.format()}", "utf-8")
    assert load_letters(load_case(folder), "round2")["g1"].facts["new"].value == {"nl": "Ja.", "en": "Yes."}
    path.write_text(f"{taken}[never_ask]\n{row.format()}", "utf-8")
    with pytest.raises(CaseError, match="'never_ask' stands in"):
        load_letters(load_case(folder), "round2")


def test_a_translation_goes_with_the_words_that_it_translates_and_no_others(folder):  # noqa: F811
    from helder.case.load import load_case

    def value():
        return load_letters(load_case(folder), "round2")["g1"].facts["cause"].value

    path = folder / "letters" / OFFICE_FACTS
    now = path.read_text("utf-8")
    assert value()["ar"].endswith("كيف حدث الاختراق؟")
    path.write_text(now.replace("Hoe kon de hack gebeuren?", "Wie deed dit?"), "utf-8")
    assert "ar" not in value()  # so that the Arabic letter fails: the fact has no value there


def test_the_reference_cases_letters_cite_what_its_office_says(db):
    from importlib.resources import files

    from helder.office.letter_facts import taken_now
    from helder.web.fill import fill_demo

    fill_demo()
    now = held(taken_now(dt.date(2025, 9, 12)).text)
    shipped = held(files("helder.demo").joinpath("letters", OFFICE_FACTS).read_text("utf-8"))
    assert {id: (one.kind, one.value) for id, one in shipped.items()} == {
        id: (one.kind, one.value) for id, one in now.items()
    }
    cited = {claim for one in letters()["g4"].sentences.values() for claim in one.claims}
    assert {"fact lab_suspended", "fact cause", "fact who_did_it", "fact ap"} <= cited


@pytest.fixture
def file(office):
    path = office / "letters" / OFFICE_FACTS
    there = path.parent.exists()
    yield path
    path.unlink(missing_ok=True)
    if not there:
        path.parent.rmdir()


def test_the_command_takes_what_may_be_said_now_and_changes_nothing_when_nothing_changed(office, user, file, lines):
    from helder.office import entries
    from helder.registers.measures.models import Measure

    author = user("coordinator")
    measure = {"name": "paused-lab", "words_nl": "Gestopt.", "words_en": "Stopped.", "owner": "us", "evidence": "memo"}
    made = entries.add(Measure, author, measure | {"status": "active", "since": dt.date(2025, 8, 6)})
    entries.add(Measure, author, measure | {"name": "plan", "status": "planned"})

    def take():
        done = helder("facts", office, "--json", env=KEY)
        assert done.code == 0, done.err
        assert done.document.keys() == documented("facts")
        return done.document

    assert take() == {"facts": ["paused_lab"], "left": [], "changed": True, "site": [], "gone": []}
    assert file.stat().st_mode & 0o777 == 0o600
    assert take()["changed"] is False
    entries.withdraw(Measure, author, made.entry, "not so", 1)
    assert take() == {"facts": [], "left": [], "changed": True, "site": [], "gone": []}
    assert tomllib.loads(file.read_text("utf-8")) == {}
    found = [line for line in lines() if line[1] == "facts.taken"]
    assert found == [("cli", "facts.taken", "letters/office")] * 2
    assert "paused" not in json.dumps(lines())


def test_the_file_is_the_same_whatever_language_somebody_reads(number, tmp_path):
    from django.utils import translation

    from helder.office.letter_facts import behind, put, taken_now

    with translation.override("nl"):
        found = taken_now(DAY)
        put(tmp_path, found.text)
    assert "as of" in found.text
    with translation.override("en"):
        assert not behind(tmp_path, DAY)
    assert behind(tmp_path, DAY + dt.timedelta(days=31))


@pytest.mark.parametrize(("lang", "words"), [("nl", "Er is niets veranderd."), ("en", "Nothing changed.")])
def test_the_command_says_what_it_did(office, db, file, lang, words):
    for said in (False, True):
        done = helder("facts", office, "--lang", lang, env=KEY)
        assert (words in done.out) is said


def test_the_website_says_what_the_letters_say_and_no_longer_what_expired(number, tmp_path):
    from helder.office import entries
    from helder.office.letter_facts import taken_now
    from helder.office.site_facts import put
    from helder.registers.investigations.models import Investigation
    from helder.registers.measures.models import Measure

    measure = {"name": "paused", "owner": "us", "evidence": "memo", "status": "active", "since": dt.date(2025, 8, 6),
               "words_nl": "Gestopt <b>nu</b>.", "words_en": "Stopped & gone."}  # fmt: skip
    made = entries.add(Measure, number.author, measure)
    asked = {"name": "cause", "question_nl": "Hoe kwam dat?", "question_en": "How?", "who": "us", "status": "running"}
    entries.add(Investigation, number.author, asked)
    found = put(tmp_path / "site", taken_now(DAY).facts, DAY)
    assert (found.files, found.gone) == (["facts.json", "facts.nl.html", "facts.en.html"], [])
    dutch, english = ((tmp_path / "site" / f"facts.{lang}.html").read_text("utf-8") for lang in ("nl", "en"))
    heads = ("<h2>Wat wij weten</h2>", "<h2>Wat er gedaan is</h2>", "<h2>Wat nog onderzocht wordt</h2>")
    assert sorted(heads, key=dutch.index) == list(heads)
    assert '<li data-until="2025-10-31">Gestopt &lt;b&gt;nu&lt;/b&gt;.</li>' in dutch
    assert '<li data-until="2025-10-31">Hoe kwam dat?</li>' in dutch
    assert "Stopped &amp; gone." in english
    assert '<time datetime="2025-09-12">12 September 2025</time>' in english
    data = json.loads((tmp_path / "site" / "facts.json").read_text("utf-8"))
    assert [(row["id"], row["kind"]) for row in data["facts"]] == [
        ("leaked", "number"), ("paused", "measure"), ("cause", "investigation"),
    ]  # fmt: skip
    assert data["facts"][0]["words"]["en"].endswith(": 4")
    entries.correct(Measure, number.author, made.entry, {"until": dt.date(2025, 9, 1)}, "over", 1)
    assert put(tmp_path / "site", taken_now(DAY).facts, DAY).gone == ["paused"]
    assert "Gestopt" not in (tmp_path / "site" / "facts.nl.html").read_text("utf-8")


def test_the_command_writes_the_website_too_and_leaves_a_line(office, user, file, tmp_path, lines):
    from helder.office import entries
    from helder.registers.measures.models import Measure

    author = user("coordinator")
    measure = {"name": "paused", "words_nl": "Gestopt.", "words_en": "Stopped.", "owner": "us", "evidence": "memo"}
    made = entries.add(Measure, author, measure | {"status": "active", "since": dt.date(2025, 8, 6)})
    first = helder("facts", office, "--site", tmp_path / "site", "--json", env=KEY)
    assert first.document["site"] == ["facts.json", "facts.nl.html", "facts.en.html"]
    entries.withdraw(Measure, author, made.entry, "not so", 1)
    done = helder("facts", office, "--site", tmp_path / "site", "--lang", "nl", env=KEY)
    assert "Niet meer op de website: paused" in done.out
    assert [action for _, action, _ in lines()].count("facts.site") == 2
    (tmp_path / "taken").write_text("a file")
    refused = helder("facts", office, "--site", tmp_path / "taken" / "site", "--lang", "en", env=KEY)
    assert refused.code != 0
    assert "cannot be written" in refused.err


def test_a_program_reads_an_open_question_as_letters_say_it(number, client):
    from helder.office import entries, tokens
    from helder.registers.investigations.models import Investigation

    asked = {"name": "cause", "question_nl": "Hoe?", "question_en": "How?", "who": "us", "status": "running"}
    entries.add(Investigation, number.author, asked)
    scopes = ["investigations:read", "numbers:read"]
    head = {"Authorization": f"Bearer {tokens.make(number.author, 't', scopes)}"}
    found = {fact["id"]: fact for fact in client.get("/api/v1/facts", headers=head).json()}
    assert found["cause"]["said"]["en"] == "This is still under investigation: How?"
    assert found["leaked"]["about"]["nl"]
