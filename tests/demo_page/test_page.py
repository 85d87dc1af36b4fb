"""The page as a whole: well-formed, self-contained, in two languages, with landmarks, headings and tables."""

import itertools
import re
from dataclasses import replace

import pytest

from demo_page.page_html import every, name, numbers, parse, words
from demo_page.sample import COMPUTED, DIFFERENCE, PERSON, reading, sample
from helder.domain.errors import StorageError
from helder.results.page import render, write

LANGS = pytest.mark.parametrize("lang", ["nl", "en"])
FIGURES = ["strip", "difference", "found", "account", "items", "ledger", "claims", "gaps", "severity", "seconds"]


@pytest.fixture(scope="module", params=["nl", "en"])
def page(request):
    """The page and its language."""
    return render(sample(), request.param), request.param


def test_the_page_is_well_formed_html5_in_its_language(page):
    html, lang = page
    assert parse(html).get("lang") == lang
    assert html.startswith("<!DOCTYPE html>\n")


def test_the_page_needs_nothing_from_elsewhere_and_no_script(page):
    html, _ = page
    assert "http:" not in html.replace("http://www.w3.org", "")
    assert "https:" not in html
    tree = parse(html)
    assert not [e for e in tree.iter() if name(e) in ("script", "iframe", "object", "embed", "form")]
    assert all(e.get("src").startswith("data:image/png;base64,") for e in every(tree, "img"))
    assert [e.get("href") for e in every(tree, "link")] == ["data:,"]
    assert "@import" not in html
    assert set(re.findall(r"url\(([^)]*)\)", html)) <= {f"#p-{p}" for p in re.findall(r'id="p-(\w+)"', html)}


def test_the_page_forbids_loading_anything(page):
    html, _ = page
    (policy,) = [e for e in every(parse(html), "meta") if e.get("http-equiv") == "Content-Security-Policy"]
    assert policy.get("content").startswith("default-src 'none'")


def test_the_page_is_small(page):
    assert len(page[0].encode()) < 300_000


def test_each_id_is_there_once_and_each_reference_leads_somewhere(page):
    tree = parse(page[0])
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    for e in tree.iter():
        for part in (e.get("aria-labelledby") or "").split():
            assert part in ids
        if (e.get("href") or "").startswith("#"):
            assert e.get("href")[1:] in ids


def test_each_language_links_to_the_other(page):
    html, lang = page
    other = "en" if lang == "nl" else "nl"
    links = [e for e in every(parse(html), "a") if e.get("hreflang") == other]
    assert len(links) == 2
    assert {(e.get("href"), e.get("lang")) for e in links} == {(f"page.{other}.html", other)}


def test_the_page_has_landmarks_and_a_way_past_the_head(page):
    tree = parse(page[0])
    for landmark in ("header", "main", "footer", "nav"):
        assert len(every(tree, landmark)) == 1
    assert next(iter(every(tree, "a"))).get("href") == "#main"
    assert every(tree, "main")[0].get("id") == "main"
    assert every(tree, "nav")[0].get("aria-label")
    assert all(e.get("aria-labelledby") for e in every(tree, "section"))


def test_headings_go_down_by_one(page):
    levels = [int(name(e)[1]) for e in parse(page[0]).iter() if re.fullmatch(r"h[1-6]", name(e))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_chart_stands_with_a_table(page):
    figures = every(parse(page[0]), "figure")
    assert [e.get("id") for e in figures] == [f"figure-{id}" for id in FIGURES]
    for figure in figures[1:]:  # the strip's numbers stand in its key and in the table below it
        (details,) = every(figure, "details")
        (table,) = every(details, "table")
        assert every(table, "caption")
        assert len(every(figure, "svg", "wide")) == len(every(figure, "svg", "narrow")) == 1


def test_tables_have_headings_for_columns_and_rows(page):
    for table in every(parse(page[0]), "table"):
        assert {e.get("scope") for e in every(table, "th")} >= {"col", "row"}
        for row in every(every(table, "tbody")[0], "tr"):
            assert name(row[0]) == "th"


def test_pictures_have_a_name_or_are_hidden_from_screen_readers(page):
    for e in every(parse(page[0]), "svg"):
        assert (e.get("role") == "img" and e.get("aria-labelledby")) or e.get("aria-hidden") == "true"


def test_the_headline_says_who_is_known_and_who_could_have_been_told_more(page):
    lead = words(every(parse(page[0]), "p", "lead")[0])
    assert {941_000, 672_234, 621_000} <= numbers(lead)
    figures = [words(e) for e in every(parse(page[0]), "span", "figure-number")]
    assert [sorted(numbers(f)) for f in figures] == [[941_000], [672_234], [51_234]]


def test_the_comparison_shows_both_readings_and_the_change(page):
    html, lang = page
    rows = [[words(cell) for cell in row] for row in every(every(parse(html), "table", "compare")[0], "tr")]
    by_name = {row[0]: row[1:] for row in rows}
    point = "." if lang == "nl" else ","
    assert by_name["Groep 3: diefstal niet uit te sluiten" if lang == "nl" else "Group 3: theft cannot be ruled out"] == [
        f"282{point}000", f"236{point}205", f"−45{point}795"
    ]  # fmt: skip
    assert rows[1][3] == ("gelijk" if lang == "nl" else "same")


def test_made_up_people_are_said_to_be_made_up_first_of_all(page):
    html, lang = page
    notice = words(every(parse(html), "div", "notice")[0])
    assert ("Verzonnen mensen" if lang == "nl" else "Made-up people") in notice
    assert html.index('class="notice"') < html.index("<h1")


def test_every_assumption_stands_on_the_page_word_for_word(page):
    assert "never_confirmed = 0.72" in words(every(parse(page[0]), "pre")[0])


def test_the_person_is_explained_without_a_name(page):
    tree = parse(page[0])
    (person,) = every(tree, "table", "person")
    rows = every(every(person, "tbody")[0], "tr")
    assert len(rows) == 2 + len(PERSON.items)
    assert len(every(person, "svg", "glyph")) == 2 * len(PERSON.items)
    assert PERSON.keyed in words(every(tree, "main")[0])


@LANGS
def test_a_real_case_explains_nobody_and_claims_no_invention(lang):
    html = render(sample(made_up=False, person=None, assumptions=""), lang)
    tree = parse(html)
    assert not every(tree, "table", "person")
    assert not every(tree, "div", "notice")
    assert not every(tree, "pre")
    assert "made-up" not in html.lower().replace("made-up people whom linkage", "")


@LANGS
def test_what_there_is_nothing_of_is_left_out_or_said(lang):
    nothing = replace(DIFFERENCE, told=0, more=0, review=0, rest=0, groups=())
    html = render(sample(difference=nothing, claims=(), gaps=(), contradictions=(), measured=None), lang)
    ids = {e.get("id") for e in parse(html).iter()}
    assert not ids & {"difference", "figure-claims", "figure-gaps", "figure-found"}
    assert ("Nergens spreekt bewijs elkaar tegen" if lang == "nl" else "No evidence contradicts") in html


def test_what_was_not_measured_is_said_to_rest_on_nothing():
    html = render(sample(measured=None), "en")
    assert "no letter may rest on these links" in html


def test_when_no_link_was_wrong_none_is_said():
    data = sample()
    assert "none were wrong" in render(sample(measured=replace(data.measured, wrong=0.0)), "en")


def test_a_smaller_case_says_that_published_numbers_were_scaled():
    assert "scaled down" in render(sample(scaled=True), "en")
    assert "scaled down" not in render(sample(), "en")


def test_people_who_are_not_in_the_data_have_a_row_of_their_own():
    data = sample(current=reading("current", out=1_500))
    assert "Not in the leaked data" in render(data, "en")


@pytest.mark.parametrize("told", [None, 672_234])
def test_a_hidden_or_equal_number_is_no_gain(told):
    html = render(sample(told=reading("as_told", known=told, as_of=None)), "en")
    assert ("not shown as told" if told is None else "672,234 as told") in words(every(parse(html), "main")[0])


def test_small_changes_are_not_worked_out():
    html = render(sample(current=reading("current", people=941_004)), "en")
    assert "+4<" not in html


def test_evidence_without_a_row_or_hash_is_shown_without():
    bare = replace(PERSON, evidence=(replace(PERSON.evidence[0], row=None, sha256="", after=True, before=False),))
    html = render(sample(person=replace(bare, stated=())), "en")
    assert "register.parquet</span>" in html


def test_case_text_is_escaped():
    html = render(sample(title={"en": "<script>alert(1)</script>"}), "en")
    assert "<script>" not in html


def test_the_page_is_written_in_both_languages(tmp_path):
    files = write(tmp_path / "new" / "folder", sample())
    assert [file.name for file in files] == ["page.nl.html", "page.en.html"]
    assert [parse(file.read_text("utf-8")).get("lang") for file in files] == ["nl", "en"]
    assert sorted(tmp_path.rglob("*.partial")) == []


def test_the_same_data_give_the_same_bytes():
    assert render(sample(), "nl") == render(sample(computed=replace(COMPUTED)), "nl")


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="could not be written"):
        write(tmp_path / "file", sample())


def test_evidence_that_came_in_since_is_not_called_the_same():
    html = render(sample(same_evidence=False), "en")
    assert "Since then evidence has come in" in html
    assert "same evidence" not in html.lower()
    assert "same evidence" in render(sample(), "en").lower()
