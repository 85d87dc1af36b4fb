"""Numbers, taken from a published result when they are written down: nobody types a value."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from helder.domain.errors import CaseError
from helder.office.models import Entry
from helder.office.naming import in_use
from helder.office.words import later, say
from helder.results.query import Exactness, answer, opened, queries

EXACTNESS = {
    Exactness.EXACT: ("precies", "exact"),
    Exactness.AT_LEAST: ("ten minste", "at least"),
    Exactness.AT_MOST: ("ten hoogste", "at most"),
    Exactness.ESTIMATE: ("schatting", "estimate"),
}

UNITS = {"people": ("mensen", "people"), "records": ("records", "records")}


def _choices() -> list[tuple[str, str]]:
    results = opened(settings.HELDER_CASE)
    if results is None:
        return []
    return [(query.id, say(*query.words)) for query in queries(results).values()]


class Number(Entry):
    """One number. `value`, `as_of`, `exactness`, `unit` and `result` come from the query's answer."""

    whose = None
    name = models.SlugField(
        later("korte naam, om te citeren als [[naam]]", "short name, cited as [[name]]"), max_length=40
    )
    query = models.CharField(later("wat er geteld wordt", "what is counted"), max_length=120, choices=_choices)
    assessment = models.SlugField(later("beoordeling", "assessment"), max_length=40, default="current")
    value = models.BigIntegerField(later("getal", "number"), null=True, blank=True, editable=False)
    unit = models.CharField(later("eenheid", "unit"), max_length=8, blank=True, editable=False)
    exactness = models.CharField(later("hoe precies", "how exact"), max_length=8, blank=True, editable=False)
    as_of = models.DateField(later("peildatum", "as of"), null=True, blank=True, editable=False)
    result = models.CharField(later("uitkomst", "result"), max_length=64, blank=True, editable=False)

    @classmethod
    def taken(cls) -> list[models.Field[Any, Any]]:
        """What came from the query's answer."""
        return [cls._meta.get_field(name) for name in ("value", "unit", "exactness", "as_of", "result")]  # type: ignore[misc]

    def get_unit_display(self) -> str:
        """The unit in words."""
        return say(*UNITS.get(self.unit, ("", "")))

    def get_exactness_display(self) -> str:
        """How exact, in words."""
        return say(*EXACTNESS[Exactness(self.exactness)]) if self.exactness else ""

    def get_as_of_display(self) -> dt.date | str:
        """The as-of date; without one all evidence counts."""
        return self.as_of or say("alle bewijs", "all evidence")

    def clean(self) -> None:
        """Take the number now. Refused when there is no published result, no such query, or the name is in use."""
        if in_use(self):
            raise ValidationError({"name": say("Deze naam is al in gebruik.", "This name is in use.")})
        self._take()

    def _take(self) -> None:
        results = opened(settings.HELDER_CASE, self.assessment)
        if results is None:
            raise ValidationError(
                {
                    "assessment": say(
                        "Hiervan is geen uitkomst: geef 'helder run'.", "No result of this: run `helder run`."
                    )
                }
            )
        try:
            found, asked = answer(results, self.query), queries(results)[self.query]
        except CaseError:
            raise ValidationError({"query": say("Dit is niet te tellen.", "This cannot be counted.")}) from None
        self.value, self.as_of, self.result = found.value, found.as_of, found.result
        self.unit, self.exactness = asked.unit, asked.exactness

    def whole(self) -> dict[str, Any]:
        """What people filled in, and what was taken: the log's hash proves both."""
        as_of = self.as_of.isoformat() if isinstance(self.as_of, dt.date) else None
        taken = {"value": self.value, "as_of": as_of, "result": self.result, "exactness": self.exactness}
        return self.content() | taken
