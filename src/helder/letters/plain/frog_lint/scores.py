"""Scores texts with LiNT-II's own classes and coefficients. Needs spaCy and lint-ii, so only the venv beside Helder's runs this."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .frog import FrogError, Token, parse
from .universal import dependency, entities, fine_tag, part_of_speech, rewrite

_MODEL, _NOUNS = "3.7.0", "nouns_sem_types_20260420"


def _without_model() -> None:
    """Stands in for the module that loads `nl_core_news_lg`; the coefficients are those of LiNT-II for that model."""
    spec = find_spec("lint_ii")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("lint_ii")
    path = Path(spec.origin).parent / "linguistic_data" / "data" / "coefficients.json"
    models = json.loads(path.read_text("utf-8"))
    chosen = next(one for one in models if (one["model_version"], one["noun_list"]) == (_MODEL, _NOUNS))
    module = types.ModuleType("lint_ii.linguistic_data.nlp_model")
    module.COEFFICIENTS = {name: value["coef"] for name, value in chosen["coefficients"].items()}  # type: ignore[attr-defined]
    module.NLP_MODEL = None  # type: ignore[attr-defined]
    sys.modules[module.__name__] = module


class Scorer:
    """LiNT-II over parses of Frog."""

    def __init__(self) -> None:
        _without_model()
        import spacy
        from lint_ii import ReadabilityAnalysis, SentenceAnalysis
        from lint_ii.linguistic_data.wordlists import NOUN_DATA
        from spacy.tokens import Doc

        self._vocab = spacy.blank("nl").vocab
        self._doc, self._text, self._sentence, self._nouns = Doc, ReadabilityAnalysis, SentenceAnalysis, NOUN_DATA

    def score(self, texts: Sequence[Sequence[str]]) -> Iterator[dict[str, Any]]:
        """LiNT-II of each text and of each of its sentences; a sentence that many texts share is parsed once."""
        distinct = list(dict.fromkeys(sentence for text in texts for sentence in text))
        parses = dict(zip(distinct, parse(distinct) if distinct else [], strict=True))
        spacy_docs = {sentence: self._parsed(tokens) for sentence, tokens in parses.items()}
        for text in texts:
            sentences = [self._sentence(spacy_docs[sentence]) for sentence in text]
            yield {
                "score": self._text(sentences).lint.score if sentences else None,
                "sentences": [_sentence(one) for one in sentences],
            }

    def _parsed(self, tokens: list[Token]) -> Any:
        rewrite(tokens)
        return self._doc(
            self._vocab,
            words=[token.text for token in tokens],
            tags=[fine_tag(token) for token in tokens],
            pos=[part_of_speech(token, self._nouns) for token in tokens],
            lemmas=[token.lemma for token in tokens],
            heads=[at if token.head is None else token.head for at, token in enumerate(tokens)],
            deps=[dependency(token) for token in tokens],
            ents=entities(tokens),
            sent_starts=[at == 0 for at in range(len(tokens))],
        )


def _sentence(one: Any) -> dict[str, Any]:
    """What LiNT-II measured in a sentence; None where the sentence has nothing to measure."""
    far = max(
        (feat for feat in one.word_features if not feat.is_punctuation), key=lambda feat: feat.dep_length, default=None
    )
    return {
        "score": one.lint.score,
        "distance": one.max_sdl,
        "apart": [far.text, *(head.text for head in far.heads)][:2] if far is not None else [],
        "content_words_per_clause": one.content_words_per_clause,
        "log_frequency": one.mean_log_word_frequency,
        "rarest": [feat.text for feat, _ in one.get_top_n_least_frequent(2)],
        "concrete": one.proportion_of_concrete_nouns,
        "abstract": [feat.text for feat in one.abstract_nouns],
        "finite_verbs": len(one.finite_verbs),
        "passives": len(one.passives),
    }


def main(lines: Iterable[str] = sys.stdin) -> int:
    """Reads one text a line (a JSON list of sentences) until the end; writes one line for each, or one `missing` line."""
    try:
        for answer in Scorer().score([json.loads(line) for line in lines]):
            print(json.dumps(answer))  # noqa: T201 - stdout is the answer
    except (FrogError, ImportError) as error:
        print(json.dumps({"missing": getattr(error, "name", None) or str(error)}))  # noqa: T201
    return 0
