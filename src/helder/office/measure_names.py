"""Names of measures in other registers' entries: what was learned or will be done is a measure that is there, and leads to it."""

from __future__ import annotations

import re
from typing import cast

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from helder.office.models import Entry
from helder.office.register import registers
from helder.office.words import say


def names(text: str) -> list[str]:
    """The names in a text, parted by commas or spaces, once each and in order."""
    return list(dict.fromkeys(filter(None, re.split(r"[\s,;]+", text))))


def _known(wanted: list[str]) -> dict[str, Entry]:
    measures = registers()["measures"].model._default_manager.filter(current=True, withdrawn=False)
    return {cast(str, one.name): one for one in measures.filter(**{"name__in": wanted})} if wanted else {}  # type: ignore[attr-defined]


def unknown(text: str) -> str:
    """What is wrong with names of measures that are not there, in words; empty when all are."""
    wanted = names(text)
    known = _known(wanted)
    missing = [name for name in wanted if name not in known]
    return (
        say("Deze maatregelen staan er niet: ", "There are no such measures: ") + ", ".join(missing) if missing else ""
    )


def told(text: str) -> list[tuple[str, str]]:
    """Each measure that a text names: its name, and what it is, in the language of the reader; empty when it is not there."""
    wanted = names(text)
    known = _known(wanted)
    return [(name, str(known[name].words) if name in known else "") for name in wanted]  # type: ignore[attr-defined]


def links(text: str) -> SafeString:
    """The names, each leading to its measure and saying what it is; one that is no longer there stays a word."""
    wanted = names(text)
    known = _known(wanted)
    return format_html_join("", "{}", ((_link(name, known.get(name)),) for name in wanted))


def _link(name: str, measure: Entry | None) -> SafeString:
    if measure is None:
        return format_html("<div>{}</div>", name)
    address = reverse("entry", args=["measures", measure.entry])
    return format_html('<div><a class="nl-link" href="{}">{}</a>: {}</div>', address, name, measure.words)  # type: ignore[attr-defined]
