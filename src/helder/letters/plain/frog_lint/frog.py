"""Runs Frog, Debian's tagger and parser of Dutch, over sentences."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryDirectory

_COLUMNS = 10
_ATTACHED = {ord(mark): '"' for mark in "«»‘’‛“”„‟‹›"}


class FrogError(Exception):
    """Frog is missing or did not parse every sentence."""


@dataclass
class Token:
    """One word of a parse: tag of the Corpus Gesproken Nederlands; head by position in the sentence, None for the root."""

    text: str
    lemma: str
    tag: str
    entity: str
    head: int | None
    relation: str


def parse(sentences: Sequence[str]) -> list[list[Token]]:
    """A parse of each sentence, all by one run of Frog: it takes ten times longer to load than to parse a letter."""
    lines = "".join(" ".join(sentence.translate(_ATTACHED).split()) + "\n" for sentence in sentences)
    ran = _frog(lines)
    parses = [read(block) for block in ran.stdout.split("\n\n") if block.strip()]
    if ran.returncode or len(parses) != len(sentences):
        raise FrogError("uctodata" if "[tokenizer]" in ran.stderr else "parse")
    return parses


def _frog(lines: str) -> subprocess.CompletedProcess[str]:
    """Frog reads files only; this one is in memory, so that a text never touches a disk."""
    number = os.memfd_create("sentences")
    command = ["frog", "--threads=1", "--skip=ac", "-n", "-t", f"/proc/self/fd/{number}"]
    try:
        with open(number, "w", encoding="utf-8", closefd=False) as file:
            file.write(lines)
        with TemporaryDirectory() as nowhere:  # Frog leaves an empty log where it runs
            return subprocess.run(  # noqa: S603 - Debian's program, found on the path
                command, cwd=nowhere, capture_output=True, encoding="utf-8", check=False, pass_fds=[number]
            )
    except FileNotFoundError:
        raise FrogError("frog") from None
    finally:
        os.close(number)


def read(block: str) -> list[Token]:
    """Frog's columns for one sentence, the last two of them head and relation. What it joined to one unit with `_` (names, set phrases) is taken apart again."""
    tokens: list[Token] = []
    first: dict[int, int] = {}
    heads: list[int] = []
    for line in block.strip().splitlines():
        columns = line.split("\t")
        if len(columns) < _COLUMNS:
            raise FrogError("parse")
        number, head = int(columns[0]), int(columns[-2] or 0)
        first[number] = len(tokens)
        for place, (text, lemma, tag, entity) in enumerate(_apart(columns)):
            tokens.append(Token(text, lemma, tag, entity, None, "flat" if place else columns[-1]))
            heads.append(-number if place else head)
    for token, head in zip(tokens, heads, strict=True):
        token.head = first[-head] if head < 0 else first.get(head)
    return tokens


def _apart(columns: list[str]) -> list[tuple[str, str, str, str]]:
    """The words of a unit, each with lemma, tag and entity."""
    texts = columns[1].split("_")
    tags = [tag if tag.endswith(")") else f"{tag})" for tag in columns[4].split(")_")]
    if len(texts) != len(tags):
        return [(columns[1].replace("_", " "), columns[2], tags[0], "O")]
    lemmas, entities = columns[2].split("_"), columns[6].split("_")
    lemmas = lemmas if len(lemmas) == len(texts) else texts
    entities = entities if len(entities) == len(texts) else ["O"] * len(texts)
    return list(zip(texts, lemmas, tags, entities, strict=True))
