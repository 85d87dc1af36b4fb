"""Numbers on pages: thousands parted as each language does it, everywhere alike, and words in the singular beside a 1."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("number", "nl", "en"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1_438, "1.438", "1,438"),
        (941_000, "941.000", "941,000"),
        (-1_000, "-1.000", "-1,000"),
    ],
)
def test_thousands_are_parted_as_the_language_does_it(office, number, nl, en):
    from helder.office.words import grouped

    for lang, words in (("nl", nl), ("en", en)):
        with translation.override(lang):
            assert grouped(number) == words


def test_a_number_in_a_text_a_list_and_a_picture_is_written_alike(office):
    from helder.office.views import shown
    from helder.office.words import grouped
    from helder.registers.numbers.citing import told
    from helder.registers.statements.models import Statement
    from helder.results.query import Exactness
    from helder.web.chart import Part, bars

    for lang in ("nl", "en"):
        with translation.override(lang):
            written = grouped(1_438)
            assert told(1_438, Exactness.EXACT, "people") == shown(Statement(number=1_438), "number") == written
            assert f">{written}<" in str(bars([("", [Part("letters", "letter", 1_438)])], "t"))


def test_no_other_place_parts_thousands(office):
    import helder

    folder = Path(helder.__file__).parent
    code = {path: path.read_text() for part in ("office", "registers", "web") for path in (folder / part).rglob("*.py")}
    assert [path.name for path, text in code.items() if re.search(r":,[}d]|intcomma|u202f", text)] == ["loose.py"]


@pytest.mark.parametrize(
    ("number", "nl", "en"),
    [(0, "rondes wachten", "rounds wait"), (1, "ronde wacht", "round waits"), (2, "rondes wachten", "rounds wait")],
)
def test_beside_a_one_words_are_singular(office, number, nl, en):
    from helder.office.words import plural

    for lang, words in (("nl", nl), ("en", en)):
        with translation.override(lang):
            assert plural(number, ("ronde wacht", "round waits"), ("rondes wachten", "rounds wait")) == words
