"""SVG by hand: escaping, coordinates, wrapping, and pictures with a name."""

import pytest

from demo_page.page_html import every, parse, words
from helder.results.page.svg import measure, number, path, picture, rect, tag, text, wrap


def test_text_is_escaped():
    assert str(text(1, 2, '<b> & "c"')) == '<text x="1" y="2">&lt;b&gt; &amp; &#34;c&#34;</text>'


def test_attributes_are_escaped_and_none_is_left_out():
    assert str(tag("g", class_='"', stroke_width=1.25, id=None)) == '<g class="&#34;" stroke-width="1.2"></g>'


@pytest.mark.parametrize(("value", "text"), [(3, "3"), (3.0, "3"), (3.04, "3"), (3.25, "3.2"), (-0.5, "-0.5")])
def test_coordinates_have_one_decimal_at_most(value, text):
    assert number(value) == text


def test_a_length_is_never_negative():
    assert 'width="0"' in rect(0, 0, -5, 10, "x")


def test_a_path_mixes_words_and_numbers():
    assert str(path(["M", 1, 2.5, "Z"], "line")) == '<path d="M 1 2.5 Z" class="line"></path>'


def test_wrapped_lines_fit():
    told = "wij kunnen niet bevestigen dat uw gegevens niet gestolen zijn"
    rows = wrap(told, 150, 15)
    assert " ".join(rows) == told
    assert len(rows) > 2
    assert all(measure(row, 15) <= 150 for row in rows)


def test_a_word_that_is_too_long_has_its_own_line():
    assert wrap("een burgerservicenummer dus", 60, 15) == ["een", "burgerservicenummer", "dus"]


def test_a_picture_has_a_name_and_a_description():
    html = f"<!DOCTYPE html><title>x</title>{picture('p', 'Name', 'What it shows', (10, 20), class_='wide')}"
    (svg,) = every(parse(html), "svg")
    assert (svg.get("role"), svg.get("viewBox"), svg.get("aria-labelledby")) == ("img", "0 0 10 20", "p-t p-d")
    named = {child.get("id"): words(child) for child in svg}
    assert named == {"p-t": "Name", "p-d": "What it shows"}
