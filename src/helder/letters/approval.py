"""Approvals: a named person read a sentence in one language and found that it says what it claims.

An approval is bound to the words, the claims and the facts' ids by a SHA-256; whoever changes any of these must have
the sentence approved again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from helder.letters.load import Letter
from helder.letters.model import Sentence, Texts


def fingerprint(id: str, language: str, sentence: Sentence, text: str) -> str:
    """What an approval is bound to: SHA-256 in hexadecimal."""
    whole = [id, language, sorted(sentence.claims), sorted(sentence.mentions), text]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()


def sentences_of(letter: Letter) -> Iterator[tuple[str, str, str]]:
    """(sentence, language, text) of everything that the letter says, in order, where the text is there."""
    for language in letter.languages:
        texts = letter.texts.get(language, Texts()).sentences
        for id in dict.fromkeys(said for block in letter.order() for said in letter.blocks[block].says):
            if id in texts:
                yield id, language, texts[id]


def unapproved(letter: Letter) -> Iterator[tuple[str, str]]:
    """(sentence, language) of all that nobody approved in these words."""
    given = {(approval.sentence, approval.language, approval.sha256) for approval in letter.approvals}
    for id, language, text in sentences_of(letter):
        if (id, language, fingerprint(id, language, letter.sentences[id], text)) not in given:
            yield id, language


def approved_text(approvals: Mapping[tuple[str, str], str], by: str, on: dt.date, head: str = "") -> str:
    """The text of an `approved.toml`: {(sentence, language): fingerprint}, all by one person on one day."""
    parts = [
        f'[[approved]]\nsentence = "{id}"\nlanguage = "{language}"\nsha256 = "{sha256}"\n'
        f"by = {json.dumps(by, ensure_ascii=False)}\non = {on.isoformat()}\n"
        for (id, language), sha256 in sorted(approvals.items())
    ]
    return head + "\n".join(parts)


def fingerprints(letters: Iterable[Letter]) -> dict[tuple[str, str], str]:
    """The fingerprint of every sentence of these letters in every language."""
    return {
        (id, language): fingerprint(id, language, letter.sentences[id], text)
        for letter in letters
        for id, language, text in sentences_of(letter)
    }
