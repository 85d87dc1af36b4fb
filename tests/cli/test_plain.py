"""`helder plain`: a text that somebody pastes."""

from __future__ import annotations

import pytest

from cli.run import helder

GOOD = "Wij schrijven u over uw gegevens.\nBel ons als u een vraag hebt over deze brief.\n"
HARD = "Uw gegevens zijn door de exfiltratie gestolen.\n"


def test_a_plain_text_is_all_right_and_the_check_says_what_it_cannot_see():
    ran = helder("plain", "-", "--quick", "--lang", "nl", input=GOOD)
    assert ran.code == 0
    assert "✓ woorden per zin: 8" in ran.out and "alleen lezers" in ran.out
    assert "LiNT-II: niet gevraagd" in ran.out


def test_a_hard_text_is_explained_sentence_by_sentence(tmp_path):
    path = tmp_path / "text.md"
    path.write_text(HARD, "utf-8")
    ran = helder("plain", path, "--quick", "--lang", "en")
    assert ran.code == 1
    assert f"“{HARD.strip()}”" in ran.out
    assert "✗ A word that few people know" in ran.out and "[exfiltratie]" in ran.out
    assert "· Who does it?" in ran.out


def test_the_document_holds_figures_findings_and_words():
    ran = helder("plain", "-", "--quick", "--json", "--lang", "en", input="The letter was sent to you by us today.")
    (text,) = ran.document["texts"]
    assert text["language"] == "en"
    assert text["measures"]["passives"] == {"value": 100, "highest": 10, "aim": None, "lowest": None, "holds": False}
    assert text["findings"][0]["say"].startswith("Who does it?")
    assert "readers" in ran.document["blind"]


def test_without_lint_ii_the_other_measures_are_shown(monkeypatch):
    ran = helder("plain", "-", "--lang", "nl", input=GOOD, env={"HELDER_LINT_II": "/nowhere/python"})
    assert ran.code == 0
    assert "LiNT-II is niet te meten: lint-ii ontbreekt" in ran.out
    assert "tien seconden" in ran.err


@pytest.mark.parametrize("text", [b"", b"  \n", b"\xff\xfe\x00", b"a" * 1_000_001])
def test_what_is_no_text_is_refused(tmp_path, text):
    path = tmp_path / "text"
    path.write_bytes(text)
    ran = helder("plain", path, "--quick")
    assert ran.code == 17 and "Error: The text " in ran.err


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "The text cannot be read" in helder("plain", tmp_path / "none", "--quick").err


def test_the_language_of_the_text_can_be_said():
    ran = helder("plain", "-", "--quick", "--json", "--text-lang", "en", input="Bel ons.")
    assert ran.document["texts"][0]["language"] == "en"


@pytest.fixture
def case(tmp_path):
    """A case that approves a rare word, with and without words to explain it."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "case.toml").write_text("", "utf-8")
    words = 'exfiltratie = { known = "het nieuws noemde het zo" }\nhielprik = { explained_by = "bloed uit de voet" }\n'
    (tmp_path / "letters" / "words.toml").write_text(f"[nl]\n{words}", "utf-8")
    return tmp_path


def test_a_text_in_a_case_may_use_the_rare_words_of_the_case(case):
    (text := case / "letters" / "answers" / "first.md").parent.mkdir()
    text.write_text(HARD, "utf-8")
    ran = helder("plain", text, "--quick", "--json")
    assert ran.document["case"] == str(case)
    assert not [one for one in ran.document["texts"][0]["findings"] if one["reason"] == "rare_word"]
    text.write_text("Iemand stal de hielprik van uw baby.", "utf-8")
    (finding,) = helder("plain", text, "--quick", "--json").document["texts"][0]["findings"]
    assert (finding["reason"], finding["words"]) == ("unexplained", ["hielprik", "bloed uit de voet"])


def test_a_text_from_elsewhere_may_use_the_words_of_the_case_that_is_named(case, tmp_path_factory):
    (text := tmp_path_factory.mktemp("elsewhere") / "text.md").write_text(HARD, "utf-8")
    for file in (text, "-"):
        assert "[exfiltratie]" in helder("plain", file, "--quick", input=HARD).out
        assert "[exfiltratie]" not in helder("plain", file, "--quick", "--case", case, input=HARD).out


def test_the_case_that_is_named_must_be_one_and_its_words_be_right(case):
    ran = helder("plain", "-", "--quick", "--case", case / "letters", "--lang", "nl", input=HARD)
    assert ran.code == 2 and "Hier is geen case.toml" in ran.err
    (case / "letters" / "words.toml").write_text("[nl]\nexfiltratie = {}", "utf-8")
    assert "'exfiltratie' needs either" in helder("plain", "-", "--quick", "--case", case, input=HARD).err
