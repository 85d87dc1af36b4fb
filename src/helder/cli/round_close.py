"""`helder round close CASE ROUND`: end a round with its final account."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from helder.cli.command import Command, case_argument, reason_option
from helder.cli.keys import keys_of
from helder.cli.logged import log
from helder.cli.round import round_argument
from helder.cli.round_returns import ACCOUNT
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import facts, number


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "close",
        say,
        _close,
        help=say(
            "Sluit een ronde die is overgedragen, met de eindrekening in rounds/RONDE/account.json.\n\nStaat er nog iets "
            "open (teruggekomen brieven zonder vervolg, drukbestanden zonder bevestiging), dan is een reden nodig.",
            "Close a round that was handed over, with the final account in rounds/ROUND/account.json.\n\nWhen something is "
            "open (returned letters without a next step taken, print files without receipt), a reason is needed.",
        ),
        params=[
            case_argument(say),
            round_argument(say),
            reason_option(
                say, say("Waarom sluiten met iets open; wordt bewaard.", "Why close with open ends; is kept.")
            ),
        ],
        examples=[("helder round close lab-2025 round2", say("Sluit de ronde.", "Close the round."))],
        gives={
            "round": say("id van de ronde", "id of the round"),
            "state": "closed",
            **{key: say(nl.strip(), en.strip()) for key, nl, en in ACCOUNT},
            "confirmed": say("bezorgd volgens de bezorger", "delivered by the carrier's word"),
            "refusals": say("{waarom het kanaal weigerde: brieven}", "{why the channel refused: letters}"),
            "failures": say("{wat de bezorger zei: brieven}", "{what the carrier said: letters}"),
            "reasons": say("{reden: teruggekomen brieven}", "{reason: returned letters}"),
            "steps": say("{volgende stap: brieven}", "{next step: letters}"),
            "open": say("brieven waarvan de volgende stap nog moet", "letters whose next step is still to be taken"),
            "unconfirmed_files": say("drukbestanden zonder bevestiging", "print files without receipt"),
        },
    )


def _close(screen: Screen, case: Path, round: str, reason: str | None) -> None:
    from helder.pipeline.returning import close

    reason = (reason or "").strip()
    told = close(case, keys_of(case), round, reason=reason, now=dt.datetime.now().astimezone())
    details = {key: told[key] for key, _, _ in ACCOUNT}
    log(case, "round.close", subject=f"round/{round}", reason=reason, details=details)
    screen.show(
        told,
        lambda console: facts(
            console, [(screen.say(nl, en), number(told[key], screen.say)) for key, nl, en in ACCOUNT]
        ),
    )
