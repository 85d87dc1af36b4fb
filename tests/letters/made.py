"""Letters made in code: the reference case's, and small ones with other blocks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import helder.demo
from helder.case.load import load_case
from helder.domain import worlds as w
from helder.letters.advice import Advice, Risk, Tip
from helder.letters.load import Letter, load_letters
from helder.letters.model import Block, Head, LetterFile, Section, Selection, Sentence

FOLDER = Path(helder.demo.__file__).parent
DAY = {"round1": "2025-08-18", "round2": "2025-09-12"}


@cache
def case():
    return load_case(FOLDER)


@cache
def letters(round="round2"):
    return load_letters(case(), round)


def small_letter(selections, blocks, risks=None, tips=None, head=None):
    """A letter with these selections {id: Selection} and blocks {id: Block}; each block says one sentence that makes its claims.

    `tips` {id: risks that it answers}: else one for each risk.
    """
    source = {"title": "made up", "url": "https://example.nl", "seen": "2025-01-01"}
    known = {
        id: Risk.model_validate({"needs": needs, "text": {"nl": "x"}, "source": source})
        for id, needs in (risks or {}).items()
    }
    tips = {id: [id] for id in known} if tips is None else tips
    sentences = {f"do_{id}": Sentence() for id in tips} | {
        id: Sentence(claims=block.claims) for id, block in blocks.items()
    }
    section = Section(id="all", blocks=list(blocks) or ["none"])
    return Letter(
        "small",
        LetterFile(letter=head or Head(), sections=[section]),
        "lab",
        selections,
        blocks,
        sentences,
        {},
        {},
        (),
        Advice(
            known,
            {
                id: Tip.model_validate({"answers": answers, "text": {"nl": "x"}, "source": source})
                for id, answers in tips.items()
            },
        ),
    )


def block(id, **said):
    return Block.model_validate({"says": [id], **said})


def excluding(boxes):
    """The same readers when evidence that excludes theft has been accepted for two items: more blocks are read."""
    more = frozenset({w.NOT_STOLEN & w.DISCLOSED, w.NOT_STOLEN & w.NEVER_OURS, w.NOT_STOLEN})
    return [
        replace(
            box,
            items={slot: masks | more if slot[1] in ("email", "phone") else masks for slot, masks in box.items.items()},
            persons={"lab": frozenset({w.PERSON_IN, w.PERSON_ALL, w.PERSON_OUT})},
        )
        for box in boxes
    ]


def changed(letter, **parts):
    return replace(letter, **parts)


__all__ = ["DAY", "FOLDER", "Selection", "block", "case", "changed", "letters", "small_letter"]
