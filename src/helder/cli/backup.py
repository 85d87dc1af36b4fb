"""`helder backup CASE TO`: the case folder and the office's database in one sealed file."""

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
        "backup",
        say,
        _backup,
        help=say(
            "Schrijf een reservekopie: de map van de zaak en de databank van het kantoor in één versleuteld bestand.\n\n"
            "Het kantoor mag open blijven. Wat opnieuw uit te rekenen is (work/) gaat niet mee. De sleutel ook niet: "
            "bewaar die ergens anders, want zonder sleutel opent niemand de kopie.",
            "Write a backup: the case folder and the office's database in one sealed file.\n\nThe office may stay open. "
            "What can be computed again (work/) is left out. So is the key: keep it elsewhere, because without it "
            "nobody opens the backup.",
        ),
        params=[
            case_argument(say),
            click.Argument(
                ["to"],
                metavar=say("BESTAND", "FILE"),
                type=click.Path(path_type=Path),
                help=say("een nieuw bestand, buiten de map", "a new file, outside the folder"),
            ),
        ],
        examples=[
            (
                "helder backup lab-2025 /backup/lab-2025-08-06.helder",
                say("Alles in één bestand.", "Everything in one file."),
            )
        ],
        gives={
            "file": say("het bestand", "the file"),
            "files": say("aantal bestanden van de zaak", "number of the case's files"),
            "bytes": say("grootte van de reservekopie", "size of the backup"),
            "made": say("wanneer", "when"),
            "postgresql": say("of er een PostgreSQL-databank in zit", "whether it holds a PostgreSQL database"),
        },
    )


def _backup(screen: Screen, case: Path, to: Path) -> None:
    from helder.case import load_case
    from helder.web.backup import back_up
    from helder.web.dump import ready

    load_case(case)
    keys, url = keys_of(case), database_url()
    ready(url)
    log(case, "case.backup", subject="case", details={"postgresql": bool(url)})
    manifest = back_up(case, to, keys, url)
    count = len(manifest["files"])
    document = {
        "file": str(to),
        "files": count,
        "bytes": to.stat().st_size,
        "made": manifest["made"],
        "postgresql": manifest["postgresql"],
    }
    say = screen.say
    screen.show(
        document,
        lambda console: console.print(
            say(
                f"Reservekopie van {number(count, say)} bestanden in {to}. De sleutel zit er niet in.",
                f"Backup of {number(count, say)} files in {to}. The key is not in it.",
            ),
        ),
    )
