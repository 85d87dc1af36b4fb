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


def unapproved(letter: Letter) -> Iterator[tuple[str, str, str]]:
    """(sentence, language, fingerprint) of all that nobody approved in these words."""
    given = {
        (id, language, sha256)
        for approval in letter.approvals
        for language, sentences in approval.sentences.items()
        for id, sha256 in sentences.items()
    }
    for id, language, text in sentences_of(letter):
        now = fingerprint(id, language, letter.sentences[id], text)
        if (id, language, now) not in given:
            yield id, language, now


def approval_text(approved: Mapping[tuple[str, str], str], by: str, on: dt.date) -> str:
    """One `[[approvals]]` for an `approved.toml`: {(sentence, language): fingerprint} by one person on one day."""
    lines = ["[[approvals]]", f"by = {json.dumps(by, ensure_ascii=False)}", f"on = {on.isoformat()}"]
    for language in sorted({language for _, language in approved}):
        lines.append(f"[approvals.sentences.{language}]")
        lines += [f'{id} = "{sha256}"' for (id, of), sha256 in sorted(approved.items()) if of == language]
    return "\n".join(lines) + "\n"


def fingerprints(letters: Iterable[Letter]) -> dict[tuple[str, str], str]:
    """The fingerprint of every sentence of these letters in every language."""
    return {
        (id, language): fingerprint(id, language, letter.sentences[id], text)
        for letter in letters
        for id, language, text in sentences_of(letter)
    }
