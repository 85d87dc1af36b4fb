"""Every chart against the table behind it, and against the data it was drawn from."""

from dataclasses import replace

import pytest

from demo_page.page_html import every, numbers, parse, words
from demo_page.sample import CLAIMS, COMPUTED, DIFFERENCE, reading, sample
from helder.domain.states import STATES
from helder.domain.worlds import ITEM_ALL, WORLDS
from helder.results.page import sections, waffle
from helder.results.page.glyph import glyph, place
from helder.results.page.items import ORDER, items, ordered
from helder.results.page.ledger import ledger
from helder.results.page.published import amount, claims, mark, verdict
from helder.results.page.waffle import difference
from helder.results.page.wording import Wording

CHARTS = {
    "difference": difference,
    "items": items,
    "ledger": ledger,
    "claims": claims,
    "severity": sections.severity,
    "gaps": sections.gaps,
    "seconds": sections.seconds,
    "found": sections.found,
}
EN = Wording("en")


def svg(markup):
    return parse(f"<!DOCTYPE html><html lang='en'><title>x</title>{markup}")


def texts(markup, *classes):
    """The texts of a picture that have one of these classes."""
    found = every(svg(markup), "text")
    return [words(e) for e in found if not classes or set(classes) & set(e.get("class", "").split())]


def table_numbers(figure):
    cells = [cell for row in figure.table.rows for cell in row]
    return {cell for cell in cells if isinstance(cell, int)} | {
        n for c in cells if isinstance(c, str) for n in numbers(c)
    }


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_every_number_in_a_picture_is_in_its_table(name, lang):
    figure = CHARTS[name](sample(), Wording(lang))
    known = table_numbers(figure)
    prose = {"claims": ("why", "small", "item"), "gaps": ("small",), "ledger": ("tiny", "item")}.get(name, ())
    for markup in (figure.wide, figure.narrow):
        said = [t for t in texts(markup) if t not in texts(markup, "tick", *prose)]
        shown = {n for t in said for n in numbers(t)} - {
            1724,
            2017,
            2025,
            2026,
        }  # '1 in 1,724' is no count, nor is a year
        assert {n for n in shown if n >= 11} <= known


@pytest.mark.parametrize("name", CHARTS)
def test_wide_and_narrow_pictures_have_one_name_and_ids_of_their_own(name):
    figure = CHARTS[name](sample(), EN)
    wide, narrow = (every(svg(markup), "svg")[0] for markup in (figure.wide, figure.narrow))
    assert [words(e) for e in wide[:2]] == [words(e) for e in narrow[:2]]
    assert wide.get("aria-labelledby") != narrow.get("aria-labelledby")
    assert (wide.get("class"), narrow.get("class")) == ("wide", "narrow")


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_is_drawn_outside_the_picture(name):
    figure = CHARTS[name](sample(), EN)
    for markup in (figure.wide, figure.narrow):
        (whole,) = every(svg(markup), "svg")
        _, _, width, height = (float(n) for n in whole.get("viewBox").split())
        for e in every(whole, "rect"):
            assert float(e.get("x")) + float(e.get("width")) <= width + 2
            assert float(e.get("y")) + float(e.get("height")) <= height + 2
        for e in every(whole, "text"):
            assert 0 <= float(e.get("x")) <= width
            assert 0 < float(e.get("y")) <= height


# The difference -----------------------------------------------------------------------------------------------------


def squares_of(markup, class_):
    return sum(e.get("d").count("M") for e in every(svg(markup), "path", class_))


def test_each_square_is_a_thousand_people_or_records():
    figure = difference(sample(), EN)
    d = DIFFERENCE
    assert figure.key == (("", "Each square stands for 1,000 records, or 1,000 people"),)
    for markup in (figure.wide, figure.narrow):
        assert squares_of(markup, "sq-more") == round(d.records_more / 1000) + round(d.more / 1000)
        assert squares_of(markup, "sq-rest") == round(d.rest / 1000)
        assert sum(squares_of(markup, c) for c in ("sq-known", "sq-none")) == 17 + 21


def test_the_ceiling_goes_around_as_many_squares_as_there_are_records():
    (line,) = every(svg(difference(sample(), EN).wide), "path", "ceiling")
    assert line.get("d").count("H") == 3  # around four full rows of twenty, and fourteen squares of a fifth


def test_the_ceiling_can_end_with_a_full_row():
    assert str(waffle.outline(40, 20, 10, 1.5, 1.5)).count("H") == 2


def test_without_more_records_than_people_there_is_no_ceiling():
    data = sample(difference=replace(DIFFERENCE, records=400_000, records_none=326_915))
    assert not every(svg(difference(data, EN).wide), "path", "ceiling")


def test_what_was_measured_stands_in_the_picture():
    assert "At most 1 in 1,724 of them wrongly." in " ".join(texts(difference(sample(), EN).wide))
    assert "At most" not in " ".join(texts(difference(sample(measured=None), EN).wide))


def test_when_nobody_can_be_told_more_no_band_is_drawn():
    nothing = replace(DIFFERENCE, more=0, records_more=0, rest=317_129, records_none=73_251)
    figure = difference(sample(difference=nothing), EN)
    assert not every(svg(figure.wide), "path", "band")
    assert squares_of(figure.wide, "sq-more") == 0


def test_hidden_counts_have_no_squares():
    hidden = replace(DIFFERENCE, review=None, rest=None)
    figure = difference(sample(difference=hidden), EN)
    assert squares_of(figure.wide, "sq-rest") == 0
    assert "not shown" in texts(figure.wide, "strong")
    assert None in {row[-1] for row in figure.table.rows}


def test_an_empty_difference_can_be_drawn():
    empty = replace(DIFFERENCE, **dict.fromkeys(("told", "more", "review", "rest"), 0), groups=(),
                    **{f: 0 for f in vars(DIFFERENCE) if f.startswith("records")})  # fmt: skip
    assert difference(sample(difference=empty), EN).wide


# Items --------------------------------------------------------------------------------------------------------------


def test_all_states_have_a_place_in_the_bars():
    assert set(ORDER) == {state.id for state in STATES}


def test_items_stolen_of_most_people_come_first():
    assert ordered(sample().current.states)[:3] == ["name", "birth_date", "sex"]


def test_items_in_question_come_before_those_that_only_another_may_have_supplied():
    states = {"email": {"other_possible": 50}, "bsn": {"shared_possible": 50}, "name": {"taken": 1}}
    assert ordered(states) == ["name", "bsn", "email"]


def test_hidden_parts_stand_together_at_the_end():
    states = {"name": {"published": 50_000, "taken": None, "shared_possible": None}, "bsn": {"taken": 900_000}}
    figure = items(sample(current=reading("current", states=states)), EN)
    (hidden,) = every(svg(figure.wide), "rect", "s-hidden")
    assert float(hidden.get("x")) + float(hidden.get("width")) == pytest.approx(1040)
    assert "not shown" in texts(figure.wide, "small")
    assert None in figure.table.rows[1]
    assert figure.key[-2][0] == "s-hidden"


def test_where_the_number_stolen_is_hidden_the_order_tells_nothing_of_it():
    states = {"bsn": {"taken": 60}, "name": {"taken": None, "shared_possible": None}, "sex": {"taken": 100}}
    assert ordered(states, 100) == ["name", "sex", "bsn"]


def test_each_bar_is_as_long_as_all_people_in_scope():
    thick = [e for e in every(svg(items(sample(), EN).wide), "rect") if float(e.get("height")) == 26]
    by_row = {}
    for e in thick:
        by_row[e.get("y")] = by_row.get(e.get("y"), 0) + float(e.get("width"))
    assert len(by_row) == 10
    assert all(width == pytest.approx(1040 - 236, abs=2) for width in by_row.values())


def test_the_table_of_items_adds_up_for_both_readings():
    figure = items(sample(), EN)
    assert all(sum(row[2:]) == 941_000 for row in figure.table.rows)
    assert {row[1] for row in figure.table.rows} == {"as told", "Helder"}


# Records, people, letters -------------------------------------------------------------------------------------------


def test_485_is_405_and_80_and_715_is_not_621():
    said = [str(sentence) for sentence in sections.sums(sample(), EN)]
    plain = [s.replace('<span class="n">', "").replace("</span>", "") for s in said]
    assert plain[0].startswith("485,000 = 405,000 + 80,000: of the records of dataset 1")
    assert plain[1].startswith("230,000 = 216,000 + 14,000")
    assert "715,000 versus 621,000" in plain[2]
    assert "94,000 is 80,000 + 14,000" in plain[2]
    assert plain[3].startswith("941,000 letters = 405,000 + 216,000 + 282,000 + 38,000")


def test_bands_join_records_to_people_to_letters_by_dataset():
    assert len(every(svg(ledger(sample(), EN).wide), "path", "join")) == 4


def test_the_gap_is_shown_where_records_became_nobody():
    assert "gap of 94,000:" in " ".join(texts(ledger(sample(), EN).wide, "strong"))


def test_without_a_gap_none_is_shown():
    whole = tuple(replace(d, unplaced=0, records=d.linked) for d in sample().datasets)
    data = sample(datasets=whole)
    assert not every(svg(ledger(data, EN).wide), "line", "gap")
    assert len(sections.sums(data, EN)) == 3


def test_a_hidden_part_hides_the_total():
    hidden = tuple(replace(d, people=None) for d in sample().datasets)
    figure = ledger(sample(datasets=hidden), EN)
    assert ("in all", "people", None) in figure.table.rows


def test_without_groups_there_is_no_sum_of_letters():
    assert len(sections.sums(sample(groups={}), EN)) == 3


# Claims -------------------------------------------------------------------------------------------------------------


def by_number(number, unit):
    return next(claim for claim in CLAIMS if (claim.number, claim.unit) == (number, unit))


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (by_number(405_000, "letters"), "matches the evidence"),
        (by_number(715_000, "people"), "right number, wrong words"),
        (by_number(226_000, "people"), "differs by 94,000"),
        (by_number(850_000, "people"), "cannot be compared"),
        (replace(by_number(230_000, "records"), evidence=229_800), "matches, rounded"),
        (replace(by_number(226_000, "people"), evidence=None), "differs"),
        (replace(by_number(226_000, "people"), evidence=226_004), "differs"),
    ],
)
def test_the_verdict_is_said_in_words(claim, said):
    assert verdict(claim, EN) == said


def test_about_is_said_where_the_issuer_said_so():
    assert amount(by_number(230_000, "records"), EN) == "about 230,000 records"
    assert amount(by_number(80_000, "records"), EN) == "80,000 records"


def test_the_form_of_the_mark_is_the_unit():
    picture = svg(claims(sample(), EN).wide)
    letters = [e for e in every(picture, "path") if e.get("class") == "said-matches"]
    assert len(letters) == sum(claim.unit == "letters" for claim in CLAIMS)
    assert len(every(picture, "rect", "said-matches")) == sum(
        c.unit == "records" and c.verdict == "matches" for c in CLAIMS
    )


def test_a_unit_that_is_not_known_has_a_form_too():
    assert 'width="6"' in mark("euros", 10, 10, "x")


def test_the_explanation_stands_under_the_claim():
    assert "485,000 + 230,000 records. As people" in " ".join(texts(claims(sample(), EN).wide, "why"))


def test_a_number_too_small_to_show_has_no_mark():
    tiny = replace(by_number(266, "people"), number=None)
    figure = claims(sample(claims=(tiny,)), EN)
    assert not every(svg(figure.wide), "circle", "said-incomparable")
    assert "people: not shown" in texts(figure.wide, "strong")


def test_a_claim_without_a_day_or_a_usual_unit_is_shown_too():
    odd = replace(by_number(266, "people"), day=None, unit="records")
    data = sample(claims=(odd,))
    assert texts(claims(data, EN).narrow, "item") == ["none"]


# The others ---------------------------------------------------------------------------------------------------------


def test_bands_of_severity_that_nobody_is_in_are_in_the_table_only():
    figure = sections.severity(sample(), EN)
    assert len(figure.table.rows) == 8
    assert "medium" not in texts(figure.wide)
    assert "very high" in texts(figure.wide)


def test_a_stage_that_was_there_already_says_so():
    figure = sections.seconds(sample(), EN)
    assert "1.4 s (was there already)" in texts(figure.wide)
    assert figure.table.rows[4] == ("link records to people", "58.7 s", "")


def test_an_unknown_stage_keeps_its_name():
    data = sample(computed=replace(COMPUTED, stages=(("later", 1.0, False),)))
    assert sections.seconds(data, EN).table.rows[0][0] == "later"


def test_levels_of_damage_stand_from_light_to_severe():
    figure = sections.found(sample(), EN)
    assert [row[0] for row in figure.table.rows] == ["lightly damaged", "moderately damaged", "severely damaged"]
    assert figure.table.rows[2] == ("severely damaged", 16_920, 5_922, "35.0%")


def test_what_was_not_measured_or_asked_has_no_chart():
    assert sections.found(sample(measured=None), EN) is None
    assert sections.gaps(sample(gaps=()), EN) is None


def test_the_question_that_settles_most_comes_first():
    figure = sections.gaps(sample(), EN)
    assert [row[2] for row in figure.table.rows] == [941_000, 20_915]


def test_there_is_a_dot_for_each_world_and_none_on_another():
    assert len({place(bit) for bit in range(len(WORLDS))}) == 14


def test_dots_are_filled_for_the_worlds_left():
    left = 0b11
    drawn = svg(glyph("g", left, "name", "2 of 14 worlds left"))
    assert len(every(drawn, "circle", "w-left")) == 2
    assert len(every(drawn, "circle", "w-out")) == 12
    assert not every(svg(glyph("g", ITEM_ALL, "n", "d")), "circle", "w-out")


def test_a_reading_of_nobody_can_be_drawn():
    nobody = reading("current", people=0, known=0, open=0, states={"name": {}}, severity={})
    data = sample(current=nobody, told=nobody, items={"name": {"en": "name"}})
    for chart in (items, sections.severity):
        assert chart(data, EN).wide
