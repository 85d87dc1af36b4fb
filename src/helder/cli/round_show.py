"""`helder round show CASE ROUND`: how a round stands; with --without, who gets no letter, by keyed id."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, case_argument, option, reason_option
from helder.cli.keys import keys_of
from helder.cli.logged import log, need_reason
from helder.cli.round import round_argument
from helder.cli.round_words import document, keys, render
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import table

if TYPE_CHECKING:
    from rich.console import Console


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "show",
        say,
        _show,
        help=say(
            "Toon hoe een ronde ervoor staat, en wat sinds het plan veranderde. Een sleutel is niet nodig.\n\nMet "
            "--suppressed: wie geen brief krijgt (versleuteld nummer), waarom, en wat er dan gebeurt. Daar is de sleutel en "
            "een reden voor nodig, en er komt een regel in het logboek.",
            "Show how a round stands, and what changed since the plan. No key is needed.\n\nWith --suppressed: who gets no "
            "letter (by keyed id), why, and what happens instead. That needs the key and a reason, and leaves a line in "
            "the audit log.",
        ),
        params=[
            case_argument(say),
            round_argument(say),
            option(
                "--suppressed",
                is_flag=True,
                help=say("Noem wie geen brief krijgt.", "List who gets no letter."),
            ),
            option(
                "--rule",
                metavar=say("REGEL", "RULE"),
                help=say("Alleen van deze regel, bij --suppressed.", "Only of this rule, with --suppressed."),
            ),
            reason_option(
                say,
                say("Waarom u kijkt (bij --suppressed); komt in het logboek.", "Why (with --suppressed); is logged."),
            ),
        ],
        examples=[
            ("helder round show lab-2025 round2", say("De stand van de ronde.", "The state of the round.")),
            (
                'helder round show lab-2025 round2 --suppressed --rule moved --reason "opzoeken"',
                say("Wie er verhuisd is.", "Who has moved."),
            ),
        ],
        gives={
            **keys(say),
            "without": say(
                "bij --suppressed: {person, outcome, policy, instead} van wie geen brief krijgt",
                "with --suppressed: {person, outcome, policy, instead} of who gets no letter",
            ),
        },
    )


def _show(screen: Screen, case: Path, round: str, suppressed: bool, rule: str | None, reason: str | None) -> None:
    from helder.pipeline.standing import standing

    found = standing(case, round)
    told: dict[str, Any] = document(found.record, found.changed)
    if suppressed or rule:
        told["without"] = _without(screen, case, round, rule, reason)

    def show(console: Console) -> None:
        render(console, told, screen.say)
        rows = [(one["person"], one["policy"], one["instead"]) for one in told.get("without", ())]
        say = screen.say
        head = (say("Wie", "Who"), say("Regel", "Rule"), say("Wat er dan gebeurt", "What happens instead"))
        table(console, say("Geen brief", "No letter"), head, rows)

    screen.show(told, show)


def _without(screen: Screen, case: Path, round: str, rule: str | None, reason: str | None) -> list[dict[str, str]]:
    """Who gets no letter, after the line in the audit log."""
    from helder.domain.errors import CaseError
    from helder.pipeline.standing import without_letter
    from helder.rounds.policies import BY_ID

    if rule is not None and rule not in BY_ID:
        raise CaseError(
            screen.say(f"Er is geen regel '{rule}'.", f"There is no rule '{rule}'."),
            where="--rule",
            do=screen.say("Bekend: ", "Known: ") + ", ".join(BY_ID) + ".",
        )
    reason, keys_ = need_reason(reason, screen.say), keys_of(case)
    details = {"list": "suppressed", "rule": rule or ""}
    log(case, "round.show", subject=f"round/{round}", reason=reason, details=details)
    found = without_letter(case, keys_, round, rule)
    for one in found:
        policy = BY_ID[one["policy"]]
        one["instead"] = screen.say(policy.instead_nl, policy.instead_en)
    return found
