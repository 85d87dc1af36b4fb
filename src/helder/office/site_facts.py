"""The facts for a website: what is known, what was done, what is being investigated, as JSON and as a part of a page in each language.

They are those that letters cite, taken in the same moment, so that site and letters say the same.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from helder.domain.errors import StorageError
from helder.office.letter_facts import last_day
from helder.office.register import Fact
from helder.office.words import say

LANGUAGES = ("nl", "en")
SECTIONS = {
    "number": ("Wat wij weten", "What we know"),
    "measure": ("Wat er gedaan is", "What was done"),
    "investigation": ("Wat nog onderzocht wordt", "What is still being investigated"),
}
_DATA = "facts.json"


@dataclass(frozen=True)
class Site:
    """What was written: names of the files, and ids that the files of before said and that may be said no more."""

    files: list[str]
    gone: list[str]


def put(folder: Path, facts: Iterable[Fact], day: dt.date) -> Site:
    """Write the facts of `day`, each file whole. Raises `StorageError` when that cannot be."""
    rows = [_row(fact, day) for fact in sorted(facts, key=lambda fact: (list(SECTIONS).index(fact.kind), fact.id))]
    document = json.dumps({"day": day.isoformat(), "facts": rows}, ensure_ascii=False, indent=1) + "\n"
    texts = {_DATA: document} | {f"facts.{lang}.html": _part(lang, rows, day) for lang in LANGUAGES}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        gone = sorted(_said(folder / _DATA) - {row["id"] for row in rows})
        for name, text in texts.items():
            draft = folder / f"{name}.draft"
            draft.write_text(text, encoding="utf-8")
            draft.replace(folder / name)
    except OSError as error:
        raise StorageError(
            "The facts for the website cannot be written.", where=str(folder), do="Name a folder that you may write in."
        ) from error
    return Site(list(texts), gone)


def _said(path: Path) -> set[str]:
    """Ids in the file of before; none when there is none that can be read."""
    try:
        return {str(row["id"]) for row in json.loads(path.read_text("utf-8"))["facts"]}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return set()


def _row(fact: Fact, day: dt.date) -> dict[str, Any]:
    words = {lang: _line(fact, lang) for lang in LANGUAGES}
    until = last_day(fact.until, day).isoformat()
    return {"id": fact.id, "kind": fact.kind, "words": words, "since": fact.since, "until": until}


def _line(fact: Fact, lang: str) -> str:
    about = fact.about.get(lang, "")
    return f"{about[:1].upper()}{about[1:]}: {fact.words[lang]}" if about else fact.words[lang]


def _part(lang: str, rows: Sequence[dict[str, Any]], day: dt.date) -> str:
    """A part of a page: a section of headings and lists, without style or script; each item says until when it holds."""
    with translation.override(lang):
        lines = [f'<section class="helder-facts" lang="{lang}">']
        for kind, names in SECTIONS.items():
            if found := [row for row in rows if row["kind"] == kind]:
                lines += [f"<h2>{escape(say(*names))}</h2>", "<ul>"]
                lines += [f'<li data-until="{row["until"]}">{escape(row["words"][lang])}</li>' for row in found]
                lines += ["</ul>"]
        if not rows:
            lines.append(f"<p>{say('Er is nu niets te melden.', 'There is nothing to tell now.')}</p>")
        told = f'<time datetime="{day.isoformat()}">{date_format(day, "j F Y")}</time>'
        lines += [f"<p>{say('Stand van', 'As of')} {told}.</p>", "</section>"]
    return "\n".join(lines) + "\n"
