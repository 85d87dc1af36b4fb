"""`helder remind CASE`: send the reminders that are due; for a timer, as often as it likes."""

from __future__ import annotations

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
        "remind",
        say,
        _remind,
        help=say(
            "Stuur herinneringen aan termijnen die bijna eindigen of voorbij zijn.\n\nEen week, een dag en vier uur "
            "ervoor, en daarna; elk één keer, aan wie in het kantoor een e-mailadres gaf. Laat een timer dit elk "
            "kwartier doen. HELDER_SMTP en HELDER_MAIL_FROM noemen de mailserver en de afzender.",
            "Send reminders of terms that end soon or are over.\n\nA week, a day and four hours before, and after; each "
            "once, to whoever gave an e-mail address in the office. Let a timer do this every quarter of an hour. "
            "HELDER_SMTP and HELDER_MAIL_FROM name the mail server and the sender.",
        ),
        params=[case_argument(say)],
        examples=[("helder remind lab-2025", say("Stuur wat nu gestuurd moet worden.", "Send what is due now."))],
        gives={
            "sent": say("verstuurde herinneringen", "reminders sent"),
            "refused": say(
                "door de mailserver geweigerd; de volgende keer weer", "refused by the server; next time again"
            ),
        },
    )


def _remind(screen: Screen, case: Path) -> int:
    import os

    if not os.environ.get("HELDER_SMTP"):
        raise DeliveryError(
            screen.say("Er is geen mailserver.", "There is no mail server."),
            where="HELDER_SMTP",
            do=screen.say(
                "Zet HELDER_SMTP=smtp://naam:wachtwoord@host:587 en HELDER_MAIL_FROM.",
                "Set HELDER_SMTP=smtp://user:password@host:587 and HELDER_MAIL_FROM.",
            ),
        )
    prepare(case)
    from django.core.mail import get_connection
    from django.utils import timezone

    from helder.registers.clocks.reminders import send

    sent, refused = send(timezone.now(), get_connection())
    document = {"sent": sent, "refused": refused}
    say = screen.say
    screen.show(
        document,
        lambda console: console.print(
            say(
                f"{number(sent, say)} verstuurd, {number(refused, say)} geweigerd.",
                f"{number(sent, say)} sent, {number(refused, say)} refused.",
            )
        ),
    )
    return DeliveryError.exit_code if refused else 0
