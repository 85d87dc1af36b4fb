"""Contrast of the colours in `page.css`, in the light and the dark theme: WCAG 2.2, 1.4.3 and 1.4.11."""

import re
from importlib.resources import files

import pytest

CSS = (files("helder.results.page.html") / "page.css").read_text("utf-8")
LIGHT, DARK = re.findall(r":root \{(.*?)\}", CSS, re.S)

# (text, background): 4.5 to 1, all sizes.
TEXT = [
    ("ink", "paper"), ("ink", "panel"), ("soft", "paper"), ("soft", "panel"), ("link", "paper"), ("link", "panel"),
    ("on-known", "known"), ("on-more", "more"), ("on-more", "link"), ("on-published", "published"),
    ("on-possible", "possible"), ("on-possible", "other"), ("ink", "unknown"), ("ink", "safe"), ("ink", "clash"),
    ("ink", "more-tint"), ("soft", "more-tint"), ("soft", "join"),
]  # fmt: skip
# (edge of a thing, background): 3 to 1.
EDGES = [
    *((edge, ground) for edge in ("edge", "known", "more", "published", "possible-edge", "safe-edge", "clash-edge",
                                  "focus") for ground in ("paper", "panel")),
]  # fmt: skip


def colours(block):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


THEMES = pytest.mark.parametrize("theme", [colours(LIGHT), colours(LIGHT) | colours(DARK)], ids=["light", "dark"])


def test_contrast_is_computed_as_the_standard_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_themes_have_the_same_colours():
    assert set(colours(LIGHT)) == set(colours(DARK))


def test_every_colour_is_one_of_the_theme():
    rest = CSS.replace(LIGHT, "").replace(DARK, "")
    assert not re.findall(r"#[0-9a-f]{3,8}\b(?=[;\s])", rest)
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) == set(colours(LIGHT))


@THEMES
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(theme, text, ground):
    assert contrast(theme[text], theme[ground]) >= 4.5


@THEMES
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_things_can_be_told_from_what_they_stand_on(theme, edge, ground):
    assert contrast(theme[edge], theme[ground]) >= 3


@THEMES
def test_known_and_possible_can_be_told_apart_without_colour(theme):
    assert contrast(theme["known"], theme["possible"]) >= 3
