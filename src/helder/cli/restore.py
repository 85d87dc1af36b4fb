"""`helder restore FROM CASE`: a backup back in place, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import click

from helder.cli.command import Command, case_argument
from helder.cli.keys import keys_of
from helder.cli.logged import database_url, log
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import number


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "restore",
        say,
        _restore,
        help=say(
            "Zet een reservekopie terug in een nieuwe map.\n\nEerst wordt alles gelezen en nagekeken; een beschadigde "
            "kopie verandert niets. Er wordt nooit iets overschreven: de map mag nog niet bestaan, een PostgreSQL-"
            "databank moet leeg zijn. Geef daarna 'helder run' voor de uitkomsten.",
            "Put a backup back into a new folder.\n\nAll of it is read and checked first; a damaged backup changes "
            "nothing. Nothing is ever written over: the folder must not exist, a PostgreSQL database must be empty. "
            "Then `helder run` computes the results.",
        ),
        params=[
            click.Argument(
                ["backup"],
                metavar=say("BESTAND", "FILE"),
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                help=say("de reservekopie", "the backup"),
            ),
            case_argument(say),
        ],
        examples=[
            (
                "helder restore /backup/lab-2025-08-06.helder lab-2025",
                say("Met de sleutel in lab-2025.key.", "With the key in lab-2025.key."),
            )
        ],
        gives={
            "case": say("de map", "the folder"),
            "files": say("aantal bestanden", "number of files"),
            "made": say("wanneer de kopie gemaakt is", "when the backup was made"),
            "postgresql": say(
                "of er een PostgreSQL-databank teruggezet is", "whether a PostgreSQL database was restored"
            ),
        },
    )


def _restore(screen: Screen, backup: Path, case: Path) -> None:
    from helder.web.backup import restore

    manifest = restore(backup, case, keys_of(case), database_url())
    count = len(manifest["files"])
    log(case, "case.restore", subject="case", details={"made": manifest["made"], "files": count})
    document = {
        "case": str(case),
        "files": count,
        "made": manifest["made"],
        "postgresql": manifest["postgresql"],
    }
    say = screen.say
    screen.show(
        document,
        lambda console: console.print(
            say(
                f"{number(count, say)} bestanden van {manifest['made']} teruggezet in {case}. Geef nu 'helder run'.",
                f"{number(count, say)} files of {manifest['made']} restored in {case}. Now run `helder run`.",
            ),
        ),
    )
