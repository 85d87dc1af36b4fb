"""What the plain-language check answers: measures with their limits, and what to mend, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Level = Literal["stop", "hint"]


@dataclass(frozen=True)
class Measure:
    """One figure of a text. `highest` is the hard limit; `aim` and `lowest` are what to strive for. None where there is none.

    Units by name: `mean_words` words a sentence, `longest` words, `passives` per 100 finite verbs, `rare_words` a count,
    the others points of their own scale (`flesch_douma` is the only one where more is easier).
    """

    name: str
    value: float | None
    highest: float | None = None
    aim: float | None = None
    lowest: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the hard limit is kept."""
        return self.value is None or self.highest is None or self.value <= self.highest


@dataclass(frozen=True)
class Finding:
    """What makes one sentence hard: a reason by name (`explain.REASONS` words it), and the words that it lies in."""

    level: Level
    reason: str
    sentence: str
    place: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextReport:
    """One document. `unmeasured` names measures that could not be taken here, with why."""

    letter: str
    language: str
    digest: str
    measures: tuple[Measure, ...] = ()
    findings: tuple[Finding, ...] = ()
    unmeasured: Mapping[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether all hard limits that were measured are kept."""
        return all(measure.holds for measure in self.measures) and all(one.level == "hint" for one in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """The report for JSON."""
        measures = {one.name: {**asdict(one), "holds": one.holds} for one in self.measures}
        for one in measures.values():
            del one["name"]
        return {**asdict(self), "measures": measures, "unmeasured": dict(self.unmeasured), "holds": self.holds}


@dataclass(frozen=True)
class Report:
    """All documents, in the order given."""

    texts: tuple[TextReport, ...]

    @property
    def holds(self) -> bool:
        """Whether every document keeps every hard limit that was measured."""
        return all(text.holds for text in self.texts)

    @property
    def complete(self) -> bool:
        """Whether everything was measured."""
        return not any(text.unmeasured for text in self.texts)

    def stops(self) -> Iterator[tuple[TextReport, Measure | Finding]]:
        """What breaks a hard limit, document by document."""
        for text in self.texts:
            yield from ((text, measure) for measure in text.measures if not measure.holds)
            yield from ((text, finding) for finding in text.findings if finding.level == "stop")

    def worst(self) -> dict[tuple[str, str], Measure]:
        """By language and measure, its highest value over all documents; of `flesch_douma`, where more is easier, the lowest."""
        found: dict[tuple[str, str], Measure] = {}
        for text in self.texts:
            for one in text.measures:
                known = found.get((text.language, one.name))
                sign = -1 if one.name == "flesch_douma" else 1
                if known is None or (one.value is not None and sign * one.value > sign * (known.value or 0)):
                    found[text.language, one.name] = one
        return found

    def as_dict(self) -> dict[str, Any]:
        """The report for JSON."""
        return {"holds": self.holds, "complete": self.complete, "texts": [text.as_dict() for text in self.texts]}
