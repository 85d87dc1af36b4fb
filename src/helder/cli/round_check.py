"""`helder round check CASE ROUND`: are the letters true, and plain, for everyone who would read them?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, case_argument, option
from helder.cli.keys import keys_of
from helder.cli.round import round_argument
from helder.cli.round_plain import in_short
from helder.cli.round_plain import render as render_plain
from helder.cli.round_words import compared_key, not_asked
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import facts, number, table
from helder.domain.errors import CaseError
from helder.domain.letters import Document, Heading, Paragraph

if TYPE_CHECKING:
    from rich.console import Console

    from helder.pipeline.lettering import Checked

_SHOWN = 25
STOPPED = 1


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "check",
        say,
        _check,
        help=say(
            "Controleer of de brieven van een ronde waar en begrijpelijk zijn.\n\nVoor elke lezer die er is, en voor elke lezer die het "
            "bewijs toelaat: klopt elke bewering, staat alles er één keer, ontbreekt er niets? En voor elke zin: zeggen "
            "de woorden wat ze beweren, in elke taal? En is elk document makkelijk genoeg om te lezen? Zolang iets de ronde tegenhoudt, eindigt de opdracht met code 1.",
            "Check whether the letters of a round are true and plain.\n\nFor every reader there is, and every reader that the "
            "evidence allows: does each claim hold, is everything said once, is nothing missing? And for each sentence: "
            "do its words say what it claims, in each language? And is each document easy enough to read? While something stops the round, the exit code is 1.",
        ),
        params=[
            case_argument(say),
            round_argument(say),
            option(
                "--show",
                metavar=say("BRIEF", "LETTER"),
                help=say(
                    "Toon de tekst die de meeste lezers van deze brief krijgen.",
                    "Show the text that most readers of this letter get.",
                ),
            ),
            option(
                "--language",
                default="",
                metavar=say("TAAL", "LANGUAGE"),
                help=say("De taal van die tekst.", "The language of that text."),
            ),
            option(
                "--lint-ii",
                is_flag=True,
                help=say("Meet ook LiNT-II; dat duurt langer.", "Measure LiNT-II too, which takes longer."),
            ),
        ],
        examples=[
            ("helder round check lab-2025 round2", say("Controleer ronde 2.", "Check round 2.")),
            (
                "helder round check lab-2025 round2 --show g3 --language en",
                say("En toon de brief van groep 3.", "And show the letter of group 3."),
            ),
        ],
        gives=GIVES(say),
    )


def GIVES(say: Say) -> dict[str, str]:  # noqa: N802
    """The keys of the JSON document."""
    return {
        "round": say("de ronde", "the round"),
        "assessment": say("de beoordeling", "the assessment"),
        "passed": say("of niets de ronde tegenhoudt", "whether nothing stops the round"),
        "planned": say(
            "of de mensen van de geplande ronde zijn gelezen; anders iedereen in de groepen",
            "whether the planned round's people were read; else everybody in the groups",
        ),
        "state": say(
            "stand van de geplande ronde; null: niet gepland", "state of the planned round; null: not planned"
        ),
        "letters": say("de brieven", "the letters"),
        "document": say("bij --show: het document; anders null", "with --show: the document; else null"),
        "profiles": say("verschillende profielen", "different profiles"),
        "people": say("mensen die een brief lezen", "people who read a letter"),
        "misled": say("mensen die iets onwaars zouden lezen", "people who would read something untrue"),
        "boxes": say("verzamelingen toegelaten lezers", "sets of admissible readers"),
        "variants": say(
            "verschillende documenten; null: teksten ontbreken", "different documents; null: texts missing"
        ),
        "plain": say(
            "begrijpelijkheid: holds, complete, worst (per taal en maat), stops; null: teksten ontbreken",
            "plain language: holds, complete, worst (by language and measure), stops; null: texts missing",
        ),
        "compared": compared_key(say),
        "seconds": say("duur", "how long it took"),
        "findings": say(
            "wat gevonden is: rule, says, letter, block, language, of, detail, profiles, people, occurs, stops, example",
            "what was found: rule, says, letter, block, language, of, detail, profiles, people, occurs, stops, example",
        ),
    }


def _check(screen: Screen, case: Path, round: str, show: str | None, language: str, lint_ii: bool) -> int:
    from helder.cli.office import office_of
    from helder.pipeline.lettering import check_round
    from helder.rounds.record import planned

    keys = keys_of(case) if planned(case, round) else None
    checked = check_round(case, round, keys, lint_ii=lint_ii, office=office_of(case))
    shown = most_read(checked, show, language or screen.say.lang) if show else None
    document = summary(checked, screen.say) | {"document": shown.as_dict() if shown else None}

    def draw(console: Console) -> None:
        _show(console, screen.say, checked)
        if document["plain"]:
            render_plain(console, document["plain"], screen.say)
        if shown:
            console.print(plain(shown), soft_wrap=False)
        elif checked.passed:
            _what_next(console, screen.say, case, checked)

    screen.show(document, draw)
    return 0 if checked.passed else STOPPED


def _what_next(console: Console, say: Say, case: Path, checked: Checked) -> None:
    """The commands that one wants now that nothing stops the round."""
    letter, verb = next(iter(checked.letters)), "plan" if checked.state is None else "produce"
    doing = say("leg vast wie wat leest", "freeze who reads what") if verb == "plan" else say("maak ze", "make them")
    rows = (
        (say("lees er een", "read one"), f"helder round check {case} {checked.round} --show {letter}"),
        (doing, f"helder round {verb} {case} {checked.round}"),
    )
    for label, command in rows:
        console.print(f"  {label:<24}{command}", soft_wrap=True)


def most_read(checked: Checked, letter: str, language: str) -> Document:
    """The document of a letter that most people read. Raises `CaseError` when there is none.

    Of two that as many read, the one whose readers would be most if they read in any of the languages: before a round is
    planned all are counted in the first of them.
    """
    found = checked.variants
    rows = [row for row in found.rows if row[0] == letter] if found else []
    mine = sorted({row[5] for row in rows if row[1] == language})
    if letter in checked.letters and language in checked.letters[letter].languages and not mine:
        raise CaseError(
            f"Nobody in this round reads letter '{letter}' in '{language}' yet.",
            where=f"letters/{checked.round}",
            do="A letter to whoever acts for others has readers when the round is planned.",
        )
    if not mine or found is None:
        raise CaseError(
            f"There is no letter '{letter}' in '{language}' to show.",
            where=f"letters/{checked.round}",
            do="Known: " + ", ".join(f"{id} ({', '.join(of.languages)})" for id, of in checked.letters.items()) + ".",
        )
    people = found.people

    def read_by(number: int) -> tuple[int, int]:
        told = {row[2:5] for row in rows if row[5] == number}
        return people[number], sum(people[other] for other in {row[5] for row in rows if row[2:5] in told})

    return found.documents[max(mine, key=read_by)]


def plain(document: Document) -> str:
    """A document as text for a screen."""
    lines = ["", document.title, ""]
    for part in document.parts:
        if isinstance(part, Heading):
            lines += ["", part.text]
        elif isinstance(part, Paragraph):
            lines.append(" ".join(part.sentences))
        else:
            lines += [f"  - {point}" for point in part.points]
    return "\n".join([*lines, "", document.closing, *document.signed])


def summary(checked: Checked, say: Say) -> dict[str, Any]:
    """What was checked and found, as one document."""
    report = checked.report
    return {
        "round": checked.round,
        "assessment": checked.assessment,
        "passed": checked.passed,
        "planned": checked.state is not None,
        "state": checked.state,
        "letters": list(checked.letters),
        "profiles": report.profiles,
        "people": report.people,
        "misled": report.misled,
        "boxes": report.boxes,
        "variants": len(checked.variants.documents) if checked.variants else None,
        "plain": in_short(checked.plain, say) if checked.plain else None,
        "compared": checked.compared,
        "seconds": round(checked.seconds, 2),
        "findings": [finding.as_dict(say.lang) for finding in report.findings],
    }


def _show(console: Console, say: Say, checked: Checked) -> None:
    report = checked.report
    stopping = [finding for finding in report.findings if finding.stops]
    facts(
        console,
        [
            (say("Profielen", "Profiles"), number(report.profiles, say)),
            (say("Lezers", "Readers"), number(report.people, say)),
            (say("Lezen iets onwaars", "Read something untrue"), number(report.misled, say)),
            (
                say("Documenten", "Documents"),
                number(len(checked.variants.documents), say) if checked.variants else "–",
            ),
            (say("Houdt de ronde tegen", "Stops the round"), number(len(stopping), say)),
            (say("Aandachtspunten", "Hints"), number(len(report.findings) - len(stopping), say)),
        ],
    )
    if checked.compared is None:
        console.print(not_asked(say))
    told = [finding for finding in report.findings if finding.place.rule != "never_read"]
    unread = len(report.findings) - len(told)
    if unread:
        text = say("Blokken die niemand in deze ronde kan lezen", "Blocks that nobody in this round can read")
        console.print(f"{text}: {number(unread, say)} (--json)")
    columns = (
        say("Brief", "Letter"),
        say("Blok of zin", "Block or sentence"),
        say("Taal", "Language"),
        say("Wat", "What"),
        say("Mensen", "People"),
    )
    rows = [
        (
            finding.place.letter,
            " ".join(filter(None, (finding.place.block, finding.place.of))),
            finding.place.language,
            " ".join(filter(None, (finding.as_dict(say.lang)["says"], finding.place.detail))),
            number(finding.people, say) if finding.occurs else "",
        )
        for finding in told[:_SHOWN]
    ]
    table(console, say("Gevonden", "Found"), columns, rows, right=(4,))
    example = next((finding.example for finding in stopping if finding.example), None)
    if example:
        states = ", ".join(f"{item}: {state}" for item, state in example["items"].items())
        console.print(say("Kleinste lezer bij wie het misgaat: ", "Smallest reader for whom it fails: ") + states)
