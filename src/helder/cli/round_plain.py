"""Plain language in `helder round check`: the worst of all documents, and what stops the round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helder.cli.plain import NAMES
from helder.cli.say import Say
from helder.cli.tables import table

if TYPE_CHECKING:
    from rich.console import Console

    from helder.letters.plain import Report


def in_short(report: Report, say: Say) -> dict[str, Any]:
    """Whether all documents hold, the worst of each measure by language, and each thing to mend once."""
    worst: dict[str, dict[str, Any]] = {}
    for (language, name), one in report.worst().items():
        worst.setdefault(language, {})[name] = {"value": one.value, "highest": one.highest, "aim": one.aim}
    return {"holds": report.holds, "complete": report.complete, "worst": worst, "stops": _stops(report, say)}


def _stops(report: Report, say: Say) -> list[dict[str, Any]]:
    from helder.letters.plain.explain import REASONS

    stops: dict[tuple[str, str, str], dict[str, Any]] = {}
    for text in report.texts:
        about = {"letter": text.letter, "language": text.language}
        for measure in text.measures:
            if not measure.holds:
                said = {**about, "reason": measure.name, "sentence": "", "words": [], "say": say(*NAMES[measure.name])}
                stops.setdefault((text.letter, text.language, measure.name), said)
        for one in text.findings:
            if one.level == "stop":
                words = {"sentence": one.sentence, "words": list(one.words), "say": say(*REASONS[one.reason])}
                stops.setdefault((text.letter, text.language, one.sentence), {**about, "reason": one.reason, **words})
    return list(stops.values())


def render(console: Console, plain: dict[str, Any], say: Say) -> None:
    """The worst of each measure, and what to mend."""
    rows = [
        (language, say(*NAMES[name]), _number(one["value"], say), _number(one["highest"], say))
        for language, measures in plain["worst"].items()
        for name, one in measures.items()
    ]
    title = say("Begrijpelijk: de moeilijkste van alle documenten", "Plain language: the hardest of all documents")
    head = (say("Taal", "Language"), "", say("Gemeten", "Measured"), say("Hoogstens", "At most"))
    table(console, title, head, rows, right=(2, 3))
    mend = [
        (one["letter"], one["language"], one["sentence"], " ".join([one["say"], *one["words"]]))
        for one in plain["stops"]
    ]
    head = (say("Brief", "Letter"), say("Taal", "Language"), say("Zin", "Sentence"), say("Wat", "What"))
    table(console, say("Te moeilijk", "Too hard"), head, mend)


def _number(value: float | None, say: Say) -> str:
    return "" if value is None else f"{value:g}".replace(".", say(",", "."))
