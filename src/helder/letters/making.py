"""How a letter is made: the same claims everywhere, a text for each sentence in each language, facts that still hold."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from helder.case.load import Case
from helder.letters.approval import unapproved
from helder.letters.claims import parse
from helder.letters.facts import early, expired, placeholders, printed
from helder.letters.findings import Place
from helder.letters.lexicon import lexicon
from helder.letters.load import Letter
from helder.letters.model import Block, Texts


def making(case: Case, letter: Letter, day: dt.date) -> Iterator[Place]:
    """Everything wrong with how a letter is made, whoever reads it."""
    yield from _blocks(letter)
    for language in letter.languages:
        yield from _texts(case, letter, language)
        yield from _facts(letter, language, day)
    for id, language, now in unapproved(letter):
        yield Place("not_approved", letter.id, "", language, id, now)


def outdated(letter: Letter, day: dt.date) -> Iterator[Place]:
    """The facts that a letter claims or prints and that may not be said on a day, each once: `of` the fact, `detail` its last or first day."""
    seen = set()
    for language in letter.languages:
        for place in _facts(letter, language, day):
            if place.rule in ("fact_not_yet", "fact_expired") and place.of not in seen:
                seen.add(place.of)
                yield place


def _blocks(letter: Letter) -> Iterator[Place]:
    for id, times in Counter(letter.order()).items():
        if times > 1:
            yield Place("repeated_block", letter.id, id)
    for id, block in letter.blocks.items():
        said = {claim for sentence in block.says for claim in letter.sentences[sentence].claims}
        for claim in sorted(said ^ set(block.claims)):
            yield Place("claims_differ", letter.id, id, "", claim)
        known = {f"can_{risk}": [risk] for risk in letter.advice.risks}
        known |= {f"do_{tip}": of.answers for tip, of in letter.advice.tips.items()}
        for sentence in block.says:
            if sentence in known and set(known[sentence]) != set(block.risks):
                yield Place("risks_differ", letter.id, id, "", sentence)
            yield from _sentence(letter, id, block, sentence)


def _sentence(letter: Letter, id: str, block: Block, sentence: str) -> Iterator[Place]:
    claims = [parse(text) for text in letter.sentences[sentence].claims]
    if block.kind == "claim" and not claims:
        yield Place("no_claim", letter.id, id, "", sentence)
    for claim in claims:
        if block.kind != "claim":
            yield Place("claim_elsewhere", letter.id, id, "", sentence, str(claim))
    if len({claim.force for claim in claims if not claim.is_fact}) > 1:
        yield Place("mixed_force", letter.id, id, "", sentence)


def _texts(case: Case, letter: Letter, language: str) -> Iterator[Place]:
    """Every text that the letter needs in a language."""
    texts = letter.texts.get(language, Texts())
    if lexicon(language) is None:
        yield Place("no_language", letter.id, "", language)
    if texts.reviewed is False:
        yield Place("not_reviewed", letter.id, "", language)
    for name in ("title", "closing", "signed"):
        if getattr(texts, name) is None:
            yield Place("no_text", letter.id, "", language, name)
    for section in letter.sections:
        if section.heading and section.id not in texts.headings:
            yield Place("no_text", letter.id, "", language, f"headings.{section.id}")
    for id, block in letter.blocks.items():
        for sentence in block.says:
            if sentence not in texts.sentences:
                yield Place("no_text", letter.id, id, language, f"sentences.{sentence}")
        named = letter.selections[block.lists].items or case.items if block.lists else ()
        for item in named:
            if item not in texts.items:
                yield Place("no_text", letter.id, id, language, f"items.{item}")


def cited(letter: Letter, language: str) -> dict[tuple[str, str], bool]:
    """The facts that a letter claims or prints in a language, each by its block (or '') and id, and whether it is printed."""
    texts = letter.texts.get(language, Texts())
    shown = [("", text) for text in (texts.title or "", texts.closing or "", *(texts.signed or ()))]
    shown += [("", texts.headings.get(section.id, "")) for section in letter.sections]
    used: dict[tuple[str, str], bool] = {}
    for id, block in letter.blocks.items():
        shown += [(id, texts.sentences.get(sentence, "")) for sentence in block.says]
        claims = [parse(text) for sentence in block.says for text in letter.sentences[sentence].claims]
        used |= {(id, claim.about): False for claim in claims if claim.is_fact}
    return used | {(where, fact): True for where, text in shown for fact in placeholders(text)}


def _facts(letter: Letter, language: str, day: dt.date) -> Iterator[Place]:
    """Facts that a letter claims or prints are held in the case, still hold, and can be printed."""
    words = lexicon(language)
    for (where, fact), printing in cited(letter, language).items():
        held = letter.facts.get(fact)
        if held is None:
            yield Place("no_fact", letter.id, where, language, fact)
        elif early(held, day):
            yield Place("fact_not_yet", letter.id, where, language, fact, str(held.valid_from))
        elif expired(held, day):
            yield Place("fact_expired", letter.id, where, language, fact, held.valid_until.isoformat())
        elif printing and words is not None and not printed(held, language, words):
            yield Place("fact_without_value", letter.id, where, language, fact)
