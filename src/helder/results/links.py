"""Why a leaked row is linked to a person, in words and weights, from the published links and the model of the run."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from helder.domain.tables import LINKS
from helder.engines.keys import Keys
from helder.engines.lookup import Lookup
from helder.linkage.in_words import candidate_words, link_words, review_words
from helder.results.open import Results


class LinkWords:
    """Explains links of one run. Tables are opened at the first question."""

    def __init__(self, results: Results, keys: Keys) -> None:
        self._results = results
        self._keys = keys
        self._opened: dict[tuple[str, str], Lookup] = {}

    def close(self) -> None:
        """Let go of the tables."""
        for table in self._opened.values():
            table.close()

    @cached_property
    def _model(self) -> Any:
        return self._results.facts("linkage")["model"]

    def words(self, source: str, file: int, row: int, person: int, outcome: str, lang: str) -> list[str]:
        """What speaks for and against the link of this row to this person; for a review also why it is one.

        `outcome` is what the line of evidence says: accepted or review.
        """
        record = self._open(f"source-{source}", "leaked").rows("record", file=file, row=row)[0]["record"]
        link = self._open("decided", "links").rows(*(column.name for column in LINKS.columns), record=record)[0]
        if outcome == "accepted":
            return link_words(link, self._model, lang)
        maybe = self._open("decided", "candidates").rows("levels", record=record, person=person)
        said = [review_words(link["reason"], lang)] if link["outcome"] == "review" else []
        return [*said, *candidate_words(maybe[0]["levels"] if maybe else "", self._model, lang)]

    def _open(self, stage: str, table: str) -> Lookup:
        if (stage, table) not in self._opened:
            self._opened[stage, table] = Lookup(self._results.published(stage, table), self._keys)
        return self._opened[stage, table]
