"""Why a leaked row is linked to a person, in words and weights, from the published links and the model of the run."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from helder.engines.duckdb import DuckEngine
from helder.linkage.in_words import candidate_words, link_words, review_words
from helder.results.open import Results


class LinkWords:
    """Explains links of one run, on an engine that holds its key. Tables are opened at the first question."""

    def __init__(self, results: Results, engine: DuckEngine) -> None:
        self._results = results
        self._engine = engine
        self._opened: set[str] = set()

    @cached_property
    def _model(self) -> Any:
        return self._results.facts("linkage")["model"]

    def words(self, source: str, file: int, row: int, person: int, outcome: str, lang: str) -> list[str]:
        """What speaks for and against the link of this row to this person; for a review also why it is one.

        `outcome` is what the line of evidence says: accepted or review.
        """
        leaked = self._open(f"source-{source}", "leaked")
        links, candidates = self._open("linkage", "links"), self._open("linkage", "candidates")
        place = f"k.file = {file} AND k.row = {row}"
        found: list[dict[str, Any]] = self._engine.rows(
            f"SELECT l.* FROM {links} AS l JOIN {leaked} AS k ON k.record = l.record WHERE {place}"
        )
        link = found[0]
        if outcome == "accepted":
            return link_words(link, self._model, lang)
        maybe: list[dict[str, Any]] = self._engine.rows(
            f"SELECT levels FROM {candidates} WHERE record = {link['record']} AND person = {person}"
        )
        said = [review_words(link["reason"], lang)] if link["outcome"] == "review" else []
        return [*said, *candidate_words(maybe[0]["levels"] if maybe else "", self._model, lang)]

    def _open(self, stage: str, table: str) -> str:
        name = f"{stage.replace('-', '_')}_{table}"
        if name not in self._opened:
            self._engine.read(name, self._results.published(stage, table))
            self._opened.add(name)
        return name
