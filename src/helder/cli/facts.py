"""`helder facts CASE`: take the facts of the office's registers to where letters read them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from helder.cli.command import Command, case_argument, option
from helder.cli.office import prepare
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import counted


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
        params=[
            case_argument(say),
            option(
                "--site",
                type=click.Path(path_type=Path, file_okay=False),
                metavar=say("MAP", "DIR"),
                help=say(
                    "Schrijf dezelfde feiten ook voor de website: facts.json, facts.nl.html en facts.en.html.",
                    "Write the same facts for the website too: facts.json, facts.nl.html and facts.en.html.",
                ),
            ),
        ],
        examples=[
            ("helder facts lab-2025", say("Haal op wat nu gezegd mag worden.", "Take what may be said now.")),
            (
                "helder facts lab-2025 --site public",
                say("Zet het ook klaar voor de website.", "Make it ready for the website too."),
            ),
        ],
        gives={
            "facts": say("namen van de feiten die brieven mogen noemen", "names of the facts that letters may cite"),
            "left": say(
                "niet meegenomen: de naam past niet in een brief of is niet de enige, of een getal erin klopt niet meer",
                "not taken: the name does not fit a letter or is not the only one, or a number in it holds no longer",
            ),
            "changed": say("of het bestand anders werd", "whether the file changed"),
            "site": say("bestanden voor de website", "files for the website"),
            "gone": say(
                "stond nog op de website, en mag niet meer gezegd worden: verlopen, beantwoord of ingetrokken",
                "stood on the website until now, and may be said no more: expired, answered or withdrawn",
            ),
        },
    )


def _facts(screen: Screen, case: Path, site: Path | None) -> int:
    prepare(case)
    from django.db import transaction
    from django.utils import timezone

    from helder.office import site_facts
    from helder.office.audit import write
    from helder.office.letter_facts import put, taken_now
    from helder.office.site_facts import Site

    day, say = timezone.localdate(), screen.say
    found = taken_now(day)
    public = Site([], [])
    with transaction.atomic():
        if site:
            public = site_facts.put(site, found.facts, day)
            write("cli", "facts.site", "letters/site", details={"facts": len(found.ids), "gone": len(public.gone)})
        if changed := put(case, found.text):
            sha256 = hashlib.sha256(found.text.encode()).hexdigest()
            write("cli", "facts.taken", "letters/office", details={"facts": len(found.ids), "sha256": sha256})

    def words() -> str:
        facts = counted(len(found.ids), say)
        lines = [say(f"{facts:feit|feiten} voor de brieven.", f"{facts:fact|facts} for the letters.")]
        if found.left:
            lines.append(say("Niet meegenomen: ", "Not taken: ") + ", ".join(found.left))
        if public.files:
            lines.append(say("Voor de website: ", "For the website: ") + ", ".join(public.files))
        if public.gone:
            lines.append(say("Niet meer op de website: ", "No longer on the website: ") + ", ".join(public.gone))
        if not changed:
            lines.append(say("Er is niets veranderd.", "Nothing changed."))
        return "\n".join(lines)

    document = {"facts": found.ids, "left": found.left, "changed": changed, "site": public.files, "gone": public.gone}
    screen.show(document, lambda console: console.print(words()))
    return 0
