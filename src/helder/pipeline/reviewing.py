"""Rows under review, for the people who decide: what they see, what was decided, and what they give back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from helder.domain.errors import CaseError, DecisionError, SourceError
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.engines.store import Result, Store
from helder.engines.workbook import check_workbook
from helder.linkage.bound import Binder, Judged, fields_of, judge, people_fields
from helder.linkage.in_words import agreement_words, candidate_words, review_words
from helder.linkage.review_file import Candidate, Review
from helder.linkage.review_import import Merged, merge
from helder.linkage.review_reading import is_workbook, read_answers
from helder.linkage.reviews import Place, decisions_text, path_of, read_decisions
from helder.pipeline.inputs import hashes_of, put_leaked, put_people, the_register
from helder.results.open import Results


@dataclass
class Reviewing:
    """The reviews of the last run of a case, on an engine of their own."""

    results: Results
    keys: Keys
    engine: DuckEngine
    sources: Mapping[str, Result]

    @cached_property
    def judged(self) -> list[Judged]:
        """Every decision in the case, held against the rows and people of the last run."""
        case = self.results.case
        decisions = read_decisions(path_of(case.folder))
        return judge(self.engine, self.keys, decisions, case.source_ids, hashes_of(case, self.sources))

    def reviews(self, lang: str = "en") -> list[Review]:
        """Rows under review, in the order of the files, with their candidates, best first."""
        case = self.results.case
        rows = self.engine.rows(
            "SELECT t.*, l.reason AS doubt FROM leaked AS t JOIN links AS l ON l.record = t.record "
            "WHERE l.outcome = 'review' ORDER BY t.record"
        )
        model = self.results.facts("linkage")["model"]
        candidates = self._candidates(model, lang)
        binder, hashes = Binder(self.keys), hashes_of(case, self.sources)
        decided = {one.decision.place: one.decision for one in self.judged if not one.stale}
        found = []
        for row in rows:
            line: dict[str, Any] = dict(row)
            place = Place(case.source_ids[line["source"]], line["file"], line["row"])
            shown, fields = tuple(candidates[line["record"]]), fields_of(line)
            sha256 = hashes[place.source][place.file]
            key = binder.review(place, sha256, fields, ((one.keyed, one.fields) for one in shown))
            file = self.sources[place.source].facts["files"][place.file]["name"]
            why = review_words(line["doubt"], lang)
            found.append(Review(key, place, file, fields, why, line["source_received"], shown, decided.get(place)))
        return found

    def under_review(self) -> set[Place]:
        """The places of all rows under review."""
        rows = self.engine.arrow(
            "SELECT t.source, t.file, t.row FROM leaked AS t JOIN links AS l ON l.record = t.record "
            "WHERE l.outcome = 'review'"
        )
        ids = self.results.case.source_ids
        return {Place(ids[row["source"]], row["file"], row["row"]) for row in rows.to_pylist()}

    def _candidates(self, model: Mapping[str, Any], lang: str) -> dict[int, list[Candidate]]:
        rows = self.engine.rows(
            "SELECT c.record, c.person, c.weight, c.levels, p.person_id FROM candidates AS c "
            "JOIN links AS l ON l.record = c.record AND l.outcome = 'review' "
            "JOIN people AS p ON p.person = c.person ORDER BY c.record, c.rank"
        )
        fields = people_fields(self.engine, {int(str(row["person"])) for row in rows})
        words: dict[str, str] = {}
        found: dict[int, list[Candidate]] = defaultdict(list)
        for row in rows:
            line: dict[str, Any] = dict(row)
            levels = line["levels"]
            if levels not in words:
                words[levels] = "; ".join(candidate_words(levels, model, lang))
            agreement = agreement_words(line["weight"], lang) if levels else ""
            keyed = self.keys.keyed_id(line["person_id"])
            found[line["record"]].append(Candidate(keyed, fields[line["person"]], agreement, words[levels]))
        return found

    def merged(self, file: Path, today: dt.date) -> tuple[Merged, str]:
        """The decisions of a filled-in file merged with those of the case; and the text to write."""
        if is_workbook(file):
            try:
                check_workbook(file, file.name)
            except SourceError as error:
                raise DecisionError(error.what, where=error.where, do=error.do) from None
        done = merge(read_answers(file), self.reviews(), self.judged, today, file.name)
        return done, decisions_text(done.decisions)


@contextmanager
def reviewing(case: Path, keys: Keys, assessment: str = "current") -> Iterator[Reviewing]:
    """The reviews of the last run. Raises `CaseError` when there is none, or its tables are no longer there."""
    results = Results.open(case, assessment)
    store = Store(case / "work")
    ids = (the_register(results.case), *results.case.sources("leaked"))
    found = {id: store.find(f"source-{id}", results.record.key(f"source-{id}")) for id in ids}
    links = store.find("decided", results.record.key("decided"))
    sources = {id: result for id, result in found.items() if result is not None}
    if links is None or len(sources) < len(found):
        raise CaseError("A result of the last run is no longer there.", where=str(case), do=f"helder run {case}")
    engine = DuckEngine(keys)
    try:
        put_people(engine, results.case, sources)
        put_leaked(engine, results.case, sources)
        engine.read("links", links.tables["links"])
        engine.read("candidates", links.tables["candidates"])
        yield Reviewing(results, keys, engine, sources)
    finally:
        engine.close()
