"""The letters of a round that go one by one: to whom, in which words, and as PDF when the channel takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from helder.case.channels import NotifyChannel, SmtpChannel
from helder.case.load import Case
from helder.delivery.parcels import Message
from helder.delivery.texts import plain_text
from helder.domain.letters import Document
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet
from helder.letters.reader import Telling
from helder.letters.typeset.filling import Letter
from helder.letters.variants import variants
from helder.pipeline.lettering import letters_of, reader_of
from helder.pipeline.single_letters import SingleLetters
from helder.pipeline.standing import run_record
from helder.results.open import Results
from helder.rounds.freeze import LETTERS_FILE
from helder.rounds.record import folder_of, read_record

_TELLING = ("letter", "language", "profile", "weakened", "why")


def messages(case: Case, round: str, keys: Keys, settings: NotifyChannel | SmtpChannel) -> Iterator[Message]:
    """The letters that this channel carries, in the order of the round.

    Letters by post, and those that an e-mail carries along, are PDFs, made when they leave: that may raise `DeliveryError`.
    """
    rows = read_parquet([folder_of(case.folder, round) / LETTERS_FILE], keys)
    rows = rows.filter(pc.equal(rows["channel"], settings.carries))
    documents, numbers = _documents(case, round, rows)
    with_pdf = settings.carries == "post" or (isinstance(settings, SmtpChannel) and settings.attach_pdf)
    singles = SingleLetters(case, round, documents) if with_pdf else None
    for batch in rows.to_batches(max_chunksize=1_000):
        for row in batch.to_pylist():
            number = numbers[_key(row)]
            pdf = partial(singles.pdf, _letter(row, number)) if singles else None
            yield _message(row, documents[number], settings.carries, pdf)


def _message(row: dict[str, Any], document: Document, carries: str, pdf: Callable[[], bytes] | None) -> Message:
    text = plain_text(document, row["salutation"], row["reference"])
    to = "" if carries == "post" else row["address"]
    return Message(row["reference"], document.digest, to, row["language"], text, pdf)


def _letter(row: dict[str, Any], variant: int) -> Letter:
    address = tuple(row["address"].split("\n"))
    return Letter(row["reference"], row["code"], row["salutation"], address, variant, row.get("about", ""))


def _documents(case: Case, round: str, rows: pa.Table) -> tuple[Sequence[Document], dict[tuple[Any, ...], int]]:
    """The documents of the letters in `rows`, and the number of each kind of letter's document."""
    kinds = rows.select(list(_TELLING)).group_by(list(_TELLING)).aggregate([([], "count_all")]).to_pylist()
    results = Results(case, run_record(read_record(case.folder, round)))
    profiles = {profile.number: profile for profile in results.profiles}
    letters = letters_of(case, case.round(round))
    tellings = [_telling(kind, profiles) for kind in kinds]
    made = variants(letters, tellings, list(case.items), [party.id for party in case.breached])
    return made.documents, {tuple(row)[:-1]: row[-1] for row in made.rows}


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return (row["letter"], row["language"], row["profile"], row["weakened"] or "", row["why"])


def _telling(kind: dict[str, Any], profiles: dict[int, Any]) -> Telling:
    weakened = kind["weakened"] or ""
    reader = reader_of(profiles[kind["profile"]], kind["why"], frozenset(filter(None, weakened.split(";"))))
    return Telling(kind["letter"], kind["language"], kind["profile"], kind["count_all"], reader)
