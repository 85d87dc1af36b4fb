"""A planned round as JSON and on the screen: what `helder round plan` and `show` have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helder.cli.say import Say
from helder.cli.tables import counted, facts, number, table
from helder.rounds.words import PARTS, STATES

if TYPE_CHECKING:
    from rich.console import Console

    from helder.rounds.record import RoundRecord

_NOT_IN_ROUND = {
    "group_without_letter": ("groep zonder brief in deze ronde", "group without a letter in this round"),
    "condition": ("voldoet niet aan 'when'", "does not meet 'when'"),
    "already_told": ("al eerder verteld", "told before"),
    "nothing_changed": ("niets veranderd sinds het verteld is", "nothing changed since they were told"),
}
WHY = {
    "first": ("voor het eerst", "for the first time"),
    "changed": ("iets veranderd", "something changed"),
    "weakened": ("minder zeker dan verteld: wordt hersteld", "less certain than told: is corrected"),
    "repeated": ("hetzelfde nog eens", "the same again"),
}


def document(record: RoundRecord, changed: Sequence[str] = ()) -> dict[str, Any]:
    """The round as one JSON document."""
    return {
        "round": record.round,
        "state": record.state,
        "assessment": record.assessment,
        "as_of": record.as_of,
        "planned": record.planned,
        "changed": list(changed),
        "content": record.content,
        **record.counts,
    }


def compared_key(say: Say) -> str:
    """What the key `compared` of a check, a production and a handover holds."""
    return say(
        "feiten van het kantoor in de brieven, vergeleken met wat het nu zegt; null: het kantoor is niet gevraagd",
        "facts of the office in the letters, held against what it says now; null: the office was not asked",
    )


def not_asked(say: Say) -> str:
    """What is said when letters state facts of an office and there was none to ask."""
    return say(
        "Het kantoor is hier niet: of zijn feiten in de brieven nog kloppen, is niet gevraagd.",
        "The office is not here: whether its facts in the letters still hold was not asked.",
    )


def keys(say: Say) -> dict[str, str]:
    """What each key of the document holds."""
    return {
        "round": say("id van de ronde", "id of the round"),
        "state": say("gepland, gecontroleerd, … zie de handleiding", "planned, checked, … see the how-to"),
        "assessment": say("de vastgelegde beoordeling", "the frozen assessment"),
        "as_of": say("dag waarop het bewijs bekend was", "day on which the evidence was known"),
        "planned": say("wanneer gepland (UTC)", "when it was planned (UTC)"),
        "changed": say("wat sindsdien veranderde", "what changed since"),
        "content": say("hash van alles waarop goedkeuring slaat", "hash of all that is approved"),
        "people": say(
            "mensen in de ronde = letters + suppressed + unreachable",
            "people in the round = letters + suppressed + unreachable",
        ),
        "letters": say("brieven", "letters"),
        "suppressed": say("aan wie niet geschreven wordt", "who are not written to"),
        "unreachable": say("die niet te bereiken zijn", "who cannot be reached"),
        "reasons": say("{regel: mensen zonder brief}", "{rule: people without a letter}"),
        "handled": say("{regel: mensen die anders een brief krijgen}", "{rule: people whose letter goes another way}"),
        "groups": say("{groep: mensen}", "{group: people}"),
        "letter": say("{brief: mensen}", "{letter: people}"),
        "languages": say("{taal: brieven}", "{language: letters}"),
        "channels": say("{weg: brieven}", "{channel: letters}"),
        "why": say("{waarom: mensen}: first, changed, weakened, repeated", "{why: people}"),
        "weakened": say("{gegeven: mensen die er meer over hoorden}", "{item: people who were told more of it}"),
        "in_scope": say("mensen over wie de zaak gaat", "people in scope of the case"),
        "not_in_round": say("{waarom niet: mensen}", "{why not: people}"),
        "no_longer_in_scope": say(
            "mensen die iets verteld is en buiten de zaak vallen", "people told, now out of scope"
        ),
        "told_and_gone": say(
            "mensen die iets verteld is en niet meer in het register staan", "told, not in the register"
        ),
        "unaddressable": say("{waarom: adressen die niet te maken zijn}", "{why: addresses that cannot be made}"),
        "contradictions": say("mensen, en voor welke dag beslist wordt", "people, and by which day it is decided"),
    }


def render(console: Console, found: Mapping[str, Any], say: Say) -> None:
    """The round in numbers."""
    from helder.rounds.policies import BY_ID

    state = say(*STATES[found["state"]])
    day = say(f", bewijs van {found['as_of']}", f", evidence of {found['as_of']}") if found["as_of"] else ""
    console.print(f"{found['round']}: {state} ({found['assessment']}{day})", style="bold")
    if found["changed"]:
        parts = ", ".join(say(*PARTS[part]) for part in found["changed"])
        console.print(say(f"Sindsdien veranderd: {parts}.", f"Changed since: {parts}."))
    names = (
        ("people", say("mensen in de ronde", "people in the round")),
        ("letters", say("  brieven", "  letters")),
        ("suppressed", say("  geen brief, met reden", "  no letter, for a reason")),
        ("unreachable", say("  niet te bereiken", "  cannot be reached")),
    )
    facts(console, [(label, number(found[name], say)) for name, label in names])
    rows = [
        (say(BY_ID[rule].nl, BY_ID[rule].en), number(people, say), say(BY_ID[rule].instead_nl, BY_ID[rule].instead_en))
        for rule, people in {**found["reasons"], **found["handled"]}.items()
    ]
    head = (say("Regel", "Rule"), say("Mensen", "People"), say("Wat er dan gebeurt", "What happens instead"))
    table(console, say("Niet gewoon per brief", "Not an ordinary letter"), head, rows, right=(1,))
    why = [(say(*WHY[word]), number(people, say)) for word, people in found["why"].items()]
    table(console, say("Waarom nu", "Why now"), ("", say("Mensen", "People")), why, right=(1,))
    out = [(say(*_NOT_IN_ROUND[word]), number(people, say)) for word, people in found["not_in_round"].items()]
    table(console, say("Niet in deze ronde", "Not in this round"), ("", say("Mensen", "People")), out, right=(1,))
    waiting = found["contradictions"]
    if waiting["people"]:
        people, by = counted(waiting["people"], say), waiting["settle_by"]
        console.print(
            say(
                f"Over {people:mens|mensen} spreekt het bewijs zichzelf tegen: beslis vóór {by}.",
                f"The evidence about {people:person|people} contradicts itself: decide by {by}.",
            )
        )
