"""The page's words: the same in both languages, all used, none missing."""

import re
from importlib.resources import files

import pytest

from helder.results.page.wording import Wording, texts

PACKAGE = files("helder.results.page")
FIELD = re.compile(r"\{(\w+)\}")


def flat(tree, prefix=""):
    """{section.key: text}"""
    found = {}
    for key, value in tree.items():
        found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return found


NL, EN = flat(texts("nl")), flat(texts("en"))


def test_both_languages_have_the_same_texts():
    assert list(NL) == list(EN)


@pytest.mark.parametrize("key", EN)
def test_both_languages_fill_in_the_same(key):
    assert set(FIELD.findall(NL[key])) == set(FIELD.findall(EN[key]))


def test_every_text_is_used():
    source = "".join(
        file.read_text("utf-8")
        for folder in (PACKAGE, PACKAGE / "html")
        for file in folder.iterdir()
        if file.name.endswith((".py", ".html"))
    )
    families = {found.rstrip(".") for found in re.findall(r'["\']([\w.]+)(?:\{|["\'] ~)', source)}

    def used(key):
        section = key.rpartition(".")[0]
        return re.search(rf'["\']{re.escape(key)}["\']', source) or any(
            key.startswith(family) for family in families if family.startswith(section) and family
        ) or section in ("evidence",)  # fmt: skip

    assert [key for key in EN if not used(key)] == []


def test_an_unknown_text_is_an_error():
    with pytest.raises(KeyError):
        Wording("en").raw("top.nothing")


def test_what_is_filled_in_is_escaped_and_counts_are_marked():
    say = Wording("en")
    assert say("person.row", row="<1>") == "row &lt;1&gt;"
    assert str(say("top.known_note", n=1234)) == '<span class="n">1,234</span> as told'
    assert say.plain("top.known_note", n=None) == "not shown as told"


def test_a_text_of_the_case_falls_back_on_the_language_it_has():
    assert Wording("nl").of({"en": "address"}) == "address"
    assert Wording("nl").of({}) == ""
