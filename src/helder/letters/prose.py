"""Rules on the words themselves. The truth check sees claims; these rules see whether a sentence can carry them.

They are narrow on purpose: a sentence about the reader's data uses a few known words, so that a word that turns it
into another claim stands out. What they cannot see is measured by mutation and listed in the documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from helder.case.load import Case
from helder.letters.claims import LIST, PERSON, parse
from helder.letters.facts import PLACEHOLDER, placeholders
from helder.letters.findings import Place
from helder.letters.force import force
from helder.letters.lexicon import Lexicon, lexicon
from helder.letters.load import Letter
from helder.letters.model import Texts
from helder.letters.said import Text, base, parts

_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_QUESTION = ("?", "؟")


def prose(case: Case, letter: Letter) -> Iterator[Place]:
    """Everything that the words of a letter say beside or against its claims."""
    for language in letter.languages:
        lex, texts = lexicon(language), letter.texts.get(language, Texts())
        if lex is None:
            continue
        nouns = _nouns(texts)
        for text in _sentences(letter, language, texts):
            for rule, detail in _of_text(text, letter, lex, nouns):
                yield Place(rule, letter.id, text.block, language, text.id, detail)
        yield from _around(letter, language, lex, texts, nouns)
    yield from _across(letter)


def _sentences(letter: Letter, language: str, texts: Texts) -> Iterator[Text]:
    for block in dict.fromkeys(letter.order()):
        for id in letter.blocks[block].says:
            if id in texts.sentences:
                sentence = letter.sentences[id]
                claims = tuple(map(parse, sentence.claims))
                facts = [letter.facts[c.about] for c in claims if c.is_fact and c.about in letter.facts]
                own = " | ".join(words.lower() for fact in facts for words in fact.words.get(language, []))
                kind = letter.blocks[block].kind
                yield Text(id, block, kind, language, sentence, claims, texts.sentences[id], own)


def _of_text(text: Text, letter: Letter, lex: Lexicon, nouns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from typed(text.words, lex)
    yield from force(text, lex)
    yield from _negations(text, lex)
    yield from _predicates(text, lex)
    yield from _items(text, nouns)
    yield from _facts(text, letter)
    yield from _strange(text, letter, lex, nouns)
    if text.kind != "claim":
        yield from _outside(text, lex)
    taken = any(claim.word in ("in", "taken") for claim in text.claims if claim.force == "must")
    general = not text.of_reader and not lex.find(lex.reader, text.words) and text.claims
    if not taken and not general and (found := lex.find(lex.presupposes, text.words)):
        yield "presupposes", found


def typed(words: str, lex: Lexicon) -> Iterator[tuple[str, str]]:
    """Numbers, dates and names that a person typed instead of a fact's placeholder."""
    for part in parts(words):
        bare = PLACEHOLDER.sub(" ", part)
        if found := _DIGIT.search(bare) or re.search(lex.number_words, bare.lower()):
            yield "typed_number", found.group()
        if not lex.capitals_name:
            continue
        first = True
        for word in _WORD.findall(PLACEHOLDER.sub(" x ", part)):
            if word[0].isupper() and not first and word not in lex.proper:
                yield "typed_name", word
            first = False


def _negations(text: Text, lex: Lexicon) -> Iterator[tuple[str, str]]:
    """As many words that deny as the sentence says, those of 'we do not know' left out."""
    declared = text.sentence.negations
    wanted = declared if isinstance(declared, int) else declared.get(text.language, 0)
    wanted = wanted or int(any(claim.predicate.denies for claim in text.of_reader))
    rest = lex.without(lex.open, text.words) if text.may else text.words
    if (count := lex.count(lex.negations, rest)) != wanted:
        yield "negation", f"{count} ≠ {wanted}"


def _predicates(text: Text, lex: Lexicon) -> Iterator[tuple[str, str]]:
    """A sentence says what it claims, and about the reader nothing else."""
    claimed = {base(claim.word) for claim in text.of_reader}
    for word in sorted(claimed):
        if word in lex.predicates and not text.saying(word, lex):
            yield "claim_not_said", word
    if not text.of_reader and not lex.find(lex.reader, text.words):
        return
    allowed = claimed | {more for word in claimed if word in lex.predicates for more in lex.predicates[word].allows}
    for word, wording in lex.predicates.items():
        if wording.words and word not in allowed and (found := lex.find(wording.words, text.words)):
            yield "other_claim", found


def _nouns(texts: Texts) -> dict[str, str]:
    """Nouns to items, in lower case."""
    return {noun.lower(): item for item, nouns in texts.nouns.items() for noun in nouns}


def named(words: str, nouns: Mapping[str, str]) -> set[str]:
    """The items that a text names; the longest noun wins, so that 'e-mail address' is no address."""
    if not nouns:
        return set()
    return {nouns[found] for found in _any_of(tuple(nouns)).findall(words.lower())}


@cache
def _any_of(nouns: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(nouns, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w-])")


def _items(text: Text, nouns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    wanted = {claim.about for claim in text.of_reader} - {LIST, PERSON} | set(text.sentence.mentions)
    found = named(text.bare, nouns)
    if found != wanted:
        yield "items_differ", ",".join(sorted(found ^ wanted))


def _facts(text: Text, letter: Letter) -> Iterator[tuple[str, str]]:
    """A sentence holds its own words and those of the facts it claims, and prints their values."""
    shown = placeholders(text.words)
    yield from _lacking(text, text.sentence.words)
    for claim in text.claims:
        if not claim.is_fact or claim.about not in letter.facts:
            continue
        fact = letter.facts[claim.about]
        yield from _lacking(text, fact.words)
        if fact.value is not None and claim.about not in shown:
            yield "placeholders_differ", claim.about
    free = {id for id, fact in letter.facts.items() if fact.kind in ("name", "contact")}
    for extra in sorted(set(shown) - free - {claim.about for claim in text.claims if claim.is_fact}):
        yield "placeholders_differ", extra


def _lacking(text: Text, words: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for needed in words.get(text.language, []):
        if not re.search(r"(?<!\w)" + re.escape(needed.lower()) + r"(?!\w)", text.words.lower()):
            yield "fact_words", needed


def _strange(text: Text, letter: Letter, lex: Lexicon, nouns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is claimed of the reader, and what can happen to them, is said in known words: no other actor, place or fate."""
    claimed, data = {base(claim.word) for claim in text.of_reader}, letter.advice.saying(text.id)
    if not lex.common or not (claimed or data):
        return
    known = {*lex.common.split(), *_bare_words(text.own)}
    known.update(*(_bare_words(words) for words in text.sentence.words.get(text.language, [])))
    for word in claimed & lex.predicates.keys():
        known.update(lex.predicates[word].vocabulary.split())
    if data:
        known.update(_bare_words(data.text.get(text.language, "")))
    rest = lex.without(lex.negations, lex.without(lex.open, text.bare) if text.may else text.bare)
    rest = _any_of(tuple(nouns)).sub(" ", rest) if nouns and claimed else rest
    for word in _bare_words(rest):
        if word not in known:
            yield "strange_word", word


def _bare_words(words: str) -> list[str]:
    return _WORD.findall(PLACEHOLDER.sub(" ", words).lower())


def _outside(text: Text, lex: Lexicon) -> Iterator[tuple[str, str]]:
    """Advice, warnings and courtesy assert nothing: they ask, tell what to do, or say what can be."""
    for part in parts(text.words):
        if found := lex.find(lex.asserts, part):
            yield "asserts", found
        elif (
            text.kind != "consequence"
            and not part.endswith(_QUESTION)
            and not lex.find(lex.not_asserting, part)
            and not text.claims
        ):
            yield "asserts", part


def _around(letter: Letter, language: str, lex: Lexicon, texts: Texts, nouns: Mapping[str, str]) -> Iterator[Place]:
    """Title, headings and item names: they claim nothing, and an item's name is its own."""
    loose = {f"headings.{section.id}": texts.headings.get(section.id, "") for section in letter.sections}
    loose |= {"title": texts.title or "", "closing": texts.closing or ""}
    loose |= {f"signed.{number}": line for number, line in enumerate(texts.signed or ())}
    for where, words in loose.items():
        for rule, detail in typed(words, lex):
            yield Place(rule, letter.id, "", language, where, detail)
        for rule, found in _claiming(words, lex):
            yield Place(rule, letter.id, "", language, where, found)
    for item, words in texts.items.items():
        for part in _foreign(item, words, lex, nouns):
            yield Place("items_differ", letter.id, "", language, f"items.{item}", part)
        for rule, found in _claiming(words, lex):
            yield Place(rule, letter.id, "", language, f"items.{item}", found)


def _foreign(item: str, words: str, lex: Lexicon, nouns: Mapping[str, str]) -> Iterator[str]:
    """What of an item's name is another's, or nobody's: each of the names that are joined in it is its own."""
    if not nouns:
        return
    if (found := named(words, nouns)) != {item}:
        yield ",".join(sorted(found))
        return
    for part in lex.split(lex.joins, words):
        if _bare_words(part) and item not in named(part, nouns):
            yield part.strip()


def _claiming(words: str, lex: Lexicon) -> Iterator[tuple[str, str]]:
    """What words say that may claim nothing: neither that something is so nor that it is not, nor how sure it is."""
    for rule, pattern in (
        ("presupposes", lex.presupposes),
        ("asserts", lex.asserts),
        ("negation", lex.negations),
        ("open_words", lex.open),
        ("absolute", lex.absolute),
        ("weighed", lex.weighing),
        ("takes_back", lex.turning),
    ):
        if found := lex.find(pattern, words):
            yield rule, found


def _across(letter: Letter) -> Iterator[Place]:
    """All languages have the same facts in a sentence, and as many sentences and questions."""
    said = [id for block in dict.fromkeys(letter.order()) for id in letter.blocks[block].says]
    for language in letter.languages:
        texts = letter.texts.get(language, Texts()).sentences
        alike: dict[str, str] = {}
        for id in dict.fromkeys(said):
            if id not in texts:
                continue
            if (twin := alike.setdefault(texts[id], id)) != id:
                yield Place("same_text", letter.id, "", language, id, twin)
            first = next((letter.texts[of].sentences.get(id) for of in letter.languages if of in letter.texts), None)
            if first is None:
                continue
            if sorted(placeholders(first)) != sorted(placeholders(texts[id])):
                yield Place("placeholders_differ", letter.id, "", language, id)
            if _shape(first) != _shape(texts[id]):
                yield Place("sentences_differ", letter.id, "", language, id)


def _shape(words: str) -> list[bool]:
    """Which sentences of a text are questions."""
    return [part.endswith(_QUESTION) for part in parts(words)]
