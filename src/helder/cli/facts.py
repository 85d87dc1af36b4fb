"""`helder facts CASE`: take the facts of the office's registers to where letters read them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from helder.cli.command import Command, case_argument
from helder.cli.office import prepare
from helder.cli.say import Say
from helder.cli.screen import Screen


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "facts",
        say,
        _facts,
        help=say(
            "Haal de feiten van het kantoor op voor de brieven.\n\nMaatregelen die gelden, open vragen en getallen die nog "
            "kloppen komen in letters/office.toml, elk met een laatste dag. Een brief noemt ze als {korte_naam}, en faalt "
            "zodra het feit verlopen of ingetrokken is. Goedkeuringen vallen alleen als er iets veranderde.",
            "Take the office's facts to the letters.\n\nMeasures in force, open questions and numbers that still hold go to "
            "letters/office.toml, each with a last day. A letter cites them as {short_name}, and fails once the fact has "
            "expired or was withdrawn. Approvals fall only when something changed.",
        ),
        params=[case_argument(say)],
        examples=[("helder facts lab-2025", say("Haal op wat nu gezegd mag worden.", "Take what may be said now."))],
        gives={
            "facts": say("namen van de feiten die brieven mogen noemen", "names of the facts that letters may cite"),
            "left": say(
                "niet meegenomen: de naam past niet in een brief of is niet de enige, of een getal erin klopt niet meer",
                "not taken: the name does not fit a letter or is not the only one, or a number in it holds no longer",
            ),
            "changed": say("of het bestand anders werd", "whether the file changed"),
        },
    )


def _facts(screen: Screen, case: Path) -> int:
    prepare(case)
    from django.db import transaction
    from django.utils import timezone

    from helder.office.audit import write
    from helder.office.letter_facts import put, taken_now

    found, say = taken_now(timezone.localdate()), screen.say
    with transaction.atomic():
        if changed := put(case, found.text):
            sha256 = hashlib.sha256(found.text.encode()).hexdigest()
            write("cli", "facts.taken", "letters/office", details={"facts": len(found.ids), "sha256": sha256})

    def words() -> str:
        lines = [say(f"{len(found.ids)} feiten voor de brieven.", f"{len(found.ids)} facts for the letters.")]
        if found.left:
            lines.append(say("Niet meegenomen: ", "Not taken: ") + ", ".join(found.left))
        if not changed:
            lines.append(say("Er is niets veranderd.", "Nothing changed."))
        return "\n".join(lines)

    screen.show({"facts": found.ids, "left": found.left, "changed": changed}, lambda console: console.print(words()))
    return 0
