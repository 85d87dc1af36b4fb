"""The documents of a round: one for each different text, and which one each kind of reader gets.

Thousands of profiles read a few hundred documents: readers with the same blocks and the same lists read the same words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from helder.domain.letters import Document
from helder.letters.audience import Audience
from helder.letters.load import Letter
from helder.letters.reader import Telling
from helder.letters.render import Renderer

VariantRow = tuple[str, str, int, str, str, int]
"""A row of the table VARIANTS: letter, language, profile, weakened, why, variant."""


@dataclass(frozen=True)
class Variants:
    """`documents` by number; `rows` say which document a telling is (VARIANTS); `people` how many read each."""

    documents: tuple[Document, ...]
    rows: tuple[VariantRow, ...]
    people: tuple[int, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of all documents and of who reads which: what an approval of the round is bound to."""
        whole = [[document.digest for document in self.documents], self.rows]
        return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


def variants(
    letters: Mapping[str, Letter], tellings: Sequence[Telling], items: Sequence[str], parties: Sequence[str]
) -> Variants:
    """The documents for these tellings. Numbers follow the order of letter, language and digest, so that the same
    round gives the same numbers. Raises `KeyError` for a letter or text that is not there."""
    audiences = {id: Audience(letter, items, parties) for id, letter in letters.items()}
    renderers: dict[tuple[str, str], Renderer] = {}
    read: dict[object, tuple[object, ...]] = {}
    seen: dict[object, Document] = {}
    of: dict[VariantRow, tuple[Document, int]] = {}
    for telling in tellings:
        audience, pair = audiences[telling.letter], (telling.letter, telling.language)
        renderer = renderers.setdefault(pair, Renderer(letters[telling.letter], telling.language))
        about = (telling.profile, telling.weakened, telling.reader.why)
        inside, reader = audience.of(telling.reader)
        who = (telling.letter, *about)
        if who not in read:  # the same in every language
            shown = audience.shown(audience.view(inside), reader)
            lists = (tuple(audience.listed(id, inside)) for id in shown if letters[telling.letter].blocks[id].lists)
            read[who] = (shown, *lists)
        same = (*pair, *read[who])
        if same not in seen:
            seen[same] = renderer.document(audience, inside, reader)
        of[*pair, *about, 0] = (seen[same], telling.people)
    digests = {id(document): document.digest for document in seen.values()}
    documents = {digests[id(document)]: document for document in seen.values()}
    ordered = sorted(documents, key=lambda digest: (documents[digest].letter, documents[digest].language, digest))
    number = {digest: place for place, digest in enumerate(ordered)}
    people = [0] * len(ordered)
    rows = []
    for (*key, _), (document, many) in of.items():
        place = number[digests[id(document)]]
        people[place] += many
        rows.append((*key, place))
    return Variants(tuple(documents[digest] for digest in ordered), tuple(sorted(rows)), tuple(people))  # type: ignore[arg-type]
