"""The facts of the registers as letters read them: one file in the case, taken from the office, each fact with a first and a last day.

Letters are checked and made without the office, and approvals are bound to their files. So facts come to them as a file too: what is
approved cannot change because somebody corrects a register, and what is corrected there can no longer be said once the file is taken
again, or when its last day is over.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils import translation

from helder.letters.load import OFFICE_FACTS
from helder.office.register import Fact, facts

FILE = Path("letters", OFFICE_FACTS)
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_KINDS = frozenset({"measure", "investigation", "number"})
_HEAD = "# Taken from the office by `helder facts`: change it there. Letters print a fact as {its_id}."


@dataclass(frozen=True)
class Taken:
    """What letters may cite: the file's text, ids in it, and names of what could not be taken (not an id, not the only one,
    or citing a number that is stale or unknown)."""

    text: str
    ids: list[str]
    left: list[str]
    facts: list[Fact]
    """Those whose ids these are."""


def last_day(until: str, day: dt.date) -> dt.date:
    """Until when a fact taken on `day` may be said: its own last day, at most the end of next month.

    A register can change after its facts were taken, so that none holds for long without being taken again; the end of a month, so
    that taking the same facts twice gives the same file, and no approval falls for nothing.
    """
    after_next = (day.replace(day=1) + dt.timedelta(days=62)).replace(day=1)
    most = after_next - dt.timedelta(days=1)
    return min(dt.date.fromisoformat(until), most) if until else most


def taken_now(day: dt.date) -> Taken:
    """The file of `day` by the registers as they are, the same whoever asks: evidence is told in one language."""
    with translation.override("en"):
        return taken(facts(), day)


def taken(facts: Iterable[Fact], day: dt.date) -> Taken:
    """The file of `day`, by id."""
    found = [(fact.id.replace("-", "_"), fact) for fact in facts if fact.kind in _KINDS]
    often = Counter(id for id, _ in found)
    fit = {id: fact for id, fact in found if _ID.fullmatch(id) and often[id] == 1 and not fact.problems}
    left = sorted({fact.id for id, fact in found if id not in fit})
    parts = [_HEAD, *(_part(id, fact, day) for id, fact in sorted(fit.items()))]
    return Taken("\n\n".join(parts) + "\n", sorted(fit), left, list(fit.values()))


def _part(id: str, fact: Fact, day: dt.date) -> str:
    value = ", ".join(f"{lang} = {_quoted(words)}" for lang, words in sorted(fact.said.items()))
    source = "/".join(map(str, fact.source))
    return "\n".join(
        (
            f"[{id}]",
            f'kind = "{fact.kind}"',
            f"value = {{ {value} }}",
            f"evidence = {_quoted(f'{fact.evidence} (office: {source})')}",
            *([f"valid_from = {fact.since}"] if fact.since else ()),
            f"valid_until = {last_day(fact.until, day).isoformat()}",
        )
    )


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's is one, but for the one character that only TOML refuses."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def behind(case: Path, day: dt.date) -> bool:
    """Whether letters cite facts as they were: the file is there, and taking it again would change it."""
    path = case / FILE
    return path.is_file() and path.read_text("utf-8") != taken_now(day).text


def put(case: Path, text: str) -> bool:
    """Write the file whole, for its user only; gives whether anything changed."""
    path = case / FILE
    if path.is_file() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    return True
