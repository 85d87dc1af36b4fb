"""`helder serve CASE`: the case office in the browser."""

from __future__ import annotations

import os
from pathlib import Path

import click

from helder.cli.command import Command, case_argument, option
from helder.cli.office import prepare
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.domain.errors import StorageError

PORT = 8000


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "serve",
        say,
        _serve,
        help=say(
            "Open het crisiskantoor in de browser: tijdlijn, termijnen, maatregelen.\n\nZonder meer werkt het op deze "
            "computer alleen (127.0.0.1), met de database office.db in de map van de zaak. De eerste keer toont het een "
            "koppeling waarmee u uw account maakt.\n\nZolang het open is, krijgen aangemelde webadressen bericht van wat er gebeurt.",
            "Open the case office in the browser: timeline, clocks, measures.\n\nBy default it works on this machine "
            "only (127.0.0.1), with the database office.db in the case folder. The first time it shows a link by "
            "which you make your account.\n\nAs long as it is open, web addresses that were subscribed are told what happens.",
        ),
        params=[
            case_argument(say),
            option(
                "--port",
                type=click.IntRange(0, 65535),
                default=PORT,
                show_default=True,
                metavar="N",
                help=say("De poort; 0 kiest een vrije.", "The port; 0 picks a free one."),
            ),
            option(
                "--welcome",
                is_flag=True,
                help=say(
                    "Toon een koppeling voor nog een eerste account: voor de tweede die collega’s bevestigt.",
                    "Show a link for one more first account: for the second person who confirms colleagues.",
                ),
            ),
            option(
                "--reset-login",
                metavar=say("NAAM", "NAME"),
                help=say(
                    "Toon een koppeling waarmee wie deze gebruikersnaam heeft, het inloggen opnieuw instelt: voor wie dat "
                    "niet meer kan en geen collega heeft die zo'n koppeling geeft.",
                    "Show a link by which who has this user name sets the log-in anew: for who can no longer log in and "
                    "has no colleague who gives such a link.",
                ),
            ),
        ],
        examples=[("helder serve lab-2025", say("Open daarna het getoonde adres.", "Then open the address shown."))],
        gives={
            "address": say("waar het kantoor te vinden is", "where the office is"),
            "welcome": say(
                "koppeling om een account te maken, zonder accounts of met --welcome; anders null",
                "link to make an account, without accounts or with --welcome; otherwise null",
            ),
            "reset": say(
                "koppeling om opnieuw in te loggen, met --reset-login; anders null",
                "link to log in again, with --reset-login; otherwise null",
            ),
            "database": say("sqlite of postgresql", "sqlite or postgresql"),
        },
    )


def _serve(screen: Screen, case: Path, port: int, welcome: bool, reset_login: str | None) -> None:
    prepare(case)
    from django.db import connection
    from waitress.server import create_server

    from helder.office.hook_thread import at_work
    from helder.web.dashboard import read_ahead
    from helder.web.first import first_invitation, way_back
    from helder.web.proxy import server_settings
    from helder.web.wsgi import application

    back = way_back(reset_login) if reset_login else None
    try:
        server = create_server(application, port=port, **server_settings(os.environ.get("HELDER_HOST", "")))
    except OSError as error:
        raise StorageError(
            screen.say(f"Poort {port} is bezet.", f"Port {port} is taken."),
            where=f"127.0.0.1:{port}",
            do=screen.say("Kies een andere met --port.", "Choose another with --port.") + f" ({error.strerror})",
        ) from None
    address = f"http://127.0.0.1:{server.effective_port}/"
    token = first_invitation(more=welcome)
    document = {
        "address": address,
        "welcome": f"{address}welcome/{token}/" if token else None,
        "reset": f"{address}welcome/{back}/" if back else None,
        "database": connection.vendor,
    }
    say = screen.say

    def render(console) -> None:  # type: ignore[no-untyped-def]
        console.print(say(f"Het kantoor is open op {address}", f"The office is open at {address}"))
        if document["welcome"]:
            first = say("Maak uw account (één keer, binnen een dag): ", "Make your account (once, within a day): ")
            console.print(first + document["welcome"])
        if document["reset"]:
            again = say("Log opnieuw in (één keer, binnen een dag): ", "Log in again (once, within a day): ")
            console.print(again + document["reset"])
        console.print(say("Stoppen: Ctrl+C", "Stop: Ctrl+C"))

    screen.show(document, render)
    with at_work(read_ahead):
        server.run()
