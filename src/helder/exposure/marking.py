"""Which marks a class of evidence sets, under one assessment of a case.

Here stands what counts as evidence and since when: as-of, the last possible moment of theft, which links are read,
whether a dataset is read as rows or as a list, and which disclosures an exclusion does not cover.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from helder.case.load import Case
from helder.case.model import Assessment, Scope
from helder.exposure.evidence import CLASS_COLUMNS, DAYS, NO_DATE, EvidenceClass
from helder.exposure.marks import Mark
from helder.exposure.numbers import Numbers, alike
from helder.exposure.statements import known

_DAY = dt.timedelta(days=1)
_Coverage = tuple[str, str, tuple[str, ...], str, dt.date | None]


class Marking:
    """The marks of evidence classes for one case and assessment."""

    def __init__(self, case: Case, assessment: Assessment) -> None:
        self.case = case
        self.assessment = assessment
        self.as_of = assessment.as_of
        self.breached = {party.id: party for party in case.breached}
        self._covers = self._coverages()
        self._days = self._days_that_matter()
        self._done: dict[tuple[object, ...], frozenset[Mark]] = {}
        self.day_like = cache(self._alike)
        scopes = case.file.scopes.items()
        self._over = {
            over: [(id, scope) for id, scope in scopes if scope.over == over]
            for over in ("people", "disclosures", "links")
        }

    def _coverages(self) -> list[_Coverage]:
        """(exclusion id, party, items, coverage, last day covered) of every exclusion that may leave values out."""
        deletions = [(d.id, d.party, tuple(d.items), d.copies, d.deleted) for d in self.case.file.deletions]
        statements: list[_Coverage] = [
            (s.id, s.about, tuple(s.items), s.covers, None) for s in self.case.file.statements if s.covers != "all"
        ]
        return [*deletions, *statements]

    def _days_that_matter(self) -> list[dt.date]:
        """Every date that a line's own date is compared with."""
        scopes = self.case.file.scopes.values()
        days = [self.as_of, *(party.theft_until for party in self.case.breached)]
        days += [day for scope in scopes for day in (scope.sent_from, scope.sent_until)]
        days += [deletion.deleted for deletion in self.case.file.deletions]
        return sorted({day for day in days if day is not None})

    def _alike(self, day: dt.date | None) -> dt.date | None:
        """A date that compares in the same way with every date that matters: few stand for thousands (`day_like`)."""
        if day is None or day == NO_DATE:
            return None
        if not self._days or day in self._days:
            return day
        later = bisect_left(self._days, day)
        return self._days[later - 1] + _DAY if later else self._days[0] - _DAY

    def marks(self, evidence: EvidenceClass) -> frozenset[Mark]:
        """The marks that evidence of this class sets; none when it is not known as of the assessment."""
        return self.marks_of([getattr(evidence, name) for name in CLASS_COLUMNS])

    def marks_of(self, fields: Sequence[Any]) -> frozenset[Mark]:
        """The marks of the class with these fields, in the order of CLASS_COLUMNS; years 1 are no dates."""
        alike: tuple[Any, ...] = tuple(
            self.day_like(value) if name in DAYS else value for name, value in zip(CLASS_COLUMNS, fields, strict=True)
        )
        if alike not in self._done:
            self._done[alike] = self._marks(EvidenceClass(*alike))
        return self._done[alike]

    def _marks(self, evidence: EvidenceClass) -> frozenset[Mark]:
        if evidence.received is not None and not known(evidence.received, self.as_of):
            return frozenset()
        if evidence.until is not None and known(evidence.until, self.as_of):
            return frozenset()
        if evidence.kind == "register":
            return frozenset(self._scopes("people", evidence))
        if evidence.kind == "disclosure":
            return frozenset(self._disclosure(evidence))
        return frozenset(self._link(evidence))

    def _disclosure(self, evidence: EvidenceClass) -> Iterator[Mark]:
        yield from self._scopes("disclosures", evidence)
        party = self.breached.get(evidence.party)
        if party is None or evidence.day is None or party.theft_until is None:
            return
        if evidence.day > party.theft_until:  # sent after the last possible moment of theft
            return
        ours = evidence.from_party in ("", self.case.own.id)
        if ours:
            yield Mark("to", party.id)
        for item in evidence.item_ids:
            yield Mark("disclosed" if ours else "supplied", party.id, item)
            if ours:
                yield from self._uncovered(evidence, item)

    def _uncovered(self, evidence: EvidenceClass, item: str) -> Iterator[Mark]:
        for exclusion, party, items, coverage, last in self._covers:
            if party != evidence.party or item not in items:
                continue
            # The order within one day is not known, so a line of the day itself is not covered.
            late = last is not None and evidence.day is not None and evidence.day >= last
            if late or (coverage != "all" and not self._fits(self.case.file.scopes[coverage], evidence)):
                yield Mark("uncovered", exclusion, item)

    def _link(self, evidence: EvidenceClass) -> Iterator[Mark]:
        if evidence.outcome == "review":
            if self.assessment.links == "all":
                yield Mark("review", evidence.dataset)
            return
        if evidence.outcome != "accepted":
            return
        if self.assessment.links == "exact" and evidence.method != "exact":
            return
        yield Mark("found", evidence.dataset)
        yield from self._scopes("links", evidence)
        source = self.case.datasets[evidence.dataset]
        if source.read_as == "list" or self.assessment.datasets == "list":
            return
        posted = "posted" if evidence.day is not None and known(evidence.day, self.as_of) else ""
        supplier = "" if not evidence.supplied_by else "own" if evidence.supplied_by == self.case.own.id else "other"
        for item in evidence.item_ids:
            yield Mark("row", evidence.dataset, item, supplier, posted)

    def _scopes(self, over: str, evidence: EvidenceClass) -> Iterator[Mark]:
        for id, scope in self._over[over]:
            if self._fits(scope, evidence):
                yield Mark("scope", id)

    @staticmethod
    def _fits(scope: Scope, evidence: EvidenceClass) -> bool:
        """Whether evidence of this class fits all that a scope sets."""
        day, items = evidence.day, set(evidence.item_ids)
        tests = (
            (scope.party, lambda v: evidence.party == v),
            (scope.items, lambda v: bool(items & set(v))),
            (scope.sent_from, lambda v: day is not None and day >= v),
            (scope.sent_until, lambda v: day is not None and day <= v),
            (scope.purposes, lambda v: evidence.purpose in v),
            (scope.born_from, lambda v: evidence.born >= v),
            (scope.born_until, lambda v: 0 < evidence.born <= v),
            (scope.abroad, lambda v: evidence.abroad is v),
            (scope.deceased, lambda v: evidence.deceased is v),
            (scope.found_in, lambda v: evidence.dataset in v),
        )
        return all(test(value) for value, test in tests if value is not None)


def distinct_classes(classes: pa.Table, marking: Marking) -> tuple[list[tuple[Any, ...]], Numbers]:
    """Fields of the classes that differ once dates that compare alike are one; and which of them each class is.

    Thousands of classes become a few hundred. They are told apart column by column, never row by row.
    """
    columns = []
    for name in CLASS_COLUMNS:
        column = classes[name].combine_chunks().dictionary_encode()
        values = [marking.day_like(value) if name in DAYS else value for value in column.dictionary.to_pylist()]
        place = {value: number for number, value in enumerate(dict.fromkeys(values))}
        columns.append(np.array([place[value] for value in values], np.int64)[column.indices.to_numpy()])
    which, first = alike(columns)
    some = classes.take(pa.array(first)).select(CLASS_COLUMNS)
    return list(zip(*(column.to_pylist() for column in some.columns), strict=True)), which
