"""Parses of Frog, read and rewritten; the specification of what leads what in Universal Dependencies."""

from __future__ import annotations

import shutil

import pytest

from helder.letters.plain.frog_lint import frog
from helder.letters.plain.frog_lint.frog import FrogError, Token, parse, read
from helder.letters.plain.frog_lint.universal import dependency, entities, fine_tag, part_of_speech, rewrite

NAMED = (
    "1\tBij\tbij\t[bij]\tVZ(init)\t0.9\tO\tB-PP\t3\tmod\n"
    "2\tClinical_Diagnostics\tClinical_Diagnostics\t[]\tSPEC(deeleigen)_SPEC(deeleigen)\t1.0\tB-ORG_I-ORG\tB-NP\t1\tobj1\n"
    "3\twerkt\twerken\t[]\tWW(pv,tgw,met-t)\t0.9\tO\tB-VP\t0\tROOT\n"
)


def test_a_name_of_two_words_is_two_tokens():
    tokens = read(NAMED)
    assert [(one.text, one.head, one.relation) for one in tokens] == [
        ("Bij", 3, "mod"),
        ("Clinical", 0, "obj1"),
        ("Diagnostics", 1, "flat"),
        ("werkt", None, "ROOT"),
    ]
    assert entities(tokens) == ["O", "B-ORG", "I-ORG", "O"]


def test_a_step_that_is_left_out_may_leave_a_column_more():
    """Frog 0.20 without its chunker (`--skip=c`) writes eleven columns, with it ten: head and relation are the last two."""
    ten, eleven = (f"1\tBel\tbellen\t\tWW(pv)\t0.9\tO\t{between}0\tROOT\n" for between in ("B-VP\t", "\t\t"))
    assert read(ten) == read(eleven) == [Token("Bel", "bellen", "WW(pv)", "O", None, "ROOT")]


def test_a_unit_that_does_not_come_apart_stays_whole():
    row = "1\tad_hoc\tad_hoc\t[]\tBW()\t1.0\tO\tB\t0\tROOT\n"
    assert [one.text for one in read(row)] == ["ad hoc"]


def test_what_is_no_parse_is_an_error():
    with pytest.raises(FrogError, match="parse"):
        read("nonsense\n")


@pytest.mark.parametrize(("path", "missing"), [("", "frog"), ("mute", "parse"), ("untold", "uctodata")])
def test_a_frog_that_is_missing_or_broken_is_one_word(tmp_path, monkeypatch, path, missing):
    bin = tmp_path / (path or "empty")
    bin.mkdir()
    if path:
        says = "echo 'Initialization failed for: [tokenizer]' >&2; exit 1" if path == "untold" else "exit 0"
        (bin / "frog").write_text(f"#!/bin/sh\n{says}\n")
        (bin / "frog").chmod(0o755)
    monkeypatch.setenv("PATH", str(bin))
    with pytest.raises(FrogError, match=missing):
        parse(["Bel ons."])


def heads(tokens: list[Token]) -> dict[str, tuple[str, str]]:
    """Each word, what it hangs under, and how."""
    return {one.text: ("" if one.head is None else tokens[one.head].text, dependency(one)) for one in tokens}


SENTENCES = {
    "Criminelen hebben de gegevens gestolen.": {
        "Criminelen": ("gestolen", "nsubj"),
        "hebben": ("gestolen", "aux"),
        "gestolen": ("", "ROOT"),
    },
    "Het laboratorium werd onderzocht.": {"werd": ("onderzocht", "aux:pass"), "onderzocht": ("", "ROOT")},
    "Wij bellen naar het laboratorium.": {"naar": ("laboratorium", "case"), "laboratorium": ("bellen", "advmod")},
    "De overheid is streng.": {"is": ("streng", "cop"), "streng": ("", "ROOT")},
    "Wij denken dat de brief komt.": {"dat": ("komt", "mark")},
    "Wij bellen en schrijven.": {"en": ("bellen", "cc"), "schrijven": ("bellen", "conj")},
}


@pytest.fixture(scope="module")
def parsed() -> dict[str, list[Token]]:
    if not shutil.which("frog"):
        pytest.skip("Frog is not installed: make lint-ii")
    return dict(zip(SENTENCES, map(rewrite, parse(list(SENTENCES))), strict=True))


@pytest.mark.lint_ii
@pytest.mark.parametrize("sentence", SENTENCES)
def test_content_words_lead(parsed, sentence):
    found = heads(parsed[sentence])
    assert {word: found[word] for word in SENTENCES[sentence]} == SENTENCES[sentence]


@pytest.mark.lint_ii
def test_every_sentence_is_one_tree(parsed):
    for tokens in parsed.values():
        assert [one.relation for one in tokens].count("ROOT") == sum(one.head is None for one in tokens) == 1


def test_a_circle_is_opened_and_a_second_root_hangs_under_the_first():
    def token(text: str, head: int | None, tag: str = "N(soort)") -> Token:
        return Token(text, text, tag, "O", head, "mod")

    tokens = rewrite([token("a", 1), token("b", 0), token("c", None, "WW(pv)")])
    assert [one.text for one in tokens if one.head is None] == ["c"]
    assert tokens[2].relation == "ROOT"


@pytest.mark.parametrize(
    ("text", "tag", "relation", "kind"),
    [
        ("huis", "N(soort,ev)", "su", "NOUN"),
        ("Delft", "N(eigen,ev)", "su", "PROPN"),
        ("hack", "SPEC(vreemd)", "su", "NOUN"),
        ("Diagnostics", "SPEC(deeleigen)", "su", "PROPN"),
        ("zzz", "SPEC(vreemd)", "su", "X"),
        ("is", "WW(pv)", "cop", "AUX"),
        ("gestolen", "WW(vd,prenom)", "mod", "ADJ"),
        ("belt", "WW(pv)", "ROOT", "VERB"),
        ("uw", "VNW(bez,det,prenom)", "det", "DET"),
        ("wij", "VNW(pers,pron)", "su", "PRON"),
        ("en", "VG(neven)", "cc", "CCONJ"),
        ("dat", "VG(onder)", "mark", "SCONJ"),
        (".", "LET()", "punct", "PUNCT"),
        ("?", "ONBEKEND()", "x", "X"),
    ],
)
def test_parts_of_speech(text, tag, relation, kind):
    assert part_of_speech(Token(text, text, tag, "O", None, relation), {"hack": 1}) == kind


def test_tags_are_written_as_the_model_writes_them():
    assert fine_tag(Token("x", "x", "WW(pv,tgw,mv)", "O", None, "")) == "WW|pv|tgw|mv"
    assert frog.__doc__
