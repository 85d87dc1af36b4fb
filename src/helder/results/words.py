"""Plain sentences about evidence and worlds, in Dutch and English. Templates only: every name comes from the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from helder.case.load import Case
from helder.case.model import Assessment, Setting
from helder.domain.counted import Counted
from helder.domain.worlds import PERSON_IN, STOLEN, Fate, Other, Ours, World
from helder.exposure.evidence import EvidenceClass
from helder.exposure.rules import waiting
from helder.exposure.statements import acceptance, in_force, in_the_way, known

_TEXTS: dict[str, tuple[str, str]] = {
    "register": ("Deze persoon staat in het register.", "This person stands in the register."),
    "sent": ("{sender} gaf op {day} aan {party}: {items}.", "{sender} gave {party} on {day}: {items}."),
    "purpose": (" Doel: {purpose}.", " Purpose: {purpose}."),
    "link": (
        "Een rij in {dataset} hoort bij deze persoon ({method}). In de rij staat: {items}.",
        "A row of {dataset} is about this person ({method}). The row holds: {items}.",
    ),
    "list": (
        "Deze persoon staat op de lijst {dataset} ({method}). Een lijst zegt niets over losse gegevens.",
        "This person is on the list {dataset} ({method}). A list says nothing of separate items.",
    ),
    "review": (
        "Een rij in {dataset} is misschien van deze persoon. Een mens moet dat nog beslissen.",
        "A row of {dataset} may be about this person. A human still has to decide.",
    ),
    "reviewed": (
        "Een rij in {dataset} was misschien van deze persoon, tot een mens het op {until} besliste.",
        "A row of {dataset} may have been about this person, until a human decided on {until}.",
    ),
    "as_list": (
        "Een rij in {dataset} hoort bij deze persoon ({method}). Deze beoordeling leest {dataset} als een lijst, en een "
        "lijst zegt niets over losse gegevens.",
        "A row of {dataset} is about this person ({method}). This assessment reads {dataset} as a list, and a list says "
        "nothing of separate items.",
    ),
    "set_aside": (
        " Terzijde gelegd op {on} door {by}: {reason}",
        " Set aside on {on} by {by}: {reason}",
    ),
    "because_disclosures": ("wat wij aan {of} gaven", "what we gave {of}"),
    "because_supplied": ("wat anderen aan {of} gaven", "what others gave {of}"),
    "because_dataset": ("de gegevens van {of}", "the data of {of}"),
    "because_complete": ("ons volledige logboek van wat {of} kreeg", "our complete log of what {of} received"),
    "because_deletion": ("de wissing '{of}'", "the deletion '{of}'"),
    "because_statement": ("de verklaring '{of}'", "the statement '{of}'"),
    "tie_taken": (
        "van wie in de gestolen gegevens staat, is iets gestolen, en al het andere is uitgesloten",
        "of whoever is in the leaked data something was taken, and everything else is ruled out",
    ),
    "tie_not_taken": (
        "van wie niet in de gestolen gegevens staat, is niets gestolen",
        "of whoever is not in the leaked data nothing was taken",
    ),
    "tie_in": ("van deze persoon is iets gestolen", "something of this person was taken"),
    "tie_out": ("van deze persoon kan niets gestolen zijn", "nothing of this person can have been taken"),
    "posted": (" De rij is op {day} openbaar gezien.", " The row was seen posted on {day}."),
    "nothing": ("geen van de genoemde gegevens", "none of the items in play"),
    "exact": ("nummer en nog een gegeven komen overeen", "the number and another attribute agree"),
    "probabilistic": ("op grond van meerdere overeenkomsten", "from several agreements together"),
    "decision": ("beslist door een mens", "decided by a human"),
    "in": ("staat in de gestolen gegevens", "is in the leaked data"),
    "out": ("staat niet in de gestolen gegevens", "is not in the leaked data"),
    "open": ("onbekend of deze persoon in de gestolen gegevens staat", "not known whether in the leaked data"),
    "contradiction": ("het bewijs spreekt elkaar tegen", "the evidence contradicts itself"),
    "statement": (
        "Verklaring '{id}' van {issuer}, ontvangen op {day}: {words}",
        "Statement '{id}' by {issuer}, received on {day}: {words}",
    ),
    "deletion": (
        "{party} zegt op {day} te hebben gewist: {items}.",
        "{party} says that it deleted on {day}: {items}.",
    ),
    "complete": (
        "Ons logboek van wat {party} kreeg is volledig verklaard op {day} door {by}: {words}.",
        "Our log of what {party} received was declared complete on {day} by {by}: {words}.",
    ),
    "strays": (
        " Dat telt niet mee: het logboek heeft {lines:regel die over niemand iets bewijst|regels die over niemand iets bewijzen}.",
        " This does not count: the log has {lines:line that is|lines that are} evidence about nobody.",
    ),
    "waits": (
        " Dit telt nog niet mee: niemand heeft het aanvaard.",
        " This does not count yet: nobody has accepted it.",
    ),
    "accepted": (
        " {by} heeft het op {on} aanvaard: {reason}",
        " {by} accepted it on {on}: {reason}",
    ),
    "accepted_for": (
        " {by} heeft het op {on} aanvaard, alleen voor wie onder '{scope}' valt: {reason}",
        " {by} accepted it on {on}, only for those in '{scope}': {reason}",
    ),
}

_JUDGED = ("statement", "deletion")
_OF_PARTIES = ("disclosures", "supplied", "complete")


def text(name: str, lang: str, **values: object) -> str:
    """The sentence `name` in Dutch ('nl') or else in English."""
    return _TEXTS[name][0 if lang == "nl" else 1].format(**values)


def person_state(state: str, lang: str) -> str:
    """What is known of the person as a whole, in words."""
    return text(state, lang)


def reason(id: str, case: Case, lang: str) -> str:
    """A piece of evidence ('dataset:rows', 'statement:s1') in words."""
    kind, _, of = id.partition(":")
    return text(f"because_{kind}", lang, of=_party(of, case) if kind in _OF_PARTIES else of)


def tie(person: bool, left: int, lang: str) -> str:
    """How what is left of an item (or of the person as a whole) follows from the rest."""
    if person:
        return text("tie_in" if left == PERSON_IN else "tie_out", lang)
    return text("tie_not_taken" if not left & STOLEN else "tie_taken", lang)


def set_aside(decision: Setting | None, lang: str) -> str:
    """Who set a piece of evidence aside, when and why; nothing when nobody did."""
    return text("set_aside", lang, on=decision.on, by=decision.by, reason=decision.reason) if decision else ""


def name_of(line: EvidenceClass, case: Case) -> str:
    """The evidence that a line is a part of, as clashes name it; '' for the register."""
    if line.kind == "register":
        return ""
    if line.kind == "link":
        return f"dataset:{line.dataset}"
    return f"{'disclosures' if line.from_party in ('', case.own.id) else 'supplied'}:{line.party}"


def _items(ids: tuple[str, ...], case: Case, lang: str) -> str:
    labels = [case.items[id].label.get(lang, id) for id in ids if id in case.items]
    return ", ".join(labels) or text("nothing", lang)


def _party(id: str, case: Case) -> str:
    return case.parties[id].name if id in case.parties else id


def evidence(line: EvidenceClass, case: Case, reading: Assessment, lang: str) -> str:
    """One piece of evidence about a person as a sentence, as the assessment reads it."""
    if line.kind == "register":
        return text("register", lang)
    day = line.day.isoformat() if line.day else "?"
    items = _items(line.item_ids, case, lang)
    if line.kind == "disclosure":
        sender = _party(line.from_party or case.own.id, case)
        said = text("sent", lang, sender=sender, day=day, party=_party(line.party, case), items=items)
        return said + (text("purpose", lang, purpose=line.purpose) if line.purpose else "")
    if line.until:
        return text("reviewed", lang, dataset=line.dataset, until=line.until.isoformat())
    if line.outcome == "review":
        return text("review", lang, dataset=line.dataset)
    kind = "as_list" if reading.datasets == "list" else "link"
    kind = "list" if case.datasets[line.dataset].read_as == "list" else kind
    said = text(kind, lang, dataset=line.dataset, method=text(line.method, lang), items=items)
    return said + (text("posted", lang, day=day) if line.day else "")


def world(left: World, lang: str) -> str:
    """One world as a short phrase."""
    dutch = lang == "nl"
    ours = {
        Ours.NEVER: ("nooit van ons gekregen", "never had ours"),
        Ours.GONE: ("onze kopie was al weg", "our copy was gone"),
        Ours.THERE: ("onze kopie was er", "our copy was there"),
    }[left.ours]
    other = {
        Other.NO: ("geen kopie van een ander", "no other copy"),
        Other.YES: ("kopie van een ander", "another's copy was there"),
    }[left.other]
    fate = {
        Fate.NOT_TAKEN: ("niet gestolen", "not taken"),
        Fate.TAKEN: ("gestolen", "taken"),
        Fate.PUBLISHED: ("gestolen en gepubliceerd", "taken and published"),
    }[left.fate]
    return ", ".join(pair[0 if dutch else 1] for pair in (ours, other, fate))


def stated(
    case: Case, reading: Assessment, met: set[str], aside: Mapping[str, Setting], lang: str
) -> Iterator[dict[str, Any]]:
    """Statements, deletions and declarations, each as a sentence.

    `met` are those that bear on the person; `aside` what a decision set aside for who has the same evidence.
    """

    def _said(id: str, said: str, waits: bool, document: str = "") -> dict[str, Any]:
        decision = aside.get(id)
        kind, _, name = id.partition(":")
        accepted = acceptance(name, case.decisions, reading.as_of) if kind in _JUDGED else []
        said += "".join(text("accepted_for" if one.scope else "accepted", lang, **one.model_dump()) for one in accepted)
        return {
            "evidence": id,
            "says": said + (text("waits", lang) if waits else "") + set_aside(decision, lang),
            "rules_out": id in met,
            "waits_for_acceptance": waits,
            "accepted": [one.model_dump(mode="json", exclude={"evidence"}) for one in accepted],
            "set_aside": decision.model_dump(mode="json") if decision else None,
            "document": document,
        }

    waits = waiting(case, reading)
    for statement in in_force(case.file.statements, reading.as_of):
        said = text(
            "statement",
            lang,
            id=statement.id,
            issuer=_party(statement.issuer, case),
            day=statement.received,
            words=statement.words or statement.leaves,
        )
        yield _said(f"statement:{statement.id}", said, statement.id in waits, statement.document)
    for deletion in case.file.deletions:
        if known(deletion.received, reading.as_of):
            items = _items(tuple(deletion.items), case, lang)
            said = text("deletion", lang, party=_party(deletion.party, case), day=deletion.deleted, items=items)
            yield _said(f"deletion:{deletion.id}", said, deletion.id in waits, deletion.document)
    for log in case.file.completeness:
        if known(log.declared, reading.as_of):
            said = text(
                "complete",
                lang,
                party=_party(log.party, case),
                day=log.declared,
                by=log.declared_by,
                words=log.reason.rstrip("."),
            )
            lines = sum(stray.lines for stray in in_the_way(case, case.parties[log.party], reading.as_of))
            said += text("strays", lang, lines=Counted(lines, lang)) if lines else ""
            yield _said(f"complete:{log.party}", said, False)
