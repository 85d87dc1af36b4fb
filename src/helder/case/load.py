"""Reading a case folder: `case.toml` and `decisions/*.toml`, with errors that name file, line of the table and cure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from helder.case.channels import Channel, FolderChannel, SftpChannel
from helder.case.check import cross_check
from helder.case.model import Assessment, CaseFile, Decisions, Item, Party, Round, Source
from helder.case.strays import Stray
from helder.case.toml_file import read_toml
from helder.domain.errors import CaseError


@dataclass(frozen=True)
class Case:
    """A case folder that has been read: the model, the decisions, and short cuts to what stages ask for most."""

    folder: Path
    file: CaseFile
    decisions: Decisions = field(default_factory=Decisions)
    strays: tuple[Stray, ...] = ()
    """Lines of the logs that are evidence about nobody: known once the sources were read."""
    not_yet: tuple[str, ...] = ()
    """Decisions dated after today, which do not count yet: what each is about, with its day."""

    @cached_property
    def items(self) -> dict[str, Item]:
        """Data items in play, in the order of case.toml."""
        return dict(self.file.items)

    @cached_property
    def parties(self) -> dict[str, Party]:
        """All parties by id."""
        return {party.id: party for party in self.file.parties}

    @cached_property
    def breached(self) -> tuple[Party, ...]:
        """The breached parties, in the order of case.toml."""
        return tuple(party for party in self.file.parties if party.breached)

    @cached_property
    def own(self) -> Party:
        """The organisation whose case this is."""
        return next(party for party in self.file.parties if party.own)

    @cached_property
    def source_ids(self) -> tuple[str, ...]:
        """Ids of the sources; a source's position here is its number in the tables."""
        return tuple(self.file.sources)

    def sources(self, fills: str) -> dict[str, Source]:
        """The sources that fill one table."""
        return {id: source for id, source in self.file.sources.items() if source.fills == fills}

    @cached_property
    def datasets(self) -> dict[str, Source]:
        """Leaked datasets by dataset id."""
        return {source.dataset or id: source for id, source in self.sources("leaked").items()}

    def carrier(self, carries: str) -> tuple[str, Channel] | None:
        """The channel that carries letters of this kind, with its id."""
        return next(((id, one) for id, one in self.file.channels.items() if one.carries == carries), None)

    @property
    def prints(self) -> bool:
        """Whether letters by post go in print files: unless their channel takes them one by one."""
        found = self.carrier("post")
        return found is None or isinstance(found[1], SftpChannel | FolderChannel)

    def assessment(self, name: str) -> Assessment:
        """An assessment by name; `current` exists always."""
        if name in self.file.assessments:
            return self.file.assessments[name]
        if name == "current":
            return Assessment()
        raise CaseError(
            f"There is no assessment '{name}'.",
            where="case.toml [assessments]",
            do="Known: " + ", ".join(sorted({*self.file.assessments, "current"})) + ".",
        )

    def round(self, name: str) -> Round:
        """A round by id. Raises `CaseError` when there is none."""
        for found in self.file.rounds:
            if found.id == name:
                return found
        known = ", ".join(found.id for found in self.file.rounds)
        raise CaseError(
            f"There is no round '{name}'.",
            where="case.toml [[rounds]]",
            do=f"Known: {known}." if known else "Add it to case.toml.",
        )


def _decisions(folder: Path) -> Decisions:
    """What all files of decisions say together."""
    merged: dict[str, list[Any]] = {}
    read = [(path, read_toml(path)) for path in sorted(folder.glob("*.toml"))]
    for path, said in read:
        try:
            Decisions.model_validate(said)
        except ValidationError as error:
            raise _explain(error, path) from None
        for key, rows in said.items():
            merged.setdefault(key, []).extend(rows)
    return Decisions.model_validate(merged)


def _explain(error: ValidationError, path: Path) -> CaseError:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    more = error.error_count() - 1
    return CaseError(
        f"{first['msg']}." + (f" ({more} more after this one.)" if more else ""),
        where=f"{path}: {place}",
        do="See docs/reference/case.md, or 'helder schema' for an editor that checks while you type.",
    )


def case_around(file: Path) -> Path | None:
    """The case folder in which a file lies, at any depth."""
    return next((folder for folder in file.absolute().parents if (folder / "case.toml").is_file()), None)


def load_case(folder: Path) -> Case:
    """Read and check the case in `folder`.

    Raises `CaseError` with the first thing that is wrong. Nothing outside `case.toml` and `decisions/` is opened.
    """
    path = folder / "case.toml"
    raw = read_toml(path)
    try:
        file = CaseFile.model_validate(raw)
    except ValidationError as error:
        raise _explain(error, path) from None
    decisions = _decisions(folder / "decisions")
    stated_later = any(source.fills in ("statements", "deletions") for source in file.sources.values())
    cross_check(file, decisions, path, stated_later=stated_later)
    today = dt.date.today()
    return Case(folder, file, decisions.until(today), not_yet=decisions.after(today))
