"""Who did not get their letter, in words: why, what stands behind it, and what is done next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helder.cli.say import Say
from helder.cli.tables import number, table

if TYPE_CHECKING:
    from rich.console import Console

WHY = {
    "suppressed": ("geen brief, met reden", "no letter, for a reason"),
    "unreachable": ("niet te bereiken", "cannot be reached"),
    "returned": ("teruggekomen", "returned"),
    "refused": ("door het kanaal geweigerd", "refused by the channel"),
    "failed": ("door de bezorger niet bezorgd", "not delivered by the carrier"),
    "not_handed_over": ("nog niet overgedragen", "not handed over yet"),
}
_SHOWN = 1_000
"""Rows on the screen; a country's people who wait are for --json."""


def render_missed(console: Console, missed: Sequence[dict[str, str]], say: Say) -> None:
    """A row for each."""
    rows = [(one["person"], say(*WHY[one["why"]]), _reason_in_words(one, say), one["next"]) for one in missed[:_SHOWN]]
    head = (say("Wie", "Who"), say("Waarom", "Why"), say("Reden", "Reason"), say("Volgende stap", "Next step"))
    table(console, say("Niet gekregen", "Did not get it"), head, rows)
    if len(missed) > _SHOWN:
        more = number(len(missed) - _SHOWN, say)
        console.print(say(f"En nog {more}: --json geeft allen, --only een deel.", f"And {more} more: --json gives all, --only a part."))  # fmt: skip


def _reason_in_words(one: dict[str, str], say: Say) -> str:
    from helder.delivery.reasons import reasons
    from helder.delivery.refusals import in_words
    from helder.rounds.policies import BY_ID

    if one["why"] in ("suppressed", "unreachable"):
        return say(BY_ID[one["reason"]].nl, BY_ID[one["reason"]].en)
    if one["why"] == "returned":
        return say(reasons()[one["reason"]].nl, reasons()[one["reason"]].en)
    return say(*in_words(one["reason"]))


def what_next(one: dict[str, str], say: Say) -> str:
    """The next step, or what happens instead of a letter."""
    from helder.delivery.reasons import STEPS
    from helder.rounds.policies import BY_ID

    if one["why"] in ("suppressed", "unreachable"):
        return say(BY_ID[one["reason"]].instead_nl, BY_ID[one["reason"]].instead_en)
    return say("uit handen geven", "hand over") if one["step"] == "hand_over" else say(*STEPS[one["step"]])
