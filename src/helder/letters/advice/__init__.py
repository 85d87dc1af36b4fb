"""What criminals can do with stolen data and what a person can do about it: data, used by letters, desk and website.

`risks.toml` says which items together make a risk possible; `advice.toml` which risks a piece of advice answers.
Both have their source, with its address and the day on which it was looked at.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, Field, TypeAdapter

from helder.case.part import Id
from helder.letters.model import Block, Part, Parts, Sentence, Texts, When, Words


class Source(Part):
    """Where something was found, and when it was looked at."""

    title: Words
    url: str = Field(pattern=r"^https://")
    seen: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")


class Said(Sentence, BaseModel):
    """A sentence with its texts beside it."""

    text: dict[str, Words]
    source: Source


class Risk(Said):
    """`[<risk>]`: what criminals can do with any of these combinations of items (all items of one are needed)."""

    needs: list[list[Id]] = Field(min_length=1)


class Tip(Said):
    """`[<advice>]`: what a person can do, and which risks it answers."""

    answers: list[Id] = Field(min_length=1)


@dataclass(frozen=True)
class Advice:
    """All risks and all advice, by id."""

    risks: Mapping[str, Risk]
    tips: Mapping[str, Tip]

    def saying(self, sentence: str) -> Said | None:
        """What the sentence of a block `can_<risk>` or `do_<advice>` has to say."""
        kind, _, id = sentence.partition("_")
        return self.risks.get(id) if kind == "can" else self.tips.get(id) if kind == "do" else None

    def run(self, can_be_taken: Iterable[str]) -> tuple[str, ...]:
        """The risks that somebody runs of whom these items may be stolen. Possible is enough."""
        items = set(can_be_taken)
        return tuple(id for id, risk in self.risks.items() if any(items.issuperset(needs) for needs in risk.needs))

    def answering(self, risks: Iterable[str]) -> tuple[str, ...]:
        """The advice for these risks, in order."""
        asked = set(risks)
        return tuple(id for id, tip in self.tips.items() if asked & set(tip.answers))


@cache
def read_advice() -> Advice:
    """The advice that comes with Helder."""

    def read(name: str) -> dict[str, object]:
        return tomllib.loads((files("helder.letters.advice") / name).read_text(encoding="utf-8"))

    return Advice(
        TypeAdapter(dict[Id, Risk]).validate_python(read("risks.toml")),
        TypeAdapter(dict[Id, Tip]).validate_python(read("advice.toml")),
    )


def advice_parts(advice: Advice) -> tuple[Parts, dict[str, Texts]]:
    """Blocks and sentences that a letter can name: `can_<risk>` and `do_<advice>`, shown to those who run the risk."""
    sentences: dict[str, Said] = {f"can_{id}": risk for id, risk in advice.risks.items()}
    sentences |= {f"do_{id}": tip for id, tip in advice.tips.items()}
    blocks = {f"can_{id}": _block("consequence", f"can_{id}", [id]) for id in advice.risks}
    blocks |= {f"do_{id}": _block("advice", f"do_{id}", tip.answers) for id, tip in advice.tips.items()}
    plain = {
        id: Sentence(claims=said.claims, negations=said.negations, mentions=said.mentions, words=said.words)
        for id, said in sentences.items()
    }
    languages = {language for said in sentences.values() for language in said.text}
    texts = {
        language: Texts(sentences={id: said.text[language] for id, said in sentences.items() if language in said.text})
        for language in sorted(languages)
    }
    return Parts(blocks=blocks, sentences=plain), texts


def _block(kind: str, sentence: str, risks: list[str]) -> Block:
    return Block.model_validate(
        {
            "kind": kind,
            "when": When(risks=risks),
            "says": [sentence],
            "risks": risks,
            "form": "bullets",
            "answers": ["what_can_criminals_do" if kind == "consequence" else "what_can_i_do"],
        }
    )
