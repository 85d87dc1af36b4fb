"""What the process beside Helder hands to LiNT-II and writes back, with stand-ins for spaCy and lint-ii and a parse of Frog's."""

from __future__ import annotations

import json
import sys
from types import ModuleType, SimpleNamespace

import pytest

from helder.letters.plain.frog_lint import scores
from helder.letters.plain.frog_lint.frog import FrogError, read

PARSE = (
    "1\tWij\twij\t\tVNW(pers)\t0.9\tO\t\t2\tsu\n"
    "2\tbellen\tbellen\t\tWW(pv,tgw,mv)\t0.9\tO\t\t0\tROOT\n"
    "3\t.\t.\t\tLET()\t0.9\tO\t\t2\tpunct\n"
)


def word(text, apart=0, heads=(), dot=False):
    return SimpleNamespace(
        text=text, dep_length=apart, heads=[SimpleNamespace(text=one) for one in heads], is_punctuation=dot
    )


class Sentence:
    """As LiNT-II's: what it measured of a parse."""

    max_sdl, content_words_per_clause, mean_log_word_frequency, proportion_of_concrete_nouns = 1, 2.0, 3.0, 0.5
    abstract_nouns = (SimpleNamespace(text="beleid"),)
    finite_verbs, passives = ("bellen",), ()
    word_features = (word("Wij", 1, ["bellen", "twee"]), word("bellen"), word(".", 9, dot=True))

    def __init__(self, doc):
        self.doc, self.lint = doc, SimpleNamespace(score=len(doc["words"]))

    def get_top_n_least_frequent(self, most):
        return [(word("bellen"), 2.0), (word("wij"), 5.0)][:most]


@pytest.fixture
def stand_ins(tmp_path, monkeypatch):
    """Packages `spacy` and `lint_ii` that give back what they were given; the parses that were asked for."""
    package = tmp_path / "lint_ii"
    (package / "linguistic_data" / "data").mkdir(parents=True)
    (package / "__init__.py").touch()
    chosen = {"model_version": scores._MODEL, "noun_list": scores._NOUNS, "coefficients": {"slope": {"coef": 1.5}}}
    other = {**chosen, "noun_list": "older", "coefficients": {"slope": {"coef": 9}}}
    (package / "linguistic_data" / "data" / "coefficients.json").write_text(json.dumps([other, chosen]))
    monkeypatch.syspath_prepend(str(tmp_path))
    lint, spacy = ModuleType("lint_ii"), ModuleType("spacy")
    lint.ReadabilityAnalysis = lambda sentences: SimpleNamespace(lint=SimpleNamespace(score=len(sentences) * 10))
    lint.SentenceAnalysis = Sentence
    lint.__spec__ = SimpleNamespace(origin=str(package / "__init__.py"))
    spacy.blank = lambda language: SimpleNamespace(vocab=f"vocab of {language}")
    words, tokens = ModuleType("lint_ii.linguistic_data.wordlists"), ModuleType("spacy.tokens")
    words.NOUN_DATA = {"beleid": 1}
    tokens.Doc = lambda vocab, **columns: {"vocab": vocab, **columns}
    data = ModuleType("lint_ii.linguistic_data")
    model = "lint_ii.linguistic_data.nlp_model"
    for module in (lint, data, words, spacy, tokens, ModuleType(model)):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    asked = []

    def parse(sentences):
        asked.extend(sentences)
        return [read(PARSE) for _ in sentences]

    monkeypatch.setattr(scores, "parse", parse)
    return asked


def test_a_sentence_that_texts_share_is_parsed_once_and_scored_in_each(stand_ins):
    found = list(scores.Scorer().score([["Wij bellen.", "Wij bellen."], ["Wij bellen.", "Bel ons."], []]))
    assert stand_ins == ["Wij bellen.", "Bel ons."]
    assert [one["score"] for one in found] == [20, 20, None]
    assert [len(one["sentences"]) for one in found] == [2, 2, 0]


def test_what_was_measured_is_written_with_the_words_farthest_apart(stand_ins):
    (text,) = scores.Scorer().score([["Wij bellen."]])
    assert text["sentences"] == [
        {
            "score": 3,
            "distance": 1,
            "apart": ["Wij", "bellen"],
            "content_words_per_clause": 2.0,
            "log_frequency": 3.0,
            "rarest": ["bellen", "wij"],
            "concrete": 0.5,
            "abstract": ["beleid"],
            "finite_verbs": 1,
            "passives": 0,
        }
    ]


def test_a_parse_is_handed_over_as_spacy_writes_it(stand_ins):
    doc = scores.Scorer()._parsed(read(PARSE))
    assert doc == {
        "vocab": "vocab of nl",
        "words": ["Wij", "bellen", "."],
        "tags": ["VNW|pers", "WW|pv|tgw|mv", "LET"],
        "pos": ["PRON", "VERB", "PUNCT"],
        "lemmas": ["wij", "bellen", "."],
        "heads": [1, 1, 1],
        "deps": ["nsubj", "ROOT", "punct"],
        "ents": ["O", "O", "O"],
        "sent_starts": [True, False, False],
    }


def test_the_coefficients_are_those_of_the_model_and_the_nouns_that_were_chosen(stand_ins):
    scores.Scorer()
    assert sys.modules["lint_ii.linguistic_data.nlp_model"].COEFFICIENTS == {"slope": 1.5}


def test_a_line_in_is_a_line_out(stand_ins, capsys):
    assert scores.main(['["Wij bellen."]\n', "[]\n"]) == 0
    assert [json.loads(line)["score"] for line in capsys.readouterr().out.splitlines()] == [10, None]


def test_what_is_missing_is_one_line(stand_ins, monkeypatch, capsys):
    def silent(sentences):
        raise FrogError("frog")

    monkeypatch.setattr(scores, "parse", silent)
    assert scores.main(['["Wij bellen."]']) == 0
    monkeypatch.setattr(scores, "find_spec", lambda name: None)
    assert scores.main(['["Wij bellen."]']) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"missing": "frog"},
        {"missing": "lint_ii"},
    ]
