"""From data to the page: one HTML file per language, without script and without anything from elsewhere."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from helder.domain.errors import StorageError
from helder.results.page import letters, sections, top
from helder.results.page.data import LANGUAGES, PageData
from helder.results.page.items import items
from helder.results.page.ledger import ledger
from helder.results.page.published import claims
from helder.results.page.waffle import difference
from helder.results.page.wording import Wording


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("helder.results.page", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _css() -> Markup:
    text = (files("helder.results.page.html") / "page.css").read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 (our own style sheet)


def file_name(lang: str) -> str:
    """page.nl.html or page.en.html."""
    return f"page.{lang}.html"


def render(data: PageData, lang: str) -> str:
    """The page in one language ('nl' or 'en')."""
    say = Wording(lang)
    other = next(code for code in LANGUAGES if code != lang)
    told_on = say.numbers.date(data.told.as_of) if data.told.as_of else say.plain("unknown_date")
    d = data.difference
    contents = [
        *(["difference"] if d.told != 0 and d.records != 0 else []),
        *(["letters"] if data.letters else []),
        "items",
        "claims",
        *(["person"] if data.person else []),
        "open",
        "assumptions",
        "computed",
    ]
    return _environment().get_template("page.html").render(
        data=data,
        lang=lang,
        say=say,
        other=other,
        other_file=file_name(other),
        css=_css(),
        contents=contents,
        placed=d.records_placed,
        told_on=say("reading.told_on", day=told_on),
        told_month=told_on.split(" ", 1)[-1],
        strip=top.strip(data, say),
        strip_key=top.strip_key(data, say),
        comparison=top.comparison(data, say),
        beyond=max(0, (d.told or 0) - (d.records or 0)),
        figures=SimpleNamespace(
            difference=difference(data, say),
            account=letters.account(data, say),
            items=items(data, say),
            ledger=ledger(data, say),
            claims=claims(data, say) if data.claims else None,
            gaps=sections.gaps(data, say),
            found=sections.found(data, say),
            severity=sections.severity(data, say),
            seconds=sections.seconds(data, say),
        ),
        sums=sections.sums(data, say),
        elsewhere=letters.elsewhere(data, say),
        pairs={language: letters.pairs(data, say, language) for language in (lang, other)},
        reasoned=sections.reasoned(data.person, say) if data.person else [],
        finished=say.numbers.date(data.computed.finished.date()),
    )  # fmt: skip


def write(folder: Path, data: PageData) -> list[Path]:
    """Write the page in every language into `folder`; returns the files. Raises `StorageError` when that fails."""
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for lang in LANGUAGES:
            path = folder / file_name(lang)
            partial = path.with_suffix(".partial")
            partial.write_text(render(data, lang), encoding="utf-8")
            partial.replace(path)
            written.append(path)
    except OSError as error:
        raise StorageError(
            "The page could not be written.", where=str(folder), do=f"{error.strerror or type(error).__name__}."
        ) from None
    return written
