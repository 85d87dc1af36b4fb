"""The page of the office's registers, from their models and roles: what each holds, and who may do what."""

from __future__ import annotations

import os
from typing import Any

HEAD = """# Registers of the office

Every register has its page in the office (`/timeline/`), a file out and in (`/timeline/export.csv`, `.xlsx`, `.json`; `/timeline/import/`), and the API
(`/api/v1/timeline`; [all addresses](api.md); described in full at `/api/v1/openapi.json`), by the same rules: what the page refuses, file and API refuse too.

**Files.** One row an entry, its columns those below, with `entry` and `version` in front. A row with a known `entry` is a correction, and is refused when somebody
made a newer `version`; a row without one is added. One wrong row and nothing is saved. CSV is UTF-8, and holds nothing that a spreadsheet would run.

**API.** `GET /api/v1/REGISTER?page=1` (100 a page), `POST …/search` with `words` in the body, `GET …/ENTRY`, `POST` to add, `PUT …/ENTRY` to correct, with `seen` (the version that was looked at: 409
when there is a newer one) and `why`, `POST …/ENTRY/withdraw` with the same two, `GET …/ENTRY/versions` for all that it ever said. `Authorization: Bearer helder_…`: a token from `/tokens/` with scopes such as `timeline:read`, never more than its maker may. A token may ask 600 times in a minute of the clock; more is answered with 429, and `Retry-After` says for how many seconds.

An entry is never written over: each correction is a version with its author, time and reason, and a line in the [audit log](audit-log.md).
"""
_TYPES = {
    "DateField": "date", "DateTimeField": "date and time", "TimeField": "time", "BooleanField": "true or false", "PositiveIntegerField": "number",
    "BigIntegerField": "number", "IntegerField": "number", "DecimalField": "number", "SlugField": "short name", "TextField": "text", "CharField": "text",
}  # fmt: skip
_MOST = 15
_VERBS = ("read", "add", "correct", "fill", "import", "export", "decide", "approve")

_OWN = """
A supplier contact sees and does this for their own party alone, and has no tokens for the API
([invite a supplier's contact](../how-to/invite-a-supplier.md)). *Fill* is answering a questionnaire's questions.
"""


def registers_page(rows: Any) -> str:
    """The page; `rows` writes a table. Sets Django up for a case of nothing."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "typed"
    import django

    django.setup()
    from django.utils import translation

    from helder.office.register import registers

    with translation.override("en"):
        parts = [HEAD, "\n## Who may do what\n\n", rows(("register", *_VERBS), *_allowed()), _OWN]
        for register in registers().values():
            parts += [f"\n## {register.id}\n\n**{register.name}** (*{register.names[0]}*). {register.about}\n\n"]
            parts += [rows(("column", "type", "required", "what"), *map(_column, register.model.fields()))]
    return "".join(parts)


def _allowed() -> list[tuple[str, ...]]:
    """For each register the roles by verb."""
    from helder.office.register import registers
    from helder.office.roles import roles

    return [
        (
            f"`{id}`",
            *(
                ", ".join(role.names["en"].split(" (")[0] for role in roles().values() if verb in role.verbs(id))
                for verb in _VERBS
            ),
        )
        for id in registers()
    ]


def _column(field: Any) -> tuple[str, str, str, str]:
    choices = [f"`{value}` {words}" for value, words in field.flatchoices]
    kind = _TYPES[field.get_internal_type()]
    if choices:
        kind = "; ".join(choices) if len(choices) <= _MOST else f"one of {len(choices)}: see the form"
    what = f"{field.verbose_name}. {field.help_text}" if field.help_text else str(field.verbose_name)
    return f"`{field.name}`", kind, "" if field.blank else "yes", what
