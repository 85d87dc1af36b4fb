"""Mutants of the reference case's letters: one small thing made wrong, in how a letter is built or in its words.

Structural mutants change blocks, conditions, selections, claims and languages. Prose mutants change the words of one
sentence and leave every tag as it is. A mutant is caught when the check stops the round by any rule but the approvals,
which see every change of words and would catch all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from helder.letters.admissible import WHYS
from helder.letters.audience import Audience
from helder.letters.check import Found, allowed
from helder.letters.findings import RULES
from helder.letters.making import making
from helder.letters.model import Section
from helder.letters.prose import prose
from helder.letters.truth import Truth
from helder.pipeline.admissible import boxes
from letters.made import case, excluding
from letters.mutant_words import GENERAL, SWAPS

LANGUAGES = ("nl", "en")
DAY = dt.date(2025, 9, 12)


@dataclass(frozen=True)
class Mutant:
    kind: str
    what: str
    letter: object
    before: str = ""
    after: str = ""
    language: str = ""

    @property
    def line(self) -> str:
        """How the page of survivors names it."""
        if self.before:
            return f"{self.kind.removeprefix('prose: ')}: “{self.before}” → “{self.after}”"
        return f"{self.letter.id}, {self.kind}: `{self.what}`"


class _FoundError(Exception):
    """The first thing that is wrong is enough."""


class _Stops(Found):
    def add(self, place, people, size, items, reader):
        raise _FoundError(place.rule)


def caught(mutant) -> str:
    """The first rule that stops the mutant; empty when none does."""
    found = "" if mutant.kind.startswith("prose") else _built_wrong(mutant.letter)
    return found or _said_wrong(mutant)


def _built_wrong(letter):
    """What how it is made or the truth says: both see tags only, and those of a prose mutant are as they were."""
    if found := _stopping(making(case(), letter, DAY)):
        return found[0]
    truth = Truth(Audience(letter, list(case().items), [party.id for party in case().breached]))
    for readers in admitted():
        try:
            allowed(truth, readers, WHYS, _Stops(truth.audience))
        except _FoundError as first:
            return str(first)
    return ""


@cache
def admitted():
    """Readers of every block, in any group (of those found in the first dataset most can be known), for whom nearly all
    mutants fail; then those that Helder's assessment allows, who are many more."""
    now = boxes(case(), case().assessment("current"))
    most = excluding([box for box in now if box.group == "g1"])
    return [replace(box, group=group.id) for box in most for group in case().file.groups], now


def _said_wrong(mutant):
    """What the words say: first those of the changed block alone, as the whole letter costs ten times as much."""
    changed = [id for id, block in mutant.letter.blocks.items() if mutant.before and mutant.what in block.says][:1]
    for letter in ([_sections(mutant.letter, lambda s: changed)] if changed else []) + [mutant.letter]:
        if found := _stopping(prose(case(), letter)):
            return found[0]
    return ""


def _stopping(places):
    return [place.rule for place in places if place.rule != "not_approved" and RULES[place.rule].weight == "stop"]


def bilingual(letter):
    """The letter in the two languages whose words have been looked at by readers of them."""
    return _head(letter, languages=list(LANGUAGES))


def all_structural(letters) -> list[list[Mutant]]:
    """All structural mutants of some letters, letter by letter."""
    return [list(structural(bilingual(letter))) for letter in letters]


def all_worded(letters) -> list[Mutant]:
    """All prose mutants of some letters, each once."""
    found = {}
    for letter in letters:
        for mutant in worded(bilingual(letter)):
            found.setdefault((mutant.kind, mutant.what, mutant.after, mutant.language), mutant)
    return list(found.values())


# -- how a letter is built


def _block(letter, id, **update):
    return replace(letter, blocks={**letter.blocks, id: letter.blocks[id].model_copy(update=update)})


def _sections(letter, change):
    sections = [Section(id=s.id, heading=s.heading, blocks=b) for s in letter.sections if (b := change(s))]
    used = {id for section in sections for id in section.blocks}
    return replace(
        letter,
        file=letter.file.model_copy(update={"sections": sections}),
        blocks={id: block for id, block in letter.blocks.items() if id in used},
    )


def _with_claim(letter, id, old, new):
    """The claim changed in the block and in its sentence: all tags agree, the words are as they were."""
    block = letter.blocks[id]
    claims = [new if claim == old else claim for claim in block.claims]
    said = next(s for s in block.says if old in letter.sentences[s].claims)
    sentence = letter.sentences[said].model_copy(
        update={"claims": [new if claim == old else claim for claim in letter.sentences[said].claims]}
    )
    return replace(_block(letter, id, claims=claims), sentences={**letter.sentences, said: sentence})


def structural(letter) -> Iterator[Mutant]:
    """Structural mutants of one letter."""
    for id in dict.fromkeys(letter.order()):
        yield from _of_block(letter, id, letter.blocks[id])
    for id in sorted({name for b in letter.blocks.values() for name in [*b.when.some, *b.when.none] if name}):
        yield from _of_selection(letter, id, letter.selections[id])
    for section in letter.sections:
        yield Mutant(
            "section deleted",
            section.id,
            _sections(letter, lambda s, gone=section: [] if s.id == gone.id else s.blocks),
        )
    for language in LANGUAGES:
        yield from _of_language(letter, language)


def _head(letter, **update):
    head = letter.file.letter.model_copy(update=update)
    return replace(letter, file=letter.file.model_copy(update={"letter": head}))


def _of_block(letter, id, block):
    def without(section):
        return [other for other in section.blocks if other != id]

    def doubled(section):
        return [other for one in section.blocks for other in ([one, one] if one == id else [one])]

    yield Mutant("block deleted", id, _sections(letter, without))
    yield Mutant("block doubled", id, _sections(letter, doubled))
    when = block.when
    if when.model_dump(exclude_defaults=True):
        yield Mutant("condition dropped", id, _block(letter, id, when=type(when)()))
    for some in when.some:
        others = [name for name in ("given_open", "given_taken", "not_given_open", "unsure_open") if name != some]
        for other in others:
            yield Mutant(
                "condition moved", f"{id}: {other}", _block(letter, id, when=when.model_copy(update={"some": [other]}))
            )
        yield Mutant(
            "condition turned", id, _block(letter, id, when=when.model_copy(update={"some": [], "none": [some]}))
        )
    if when.person:
        turned = ["open"] if when.person != ["open"] else ["in"]
        yield Mutant("condition turned", id, _block(letter, id, when=when.model_copy(update={"person": turned})))
    if when.review is not None:
        yield Mutant("condition turned", id, _block(letter, id, when=when.model_copy(update={"review": False})))
    if when.why:
        yield Mutant("condition widened", id, _block(letter, id, when=when.model_copy(update={"why": None})))
        yield Mutant("condition narrowed", id, _block(letter, id, when=when.model_copy(update={"why": when.why[:1]})))
    if when.risks and len(when.risks) < 3 and block.kind == "consequence":
        yield Mutant("risk exchanged", id, _block(letter, id, risks=["posing_as_care", "blackmail", "bank_trick"]))
    if block.risks:
        yield Mutant("risks forgotten", id, _block(letter, id, risks=[]))
    if block.lists:
        for other in ("given_open", "not_given_taken", "unsure_taken", "given"):
            if other != block.lists:
                yield Mutant("list moved", f"{id}: {other}", _block(letter, id, lists=other))
    yield from _of_claims(letter, id, block)
    if block.kind == "claim":
        yield Mutant("claims called courtesy", id, _block(letter, id, kind="courtesy"))
    if block.answers and sum(block.answers[0] in b.answers for b in letter.blocks.values()) == 1:
        yield Mutant("answer forgotten", id, _block(letter, id, answers=[]))


def _of_claims(letter, id, block):
    for claim in block.claims:
        rest = [other for other in block.claims if other != claim]
        yield Mutant("claim only in sentence", f"{id}: {claim}", _block(letter, id, claims=rest))
        words = claim.split()
        if words[0] == "fact":
            facts = {k: v for k, v in letter.facts.items() if k != words[1]}
            yield Mutant("fact gone", f"{id}: {claim}", replace(letter, facts=facts))
            ended = letter.facts[words[1]].model_copy(update={"valid_until": dt.date(2025, 8, 1)})
            old = {**letter.facts, words[1]: ended}
            yield Mutant("fact expired", f"{id}: {claim}", replace(letter, facts=old))
            continue
        force = {"must": "may", "may": "must"}[words[0]]
        if words[1] not in ("record", "which", "told", "changed", "given", "weakened"):
            yield Mutant(
                "force of claim", f"{id}: {claim}", _with_claim(letter, id, claim, f"{force} {words[1]} {words[2]}")
            )
        turned = {
            "shared": "not_shared",
            "not_shared": "shared",
            "taken": "not_taken",
            "not_taken": "taken",
            "published": "taken",
            "in": "out",
            "out": "in",
        }.get(words[1])
        if turned:
            yield Mutant(
                "claim turned", f"{id}: {claim}", _with_claim(letter, id, claim, f"{words[0]} {turned} {words[2]}")
            )
    if block.claims and block.claims[0].split()[0] != "fact":
        claims = [*block.claims, "must not_taken email"]
        yield Mutant("claim only in block", id, _block(letter, id, claims=claims))


def _of_selection(letter, id, selection):
    for part in ("must", "may", "not_must"):
        for word in getattr(selection, part):
            rest = [other for other in getattr(selection, part) if other != word]
            less = selection.model_copy(update={part: rest})
            yield Mutant(
                "selection widened", f"{id}: {word}", replace(letter, selections={**letter.selections, id: less})
            )
    if selection.must:
        items = selection.model_copy(update={"items": ["name", "email"]})
        yield Mutant("selection narrowed", id, replace(letter, selections={**letter.selections, id: items}))


def _of_language(letter, language):
    texts = letter.texts[language]
    for id in dict.fromkeys(said for block in letter.order() for said in letter.blocks[block].says):
        rest = {key: text for key, text in texts.sentences.items() if key != id}
        yield Mutant("sentence missing", f"{language}: {id}", _texts(letter, language, sentences=rest))
    for part in ("headings", "items"):
        for id in list(getattr(texts, part))[:4]:
            rest = {key: text for key, text in getattr(texts, part).items() if key != id}
            yield Mutant(f"{part} missing", f"{language}: {id}", _texts(letter, language, **{part: rest}))


def _texts(letter, language, **update):
    texts = letter.texts[language].model_copy(update=update)
    return replace(letter, texts={**letter.texts, language: texts})


# -- the words


def worded(letter) -> Iterator[Mutant]:
    """Prose mutants of one letter, each a change of one sentence, heading or item name in one language."""
    said = list(dict.fromkeys(id for block in letter.order() for id in letter.blocks[block].says))
    for language in LANGUAGES:
        texts = letter.texts[language]
        for id in said:
            before = texts.sentences[id]
            for kind, after in _reworded(before, language, texts):
                if after != before:
                    sentences = {**texts.sentences, id: after}
                    yield Mutant(
                        f"prose: {kind}", id, _texts(letter, language, sentences=sentences), before, after, language
                    )
        for item, before in texts.items.items():
            other = "phone" if item != "phone" else "email"
            items = {**texts.items, item: texts.items[other]}
            yield Mutant(
                "prose: item exchanged", item, _texts(letter, language, items=items), before, items[item], language
            )


def _reworded(text, language, texts):
    for kind, pairs in SWAPS[language].items():
        for old, new in pairs:
            pattern = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)", re.I)
            if pattern.search(text):
                yield kind, _tidy(pattern.sub(new, text, count=1))
    for kind, change in GENERAL[language].items():
        if (after := change(text)) is not None:
            yield kind, _tidy(after)
    facts = re.findall(r"\{(\w+)\}", text)
    for fact in facts:
        yield "fact exchanged", text.replace(f"{{{fact}}}", "{phone}" if fact != "phone" else "{cmi_phone}")
        yield "fact typed", text.replace(f"{{{fact}}}", "7 juli 2025" if language == "nl" else "7 July 2025")


def _tidy(text):
    """One space between words, a capital in front."""
    text = re.sub(r"\s+([.,?])", r"\1", re.sub(r"\s+", " ", text)).strip()
    return text[:1].upper() + text[1:]
