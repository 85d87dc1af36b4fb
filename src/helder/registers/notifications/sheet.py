"""The sheet to copy from into an authority's web form: in that form's order where it is known, else in the template's.

The Dutch authority's form: its ten headings as two organisations copied them into forms of their own (the Dutch judiciary
among them), word for word the same. The form itself asks for a log-in and was not seen; which of our fields stands below
which heading is our reading of the headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from helder.office.words import say

Rows = Sequence[Mapping[str, Any]]
Section = tuple[str, str, tuple[int, ...]]

WEB_FORMS: dict[str, tuple[Section, ...]] = {
    "nl": (
        ("0. Over deze melding", "0. About this notification", (3, 4, 5, 6, 7)),
        ("1. Contactgegevens en overige algemene informatie", "1. Contact details and other general information",
         (12, 10, 11, 13, 14, 17, 18, 21, 23, 22, 29, 30, 31, 33, 34, 36, 38, 39, 40, 41)),
        ("2. Tijdlijn", "2. Timeline", (44, 46, 47, 48, 49, 50, 51, 52, 53)),
        ("3. Gegevens over het datalek", "3. Details of the breach", (55, 56, 60, 61, 62, 63)),
        ("4. Persoonsgegevens die betrokken zijn bij het datalek", "4. Personal data involved", (70, 71, 73)),
        ("5. De groep mensen van wie persoonsgegevens betrokken zijn", "5. The people whose data are involved",
         (65, 66, 68)),
        ("6. Maatregelen die zijn getroffen voordat het datalek plaatsvond", "6. Measures taken before the breach",
         (57, 76)),
        ("7. Gevolgen van het datalek", "7. Consequences of the breach", (79, 85, 87, 89, 90)),
        ("8. Vervolgacties: betrokkenen, maatregelen, internationaal", "8. Follow-up: people, measures, other countries",
         (97, 98, 99, 101, 102, 103, 104, 106, 92, 95, 110, 111, 113, 114, 116)),
        ("9. Overig", "9. Other", (109, 126)),
    ),
}  # fmt: skip
"""By country: headings in Dutch and English, and the fields of the template below each, in order."""


def sections(rows: Rows, country: str, name: Any) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """The rows below their headings; `name` names a section of the template, for a country whose form is not known."""
    form = WEB_FORMS.get(country)
    if form is None:
        yield from ((name(id), list(group)) for id, group in groupby(rows, key=lambda row: row["section"]))
        return
    by_field = {row["field"]: row for row in rows}
    for nl, en, fields in form:
        if found := [by_field[number] for number in fields if number in by_field]:
            yield say(nl, en), found
