"""The language of texts for users: Dutch or English, by --lang, HELDER_LANG or the locale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, cast, get_args

Lang = Literal["nl", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)
VARIABLE = "HELDER_LANG"


class Say:
    """Chooses between the Dutch and the English of a text."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, nl: str, en: str) -> str:
        """The text in this language."""
        return nl if self.lang == "nl" else en


def language(arguments: Sequence[str], environ: Mapping[str, str]) -> Lang:
    """The language that the arguments ask for, else the environment; English when neither speaks of a known one.

    Read before the arguments are parsed, so that help and errors about arguments are in it too.
    """
    after = [*arguments[1:], ""]
    asked = [name.removeprefix("--lang=") for name in arguments if name.startswith("--lang=")]
    asked += [value for name, value in zip(arguments, after, strict=False) if name == "--lang"]
    variables = (environ.get(name, "") for name in (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"))
    for text in (*asked, next(filter(None, variables), "")):
        if text[:2].lower() in LANGUAGES:
            return cast(Lang, text[:2].lower())
    return "en"
