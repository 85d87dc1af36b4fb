"""`helder plain FILE`: is a text easy enough to read?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from helder.cli.command import Command, option
from helder.cli.say import Say
from helder.cli.screen import Screen

if TYPE_CHECKING:
    from rich.console import Console

    from helder.domain.letters import Document
    from helder.letters.plain import Finding, Measure, Report, TextReport

NAMES = {
    "mean_words": ("woorden per zin", "words a sentence"),
    "longest": ("woorden in de langste zin", "words in the longest sentence"),
    "passives": ("lijdende zinnen op 100 werkwoorden", "passives per 100 finite verbs"),
    "rare_words": ("zeldzame woorden", "rare words"),
    "flesch_douma": ("Flesch-Douma (meer is makkelijker)", "Flesch-Douma (more is easier)"),
    "flesch_kincaid": ("Flesch-Kincaid", "Flesch-Kincaid grade"),
    "dale_chall": ("Dale-Chall", "Dale-Chall"),
    "lint_ii": ("LiNT-II", "LiNT-II"),
}
"""Each measure in Dutch and English."""
_MOST = 1_000_000


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "plain",
        say,
        _run,
        help=say(
            "Controleer of een tekst makkelijk genoeg is om te lezen, zin voor zin.\n\nGewone tekst of Markdown, Nederlands of "
            "Engels. Ligt het bestand in een zaak, dan mag het de zeldzame woorden van de zaak (letters/words.toml) hebben. "
            "De tekst wordt nergens bewaard. Afsluitcode 1 als een harde grens is overschreden.",
            "Check whether a text is easy enough to read, sentence by sentence.\n\nPlain text or Markdown, Dutch or English. "
            "A file that lies in a case may have the rare words of the case (letters/words.toml). "
            "The text is kept nowhere. Exit code 1 when a hard limit is broken.",
        ),
        params=[
            click.Argument(
                ["file"],
                metavar=say("BESTAND", "FILE"),
                type=click.Path(path_type=Path, allow_dash=True),
                help=say("de tekst, of - voor wat u plakt", "the text, or - for what you paste"),
            ),
            option(
                "--text-lang",
                type=click.Choice(["nl", "en"]),
                help=say("Taal van de tekst; anders geraden.", "Language of the text; guessed otherwise."),
            ),
            option(
                "--case",
                type=click.Path(path_type=Path),
                metavar=say("DOSSIER", "CASE"),
                help=say(
                    "De map van de zaak waarvan de zeldzame woorden zijn toegestaan; anders die waarin BESTAND ligt.",
                    "The case folder whose rare words are approved; else the one in which FILE lies.",
                ),
            ),
            option(
                "--quick",
                is_flag=True,
                help=say(
                    "Sla LiNT-II over, dat zo'n tien seconden kost.", "Leave out LiNT-II, which takes some ten seconds."
                ),
            ),
        ],
        examples=[
            ("helder plain letter.md", say("Een brief.", "A letter.")),
            (
                "helder plain answer.md --case lab-2025",
                say("Met de zeldzame woorden van een zaak.", "With the rare words of a case."),
            ),
            ("helder plain - --quick", say("Plak een tekst; sluit af met Ctrl-D.", "Paste a text; end with Ctrl-D.")),
        ],
        gives={
            "holds": say("of alle harde grenzen gehaald zijn", "whether all hard limits are kept"),
            "complete": say("of alles gemeten is", "whether everything was measured"),
            "case": say(
                "de zaak waarvan de zeldzame woorden zijn toegestaan; anders null",
                "the case whose rare words are approved; else null",
            ),
            "texts": say(
                "per tekst: cijfers met grens ('highest') en streven ('aim'), en per zin wat moeilijk is",
                "per text: measures with limit ('highest') and aim, and what is hard, sentence by sentence",
            ),
            "blind": say("wat deze controle niet kan zien", "what this check cannot see"),
        },
    )


def _run(screen: Screen, file: Path, text_lang: str | None, case: Path | None, quick: bool) -> int:
    from helder.case.load import case_around
    from helder.letters.load import rare_words
    from helder.letters.plain import plain_check
    from helder.letters.plain.explain import BLIND, REASONS

    say = screen.say
    document = _read(file, text_lang)
    folder = _case(case) if case else None if str(file) == "-" else case_around(file)
    own = rare_words(folder) if folder else {}
    if document.language == "nl" and not quick:
        screen.remark(
            "LiNT-II wordt gemeten; dat duurt zo'n tien seconden.", "Measuring LiNT-II; this takes some ten seconds."
        )
    report = plain_check([document], with_lint_ii=not quick, own=own)
    said = {**report.as_dict(), "case": str(folder) if folder else None}
    for text in said["texts"]:
        for finding in text["findings"]:
            finding["say"] = say(*REASONS[finding["reason"]])
    screen.show({**said, "blind": say(*BLIND)}, lambda console: render(console, report, say))
    return 0 if report.holds else 1


def _case(folder: Path) -> Path:
    from helder.case.toml_file import not_there

    if (folder / "case.toml").is_file():
        return folder
    raise not_there(folder / "case.toml")


def _read(file: Path, language: str | None) -> Document:
    from helder.domain.errors import ReadabilityError
    from helder.letters.plain.pasted import document

    try:
        with sys.stdin.buffer if str(file) == "-" else file.open("rb") as opened:
            text = opened.read(_MOST + 1).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadabilityError(
            "The text cannot be read.", where=str(file), do="Give a file of text in UTF-8."
        ) from error
    if len(text) > _MOST or not text.strip():
        raise ReadabilityError("The text is empty or longer than a letter.", where=str(file), do="Give one text.")
    return document(text, language)


def render(console: Console, report: Report, say: Say) -> None:
    """Words and figures for the terminal."""
    from helder.letters.plain.explain import BLIND

    for text in report.texts:
        for measure in text.measures:
            console.print(_measure(measure, say), style=None if measure.holds else "red")
        for name, why in text.unmeasured.items():
            console.print(f"! {say(*NAMES.get(name, (name, name)))}: {_why(why, say)}", style="yellow")
        _findings(console, text, say)
    console.print(say(*BLIND))


def _why(why: str, say: Say) -> str:
    from helder.cli.dutch import in_dutch
    from helder.letters.plain.check import NOT_ASKED

    return say("niet gevraagd", why) if why == NOT_ASKED else say(in_dutch(why), why)


def _measure(measure: Measure, say: Say) -> str:
    value = "–" if measure.value is None else f"{measure.value:g}"
    limit = "" if measure.highest is None else say(f", hoogstens {measure.highest:g}", f", at most {measure.highest:g}")
    aim = "" if measure.aim is None else say(f", liefst {measure.aim:g}", f", better {measure.aim:g}")
    low = (
        ""
        if measure.lowest is None
        else say(f", liefst {measure.lowest:g} of meer", f", better {measure.lowest:g} or more")
    )
    return f"{'✓' if measure.holds else '✗'} {say(*NAMES[measure.name])}: {value}{limit}{aim}{low}"


def _findings(console: Console, text: TextReport, say: Say) -> None:
    from helder.letters.plain.explain import REASONS

    sentences: dict[str, list[Finding]] = {}
    for finding in text.findings:
        sentences.setdefault(finding.sentence, []).append(finding)
    for sentence, found in sentences.items():
        console.print(f"\n“{sentence}”")
        for one in found:
            sign = "✗" if one.level == "stop" else "·"
            words = f" [{', '.join(one.words)}]" if one.words else ""
            console.print(
                f"  {sign} {say(*REASONS[one.reason])}{words}",
                style="red" if one.level == "stop" else None,
            )
    console.print()
