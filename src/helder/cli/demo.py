"""`helder demo`: the reference case with made-up people, run and shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, engine_option, option
from helder.cli.keys import beside, found_at, keys_of
from helder.cli.office import filled
from helder.cli.progress import Listener, progress
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import difference_lines, facts, number, summary, summary_keys

if TYPE_CHECKING:
    from rich.console import Console

    from helder.engines.keys import Keys
    from helder.results.open import Results

PEOPLE = 941_000
SEED = 20250706
FOLDER = Path("helder-demo")


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "demo",
        say,
        _demo,
        help=say(
            "Bouw de voorbeeldzaak met verzonnen mensen: de hack bij een laboratorium in juli 2025.\n\nReken twee "
            "beoordelingen uit, 'as_told' (zoals destijds verteld) en 'current' (hetzelfde bewijs, helemaal gelezen), "
            "en schrijf een pagina met het verschil. Plan ook de rondes brieven; maak alle brieven van ronde 2, als "
            "proefdruk, en lees ze allemaal terug. De map is een gewone zaak: alle andere opdrachten werken erop. "
            "Dezelfde grootte en hetzelfde zaad geven dezelfde mensen.",
            "Build the reference case with made-up people: the hack at a laboratory in July 2025.\n\nCompute two "
            "assessments, 'as_told' (as told at the time) and 'current' (the same evidence, read in full), and write a "
            "page with the difference. Plan the rounds of letters too; make all letters of round 2, as specimens, and "
            "read every one back. The folder is an ordinary case: all other commands work on it. The same size and the "
            "same seed give the same people.",
        ),
        params=[
            option(
                "--people",
                type=click.IntRange(min=1),
                default=PEOPLE,
                show_default=True,
                metavar="N",
                help=say("Hoeveel mensen over wie het gaat.", "How many people in scope."),
            ),
            engine_option(say),
            option(
                "--out",
                type=click.Path(path_type=Path),
                default=FOLDER,
                show_default=True,
                metavar=say("MAP", "DIR"),
                help=say("De map van de zaak.", "The case folder."),
            ),
            option(
                "--seed",
                type=int,
                default=SEED,
                show_default=True,
                metavar="N",
                help=say("Een ander zaad geeft andere mensen.", "Another seed gives other people."),
            ),
        ],
        examples=[
            (
                "helder demo",
                say("De hele zaak: 941.000 mensen, enkele minuten.", "The whole case: 941,000 people, minutes."),
            ),
            ("helder demo --people 20000 --out try", say("Klein, in de map try.", "Small, in the folder try.")),
        ],
        gives={
            **summary_keys(say),
            "as_told": say("dezelfde sleutels, zoals destijds verteld", "the same keys, as told at the time"),
            "difference": say(
                "wat meer verteld had kunnen worden, en aan hoeveel mensen",
                "what more could have been told, and to how many people",
            ),
            "letters": say(
                "ronde 2 als brieven: people = produced + suppressed + unreachable; verified, wrong, variants, "
                "bytes_per_letter, seconds (controleren, maken en teruglezen), seconds_produce, seconds_verify, "
                "specimen, passed, misled; read_in_full: de controle van ronde 2 met al het bewijs gelezen (people, "
                "profiles, variants, passed, misled, stops: wat haar tegenhoudt); en rounds: alle rondes",
                "round 2 as letters: people = produced + suppressed + unreachable; verified, wrong, variants, "
                "bytes_per_letter, seconds (check, produce and verify), seconds_produce, seconds_verify, specimen, "
                "passed, misled; read_in_full: the check of round 2 with all evidence read (people, profiles, variants, "
                "passed, misled, stops: what stops it); and rounds: all rounds",
            ),
            "measured": say(
                "hoe vaak koppelingen kloppen, naast de verzonnen waarheid",
                "how often links are right, beside the made-up truth",
            ),
            "folder": say("de map van de zaak", "the case folder"),
            "key_file": say("het sleutelbestand; leeg: HELDER_KEY", "the key file; empty: HELDER_KEY"),
            "page": say("de geschreven pagina's", "the pages written"),
            "person": say("versleuteld nummer van de mens op de pagina", "keyed id of the person on the page"),
            "office": say("wat in het crisiskantoor kwam, per register", "what the case office got, by register"),
        },
    )


def _demo(screen: Screen, people: int, engine: str, out: Path, seed: int) -> None:
    from helder.results.counts import summary as count
    from helder.results.difference import difference

    with progress(screen.say) as listen:
        keys = _prepare(out, people, seed, listen)
        told, current = _assess(out, keys, engine, listen)
        found = difference(told, current, keys)
        measured = _measured(current, keys, out)
        office = filled(out)  # before the letters, which cite it
        letters = _letters(out, keys, engine, listen)
        pages, person = _page(told, current, keys, out, measured, listen)
    document = {
        **count(current),
        "as_told": count(told),
        "difference": found,
        "letters": letters,
        "measured": measured,
        "folder": str(out),
        "key_file": str(found_at(out) or ""),
        "page": [str(path) for path in pages],
        "person": person,
        "office": office,
    }
    screen.show(document, lambda console: _render(console, document, current, screen.say))


def _prepare(out: Path, people: int, seed: int, listen: Listener) -> Keys:
    """The case folder and its key. A folder that was made whole with the same size and seed is kept as it is."""
    from helder.demo.files import Made, made
    from helder.demo.make import make_case
    from helder.engines.keys import new_key_file

    # A key that cannot be read is said at once, not after making the people.
    keys = keys_of(out) if found_at(out) or _key_in_environment() else None
    if made(out) != Made(people, seed, whole=True):
        make_case(out, people, seed, lambda step, share: listen("people", share))
    return keys or new_key_file(beside(out))


def _key_in_environment() -> bool:
    import os

    from helder.engines.keys import KEY_VARIABLE

    return bool(os.environ.get(KEY_VARIABLE))


def _assess(out: Path, keys: Keys, engine: str, listen: Listener) -> tuple[Results, Results]:
    from helder.pipeline import opened, run_assessment
    from helder.results.open import Results

    with opened(out, keys, engine, listen) as run:
        for name in ("as_told", "current"):
            run_assessment(run, name)
    return Results.open(out, "as_told"), Results.open(out, "current")


def _measured(current: Results, keys: Keys, out: Path) -> dict[str, Any] | None:
    """How often links are right: only made-up people have a truth to compare with."""
    truth = out / "demo" / "truth.parquet"
    if not truth.exists():
        return None
    from helder.demo.measured import measure

    return measure(current, keys, truth)


def _letters(out: Path, keys: Keys, engine: str, listen: Listener) -> dict[str, Any]:
    """Both rounds planned; the second as letters, each read back."""
    import datetime as dt

    from helder.demo.rounds import make_rounds

    return make_rounds(out, keys, now=dt.datetime.now(dt.UTC), engine=engine, progress=listen)


def _page(
    told: Results, current: Results, keys: Keys, out: Path, measured: dict[str, Any] | None, listen: Listener
) -> tuple[list[Path], str | None]:
    """The page in both languages, and the keyed id of the person it explains."""
    from helder.demo.assumptions import assumptions_text
    from helder.demo.showing import letters_shown
    from helder.results.page import write
    from helder.results.page.gather import gather

    listen("page", 0.0)
    letters = letters_shown(out, keys)
    data = gather(told, current, keys, made_up=True, measured=measured, assumptions=assumptions_text(), letters=letters)
    pages = write(out / "page", data)
    listen("page", 1.0)
    return pages, data.person.keyed if data.person else None


def _render(console: Console, document: dict[str, Any], current: Results, say: Say) -> None:
    summary(console, document, current.case, say)
    difference_lines(console, document["difference"], document["measured"], say)
    _render_letters(console, document["letters"], say)
    folder = document["folder"]
    page = next((path for path in document["page"] if path.endswith(f"{say.lang}.html")), "")
    console.print()
    console.print(say("Alle mensen zijn verzonnen. Om verder te kijken:", "All people are made up. To look further:"))
    for label, what in (
        (say("de pagina", "the page"), page),
        (say("de sleutel", "the key"), document["key_file"] or "HELDER_KEY"),
        (say("de groepen", "the groups"), f"helder groups {folder}"),
        (say("wat veranderde", "what changed"), f"helder diff {folder} as_told current"),
        (say("één mens", "one person"), f'helder person {folder} {document["person"]} --reason "…"'),
        (say("wat ontbreekt", "what is missing"), f"helder gaps {folder}"),
        (say("de brieven", "the letters"), f"helder round show {folder} round2"),
        (say("het kantoor", "the office"), f"helder serve {folder}"),
    ):
        console.print(f"  {label:<17}{what}")


def _render_letters(console: Console, letters: dict[str, Any], say: Say) -> None:
    console.print()
    console.print(say("Ronde 2 als brieven", "Round 2 as letters"), style="bold")
    rows = (
        (say("mensen in de ronde", "people in the round"), letters["people"]),
        (say("  brieven gemaakt", "  letters made"), letters["produced"]),
        (say("  geen brief, met reden", "  no letter, for a reason"), letters["suppressed"]),
        (say("  niet te bereiken", "  cannot be reached"), letters["unreachable"]),
        (say("teruggelezen en goed", "read back and right"), letters["verified"]),
        (say("teruggelezen en fout", "read back and wrong"), letters["wrong"]),
        (say("verschillende brieven", "different letters"), letters["variants"]),
        (say("bytes per brief", "bytes a letter"), letters["bytes_per_letter"] or 0),
    )
    facts(console, [(label, number(value, say)) for label, value in rows])
    full = letters["read_in_full"]
    if full["passed"]:
        text = say("met al het bewijs gelezen: gecontroleerd, waar", "with all evidence read: checked, true")
    else:
        text = say("met al het bewijs gelezen: NIET door de controle", "with all evidence read: did NOT pass the check")
    console.print(text)
