"""`helder new FOLDER [FILES…]`: a new case folder with what the files tell."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, option
from helder.cli.doubts import doubt_sentence
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import counted
from helder.domain.errors import CaseError, SourceError

if TYPE_CHECKING:
    from rich.console import Console

    from helder.case.scaffold import Found


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "new",
        say,
        _new,
        help=say(
            "Begin een nieuwe zaak.\n\nDe bestanden worden ongewijzigd gekopieerd naar MAP/sources. Aan hun kolommen "
            "en waarden is te zien wat ze zijn: dat voorstel staat in case.toml, met de reden en hoe zeker het is. Wat "
            "niet zeker is, staat er als opmerking.",
            "Start a new case.\n\nThe files are copied unchanged to FOLDER/sources. Their columns and values show what "
            "they are: that proposal stands in case.toml, with the reason and how sure it is. What is not sure stands "
            "there as a comment.",
        ),
        params=[
            click.Argument(
                ["folder"],
                metavar=say("MAP", "FOLDER"),
                type=click.Path(path_type=Path),
                help=say("een nieuwe map", "a new folder"),
            ),
            click.Argument(
                ["files"],
                metavar=say("[BESTAND]...", "[FILE]..."),
                nargs=-1,
                type=click.Path(path_type=Path),
                help=say("bestanden zoals ontvangen", "files as received"),
            ),
            option("--country", default="nl", show_default=True, metavar="ID", help=say("Het land.", "The country.")),
        ],
        examples=[
            (
                "helder new lab-2025 register.csv gelekt.xlsx",
                say("Een zaak met twee bronnen.", "A case with two sources."),
            )
        ],
        gives={
            "folder": say("de nieuwe map", "the new folder"),
            "written": say("geschreven bestanden", "files written"),
            "sources": say(
                "[{file, format, fills, sure, unsure, unused, doubts, options, not_used}]: wat de bestanden lijken te zijn; not_used: waarom een blad geen bron is, anders null",
                "[{file, format, fills, sure, unsure, unused, doubts, options, not_used}]: what the files seem to be; not_used: why a sheet is no source, else null",
            ),
        },
    )


def _new(screen: Screen, folder: Path, files: tuple[Path, ...], country: str) -> None:
    from helder.case.notes import WHY
    from helder.case.scaffold import scaffold

    if (folder / "case.toml").exists():
        raise CaseError(
            screen.say(
                "Hier is al een zaak; er is niets veranderd.", "There is a case here already; nothing was changed."
            ),
            where=str(folder / "case.toml"),
            do=screen.say("Noem een andere map.", "Name another folder."),
        )
    today = dt.date.today()
    names = [path.name for path in files]
    if len(set(names)) < len(names):
        raise SourceError(
            screen.say("Twee bestanden heten hetzelfde.", "Two files have one name."),
            where=next(name for name in names if names.count(name) > 1),
            do=screen.say("Hernoem er een.", "Rename one of the two."),
        )
    found = [one for path in files for one in _look(path, country, today, screen.say)]
    for path in files:
        _copy(path, folder / "sources" / path.name)
    written = scaffold(folder, found, country=country, today=today)
    document: dict[str, Any] = {
        "folder": str(folder),
        "written": [str(path) for path in written],
        "sources": [
            {
                "file": one.path,
                "format": one.format,
                "fills": one.proposed.fills,
                "sure": len(one.proposed.sure),
                "unsure": len(one.proposed.unsure),
                "unused": len(one.proposed.unused),
                "doubts": list(one.doubts),
                "options": dict(one.options),
                "not_used": screen.say(*WHY[one.not_used]) if one.not_used else None,
            }
            for one in found
        ],
    }
    screen.show(document, lambda console: _render(console, document, screen.say))


def _look(path: Path, country: str, today: dt.date, say: Say) -> list[Found]:
    """What a file seems to be, or each table of a database and each sheet of a workbook."""
    from helder.case.notes import notes
    from helder.case.propose import propose
    from helder.case.scaffold import Found, name_of
    from helder.sources.sample import looks

    seen = looks(path)
    proposed = [propose(name_of(path.name, one.options), one.columns, country, today) for one in seen]
    sheets = all("sheet" in one.options for one in seen)
    aside = (
        notes([(one.columns, fills) for one, fills in zip(seen, proposed, strict=True)]) if sheets else [""] * len(seen)
    )
    return [
        Found(
            f"sources/{path.name}",
            one.format,
            one.facts,
            fills,
            tuple(doubt_sentence(asdict(doubt), say) for doubt in one.doubts),
            one.options,
            why,
        )
        for one, fills, why in zip(seen, proposed, aside, strict=True)
    ]


def _copy(path: Path, target: Path) -> None:
    """Copy a file as received, readable by its owner only; one that is there already is not written over."""
    from helder.engines.disk import cannot

    if target.exists():
        if path.samefile(target):
            return
        # Data as received are never written over.
        raise SourceError("A file of that name is there already.", where=str(target), do="Rename one of the two.")
    partial = target.with_name(f".{target.name}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, partial)
        partial.chmod(0o600)
        partial.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):  # where its folder is none, neither is it
            partial.unlink()
        asked = Path(error.filename) if error.filename else target  # the file, or the folder where it cannot come
        raise cannot("copied", target if asked == partial else asked, error) from None


def _render(console: Console, document: dict[str, Any], say: Say) -> None:
    folder = document["folder"]
    for one in document["sources"]:
        told = "".join(f", {name} {value}" for name, value in one["options"].items())
        if one["not_used"]:
            console.print(
                say(
                    f"{one['file']}{told}: niet gebruikt: {one['not_used']}.",
                    f"{one['file']}{told}: not used: {one['not_used']}.",
                )
            )
            continue
        console.print(
            say(
                f"{one['file']}{told}: {one['fills']}; {counted(one['sure'], say):kolom|kolommen} herkend, {one['unsure']} misschien, "
                f"{one['unused']} niet.",
                f"{one['file']}{told}: {one['fills']}; {counted(one['sure'], say):column|columns} recognised, {one['unsure']} perhaps, "
                f"{one['unused']} not.",
            ),
        )
        for doubt in one["doubts"]:
            console.print(f"  {doubt}", style="yellow")
    console.print(
        say(
            f"De zaak staat in {folder}. Nu: pas case.toml aan (elke regel met CHANGE), dan\n"
            f"  helder key new {folder}.key\n  helder check {folder}\n  helder run {folder}",
            f"The case is in {folder}. Now: edit case.toml (every line with CHANGE), then\n"
            f"  helder key new {folder}.key\n  helder check {folder}\n  helder run {folder}",
        ),
    )
