"""The page's own words, in `texts.nl.toml` and `texts.en.toml`: looked up by name, numbers as the language has them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from helder.case.load import Case
from helder.results.page.data import LANGUAGES, Texts, in_language
from helder.results.page.numbers import Count, Numbers


@cache
def texts(lang: str) -> Mapping[str, Any]:
    """All texts of a language, as nested tables."""
    return tomllib.loads((files("helder.results.page") / f"texts.{lang}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Wording:
    """Looks texts up for one language. A text may hold HTML; what is filled in is escaped, whole numbers are counts."""

    lang: str

    @property
    def numbers(self) -> Numbers:
        """How this language writes numbers."""
        return Numbers(self.lang)

    def raw(self, name: str) -> str:
        """The text `name` ('section.key') as it stands. Raises KeyError for a name that is not there."""
        found: Any = texts(self.lang)
        for part in name.split("."):
            found = found[part]
        return str(found)

    def __call__(self, name: str, **values: object) -> Markup:
        """The text as HTML. Counts (int or None) are marked, so that no small number can slip in unseen."""
        filled = {
            key: self.numbers.marked(value) if value is None or type(value) is int else value
            for key, value in values.items()
        }
        return Markup(self.raw(name)).format(**filled)  # noqa: S704 (our own texts; what is filled in is escaped)

    def plain(self, name: str, **values: object) -> str:
        """The text without HTML, for pictures' names and labels."""
        filled = {
            key: self.numbers.count(value) if value is None or type(value) is int else value
            for key, value in values.items()
        }
        return self.raw(name).format(**filled)

    def of(self, given: Texts) -> str:
        """The case's own text in this language."""
        return in_language(given, self.lang)

    def n(self, value: Count) -> Markup:
        """A marked count."""
        return self.numbers.marked(value)


def evidence_names(id: str, case: Case) -> Texts:
    """A piece of evidence ('dataset:dataset1', 'statement:nova_deleted') as people call it, in every language."""
    kind, _, of = id.partition(":")
    name = case.parties[of].name if of in case.parties else of.replace("_", " ")
    return {lang: texts(lang)["evidence"].get(kind, "{of}").format(of=name) for lang in LANGUAGES}
