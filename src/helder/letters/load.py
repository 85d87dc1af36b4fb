"""Reading the letters of a round: each letter with the libraries it draws on, every name checked.

What stands nearer wins: the letter's own folder over the case's `letters/library/`, that over the library that comes
with Helder. Files whose name is a language hold texts, `approved.toml` approvals, all others selections, blocks
and sentences.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from helder.case.load import Case
from helder.case.part import Language
from helder.case.toml_file import read_toml
from helder.domain.errors import CaseError
from helder.letters.advice import Advice, advice_parts, read_advice
from helder.letters.claims import ITEM_PREDICATES, LIST, PERSON, Claim, parse
from helder.letters.model import Approval, Block, Fact, LetterFile, Parts, RareWord, Section, Selection, Sentence, Texts
from helder.letters.plain.check import LANGUAGES as MEASURED
from helder.letters.plain.rarity import Approved, Own

OFFICE_FACTS = "office.toml"
"""What `helder facts` takes from the office's registers."""
TRANSLATIONS = "translations.toml"
"""The office's facts in languages that it does not have, each beside the words that it translates."""
_LANGUAGE = re.compile(r"[a-z]{2}\.toml")
_FACTS = TypeAdapter(dict[str, Fact])
_WORDS = TypeAdapter(dict[str, dict[Language, str]])
_RARE = TypeAdapter(dict[str, dict[str, RareWord]])
_Model = TypeVar("_Model", bound=BaseModel)


class _Approved(BaseModel):
    """`approved.toml` as a whole."""

    approvals: list[Approval] = []


@dataclass(frozen=True)
class Letter:
    """A letter with everything it draws on; blocks that no section names are left out."""

    id: str
    file: LetterFile
    party: str
    selections: Mapping[str, Selection]
    blocks: Mapping[str, Block]
    sentences: Mapping[str, Sentence]
    texts: Mapping[str, Texts]
    facts: Mapping[str, Fact]
    approvals: tuple[Approval, ...]
    advice: Advice

    @property
    def sections(self) -> list[Section]:
        """The sections in order."""
        return self.file.sections

    @property
    def languages(self) -> list[str]:
        """The languages that the letter promises."""
        return list(self.file.letter.languages)

    def order(self) -> list[str]:
        """Ids of the blocks as they stand."""
        return [block for section in self.sections for block in section.blocks]

    def claims(self, block: str) -> tuple[Claim, ...]:
        """The claims of a block's sentences, each once, in order."""
        found = {claim: None for id in self.blocks[block].says for claim in map(parse, self.sentences[id].claims)}
        return tuple(found)

    def party_of(self, block: str) -> str:
        """The breached party that a block speaks of."""
        return self.blocks[block].party or self.party


def shipped_digest() -> str:
    """SHA-256 of the texts that come with Helder: an update may change them, and with them every letter."""
    texts = [
        path.read_bytes()
        for name in ("library", "advice", "languages")
        for path in sorted((files("helder.letters") / name).iterdir(), key=lambda path: path.name)
        if path.name.endswith(".toml")
    ]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()


def letter_folders(case: Path, round: str) -> dict[str, Path]:
    """The letters of a round by id. Raises `CaseError` when there is none."""
    found = {path.parent.name: path.parent for path in sorted((case / "letters" / round).glob("*/letter.toml"))}
    if not found:
        raise CaseError(
            f"Round '{round}' has no letters.",
            where=str(case / "letters" / round),
            do="Make a folder there for each letter, with a letter.toml and a text for each language.",
        )
    return found


def load_letters(case: Case, round: str) -> dict[str, Letter]:
    """All letters of a round, by id. Raises `CaseError` with the first thing that is wrong."""
    folders = letter_folders(case.folder, round)
    shared = [_library(files("helder.letters") / "library"), _library(case.folder / "letters" / "library")]
    facts = _all_facts(case.folder / "letters")
    advice = read_advice()
    return {id: _letter(case, folder, shared, facts, advice) for id, folder in folders.items()}


@dataclass(frozen=True)
class _Library:
    parts: list[Parts]
    texts: dict[str, Texts]
    approvals: list[Approval]


def _library(folder: Path | Traversable) -> _Library:
    parts, texts, approvals = [], {}, []
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".toml")) if folder.is_dir() else []
    for name in names:
        if name == "approved.toml":
            approvals = _read(folder / name, _Approved).approvals
        elif _LANGUAGE.fullmatch(name):
            texts[name[:2]] = _read(folder / name, Texts)
        elif name != "letter.toml":
            parts.append(_read(folder / name, Parts))
    return _Library(parts, texts, approvals)


def _letter(case: Case, folder: Path, shared: list[_Library], facts: Mapping[str, Fact], advice: Advice) -> Letter:
    file = _read(folder / "letter.toml", LetterFile)
    own = _library(folder)
    given, said = advice_parts(advice)
    parts = [given, *(part for library in [*shared, own] for part in library.parts), file]
    texts = [said, *(library.texts for library in [*shared, own])]
    blocks = _over(part.blocks for part in parts)
    used = {block for section in file.sections for block in section.blocks}
    letter = Letter(
        folder.name,
        file,
        file.letter.party or case.breached[0].id,
        _over(part.selections for part in parts),
        {id: block for id, block in blocks.items() if id in used},
        _over(part.sentences for part in parts),
        {language: _texts([text[language] for text in texts if language in text]) for language in _named(texts)},
        facts,
        tuple(approval for library in [*shared, own] for approval in library.approvals),
        advice,
    )
    _check_names(case, letter, folder / "letter.toml")
    return letter


def _over(tables: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """All tables in one, later ones over earlier ones."""
    return {id: part for table in tables for id, part in table.items()}


def _named(texts: Iterable[Mapping[str, Texts]]) -> list[str]:
    return sorted({language for text in texts for language in text})


def _texts(texts: list[Texts]) -> Texts:
    """One language's texts in one, nearer ones over farther ones."""
    single: dict[str, Any] = {
        key: next((getattr(t, key) for t in reversed(texts) if getattr(t, key) is not None), None)
        for key in ("title", "closing", "signed", "direction", "reviewed")
    }
    tables: dict[str, Any] = {
        key: _over(getattr(text, key) for text in texts) for key in ("headings", "items", "nouns", "sentences")
    }
    return Texts(**single, **tables)


def _read(path: Path | Traversable, model: type[_Model]) -> _Model:
    try:
        return model.model_validate(read_toml(path))
    except ValidationError as error:
        raise _explain(error, path) from None


def _all_facts(folder: Path) -> dict[str, Fact]:
    """The case's own facts, and those taken from the office. No fact stands in both: which would be said?"""
    own, taken = _facts(folder / "facts.toml"), _facts(folder / OFFICE_FACTS)
    for id in sorted(own.keys() & taken.keys()):
        raise CaseError(
            f"Fact '{id}' stands in facts.toml and in the office.",
            where=f"{folder / 'facts.toml'}: {id}",
            do="Keep one: take it out of facts.toml, or give it another name there.",
        )
    return own | _translated(taken, folder / TRANSLATIONS)


def _translated(taken: Mapping[str, Fact], path: Path) -> dict[str, Fact]:
    """The office's facts with their translations. One whose original is not what the office says now is left out."""
    try:
        found = _WORDS.validate_python(read_toml(path)) if path.exists() else {}
    except ValidationError as error:
        raise _explain(error, path) from None
    return {id: _with(fact, found.get(id, {})) for id, fact in taken.items()}


def _with(fact: Fact, words: Mapping[str, str]) -> Fact:
    said = fact.value
    if not isinstance(said, dict) or not words or any(words.get(language) != text for language, text in said.items()):
        return fact
    return fact.model_copy(update={"value": {**words, **said}})


def _facts(path: Path) -> dict[str, Fact]:
    try:
        return _FACTS.validate_python(read_toml(path)) if path.exists() else {}
    except ValidationError as error:
        raise _explain(error, path) from None


def facts_taken(case: Path) -> dict[str, Fact]:
    """The facts that a case took from the office, as they were then; none when it took none. Raises `CaseError`."""
    return _facts(case / "letters" / OFFICE_FACTS)


def facts_said(text: str) -> dict[str, Fact]:
    """The same of a file's text, as the office says it now."""
    return _FACTS.validate_python(tomllib.loads(text))


def rare_words(case: Path) -> dict[str, Own]:
    """The rare words that letters of a case may use, by language; none without `letters/words.toml`. Raises `CaseError`."""
    path = case / "letters" / "words.toml"
    try:
        found = _RARE.validate_python(read_toml(path)) if path.exists() else {}
    except ValidationError as error:
        raise _explain(error, path) from None
    for language, words in found.items():
        if language not in MEASURED:
            raise CaseError(
                f"Rare words are not counted in '{language}'.", where=str(path), do=f"Known: {', '.join(MEASURED)}."
            )
        for word, one in words.items():
            _need_helped(word, one, f"{path}: {language}.{word}")
    return {
        language: tuple(Approved(word, one.explained_by or "") for word, one in words.items())
        for language, words in found.items()
    }


def _need_helped(word: str, one: RareWord, where: str) -> None:
    """A reader is told what the word is, or somebody answers for it that they know; raises `CaseError`."""
    if (one.explained_by is None) == (one.known is None):
        raise CaseError(
            f"'{word}' needs either explained_by or known.",
            where=where,
            do="Say in explained_by what the letter says beside the word; or in known why every reader knows it.",
        )
    if one.explained_by and word.casefold() in one.explained_by.casefold():
        raise CaseError(
            f"'{word}' is explained by itself.", where=where, do="Say what it is in words that everybody knows."
        )


def _explain(error: ValidationError, path: Path | Traversable) -> CaseError:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return CaseError(f"{first['msg']}.", where=f"{path}: {place}", do="See docs/reference/letters.md.")


def _check_names(case: Case, letter: Letter, path: Path) -> None:
    """Every name that a letter uses is declared. Raises `CaseError`."""

    def known(kind: str, names: Iterable[str], declared: Iterable[str], where: str) -> None:
        for name in names:
            if name not in (options := sorted(declared)):
                near = get_close_matches(name, options, n=1)
                hint = f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(options) or 'none'}."
                raise CaseError(f"There is no {kind} '{name}'.", where=f"{path}: {where}", do=hint)

    for section in letter.sections:
        known("block", section.blocks, letter.blocks, f"sections.{section.id}")
    for id, selection in letter.selections.items():
        words = [word for word, of in ITEM_PREDICATES.items() if of.worlds is not None]
        known("item", selection.items or [], case.items, f"selections.{id}.items")
        known(
            "word", [*selection.must, *selection.may, *selection.cannot, *selection.not_must], words, f"selections.{id}"
        )
    parties = [party.id for party in case.breached]
    known("breached party", [letter.party], parties, "letter.party")
    for id, block in letter.blocks.items():
        when, where = block.when, f"blocks.{id}"
        picks = [*when.some, *when.any, *when.none, *([block.lists] if block.lists else [])]
        known("selection", picks, letter.selections, where)
        known("sentence", block.says, letter.sentences, where)
        known("risk", [*when.risks, *block.risks], letter.advice.risks, where)
        known("group", when.groups or [], [group.id for group in case.file.groups], where)
        known("breached party", [block.party] if block.party else [], parties, where)
        _check_claims(case, letter, id, path)


def _check_claims(case: Case, letter: Letter, block: str, path: Path) -> None:
    said = [(f"blocks.{block}", letter.blocks[block].claims)]
    said += [(f"sentences.{id}", letter.sentences[id].claims) for id in letter.blocks[block].says]
    for where, texts in said:
        for text in texts:
            try:
                claim = parse(text)
            except ValueError as error:
                raise CaseError(f"{error}.", where=f"{path}: {where}", do="See docs/reference/letters.md.") from None
            # A fact may be withdrawn after the letter was written: the check finds that, with the letter and the block.
            if not claim.is_fact and claim.about not in {*case.items, PERSON, LIST}:
                raise CaseError(f"There is no item '{claim.about}'.", where=f"{path}: {where}", do=f"In '{text}'.")
            if claim.about == LIST and letter.blocks[block].lists is None:
                raise CaseError(f"'{text}' needs a list.", where=f"{path}: blocks.{block}", do="Set 'lists'.")
