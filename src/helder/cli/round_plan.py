"""`helder round plan CASE ROUND`: freeze an assessment, and say who gets which letter."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from helder.cli.command import Command, case_argument, engine_option
from helder.cli.keys import keys_of
from helder.cli.logged import log
from helder.cli.progress import progress
from helder.cli.round import round_argument
from helder.cli.round_words import document, keys, render
from helder.cli.say import Say
from helder.cli.screen import Screen


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "plan",
        say,
        _plan,
        help=say(
            "Leg vast wie wat te horen krijgt.\n\nReken de beoordeling van de ronde uit als dat nodig is, leg haar vast, en "
            "bepaal van iedereen: een brief, geen brief en waarom, of niet te bereiken. De aantallen kloppen altijd, anders "
            "stopt het. Wat later verandert, zet de ronde terug op 'gepland'.",
            "Freeze who is told what.\n\nCompute the assessment of the round where needed, freeze it, and decide for "
            "everyone: a letter, no letter and why, or cannot be reached. The numbers always add up, or it stops. What "
            "changes later sets the round back to 'planned'.",
        ),
        params=[case_argument(say), round_argument(say), engine_option(say)],
        examples=[("helder round plan lab-2025 round2", say("Plan de tweede ronde.", "Plan the second round."))],
        gives=keys(say),
    )


def _plan(screen: Screen, case: Path, round: str, engine: str) -> None:
    from helder.case import load_case
    from helder.pipeline.planning import plan

    load_case(case).round(round)
    keys_ = keys_of(case)
    with progress(screen.say) as listen:
        record = plan(case, keys_, round, engine=engine, progress=listen, now=dt.datetime.now(dt.UTC))
    found = document(record)
    log(case, "round.plan", subject=f"round/{round}", details={"content": record.content, "people": found["people"]})
    screen.show(found, lambda console: render(console, found, screen.say))
