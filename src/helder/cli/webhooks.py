"""`helder webhooks CASE`: tell web addresses what happened; for a timer, as often as it likes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from helder.cli.command import Command, case_argument
from helder.cli.office import prepare
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import number
from helder.domain.errors import DeliveryError


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "webhooks",
        say,
        _webhooks,
        help=say(
            "Stuur ondertekende berichten aan de webadressen die in het kantoor zijn aangemeld.\n\nWat niet aankomt gaat "
            "later opnieuw, met steeds langere pauzes, drie dagen lang. `helder serve` doet dit vanzelf; deze opdracht is voor een timer als het kantoor dicht is.",
            "Send signed notices to the web addresses that were subscribed in the office.\n\nWhat is not taken goes again "
            "later, with longer and longer pauses, for three days. `helder serve` does this by itself; this command is for a timer while the office is closed.",
        ),
        params=[case_argument(say)],
        examples=[("helder webhooks lab-2025", say("Stuur wat nu gestuurd moet worden.", "Send what is due now."))],
        gives={
            "taken": say("aangekomen berichten", "notices taken"),
            "failed": say("niet aangekomen; later weer", "not taken; tried again later"),
            "given_up": say("opgegeven na de laatste poging", "given up after the last try"),
        },
    )


def _webhooks(screen: Screen, case: Path) -> int:
    prepare(case)
    from helder.office.hook_sending import send

    sent, say = send(), screen.say

    def words() -> str:
        taken, failed, lost = (number(count, say) for count in (sent.taken, sent.failed, sent.given_up))
        return say(
            f"{taken} aangekomen, {failed} mislukt (gaan later weer), {lost} opgegeven.",
            f"{taken} taken, {failed} failed (tried again later), {lost} given up.",
        )

    screen.show(asdict(sent), lambda console: console.print(words()))
    return DeliveryError.exit_code if sent.failed or sent.given_up else 0
