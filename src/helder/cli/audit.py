"""`helder audit`: whether the log is as it was written, and what outsiders need to see that themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, Group, case_argument, option
from helder.cli.keys import keys_of
from helder.cli.logged import database_url, log
from helder.cli.office import prepare
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import counted, number
from helder.domain.errors import AuditError, HelderError
from helder.office.logged import ACCOUNTS, Altered, Logged, differing

if TYPE_CHECKING:
    from rich.console import Console

_MOST = 100
"""Problems of entries that are listed; the rest is counted."""


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    verify = Command(
        "verify",
        say,
        _verify,
        help=say(
            "Controleer of elke regel van het logboek er nog staat zoals hij geschreven is, elke versie van wat in de "
            "registers van het kantoor staat, en elk account met zijn rollen.\n\nWie de databank én deze "
            "software heeft, kan een heel nieuw logboek maken. Alleen een controlepunt dat iemand anders bewaart, laat "
            "dat zien: geef het met --checkpoint.",
            "Check whether every line of the audit log still stands as it was written, every version of what the "
            "office's registers hold, and every account with its roles.\n\nWho has the database and "
            "this program can make a whole new log. Only a checkpoint that somebody else keeps shows that: give it "
            "with --checkpoint.",
        ),
        params=[
            case_argument(say),
            option(
                "--checkpoint",
                "checkpoints",
                multiple=True,
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                metavar=say("BESTAND", "FILE"),
                help=say(
                    "Een eerder gegeven controlepunt (vaker mag).", "A checkpoint given earlier (may be repeated)."
                ),
            ),
        ],
        examples=[("helder audit verify lab-2025", say("Controleer alle regels.", "Check all lines."))],
        gives={
            "ok": say("of alles klopt", "whether all is right"),
            "lines": say("aantal regels", "number of lines"),
            "root": say("gezamenlijke hash", "common hash"),
            "problems": say("[{kind, first, last}]", "[{kind, first, last}]"),
            "entries": say("aantal versies in de registers", "number of versions in the registers"),
            "accounts": say("aantal accounts", "number of accounts"),
            "accounts_before": say(
                "accounts met regels van vóór het logboek alles ervan bewees",
                "accounts with lines from before the log proved all of them",
            ),
            "entry_problems": say(
                "[{kind, register, entry, version, parts}]: changed, missing, extra of unreadable; een account (user) heeft "
                "parts in plaats van een versie",
                "[{kind, register, entry, version, parts}]: changed, missing, extra or unreadable; an account (user) has "
                "parts in place of a version",
            ),
            "more": say("problemen die niet in de lijst staan", "problems that are not in the list"),
        },
    )
    checkpoint = Command(
        "checkpoint",
        say,
        _checkpoint,
        help=say(
            "Schrijf een ondertekend controlepunt, om buiten de organisatie te bewaren.\n\nHet zegt hoeveel regels het "
            "logboek heeft en hun gezamenlijke hash, en niets over wie dan ook.",
            "Write a signed checkpoint, to be kept outside the organisation.\n\nIt says how many lines the log has and "
            "their common hash, and nothing about anybody.",
        ),
        params=[
            case_argument(say),
            option(
                "--out",
                type=click.Path(path_type=Path),
                metavar=say("BESTAND", "FILE"),
                help=say("Anders: de standaarduitvoer.", "Else: standard output."),
            ),
        ],
        examples=[
            (
                "helder audit checkpoint lab-2025 --out kept.txt",
                say("Geef kept.txt aan een buitenstaander.", "Give kept.txt to an outsider."),
            )
        ],
        gives={
            "checkpoint": say("het controlepunt", "the checkpoint"),
            "verifier_key": say("sleutel om het na te gaan", "key to check it with"),
            "file": say("geschreven bestand", "file written"),
        },
    )
    export = Command(
        "export",
        say,
        _export,
        help=say(
            "Schrijf het logboek in een nieuw bestand, om aan een buitenstaander te geven.\n\nEén regel tekst per regel: wie, "
            "wat en waarom. Met --hashes alleen de hash van elke regel: genoeg om een controlepunt na te gaan, en niets "
            "over wie dan ook. Dat er een export was, komt in het logboek.",
            "Write the audit log into a new file, to give to an outsider.\n\nOne line of text for each line: who, what "
            "and why. With --hashes only the hash of each line: enough to check a checkpoint, and nothing about anybody. "
            "That there was an export goes into the log.",
        ),
        params=[
            case_argument(say),
            click.Argument(
                ["to"],
                metavar=say("BESTAND", "FILE"),
                type=click.Path(path_type=Path),
                help=say("een nieuw bestand", "a new file"),
            ),
            option("--hashes", is_flag=True, help=say("Alleen de hashes.", "The hashes only.")),
        ],
        examples=[
            (
                "helder audit export lab-2025 log.txt --hashes",
                say("Voor wie een controlepunt bewaart.", "For who keeps a checkpoint."),
            )
        ],
        gives={
            "file": say("het bestand", "the file"),
            "lines": say("aantal regels", "number of lines"),
            "content": say("of de regels zelf erin staan", "whether the lines themselves are in it"),
        },
    )
    return Group(
        "audit", say, [verify, checkpoint, export], help=say("Controleer het logboek.", "Check the audit log.")
    )


def _origin(case: Path) -> str:
    from helder.case import load_case

    return f"helder/{load_case(case).file.case.id}"


def _verify(screen: Screen, case: Path, checkpoints: tuple[Path, ...]) -> int:
    from helder.audit import read_log, signing_key, verifier_key, verify
    from helder.audit.note import read

    kept, logged = [], Logged()
    if checkpoints:
        verifier = verifier_key(_origin(case), signing_key(keys_of(case)))
        kept = [read(path.read_text("utf-8"), verifier) for path in checkpoints]
    with read_log(case, database_url()) as cursor:
        verdict = verify(cursor, kept, logged.take)
    held = _held(case, verdict.lines, logged)
    altered = held.altered
    wrong = AuditError(
        screen.say("Het logboek klopt niet.", "The audit log is damaged.")
        if not verdict.ok
        else screen.say(
            "Wat in het kantoor staat, is niet wat het logboek zegt.",
            "What the office holds is not what the audit log says.",
        ),
        where="DATABASE_URL" if database_url() else str(case / "office.db"),
        do=screen.say(
            "Zet een reservekopie terug en zoek uit wat er gebeurd is.", "Restore a backup and find out what happened."
        ),
    )
    ok = verdict.ok and not altered
    if ok:
        _remember(screen, case, verdict.lines, held)
    document: dict[str, Any] = {
        **verdict.as_dict(),
        "ok": ok,
        "entries": held.entries,
        "accounts": held.accounts,
        "accounts_before": held.before,
        "entry_problems": [one.as_dict() for one in altered[:_MOST]],
        "more": verdict.more + len(altered[_MOST:]),
        **({} if ok else wrong.as_dict()),
    }

    def render(console: Console) -> None:
        say, lines, versions = screen.say, counted(verdict.lines, screen.say), counted(held.entries, screen.say)
        accounts, before = counted(held.accounts, say), counted(held.before, say)
        if verdict.ok:
            console.print(
                say(f"Het logboek klopt: {lines:regel|regels}.", f"The audit log is right: {lines:line|lines}.")
            )
        if held.entries and not any(one.register != ACCOUNTS for one in altered):
            console.print(
                say(
                    f"De registers kloppen: {versions:versie|versies}.",
                    f"The registers are right: {versions:version|versions}.",
                )
            )
        if held.accounts and not any(one.register == ACCOUNTS for one in altered):
            console.print(
                say(
                    f"De accounts kloppen: {accounts:account|accounts}.",
                    f"The accounts are right: {accounts:account|accounts}.",
                )
            )
        if held.before:
            console.print(
                say(
                    f"Van {before:account is|accounts zijn} regels van vóór het logboek alles bewees: naam, wachtwoord of manieren van "
                    "inloggen zijn daarvan niet alle nagegaan.",
                    f"{before:account has|accounts have} lines from before the log proved all of it: not every name, password or way of "
                    "logging in was compared.",
                )
            )
        for problem in (*verdict.problems, *altered[:_MOST]):
            console.print(problem.words(say) if isinstance(problem, Altered) else str(problem))
        if document["more"]:
            console.print(say(f"en nog {document['more']}", f"and {document['more']} more"))

    screen.show(document, render)
    if not ok and not screen.json:
        raise wrong
    return 0 if ok else wrong.exit_code


def _remember(screen: Screen, case: Path, lines: int, held: _Held) -> None:
    """That all was right becomes a line, which the office's page of the log shows.

    A log that is not right is left as it was found, and a copy that is checked may be one that cannot be written.
    """
    try:
        log(
            case,
            "audit.verified",
            subject="audit",
            details={"lines": lines, "versions": held.entries, "accounts": held.accounts},
        )
    except (HelderError, OSError):
        screen.remark(
            "Dat het klopte, kon niet in het logboek geschreven worden.",
            "That it was right could not be written into the log.",
        )


@dataclass
class _Held:
    """What the office holds: how many versions and accounts, of how many accounts lines of before prove not all, and what is not as logged."""

    entries: int
    altered: list[Altered]
    accounts: int = 0
    before: int = 0


def _held(case: Path, lines: int, logged: Logged) -> _Held:
    """Hold the office against the first `lines` lines of the log, or those after."""
    from helder.audit import holds, read_log, rows

    url = database_url()
    # Nobody has opened this office, or it is gone: nothing of what was logged is there.
    if not holds(case, "office_user", url):
        gone = differing(logged.story({}), {})
        return _Held(0, [*gone.values(), *logged.missing()])
    prepare(case)
    from helder.office.accounts import altered_accounts
    from helder.office.unaltered import altered

    def later() -> list[tuple[Any, ...]]:
        with read_log(case, url) as cursor:
            return list(rows(cursor, lines))

    entries, found = altered(logged, later)
    accounts, before, more = altered_accounts(logged, later)
    return _Held(entries, more + found, accounts, before)


def _checkpoint(screen: Screen, case: Path, out: Path | None) -> None:
    from helder.audit import checkpoint, read_log, signing_key, verifier_key
    from helder.engines.disk import writing

    key, origin = signing_key(keys_of(case)), _origin(case)
    with read_log(case, database_url()) as cursor:
        note = checkpoint(cursor, key, origin=origin)
    if out is not None:
        with writing(out):
            out.write_text(note, "utf-8")
    document = {"checkpoint": note, "verifier_key": verifier_key(origin, key), "file": str(out) if out else None}

    def render(console: Console) -> None:
        click.echo(note if out is None else str(out))

    screen.show(document, render)
    if not screen.json:
        screen.remark(
            f"Sleutel om het na te gaan (geef die eenmaal, persoonlijk): {document['verifier_key']}",
            f"Key to check it with (give it once, in person): {document['verifier_key']}",
        )


def _export(screen: Screen, case: Path, to: Path, hashes: bool) -> None:
    from helder.audit import export, read_log
    from helder.case import load_case
    from helder.engines.disk import writing

    load_case(case)
    say = screen.say
    if to.exists():
        raise AuditError(
            say("Het bestand is er al.", "The file is there already."),
            where=str(to),
            do=say("Kies een nieuwe naam.", "Choose a new name."),
        )
    log(case, "audit.export", subject="audit", details={"content": not hashes})
    with writing(to), to.open("x", encoding="utf-8", newline="\n") as out, read_log(case, database_url()) as cursor:
        to.chmod(0o600)
        lines = export(cursor, out, content=not hashes)
    document = {"file": str(to), "lines": lines, "content": not hashes}
    words = say(f"{number(lines, say)} regels in {to}.", f"{number(lines, say)} lines in {to}.")
    screen.show(document, lambda console: console.print(words))
