"""Gaps: which missing evidence would settle how many people's questions, and whom to ask for it.

Every gap is a question that somebody can answer. What it would settle is worked out with the rule itself: the most
telling answer is applied to each profile, and the people are counted for whom an item is then no longer open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from helder.case.load import Case
from helder.case.model import Acceptance, Assessment, Decisions, Party, StrayLines
from helder.case.strays import at_stake
from helder.domain import worlds as w
from helder.domain.counted import Counted, Uncounted
from helder.domain.states import OPEN, state_of
from helder.exposure.marks import Mark
from helder.exposure.rules import PERSON, Rule, rules, waiting
from helder.exposure.statements import complete_logs, in_the_way, known
from helder.exposure.tie import Left, tie
from helder.results.because import met
from helder.results.counts import records
from helder.results.open import ProfileView, Results

_TEXTS: dict[str, tuple[str, str]] = {
    "review": (
        "Beslis over {records:rij|rijen} van {dataset} {records:-die misschien bij iemand hoort|die misschien bij iemand horen} (helder review).",
        "Decide on {records:row|rows} of {dataset} that may be about somebody (helder review).",
    ),
    "unplaced": (
        "Vraag om meer gegevens bij {records:rij|rijen} van {dataset} {records:-die bij niemand te plaatsen is|die bij niemand te plaatsen zijn}.",
        "Ask for more data with {records:row|rows} of {dataset} that could be placed with nobody.",
    ),
    "rows": (
        "Vraag om de rijen zelf achter {dataset}: een lijst zegt niet welke gegevens gestolen zijn.",
        "Ask for the rows behind {dataset}: a list does not say which data were stolen.",
    ),
    "taken": (
        "Vraag per deelnemer wat er gestolen is, en waaruit dat blijkt: {labels}.",
        "Ask for each person what was stolen, and on what evidence: {labels}.",
    ),
    "other": (
        "Vraag of een andere organisatie dit aan {party} gaf: {labels}.",
        "Ask whether another organisation gave this to {party}: {labels}.",
    ),
    "log": (
        "Stel vast of ons logboek van wat {party} kreeg volledig is: {labels}.",
        "Establish whether our log of what {party} received is complete: {labels}.",
    ),
    "strays": (
        "Zoek uit over wie of wat {records:regel|regels} van logboek {source} {records:-gaat, of laat iemand die|gaan, of laat iemand ze} aanvaarden: tot dan telt ons "
        "logboek van wat {party} kreeg niet als volledig.",
        "Find out whom or what {records:line|lines} of log {source} {records:-is about, or let somebody accept it|are about, or let somebody accept them}: until then our log of "
        "what {party} received does not count as complete.",
    ),
    "deletion": (
        "Vraag of na de wissing van {day} ('{deletion}') nog iets aan {party} gegeven is. Aangenomen is van niet: ons logboek "
        "is over die tijd niet volledig verklaard. Het gaat om: {labels}.",
        "Ask whether anything was given to {party} after the deletion of {day} ('{deletion}'). It is assumed that nothing "
        "was: our log of that time is not declared complete. This is about: {labels}.",
    ),
    "acceptance": (
        "Beoordeel '{evidence}': dat sluit diefstal uit, maar niemand heeft het aanvaard.",
        "Judge '{evidence}': it excludes theft, but nobody has accepted it.",
    ),
    "contradiction": (
        "Beslis welk bewijs terzijde gaat: {clash}.",
        "Decide which evidence is set aside: {clash}.",
    ),
}


@dataclass(frozen=True)
class Gap:
    """One question: whom to ask, what it would settle at most.

    `people` would have at least one item settled (or their contradiction); `wholly` would have no open item left. Of a
    deletion it is the other way round: what is said of these people rests on the answer being no. `about` holds what
    the question names: words, or the labels of items in each language.
    """

    kind: str
    about: Mapping[str, object]
    whom: str
    people: int
    wholly: int
    records: int = 0

    def ask(self, lang: str, numbered: bool = True) -> str:
        """The question in `lang` (nl or en). Not `numbered`, it does not tell how many records there are, not even
        whether there is one or more.
        """
        said = {name: one[lang] if isinstance(one, dict) else one for name, one in self.about.items()}
        records = Counted(self.records, lang) if numbered else Uncounted()
        return _TEXTS[self.kind][0 if lang == "nl" else 1].format(**said, records=records)


def gaps(results: Results) -> list[Gap]:
    """All gaps of an assessment, the one that would settle most people first.

    Gaps that settle nobody are left out, but for lines that keep a declared log from counting.
    """
    asked = (_links, _answers, _strays, _deletions, _acceptances, _clashes)
    found = [gap for ask in asked for gap in ask(results)]
    return sorted(
        (gap for gap in found if gap.people or gap.kind == "strays"),
        key=lambda gap: (-gap.people, gap.kind, gap.ask("en")),
    )


def as_rows(found: list[Gap], lang: str) -> list[dict[str, Any]]:
    """The gaps as dictionaries with the question in `lang`, for JSON and tables."""
    return [
        {
            "kind": gap.kind,
            "ask": gap.ask(lang),
            "whom": gap.whom,
            "people": gap.people,
            "wholly": gap.wholly,
            "records": gap.records,
        }
        for gap in found
    ]


def _labels(case: Case, items: Iterable[str]) -> dict[str, str]:
    return {lang: ", ".join(case.items[item].label.get(lang, item) for item in items) for lang in ("nl", "en")}


def _open(left: Left) -> set[tuple[str, str]]:
    return {slot for slot, worlds in left.items() if slot[1] != PERSON and state_of(worlds).id in OPEN}


def _settles(results: Results, answer: Callable[[ProfileView], Left]) -> tuple[int, int]:
    """(people with an item settled, people with nothing open left) when `answer` narrows each profile's worlds."""
    some = wholly = 0
    for profile in results.in_scope:
        if profile.contradiction:
            continue
        before = _open(profile.left)
        narrowed = answer(profile)
        if narrowed == profile.left:
            continue
        after = _open(tie(narrowed))
        some += profile.people * (after < before)
        wholly += profile.people * (bool(before) and not after)
    return some, wholly


def _narrow(left: Left, masks: dict[tuple[str, str], int]) -> Left:
    return {slot: worlds & masks.get(slot, -1) for slot, worlds in left.items()}


def _links(results: Results) -> Iterator[Gap]:
    """Rows that nobody has placed yet. How many people they are about is not known: at most one for each row."""
    for dataset, source in results.case.datasets.items():
        whom = results.case.parties[source.party or results.case.breached[0].id].name
        reviews = records(results, dataset, outcome="review")
        people = sum(p.people for p in results.in_scope if Mark("review", dataset) in p.marks)
        if reviews:
            yield Gap("review", {"dataset": dataset}, results.case.own.name, people, 0, reviews)
        unplaced = records(results, dataset, outcome="none")
        still_open = sum(p.people for p in results.in_scope if not p.contradiction and _open(p.left))
        if unplaced:
            yield Gap("unplaced", {"dataset": dataset}, whom, min(unplaced, still_open), 0, unplaced)


def _answers(results: Results) -> Iterator[Gap]:
    """What the breached party, others and our own log could still tell, item by item."""
    profiles = [(profile, _open(profile.left)) for profile in results.in_scope if not profile.contradiction]
    for party in results.case.breached:
        for dataset in results.case.datasets:
            if _read_as_list(results, dataset):
                some, wholly = _settles(results, partial(_as_rows, Mark("found", dataset), party.id))
                yield Gap("rows", {"dataset": dataset}, party.name, some, wholly)

        def gap(kind: str, whom: str, items: list[str], answer: int, of: Party = party) -> Iterator[Gap]:
            """The question whether `answer` holds for these items, if there are any."""
            if items:
                masks = {(of.id, item): answer for item in items}
                some, wholly = _settles(results, partial(_where_possible, masks))
                yield Gap(kind, {"party": of.name, "labels": _labels(results.case, items)}, whom, some, wholly)

        def where(test: int, of: str = party.id) -> list[str]:
            """Items of which some person's open state lies within `test`."""
            slots = {slot for profile, still in profiles for slot in still if not profile.left[slot] & ~test}
            return [item for item in results.case.items if (of, item) in slots]

        shared, others = where(w.DISCLOSED), where(w.OURS_NOT_THERE)
        unknown = [item for item in where(w.ITEM_ALL) if item not in shared and item not in others]
        yield from gap("taken", party.name, shared, w.NOT_STOLEN)
        yield from gap("other", party.name, others, w.NO_OTHER)
        yield from gap("log", results.case.own.name, unknown, w.NOT_HELD)


def _as_rows(found: Mark, party: str, profile: ProfileView) -> Left:
    """The profile if all that is open of a person on a list turned out to stand in its rows."""
    on_list = found in profile.marks
    return _narrow(profile.left, {slot: w.STOLEN for slot in _open(profile.left) if slot[0] == party and on_list})


def _where_possible(masks: dict[tuple[str, str], int], profile: ProfileView) -> Left:
    """The profile narrowed by an answer, where the answer is still possible."""
    return _narrow(profile.left, {slot: mask for slot, mask in masks.items() if profile.left[slot] & mask})


def _read_as_list(results: Results, dataset: str) -> bool:
    return results.record.datasets == "list" or results.case.datasets[dataset].read_as == "list"


def _supposing(results: Results, decisions: Decisions, about: Callable[[str], bool]) -> tuple[int, int]:
    """Whom it would settle if these were the decisions, looking at the rules on the evidence that they are `about`."""
    supposed = replace(results.case, decisions=decisions)
    extra: list[Rule] = [rule for rule in rules(supposed, _reading(results), ()) if about(rule.evidence)]

    def answer(profile: ProfileView) -> Left:
        left = dict(profile.left)
        for rule in extra:
            if rule.when <= profile.marks and not rule.unless & profile.marks:
                left[rule.party, rule.item] &= rule.leaves
        return left

    return _settles(results, answer)


def _reading(results: Results) -> Assessment:
    return results.case.assessment(results.record.assessment).model_copy(update={"as_of": results.record.as_of})


def _decided(results: Results) -> dict[str, object]:
    """Who decides what is only supposed, when and why."""
    return {"by": "-", "on": results.record.as_of or results.record.finished.date(), "reason": "-"}


def _strays(results: Results) -> Iterator[Gap]:
    """Lines of a log that may say anything: what would follow if the log counted as complete despite them."""
    case, as_of = results.case, results.record.as_of
    declared = {log.party for log in case.file.completeness if known(log.declared, as_of)}
    for stray in (one for party in case.breached if party.id in declared for one in in_the_way(case, party, as_of)):
        every = [
            StrayLines.model_validate(
                {**_decided(results), "source": one.source, "party": one.party, "lines": one.lines}
            )
            for one in at_stake(case.strays, case.parties[stray.party])
        ]
        decisions = case.decisions.model_copy(update={"stray_lines": every})
        some, wholly = _supposing(results, decisions, f"complete:{stray.party}".__eq__)
        about = {"source": stray.source, "party": case.parties[stray.party].name}
        yield Gap("strays", about, case.own.name, some, wholly, stray.lines)


def _deletions(results: Results) -> Iterator[Gap]:
    """Deletions that count on nothing having been sent since: `people` are those of whom our copy is ruled out by one."""
    case, as_of = results.case, results.record.as_of
    built = rules(case, _reading(results), ())
    for deletion in case.file.deletions:
        party = next(party for party in case.breached if party.id == deletion.party)
        unsure = [
            item
            for item in deletion.items
            if frozenset() not in complete_logs(case, party, item, as_of, since=deletion.deleted)
        ]
        counting = [rule for rule in built if rule.evidence == f"deletion:{deletion.id}" and rule.item in unsure]
        people = sum(
            profile.people
            for profile in results.in_scope
            if not profile.contradiction and met(counting, profile.marks, results.set_aside.get(profile.number, ()))
        )
        about = {"day": deletion.deleted, "deletion": deletion.id, "party": party.name, "labels": _labels(case, unsure)}
        yield Gap("deletion", about, case.own.name, people, 0)


def _acceptances(results: Results) -> Iterator[Gap]:
    """Excluding evidence that waits: what would follow if it were accepted for everyone."""
    case = results.case
    for evidence in waiting(case, _reading(results)):
        accepted = Acceptance.model_validate({**_decided(results), "evidence": evidence})
        decisions = case.decisions.model_copy(update={"acceptances": [*case.decisions.acceptances, accepted]})
        some, wholly = _supposing(results, decisions, lambda name, of=evidence: name.endswith(f":{of}"))  # type: ignore[misc]
        yield Gap("acceptance", {"evidence": evidence}, case.own.name, some, wholly)


def _clashes(results: Results) -> Iterator[Gap]:
    """Undecided contradictions, one for each pair of evidence that clashes."""
    people: dict[str, int] = {}
    for row in results.rows(results.exposure, "clashes"):
        profile = results.profiles[row["profile"]]
        if not row["settled"] and profile.in_scope:
            people[row["clash"]] = people.get(row["clash"], 0) + profile.people
    for clash, count in people.items():
        yield Gap("contradiction", {"clash": clash}, results.case.own.name, count, 0)
