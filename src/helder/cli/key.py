"""`helder key new PATH`: a new key."""

from __future__ import annotations

from pathlib import Path

import click

from helder.cli.command import Command, Group
from helder.cli.say import Say
from helder.cli.screen import Screen


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    new = Command(
        "new",
        say,
        _new,
        help=say(
            "Maak een nieuwe sleutel in een bestand dat alleen u kunt lezen.\n\nWie de sleutel verliest, verliest wat "
            "ermee versleuteld is: bewaar een kopie op een andere plek. Bewaar hem nooit in de map van de zaak. Staat "
            "het bestand naast de map en heet het MAP.key, dan wordt het vanzelf gevonden.",
            "Make a new key in a file that only you can read.\n\nWho loses the key loses what is encrypted with it: "
            "keep a copy in another place. Never keep it in the case folder. When the file stands beside the folder "
            "and is called FOLDER.key, it is found by itself.",
        ),
        params=[
            click.Argument(
                ["path"],
                metavar=say("BESTAND", "FILE"),
                type=click.Path(path_type=Path),
                help=say("nieuw bestand", "a new file"),
            )
        ],
        examples=[
            (
                "helder key new lab-2025.key",
                say("De sleutel van de zaak in lab-2025.", "The key of the case in lab-2025."),
            ),
            (
                "export HELDER_KEY_FILE=/media/usb/lab-2025.key",
                say("Gebruik een sleutel die ergens anders staat.", "Use a key that stands elsewhere."),
            ),
        ],
        gives={
            "path": say("het bestand", "the file"),
            "key_id": say("kenmerk van de sleutel; niet geheim", "the key's mark; not secret"),
        },
    )
    return Group("key", say, [new], help=say("Maak een sleutel.", "Make a key."))


def _new(screen: Screen, path: Path) -> None:
    from helder.engines.keys import new_key_file

    keys = new_key_file(path)
    say = screen.say
    screen.show(
        {"path": str(path.absolute()), "key_id": keys.key_id.hex()},
        lambda console: console.print(
            say(
                f"Nieuwe sleutel in {path}. Bewaar een kopie op een andere plek.",
                f"New key in {path}. Keep a copy in another place.",
            ),
        ),
    )
