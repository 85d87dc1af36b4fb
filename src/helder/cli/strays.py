"""Lines of our logs that are evidence about nobody, said aloud: they keep a log from being proof of absence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from helder.cli.say import Say
from helder.cli.tables import number

if TYPE_CHECKING:
    from helder.case import Case


def stray_sentence(stray: Mapping[str, Any], case: Case, say: Say) -> str:
    """Which lines, and what they keep from counting."""
    kinds = (
        ("rejected", say("niet te lezen", "that cannot be read")),
        ("nobody", say("over niemand in het register", "about nobody in the register")),
        ("items", say("met een gegeven dat case.toml niet kent", "with an item that case.toml does not declare")),
    )
    told = ", ".join(f"{number(stray[kind], say)} {words}" for kind, words in kinds if stray[kind])
    party = case.parties[stray["party"]].name
    what = say(f"Logboek {stray['source']}, aan {party}: {told}.", f"Log {stray['source']}, to {party}: {told}.")
    if stray["accepted"]:
        return what + say(" Iemand heeft dat aanvaard.", " Somebody accepted that.")
    if stray["declared"]:
        what += say(
            " Wat in die regels staat, weten we niet: dat logboek telt daarom niet als volledig.",
            " What those lines say is not known: so this log does not count as complete.",
        )
    return what


def stray_advice(stray: Mapping[str, Any], case: Case, say: Say) -> str:
    """Whom to ask, and how to decide."""
    who = case.own.name
    return say(
        f"Vraag bij {who} over wie en wat ze gaan en verbeter register, kolommen of logboek; of laat iemand met naam en "
        f"reden aanvaarden dat het logboek toch volledig is: [[stray_lines]] in decisions/, met lines = {stray['lines']}.",
        f"Ask {who} whom and what they are about, and correct the register, the columns or the log; or let somebody "
        f"accept, by name and with a reason, that the log is complete all the same: [[stray_lines]] in decisions/, with "
        f"lines = {stray['lines']}.",
    )


def stray_lines(found: Iterable[Mapping[str, Any]], case: Case, say: Say) -> list[str]:
    """A sentence for each log with such lines, and what to do where they keep it from counting."""
    told = []
    for stray in found:
        told.append(stray_sentence(stray, case, say))
        if stray["declared"] and not stray["accepted"]:
            told.append("  " + stray_advice(stray, case, say))
    return told
