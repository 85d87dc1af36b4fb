"""`helder round handover CASE ROUND`: hand the approved letters over, by the channels of case.toml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helder.cli.command import Command, case_argument, option
from helder.cli.failure import INCOMPLETE, STOPPED, UNLIKE_RECEIPT
from helder.cli.keys import keys_of
from helder.cli.logged import log
from helder.cli.progress import progress
from helder.cli.round import round_argument
from helder.cli.round_words import compared_key, not_asked
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.cli.tables import number, table
from helder.cli.usage import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from helder.pipeline.delivering import Handed

_UNSURE = ("sent", "resend")
_OUTCOMES = {
    "sent": ("verstuurd", "sent"),
    "before": ("al eerder verstuurd", "sent before"),
    "refused": ("geweigerd", "refused"),
    "unsure": ("onzeker of het aankwam", "unsure whether it arrived"),
    "waiting": ("nog niet gelukt", "not yet"),
    "later": ("daglimiet: morgen verder", "daily limit: go on tomorrow"),
}


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "handover",
        say,
        _handover,
        help=say(
            "Geef een goedgekeurde ronde uit handen, langs de kanalen van case.toml.\n\nEen ronde die niet door twee mensen "
            "is goedgekeurd, of waarvan iets veranderde, wordt geweigerd. Na een storing of Ctrl-C gaat dezelfde opdracht "
            "verder: niets gaat twee keer. Is niet te zeggen of iets aankwam, dan wacht het op u: kijk aan de andere kant "
            "en geef --unsure. Uitgangscode 18: nog niet alles is weg; 19: opgehouden met --stop; 20: de bevestiging van de "
            "drukker klopt niet. Wat een kanaal weigerde, gaat niet nog eens, tenzij u het herstelde: --refused resend. Geheimen staan in de omgeving: HELDER_CHANNEL_<KANAAL>_SECRET of _KEY_FILE.",
            "Hand an approved round over, by the channels of case.toml.\n\nA round that two people have not approved, or of "
            "which something changed, is refused. After a failure or Ctrl-C the same command goes on: nothing goes twice. "
            "When nobody can tell whether something arrived, it waits for you: look at the other side and give --unsure. "
            "Exit code 18: not all is gone yet; 19: stopped with --stop; 20: the print house's receipt is not right. "
            "What a channel refused does not go again, unless you mended why: --refused resend. "
            "Secrets stand in the environment: HELDER_CHANNEL_<CHANNEL>_SECRET or _KEY_FILE.",
        ),
        params=[
            case_argument(say),
            round_argument(say),
            option(
                "--stop",
                is_flag=True,
                help=say("Laat een lopende overdracht ophouden.", "Let a running handover stop."),
            ),
            option(
                "--unsure",
                type=click.Choice(_UNSURE),
                help=say(
                    "Wat u aan de andere kant zag van wat onzeker is: het kwam aan (sent), of niet (resend).",
                    "What you saw at the other side of what is unsure: it arrived (sent), or it did not (resend).",
                ),
            ),
            option(
                "--refused",
                type=click.Choice(("resend",)),
                help=say(
                    "Stuur wat een kanaal weigerde nog eens, behalve aan wie een latere ronde het al vertelde.",
                    "Send what a channel refused once more, but for whom a later round has told since.",
                ),
            ),
            option(
                "--missing",
                type=click.Choice(("resend",)),
                help=say(
                    "Stuur nog eens wat volgens de bevestiging van de drukker ontbreekt of anders is.",
                    "Send once more what is missing or different by the print house's receipt.",
                ),
            ),
        ],
        examples=[
            ("helder round handover lab-2025 round2", say("Geef over, of ga verder.", "Hand over, or go on.")),
            (
                "helder round handover lab-2025 round2 --stop",
                say("Houd op na wat bezig is.", "Stop after what is busy."),
            ),
            (
                "helder round handover lab-2025 round2 --unsure resend",
                say("Wat onzeker was, kwam niet aan.", "What was unsure did not arrive."),
            ),
        ],
        gives={
            "round": say("id van de ronde", "id of the round"),
            "state": say(
                "produced als niets wegging, leaving als nog niet alles weg is, handed_over als alles weg is",
                "produced when nothing left, leaving when not all is gone yet, handed_over when all is gone",
            ),
            "complete": say(
                "of alles is overgedragen, en geen bevestiging iets anders zegt",
                "whether all is handed over, and no receipt says otherwise",
            ),
            "stopped": say("of iemand het liet ophouden", "whether somebody stopped it"),
            "channels": say(
                "{kanaal: {parcels, letters, now, states, left}}", "{channel: {parcels, letters, now, states, left}}"
            ),
            "receipt": say(
                "{confirmed, missing, different, foreign}: bestanden volgens de drukker; null: nog geen bevestiging",
                "{confirmed, missing, different, foreign}: files by the print house's receipt; null: none yet",
            ),
            "compared": compared_key(say),
        },
    )


def _handover(
    screen: Screen, case: Path, round: str, stop: bool, unsure: str | None, refused: str | None, missing: str | None
) -> int | None:
    from helder.cli.office import office_of
    from helder.delivery.ledger import State
    from helder.pipeline.delivering import ask_to_stop, handover

    if stop and (unsure or refused or missing):
        other = "--unsure" if unsure else "--refused" if refused else "--missing"
        raise UsageError(
            screen.say(f"--stop gaat niet samen met {other}.", f"--stop does not go with {other}."),
            do="helder round handover --help",
        )
    if stop:
        ask_to_stop(case, round)
        said = screen.say("Gevraagd om op te houden.", "Asked to stop.")
        screen.show({"round": round, "stopped": True}, lambda console: console.print(said))
        return None
    settle = {"sent": State.SENT, "resend": State.WAITING}.get(unsure or "")
    keys = keys_of(case)
    log(
        case,
        "round.handover",
        subject=f"round/{round}",
        details={"unsure": unsure or "", "refused": refused or "", "missing": missing or ""},
    )
    now = dt.datetime.now().astimezone()
    again, lost = refused is not None, missing is not None
    with progress(screen.say) as told:
        done = handover(
            case,
            keys,
            round,
            now=now,
            unsure=settle,
            again=again,
            missing=lost,
            progress=told,
            office=office_of(case),
        )
    document = _document(done)
    details = {key: document[key] for key in ("state", "complete", "stopped", "channels", "compared")}
    log(case, "round.handed_over", subject=f"round/{round}", details=details)
    screen.show(document, lambda console: _render(console, document, screen.say))
    return _exit_code(done)


def _exit_code(done: Handed) -> int:
    if done.complete:
        return 0
    if done.receipt and not done.receipt.whole:
        return UNLIKE_RECEIPT
    return STOPPED if done.stopped else INCOMPLETE


def _document(done: Handed) -> dict[str, Any]:
    return {
        "round": done.round,
        "state": done.state,
        "complete": done.complete,
        "stopped": done.stopped,
        "channels": done.channels,
        "receipt": {key: list(names) for key, names in done.receipt._asdict().items()} if done.receipt else None,
        "compared": done.compared,
    }


def _render(console: Console, told: dict[str, Any], say: Say) -> None:
    rows = [
        (id, say(*_OUTCOMES[outcome]), number(count, say))
        for id, channel in told["channels"].items()
        for outcome, count in channel["now"].items()
    ]
    head = (say("Kanaal", "Channel"), say("Wat er gebeurde", "What happened"), say("Pakketten", "Parcels"))
    table(console, say("Overdracht", "Handover"), head, rows, right=(2,))
    refused = sum(channel["states"].get("refused", 0) for channel in told["channels"].values())
    if refused:
        console.print(say(f"Geweigerd: {number(refused, say)}. Waarom: helder round returns; herstel het, dan --refused resend.",
                          f"Refused: {number(refused, say)}. Why: helder round returns; mend it, then --refused resend."))  # fmt: skip
    for line in (*_about_receipt(told["receipt"], say), *_what_next(told, say)):
        console.print(line, style="bold")


def _about_receipt(receipt: dict[str, list[str]] | None, say: Say) -> Iterator[str]:
    if receipt is None:
        return
    wrong = {
        "missing": say("niet genoemd", "not named"),
        "different": say("anders dan verstuurd", "not as sent"),
        "foreign": say("niet van ons", "not ours"),
    }
    lines = [f"{words}: {', '.join(receipt[key])}" for key, words in wrong.items() if receipt[key]]
    if not lines:
        yield say("De drukker bevestigt alles.", "The print house confirms everything.")
        return
    yield say("De bevestiging van de drukker klopt niet. ", "The print house's receipt is not right. ") + "; ".join(
        lines
    )
    yield say("Bel de drukker: er wordt niets gedrukt tot dit klopt. Heeft de drukker iets niet: --missing resend. "
              "Ligt er een juiste bevestiging, geef dan dezelfde opdracht.",
              "Call the print house: nothing is printed until this is right. When they lack something: --missing resend. "
              "When a right receipt lies there give the same command.")  # fmt: skip


def _what_next(told: dict[str, Any], say: Say) -> Iterator[str]:
    channels = told["channels"].values()
    if told["compared"] is None and any("sent" in channel["now"] for channel in channels):
        yield not_asked(say)
    if told["complete"]:
        yield say("Alles is overgedragen.", "Everything is handed over.")
    if unsure := sum(channel["states"].get("unsure", 0) for channel in channels):
        yield say(f"Van {number(unsure, say)} is onzeker of het aankwam. Kijk aan de andere kant, dan: --unsure sent of "
                  "--unsure resend.",
                  f"Of {number(unsure, say)} it is unsure whether it arrived. Look at the other side, then: --unsure sent or "
                  "--unsure resend.")  # fmt: skip
    if any("later" in channel["now"] for channel in channels):
        yield say("De daglimiet is bereikt: geef morgen dezelfde opdracht.", "The daily limit is reached: give the same command tomorrow.")  # fmt: skip
    elif told["stopped"] and not told["complete"]:
        yield say("Opgehouden op verzoek: dezelfde opdracht gaat verder.", "Stopped as asked: the same command goes on.")  # fmt: skip
    elif any(channel["left"] > channel["states"].get("unsure", 0) for channel in channels):
        yield say("Nog niet alles is weg: dezelfde opdracht gaat verder.", "Not everything is gone: the same command goes on.")  # fmt: skip
