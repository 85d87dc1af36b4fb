"""A new case folder: a commented `case.toml` with what the files told, the folders, `.gitignore` and a README.

Nothing that exists is written over. What is not sure stands in comments; what must be changed says so.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from helder.case.notes import WHY
from helder.case.proposals import Proposal, Proposed
from helder.case.propose import OURS
from helder.case.words import ItemWords, plain, words_of
from helder.domain.errors import CaseError
from helder.domain.tables import SOURCE_TABLES

FOLDERS = ("sources", "letters", "decisions", "rounds")
IGNORED = ("work/", "sources/", "rounds/", "office.db")
_BARE = re.compile(r"[A-Za-z0-9_-]+$")
_README = """# A case of Helder

| what | for |
|---|---|
| `case.toml` | the incident: parties, data items, sources and how they are read, groups |
| `sources/` | files as received; never changed. Not under version control: keep them on encrypted storage |
| `decisions/` | what people decided: who, when, why |
| `letters/` | the letters of each round |
| `rounds/`, `work/`, `office.db` | made by Helder; not under version control |

Next:

1. Change every line of `case.toml` with CHANGE, and look at the lines that are comments.
2. `helder key new FILE`, outside this folder; then set `HELDER_KEY_FILE` to it.
3. `helder check .` tells what does not fit; `helder run .` computes.
"""
_TITLES = {"nl": "Nieuwe zaak", "en": "New case"}
_PARTY = "CHANGE if its values are not ids of parties: { column = …, values = { … } }; "
_HINTS = dict.fromkeys(("from_party", "to_party", "supplied_by", "owed_by", "issuer", "about", "party"), _PARTY) | {
    "items": "CHANGE if its values are not ids of items: { column = …, values = { … } }; "
}
_OPTIONS = ("encoding", "delimiter")
_CONSTANTS = {"from_party": "us", "to_party": "breached", "issuer": "breached", "party": "breached"}


@dataclass(frozen=True)
class Found:
    """A file that was looked at: how the case names it, its format, what was found out about it, what is proposed."""

    path: str
    format: str
    facts: Mapping[str, str]
    proposed: Proposed
    doubts: tuple[str, ...] = ()
    """What the file does not tell for sure, in words."""
    options: Mapping[str, str | int | bool] = field(default_factory=dict)
    """What had to be told to read it."""
    not_used: str = ""
    """Why it is no source, a key of `notes.WHY`; empty when it is one."""

    @property
    def name(self) -> str:
        """What it is called: a table by its own name, a sheet by the file's and its own, which is often Sheet1."""
        return name_of(self.path, self.options)


def name_of(path: str, options: Mapping[str, str | int | bool]) -> str:
    """What a file is called, or a part of it; see `Found.name`."""
    sheet = f" {options['sheet']}" if "sheet" in options else ""
    return str(options.get("table", f"{PurePath(path).stem}{sheet}"))


def scaffold(folder: Path, files: Sequence[Found], *, country: str = "nl", today: dt.date) -> list[Path]:
    """Make the case folder and give what was written.

    Raises `CaseError` when there is a `case.toml` already. Other files that exist stay as they are.
    """
    target = folder / "case.toml"
    if target.exists():
        raise CaseError(
            "There is a case here already; nothing was changed.", where=str(target), do="Name another folder."
        )
    written = []
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        texts = {
            ".gitignore": "".join(f"{line}\n" for line in IGNORED),
            "README.md": _README,
            "case.toml": case_toml(folder.resolve().name, files, country=country, today=today),
        }
        for name, text in texts.items():
            path = folder / name
            if not path.exists():
                with path.open("x", encoding="utf-8", newline="\n") as file:
                    file.write(text)
                written.append(path)
    except OSError as error:
        raise CaseError("The folder cannot be made.", where=str(folder), do=f"{type(error).__name__}.") from None
    return written


def case_toml(name: str, files: Sequence[Found], *, country: str, today: dt.date) -> str:
    """The text of a new `case.toml`; it loads as it is, with parties and dates that are to be changed."""
    used = [file for file in files if not file.not_used]
    lines = [
        *_head(_id(name, set()), country, today),
        *_scope(any(file.proposed.fills == "disclosures" for file in used)),
        *_items(used, country),
        *_sources(files, today),
        *_groups(),
    ]
    return "\n".join(lines) + "\n"


def _head(id: str, country: str, today: dt.date) -> Iterator[str]:
    day = today.isoformat()
    languages = _languages(country)
    title = ", ".join(f'{language} = "{_TITLES.get(language, _TITLES["en"])}"' for language in languages)
    yield from (
        "# A case of Helder. Everything it says comes from what stands here and from the sources named here.",
        "# Lines with CHANGE are made up and must be changed. 'helder check' tells whether all of it fits.",
        "",
        "[case]",
        f"id = {_text(id)}",
        f"title = {{ {title} }}  # CHANGE",
        f"country = {_text(country)}",
        f"languages = [{', '.join(_text(language) for language in languages)}]",
        "# retention_until = 2041-01-01  # the day after which nothing may be kept",
        "",
        "[[parties]]",
        'id = "us"',
        'name = "Our organisation"  # CHANGE',
        'role = "controller"',
        "own = true",
        "",
        "[[parties]]",
        'id = "breached"',
        'name = "The breached party"  # CHANGE',
        'role = "processor"',
        "breached = true",
        f"holding_from = {day}  # CHANGE: the first day it can have held data of ours",
        f"theft_from = {day}  # CHANGE: the first possible day of the theft",
        f"theft_until = {day}  # CHANGE: the last possible day",
        "",
    )


def _scope(logged: bool) -> Iterator[str]:
    """Those whose data were shared, where a file tells who they are."""
    yield from ("# Whom this case is about.", "[people_in_scope]")
    yield (
        'disclosed_to = "breached"'
        if logged
        else '# disclosed_to = "breached"  # everybody in the register, until a source tells who'
    )
    yield ""


def _languages(country: str) -> list[str]:
    """The country's own language when all items have labels in it, and English."""
    own = all(country in item.label for item in words_of(country).items.values())
    return [country, "en"] if own else ["en"]


def _items(files: Sequence[Found], country: str) -> Iterator[str]:
    """The data items that the files show, or the name when they show none."""
    fields = {one.field for file in files for one in file.proposed.sure}
    known = words_of(country).items
    shown = [id for id, item in known.items() if f"item:{id}" in fields or fields & set(item.fields)] or ["name"]
    yield "# The data items in play. A leaked row with a value in one of 'fields' shows that the item is in it."
    for id in shown:
        yield from (*_item(id, known[id], country), "")
    unsure = {one.field.removeprefix("item:") for file in files for one in file.proposed.unsure}
    for id in (id for id in known if id in unsure and id not in shown):  # of a column that is a comment below
        yield from (*(f"# {line}" for line in _item(id, known[id], country)), "")


def _item(id: str, item: ItemWords, country: str) -> Iterator[str]:
    label = ", ".join(f"{language} = {_text(item.label[language])}" for language in _languages(country))
    yield from (f"[items.{id}]", f"label = {{ {label} }}")
    yield f"fields = [{', '.join(_text(one) for one in item.fields)}]"
    yield f'category = "{item.category}"'


def _sources(files: Sequence[Found], today: dt.date) -> Iterator[str]:
    ids: set[str] = set()
    for file in files:
        id = _id(file.name, ids)
        ids.add(id)
        if not file.not_used:
            yield from (*_source(id, file, today), "")
            continue
        yield f"# Not used: {WHY[file.not_used][1]}. Take the signs away if it is a source after all."
        yield from (*(f"# {line}" for line in _source(id, file, today)), "")


def _source(id: str, file: Found, today: dt.date) -> Iterator[str]:
    fills = file.proposed.fills
    yield f"# {', '.join(f'{name}: {_text(str(value))}' for name, value in file.facts.items()) or 'no facts'}"
    yield from (f"# {doubt}" for doubt in file.doubts)
    yield from (f"[sources.{id}]", f'fills = "{fills}"  # because {_reasons(file.proposed.fills_reasons)}')
    yield from (f"path = {_text(file.path)}", f'format = "{file.format}"')
    yield f"received = {today.isoformat()}  # CHANGE: the day you received it"
    yield '# dates = "%d-%m-%Y"  # only when it cannot be told from the column'
    if file.options:
        yield f"options = {{ {_options(file.options)} }}  # so that it could be read: look whether it is right"
    if file.doubts:
        told = {**{name: file.facts[name] for name in _OPTIONS if name in file.facts}, **file.options}
        yield f"# options = {{ {_options(told)} }}  # what the file does not tell for sure: look, or ask the sender"
    if fills == "leaked":
        yield 'party = "breached"  # from whom it was stolen'
        yield 'read_as = "rows"  # "list" when it only names the people affected'
        yield '# supplied_by = "us"  # who had supplied these data; or a column, below'
    yield from (f"[sources.{id}.columns]", *_columns(file.proposed))


def _options(told: Mapping[str, str | int | bool]) -> str:
    return ", ".join(f"{name} = {_text(one) if isinstance(one, str) else one}" for name, one in told.items())


def _columns(proposed: Proposed) -> Iterator[str]:
    for one in proposed.sure:
        hint = _HINTS.get(one.field, "")
        yield f"{_setting(one)}  # {hint}{one.confidence:.2f}: {_reasons(one.reasons)}"
    taken = {one.field for one in proposed.sure}
    for column in SOURCE_TABLES[proposed.fills].columns:
        if column.name in _CONSTANTS and column.required and column.name not in taken:
            yield f'{column.name} = {{ value = "{_CONSTANTS[column.name]}" }}  # CHANGE: no column was found for it'
        elif column.required and proposed.fills != "leaked" and column.name not in {*taken, *OURS}:
            yield f'# {column.name} = "?"  # NEEDED: {column.meaning}'
    if proposed.unsure:
        yield "# Not sure; take the sign away where it is right:"
        for one in proposed.unsure:
            yield f"# {_setting(one)}  # {one.confidence:.2f}: {_reasons(one.reasons)}"
    if proposed.unused:
        leaked = proposed.fills == "leaked"
        yield "# Not used" + (". Each may be a data item that people must be told of:" if leaked else ":")
        for name in proposed.unused:
            yield f"# {_key('item:?')} = {_text(name)}" if leaked else f"# ? = {_text(name)}"


def _groups() -> Iterator[str]:
    yield from (
        "# Who gets the same letter. The first group whose condition holds takes the person.",
        "[[groups]]",
        'id = "everyone"',
        'label = { nl = "iedereen", en = "everyone" }',
        "",
        "# What a party stated, as it was received:",
        "# [[statements]]",
        '# id = "first_letter"',
        '# issuer = "breached"',
        '# about = "breached"',
        "# received = 2025-08-06",
        '# leaves = "…"  # which worlds it leaves; see docs/reference/case.md',
        '# words = "…"',
    )


def _setting(one: Proposal) -> str:
    if not one.values:
        return f"{_key(one.field)} = {_text(one.column)}"
    values = ", ".join(f"{_key(value)} = {_text(meant)}" for value, meant in one.values.items())
    return f"{_key(one.field)} = {{ column = {_text(one.column)}, values = {{ {values} }} }}"


def _reasons(reasons: Sequence[str]) -> str:
    return "; ".join(reasons)


def _key(text: str) -> str:
    return text if _BARE.match(text) else _text(text)


def _text(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _id(text: str, taken: set[str]) -> str:
    """A short name that is not taken."""
    base = plain(text).replace(" ", "_")[:30].strip("_")
    base = base if base[:1].isalpha() else f"s_{base}".strip("_")
    return next(name for name in (base, *(f"{base}_{n}" for n in range(2, 10_000))) if name not in taken)
