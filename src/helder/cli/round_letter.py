"""`helder round letter CASE ROUND REFERENCE --out FILE --reason "…"`: one letter again, also in large print."""

from __future__ import annotations

from pathlib import Path

import click

from helder.cli.command import Command, case_argument, option, reason_option
from helder.cli.keys import keys_of
from helder.cli.logged import log, need_reason
from helder.cli.round import round_argument
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.engines.disk import write_private


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "letter",
        say,
        _letter,
        help=say(
            "Maak één gemaakte brief opnieuw, als PDF die voorleesprogramma's kunnen lezen.\n\nVoor wie belt: de brief is "
            "kwijt, of te klein gedrukt. Een brief die zelf per kanaal gaat, heeft dezelfde bytes als toen; een brief uit "
            "een drukbestand zegt hetzelfde. Vóór de brief er is, komt een regel in het logboek: wie, welk kenmerk, waarom. "
            "Is de ronde nog niet goedgekeurd, dan staat er SPECIMEN op.",
            "Make one produced letter again, as a PDF that screen readers can read.\n\nFor whoever calls: the letter is lost, "
            "or printed too small. A letter that goes by itself has the same bytes as then; one from a print file says "
            "the same. Before the letter is there a line goes into the audit log: who, which reference, why. "
            "While the round is not approved it says SPECIMEN.",
        ),
        params=[
            case_argument(say),
            round_argument(say),
            click.Argument(
                ["reference"],
                metavar=say("KENMERK", "REFERENCE"),
                help=say(
                    "het kenmerk op de brief, hoe het ook is getypt", "the reference on the letter, however typed"
                ),
            ),
            option("--large", is_flag=True, help=say("In grote letters (18 punten).", "In large print (18 points).")),
            option(
                "--out",
                type=click.Path(path_type=Path, dir_okay=False),
                required=True,
                metavar=say("BESTAND", "FILE"),
                help=say(
                    "Waar de PDF komt; wie kijkt ziet wie het is.", "Where the PDF goes; it shows who it is about."
                ),
            ),
            reason_option(
                say, say("Waarom (verplicht); komt in het logboek.", "Why (required); goes into the audit log.")
            ),
        ],
        examples=[
            (
                'helder round letter lab-2025 round2 ABCDEF-GHJKLM-N --large --out brief.pdf --reason "kan de brief niet lezen"'
                if say.lang == "nl"
                else 'helder round letter lab-2025 round2 ABCDEF-GHJKLM-N --large --out letter.pdf --reason "cannot read it"',
                say("In grote letters.", "In large print."),
            )
        ],
        gives={
            "round": say("de ronde", "the round"),
            "reference": say("het kenmerk", "the reference"),
            "language": say("de taal van de brief", "the letter's language"),
            "large": say("of hij in grote letters is", "whether it is in large print"),
            "specimen": say("of er SPECIMEN op staat", "whether it says SPECIMEN"),
            "kept": say(
                "of de bytes die zijn waarvan de hash is bewaard", "whether the bytes are those whose hash was kept"
            ),
            "bytes": say("lengte", "length"),
            "out": say("het bestand", "the file"),
        },
    )


def _letter(screen: Screen, case: Path, round: str, reference: str, large: bool, out: Path, reason: str | None) -> None:
    from helder.case import load_case
    from helder.pipeline.one_letter import one_letter

    say = screen.say
    reason = need_reason(reason, say)
    load_case(case).round(round)
    made = one_letter(case, keys_of(case), round, reference, large=large)
    details = {"reference": made.reference, "large": large}
    log(case, "round.letter", subject=f"round/{round}", reason=reason, details=details)
    write_private(out, made.pdf)
    document = {
        "round": round,
        **{key: getattr(made, key) for key in ("reference", "language", "large", "specimen", "kept")},
        "bytes": len(made.pdf),
        "out": str(out),
    }
    text = say(f"De brief staat in {out}.", f"The letter is in {out}.")
    screen.show(document, lambda console: console.print(text))
