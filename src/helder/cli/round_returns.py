"""`helder round returns CASE ROUND [FILE]`: returned mail in, and who did not get their letter."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, case_argument, option, reason_option
from helder.cli.keys import keys_of
from helder.cli.logged import log, need_reason
from helder.cli.round import round_argument
from helder.cli.round_missed import WHY, render_missed, what_next
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import facts, number, table

if TYPE_CHECKING:
    from rich.console import Console

ACCOUNT = (
    ("people", "mensen in de ronde", "people in the round"),
    ("suppressed", "  geen brief, met reden", "  no letter, for a reason"),
    ("unreachable", "  niet te bereiken", "  cannot be reached"),
    ("letters", "  brieven", "  letters"),
    ("delivered_as_far_as_known", "    bezorgd, voor zover bekend", "    delivered, as far as known"),
    ("returned", "    teruggekomen", "    returned"),
    ("became_unreachable", "      van hen niet meer te bereiken", "      of them no longer to be reached"),
    ("refused", "    door het kanaal geweigerd", "    refused by the channel"),
    ("failed", "    door de bezorger niet bezorgd", "    not delivered by the carrier"),
    ("not_handed_over", "    nog niet overgedragen", "    not handed over yet"),
    ("not_received", "niet gekregen, voor zover bekend", "did not receive it, as far as known"),
)
_TAKEN = (
    ("new", "nieuw teruggekomen", "newly returned"),
    ("changed", "volgende stap veranderd", "next step changed"),
    ("before", "eerder uit dit bestand gelezen", "read from this file before"),
    ("duplicate", "geweigerd: kwam al terug", "rejected: had come back"),
    ("unknown", "geweigerd: geen brief van deze ronde", "rejected: no letter of this round"),
    ("unreadable", "geweigerd: controleteken klopt niet", "rejected: wrong check character"),
    ("unread_reasons", "waarvan de reden niet herkend is", "of which the reason was not known"),
)


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "returns",
        say,
        _returns,
        help=say(
            "Verwerk post die terugkomt, en toon wie zijn brief niet kreeg.\n\nHet bestand is een lijst van de bezorger of "
            "drukker (CSV of XLSX, met kolommen 'code' en 'reden'), of codes van een handscanner, één per regel. Twee keer "
            "inlezen verandert niets. Zonder bestand: de rekening van de ronde. Met --people: ieder die de brief niet kreeg "
            "(versleuteld nummer), ook wie er geen krijgt of nog wacht; daar is een reden voor nodig en er komt een regel in het logboek.",
            "Take in returned mail, and show who did not get their letter.\n\nThe file is a list of the carrier or print "
            "house (CSV or XLSX, with columns 'code' and 'reason'), or codes of a hand scanner, one on a line. Reading it "
            "twice changes nothing. Without a file: the account of the round. With --people: everyone who did not get the letter (by "
            "keyed id), also who gets none or still waits; that needs a reason and leaves a line in the audit log.",
        ),
        params=[
            case_argument(say),
            round_argument(say),
            click.Argument(
                ["file"],
                required=False,
                type=click.Path(path_type=Path),
                metavar=say("[BESTAND]", "[FILE]"),
                help=say("wat terugkwam", "what came back"),
            ),
            option(
                "--why",
                default="other",
                show_default=True,
                metavar=say("REDEN", "REASON"),
                help=say("Waarom het terugkwam, waar het bestand dat niet zegt.", "Why, where the file does not say."),
            ),
            option(
                "--step",
                metavar=say("STAP", "STEP"),
                help=say(
                    "Andere volgende stap voor deze brieven, ook als ze al teruggekomen waren.",
                    "Another next step for these letters, also when they had come back before.",
                ),
            ),
            option(
                "--ask",
                is_flag=True,
                help=say("Vraag Notify wat ervan werd.", "Ask Notify what became of them."),
            ),
            option(
                "--people",
                is_flag=True,
                help=say("Noem wie de brief niet kregen.", "List who did not get the letter."),
            ),
            option(
                "--only",
                type=click.Choice(tuple(WHY)),
                help=say(
                    "Alleen wie hem hierom niet kreeg, bij --people.",
                    "Only who did not get it for this, with --people.",
                ),
            ),
            reason_option(
                say, say("Waarom u kijkt (bij --people); komt in het logboek.", "Why (with --people); is logged.")
            ),
        ],
        examples=[
            ("helder round returns lab-2025 round2", say("De rekening van de ronde.", "The account of the round.")),
            (
                "helder round returns lab-2025 round2 week40.csv",
                say("Lees in wat terugkwam.", "Take in what came back."),
            ),
            (
                "helder round returns lab-2025 round2 scan.txt --why moved",
                say("Gescande codes van één stapel.", "Scanned codes of one pile."),
            ),
            (
                'helder round returns lab-2025 round2 --people --reason "nieuwe adressen"',
                say("Wie kreeg hem niet?", "Who did not get it?"),
            ),
            (
                'helder round returns lab-2025 round2 --people --only returned --reason "nieuwe adressen"',
                say("Van wie kwam hij terug?", "Whose came back?"),
            ),
        ],
        gives={
            "round": say("id van de ronde", "id of the round"),
            "state": say("stand van de ronde", "state of the round"),
            **{key: say(nl.strip(), en.strip()) for key, nl, en in ACCOUNT},
            "confirmed": say("bezorgd volgens de bezorger", "delivered by the carrier's word"),
            "refusals": say("{waarom het kanaal weigerde: brieven}", "{why the channel refused: letters}"),
            "failures": say("{wat de bezorger zei: brieven}", "{what the carrier said: letters}"),
            "reasons": say("{reden: teruggekomen brieven}", "{reason: returned letters}"),
            "steps": say("{volgende stap: brieven}", "{next step: letters}"),
            "open": say("brieven waarvan de volgende stap nog moet", "letters whose next step is still to be taken"),
            "taken": say("met bestand: wat het bracht", "with a file: what it brought"),
            "missed": say(
                "bij --people: {person, why, reason, step, next} van ieder die hem niet kreeg",
                "with --people: {person, why, reason, step, next} of everyone who did not get it",
            ),
        },
    )


def _returns(
    screen: Screen,
    case: Path,
    round: str,
    file: Path | None,
    why: str,
    step: str | None,
    ask: bool,
    people: bool,
    only: str | None,
    reason: str | None,
) -> None:
    from helder.pipeline.returning import account_of, ask_fates, fields_of, take_returns, who
    from helder.pipeline.telling import catch_up

    keys, subject = keys_of(case), f"round/{round}"
    people = people or only is not None
    reason = need_reason(reason, screen.say) if people else ""
    taken = None
    if file is not None:
        done = take_returns(
            case, keys, round, file, default=why, step=step, today=dt.datetime.now().astimezone().date()
        )
        taken = dict(fields_of(done))
        log(case, "round.returns", subject=subject, details=taken)
    if ask:
        news = ask_fates(case, keys, round, os.environ)
        log(case, "round.ask", subject=subject, details={"news": news})
    catch_up(case, keys, round)
    told: dict[str, Any] = account_of(case, keys, round)
    if taken is not None:
        told["taken"] = taken
    if people:
        log(
            case,
            "round.missed",
            subject=subject,
            reason=reason,
            details={"list": "who did not get their letter", "only": only or ""},
        )
        told["missed"] = [
            one | {"next": what_next(one, screen.say)} for one in who(case, keys, round) if only in (None, one["why"])
        ]
    screen.show(told, lambda console: _render(console, told, screen.say))


def _render(console: Console, told: dict[str, Any], say: Say) -> None:
    from helder.delivery.reasons import STEPS, reasons
    from helder.delivery.refusals import in_words

    if "taken" in told:
        rows = [(say(nl, en), number(told["taken"][key], say)) for key, nl, en in _TAKEN if told["taken"][key]]
        table(console, say("Ingelezen", "Taken in"), ("", say("Regels", "Rows")), rows, right=(1,))
    facts(console, [(say(nl, en), number(told[key], say)) for key, nl, en in ACCOUNT])
    for key, title in (
        ("refusals", say("Waarom het kanaal weigerde", "Why the channel refused")),
        ("failures", say("Waarom de bezorger niet bezorgde", "Why the carrier did not deliver")),
    ):
        rows = [(say(*in_words(why)), number(count, say)) for why, count in told[key].items()]
        table(console, title, ("", say("Brieven", "Letters")), rows, right=(1,))
    known = reasons()
    rows = [(say(known[id].nl, known[id].en), number(count, say)) for id, count in told["reasons"].items()]
    table(console, say("Waarom teruggekomen", "Why returned"), ("", say("Brieven", "Letters")), rows, right=(1,))
    rows = [(say(*STEPS[step]), number(count, say)) for step, count in told["steps"].items()]
    table(console, say("Wat er dan gebeurt", "What happens next"), ("", say("Brieven", "Letters")), rows, right=(1,))
    render_missed(console, told.get("missed", ()), say)
