"""The letters that `helder demo` shows on its page: real ones of the round, addressed to no one."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from PIL import Image

from helder.demo import showing
from helder.demo.showing import _chosen, _Key, _Told, letters_shown, small
from helder.domain.letters import Document
from helder.engines.parquet import read_parquet
from helder.letters.typeset.sheets import beyond_a_sheet
from helder.letters.typeset.stationery import PAPER, load_stationery
from helder.pipeline.lettering import check_round, documents_of
from helder.results.suppress import LEAST
from helder.rounds.freeze import LETTERS_FILE
from helder.rounds.policies import BY_ID
from helder.rounds.record import folder_of, read_record

KEYS = [_Key("g3", profile, "", "first") for profile in range(4)]
DOCUMENTS = [Document("g3", "en", "ltr", str(n), (), "", ()) for n in range(4)]


@pytest.fixture(scope="module")
def shown(demo_case):
    """The second round of the made-up case."""
    return letters_shown(demo_case.folder, demo_case.keys)


def test_everyone_in_the_round_is_accounted_for(demo_case, shown):
    found, account = demo_case.document["letters"], shown.account
    for count, exact in (
        (account.people, found["people"]),
        (account.letters, found["produced"]),
        (account.suppressed, found["suppressed"]),
        (account.unreachable, found["unreachable"]),
    ):
        assert count is None or count == exact
    for kind, shown_here in (("reasons", account.reasons), ("handled", account.handled)):
        exact = found["rounds"]["round2"][kind]
        assert {one.id for one in shown_here} == set(exact)
        assert all(one.people in (None, exact[one.id]) for one in shown_here)
        assert all(one.people is None or one.people >= LEAST for one in shown_here)


def test_every_rule_that_the_case_allows_is_met_by_somebody_and_says_what_happens_instead(demo_case, shown):
    found = demo_case.document["letters"]["rounds"]["round2"]
    # Nothing contradicts itself as told, nobody was told anything before, and screening invites no children.
    never = {"contradiction", "out_of_scope", "unknown_age"} | {id for id in BY_ID if id.startswith("returned_")}
    assert {*found["reasons"], *found["handled"]} == BY_ID.keys() - never
    assert all(one.says["nl"] and one.instead["nl"] and one.instead["en"] for one in shown.account.reasons)


def test_whoever_acts_for_somebody_is_written_to_and_counted_apart_from_those_for_whom_nobody_is_known(demo_case):
    found = demo_case.document["letters"]["rounds"]["round2"]
    assert found["handled"]["curatorship"] > 0 < found["reasons"]["curatorship"]
    rows = read_parquet([folder_of(demo_case.folder, "round2") / LETTERS_FILE], demo_case.keys).to_pylist()
    acting = [row for row in rows if row["letter"] == "acting"]
    assert len(acting) == found["handled"]["curatorship"]
    assert all(row["address"].startswith(("Bewindvoering", "Curatele")) for row in acting)
    assert all(bool(row["about"]) is (row["letter"] == "acting") for row in rows)
    assert not any(row["about"].casefold() in row["address"].casefold() for row in acting)
    documents = [one for one in documents_of(demo_case.folder, "round2") if one.letter == "acting"]
    assert documents and all("voor iemand voor wie u zaken regelt" in one.parts[0].sentences[0] for one in documents)


def test_the_first_letter_is_shown_in_arabic_with_what_is_filled_in_kept_apart(shown):
    (arabic,) = shown.elsewhere.values()
    assert (list(shown.elsewhere), arabic.direction) == (["ar"], "rtl")
    told = shown.samples[0].letters["en"].told
    assert [kind for kind, _ in arabic.words] == [kind for kind, _ in told.words]
    text = " ".join(words for _, words in arabic.words)
    assert "\u2068Clinical Diagnostics\u2069" in text and text.count("\u2068") == text.count("\u2069") > 3
    assert len(arabic.pages) >= 2


def test_a_letter_of_each_group_is_shown_in_both_languages(shown):
    assert [sample.group["en"][:7] for sample in shown.samples] == ["group 1", "group 2", "group 3", "group 4"]
    assert all(set(sample.letters) == {"nl", "en"} for sample in shown.samples)


@pytest.mark.parametrize("round", ["round1", "round2"])
def test_every_letter_fits_one_sheet(demo_case, round):
    """But for those in Arabic, which stands wider apart: the check gives a hint of them."""
    paper = load_stationery(demo_case.folder / "letters" / PAPER).paper(dt.date(2025, 9, 12), specimen=True)
    documents = check_round(demo_case.folder, round, demo_case.keys).variants.documents
    assert {documents[number].language for number in beyond_a_sheet(documents, paper, ["acting"])} <= {"ar"}


def test_the_words_shown_are_those_of_the_round(demo_case, shown):
    printed = {
        sentence
        for document in documents_of(demo_case.folder, "round2")
        if document.language == "nl"
        for part in document.as_dict()["parts"]
        for sentence in part.get("sentences", part.get("points", [part.get("text")]))
    }
    words = [text for kind, text in shown.samples[0].letters["nl"].told.words if kind != "paragraph"]
    assert words and set(words) <= printed


def test_letters_on_helders_assessment_were_checked_before_they_are_shown(demo_case, shown):
    assert shown.holds and documents_of(demo_case.folder, "round2_helder")


def test_letters_that_have_not_passed_a_check_are_not_even_drawn(demo_case, shown, monkeypatch):
    def unchecked(folder, name):
        found = read_record(folder, name)
        return replace(found, state="planned") if name == "round2_helder" else found

    monkeypatch.setattr(showing, "read_record", unchecked)
    found = letters_shown(demo_case.folder, demo_case.keys)
    assert not found.holds and len(found.samples) == len(shown.samples)
    assert all(letter.now is None for sample in found.samples for letter in sample.letters.values())


def test_more_is_said_on_helders_assessment(shown):
    first = shown.samples[0].letters["en"]
    assert first.now is not None and first.now.words != first.told.words


def test_the_page_holds_the_pictures(demo_case, shown):
    html = (demo_case.folder / "page" / "page.en.html").read_text("utf-8")
    pages = sum(
        len(one.pages) for s in shown.samples for pair in s.letters.values() for one in (pair.told, pair.now) if one
    )
    pages += sum(len(one.pages) for one in shown.elsewhere.values())
    assert html.count('src="data:image/png;base64,') == pages >= 18


def test_a_picture_of_a_page_is_small_and_can_be_read(shown):
    page = shown.samples[0].letters["nl"].told.pages[0]
    assert len(page) < 60_000
    with Image.open(io.BytesIO(page)) as picture:
        assert picture.size == (694, 982)
        assert picture.convert("L").getextrema() == (0, 255)


def test_few_greys_stay_near_the_greys_they_stand_for():
    strip = Image.new("L", (256, 1))
    strip.putdata(range(256))
    out = io.BytesIO()
    strip.save(out, "PNG")
    with Image.open(io.BytesIO(small(out.getvalue()))) as again:
        assert max(abs(a - b) for a, b in zip(again.convert("L").tobytes(), range(256), strict=True)) <= 19


def chosen(*moves):
    """What is shown of people who were told one document and would be told another."""
    told = [_Told(KEYS[before], KEYS[after], people) for before, after, people in moves]
    documents = dict(zip(KEYS, DOCUMENTS, strict=True))
    return _chosen(told, documents, documents)


def test_the_most_read_letter_is_shown_beside_the_most_frequent_other():
    assert chosen((0, 0, 50), (0, 1, 20), (0, 2, 30), (3, 3, 90)) == (KEYS[0], KEYS[2], (50, 30, 20))


def test_what_too_few_would_have_read_is_not_shown():
    assert chosen((0, 0, 50), (0, 1, LEAST - 1)) == (KEYS[0], None, (50, 0, LEAST - 1))
    assert chosen((0, 0, LEAST - 1)) is None
    assert chosen() is None
