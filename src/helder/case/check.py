"""What the model's shape cannot say: that every name used in a case is declared, and that dates make sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from helder.case.model import CaseFile, Condition, Decisions, Round, Statement
from helder.domain.errors import CaseError
from helder.domain.states import BY_ID
from helder.domain.worlds import ITEM_ALL, LEAVES, PERSON_ALL


class _Names:
    """Checks names against what is declared, and helps with a near miss."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self, what: str, where: str, do: str) -> CaseError:
        return CaseError(what, where=f"{self.path}: {where}", do=do)

    def known(self, kind: str, name: str | None, names: Iterable[str], where: str) -> None:
        names = sorted(names)
        if name is None or name in names:
            return
        near = get_close_matches(name, names, n=1)
        hint = f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(names) or 'none'}."
        raise self.fail(f"There is no {kind} '{name}'.", where, hint)


def _conditions(condition: Condition) -> Iterator[Condition]:
    yield condition
    for nested in (condition.all_of, condition.any_of, condition.none_of):
        for part in nested or ():
            yield from _conditions(part)


def _parties(case: CaseFile, names: _Names) -> None:
    ids = [party.id for party in case.parties]
    for party in case.parties:
        if ids.count(party.id) > 1:
            raise names.fail(f"Party '{party.id}' stands there twice.", "parties", "Give each its own id.")
    if sum(party.own for party in case.parties) != 1:
        raise names.fail(
            "Exactly one party must be your own.", "parties", "Write 'own = true' with your own organisation."
        )
    if not any(party.breached for party in case.parties):
        raise names.fail("No party is breached.", "parties", "Write 'breached = true' with the party that was hacked.")
    for party in case.parties:
        if not party.breached:
            continue
        if party.holding_from is None or party.theft_from is None or party.theft_until is None:
            raise names.fail(
                f"Breached party '{party.id}' lacks dates.",
                "parties",
                "Give holding_from (first day it can have held data), theft_from and theft_until.",
            )
        if not party.holding_from <= party.theft_from <= party.theft_until:
            raise names.fail(
                f"The dates of '{party.id}' are out of order.",
                "parties",
                "holding_from ≤ theft_from ≤ theft_until.",
            )


def _statements(statements: list[Statement], case: CaseFile, names: _Names) -> None:
    by_id = {statement.id: statement for statement in statements}
    if len(by_id) != len(statements):
        raise names.fail("Two statements have one id.", "statements", "Give each its own id.")
    parties = {party.id for party in case.parties}
    breached = {party.id for party in case.parties if party.breached}
    for statement in statements:
        where = f"statements.{statement.id}"
        names.known("party", statement.issuer, parties, where + ".issuer")
        names.known("breached party", statement.about, breached, where + ".about")
        names.known("scope", statement.scope, case.scopes, where + ".scope")
        names.known("word for 'leaves'", statement.leaves, LEAVES, where + ".leaves")
        for item in statement.items:
            names.known("item", item, {*case.items, "person"}, where + ".items")
        if statement.covers != "all":
            _over_disclosures(statement.covers, case, names, where + ".covers")
        leaves = LEAVES[statement.leaves]
        if leaves.item != ITEM_ALL and leaves.person == PERSON_ALL and "person" in statement.items:
            raise names.fail(
                f"Statement '{statement.id}' says '{statement.leaves}' of a person, which it is not said of.",
                where + ".items",
                "List items; of the person as a whole it is said whether they are 'in' or 'not_in' the leaked data.",
            )
        if leaves.item != ITEM_ALL and not statement.items:
            raise names.fail(
                f"Statement '{statement.id}' names no items.",
                where + ".items",
                f"'{statement.leaves}' speaks of items: list the ones it is about.",
            )
        for other in (statement.supersedes, statement.retracts):
            names.known("statement", other, by_id, where)
            if other and _leads_back(statement.id, other, by_id):
                raise names.fail(
                    f"'{statement.id}' comes back to itself by what it replaces or takes back.",
                    where,
                    "A statement replaces or takes back an earlier one.",
                )
            if other and by_id[other].issuer != statement.issuer:
                raise names.fail(
                    f"'{statement.id}' is not of the issuer of '{other}'.",
                    where,
                    "Only the issuer of a statement replaces it or takes it back.",
                )
            if other and by_id[other].received > statement.received:
                raise names.fail(
                    f"'{statement.id}' was received before '{other}'.", where, "Check the two dates received."
                )


def _leads_back(id: str, first: str, by_id: dict[str, Statement]) -> bool:
    """Whether going on from `first`, through all that is replaced or taken back, comes to `id`."""
    pending, seen = [first], set[str]()
    while pending:
        here = pending.pop()
        if here == id:
            return True
        if here in by_id and here not in seen:
            seen.add(here)
            pending += [one for one in (by_id[here].supersedes, by_id[here].retracts) if one]
    return False


def _over_disclosures(scope: str, case: CaseFile, names: _Names, where: str) -> None:
    names.known("scope", scope, case.scopes, where)
    if case.scopes[scope].over != "disclosures":
        raise names.fail(
            f"Scope '{scope}' is not about disclosures.",
            where,
            "Which copies are covered is told by disclosures.",
        )


def _evidence(case: CaseFile, names: _Names) -> None:
    parties = {party.id for party in case.parties}
    breached = {party.id for party in case.parties if party.breached}
    datasets = {source.dataset or id for id, source in case.sources.items() if source.fills == "leaked"}
    for id, scope in case.scopes.items():
        where = f"scopes.{id}"
        names.known("party", scope.party, parties, where)
        for item in scope.items or ():
            names.known("item", item, case.items, where)
        for dataset in scope.found_in or ():
            names.known("dataset", dataset, datasets, where)
        set_fields = scope.model_fields_set
        kinds = [
            bool(set_fields & {"party", "items", "sent_from", "sent_until", "purposes"}),
            bool(set_fields & {"born_from", "born_until", "abroad", "deceased"}),
            "found_in" in set_fields,
        ]
        if sum(kinds) != 1:
            raise names.fail(
                f"Scope '{id}' mixes what it looks at, or says nothing.",
                where,
                "Use either disclosures, or register, or found_in; combine scopes in a condition.",
            )
    taken: dict[str, str] = {}
    for id, source in case.sources.items():
        where = f"sources.{id}"
        other = taken.setdefault(source.dataset or id, id) if source.fills == "leaked" else id
        if other != id:
            raise names.fail(
                f"Sources '{other}' and '{id}' are one dataset.",
                where + ".dataset",
                "Give each its own, or one source both files (path takes a list): who reads a dataset must know what it is.",
            )
        names.known("party", source.supplied_by, parties, where)
        names.known("breached party", source.party, breached, where)
        if (source.path is None) == (source.url is None):
            raise names.fail(
                f"Source '{id}' has no place, or two.", where, "Give either 'path' or 'url' (with 'query')."
            )
    for deletion in case.deletions:
        where = f"deletions.{deletion.id}"
        names.known("breached party", deletion.party, breached, where)
        names.known("scope", deletion.scope, case.scopes, where)
        for item in deletion.items:
            names.known("item", item, case.items, where)
        if deletion.copies != "all":
            _over_disclosures(deletion.copies, case, names, where)
    for log in case.completeness:
        names.known("breached party", log.party, breached, "completeness")
        names.known("scope", log.scope, case.scopes, "completeness")
        for item in log.items if log.items != "all" else ():
            names.known("item", item, case.items, "completeness")


def _groups(case: CaseFile, names: _Names) -> None:
    breached = {party.id for party in case.parties if party.breached}
    datasets = {source.dataset or id for id, source in case.sources.items() if source.fills == "leaked"}
    ids = [group.id for group in case.groups]
    if len(set(ids)) != len(ids):
        raise names.fail("Two groups have one id.", "groups", "Give each its own id.")
    tops = [("people_in_scope", case.people_in_scope)] + [(f"groups.{g.id}", g.when) for g in case.groups]
    tops += [(f"rounds.{r.id}.when", r.when) for r in case.rounds]
    for where, top in tops:
        for condition in _conditions(top):
            names.known("breached party", condition.disclosed_to, breached, where)
            names.known("breached party", condition.party, breached, where)
            for dataset in [*(condition.found_in or ()), *(condition.review_in or ())]:
                names.known("dataset", dataset, datasets, where)
            for scope in condition.scopes or ():
                names.known("scope", scope, case.scopes, where)
            for item, states in (condition.states or {}).items():
                names.known("item", item, case.items, where)
                for state in states:
                    names.known("state", state, BY_ID, where)


def _channels(case: CaseFile, names: _Names) -> None:
    taken: dict[str, str] = {}
    labels = {label.casefold() for item in case.items.values() for label in item.label.values()}
    for id, channel in case.channels.items():
        where = f"channels.{id}"
        other = taken.setdefault(channel.carries, id)
        if other != id:
            raise names.fail(
                f"Channels '{other}' and '{id}' take the same letters.", where, "Let each carry its own kind."
            )
        if channel.kind in ("sftp", "folder") and channel.carries != "post":
            raise names.fail(f"Channel '{id}' takes print files only.", where, "Write carries = 'post'.")
        if channel.kind == "smtp" and channel.carries != "email":
            raise names.fail(f"Channel '{id}' takes e-mail only.", where, "Write carries = 'email'.")
        if channel.kind == "notify" and (channel.template is None) != (channel.carries == "post"):
            raise names.fail(
                f"Channel '{id}' needs a template for e-mail and text messages, and none for letters.",
                where,
                "Give the id of the template, or leave it out.",
            )
        subjects = channel.subject.values() if channel.kind == "smtp" else ()
        if any(label in subject.casefold() for subject in subjects for label in labels):
            raise names.fail(
                f"The subject of channel '{id}' names a data item.",
                f"{where}.subject",
                "A subject is read by whoever passes by: say who writes, not what about.",
            )


def _rounds(case: CaseFile, names: _Names) -> None:
    ids = [round.id for round in case.rounds]
    if len(set(ids)) != len(ids):
        raise names.fail("Two rounds have one id.", "rounds", "Give each its own id.")
    for round in case.rounds:
        where = f"rounds.{round.id}"
        names.known("assessment", round.assessment, {"current", *case.assessments}, where + ".assessment")
        for group in round.letters:
            names.known("group", group, [group.id for group in case.groups], where + ".letters")
        # A letter may be in more languages than the case is told in: its texts are its own.
        languages = round.languages or case.case.languages
        names.known("language of the round", round.fallback, languages, where + ".fallback")
        _dates(round, case, names, where)


def _dates(round: Round, case: CaseFile, names: _Names, where: str) -> None:
    named = case.assessments.get(round.assessment)
    known = round.as_of or (named.as_of if named else None)
    if known is not None and round.date < known:
        raise names.fail(
            f"The letters of round '{round.id}' bear a day before the evidence was known.",
            where + ".date",
            "Let 'date' be the day of 'as_of' or later.",
        )
    if round.settle_by is not None and round.settle_by < round.date:
        raise names.fail(
            f"Round '{round.id}' settles contradictions before its letters leave.",
            where + ".settle_by",
            "Give a day on or after 'date'.",
        )


def cross_check(case: CaseFile, decisions: Decisions, path: Path, *, stated_later: bool = False) -> None:
    """Raise `CaseError` for the first name that is not declared or date that is out of order.

    `stated_later`: there are statements or deletions in sources, not read yet, that decisions may speak of.
    """
    names = _Names(path)
    _parties(case, names)
    _evidence(case, names)
    _statements(case.statements, case, names)
    _groups(case, names)
    _channels(case, names)
    _rounds(case, names)
    for language in case.case.languages:
        for id, item in case.items.items():
            if language not in item.label:
                raise names.fail(
                    f"Item '{id}' has no label in '{language}'.",
                    f"items.{id}.label",
                    "Every item needs a label in every language of the case.",
                )
    _decisions(case, decisions, names, stated_later)


def _decisions(case: CaseFile, decisions: Decisions, names: _Names, stated_later: bool) -> None:
    breached = [party.id for party in case.parties if party.breached]
    stated = {
        **{f"statement:{statement.id}": statement.id for statement in case.statements},
        **{f"deletion:{deletion.id}": deletion.id for deletion in case.deletions},
    }
    for acceptance in decisions.acceptances:
        names.known("scope", acceptance.scope, case.scopes, "decisions: acceptances")
        if not stated_later:
            names.known(
                "statement or deletion", acceptance.evidence, stated.values(), "decisions: acceptances.evidence"
            )
    logs = [id for id, source in case.sources.items() if source.fills == "disclosures"]
    for lines in decisions.stray_lines:
        names.known("log", lines.source, logs, "decisions: stray_lines.source")
        names.known("breached party", lines.party, breached, "decisions: stray_lines.party")
    pieces = {f"{kind}:{party}" for kind in ("disclosures", "supplied", "complete") for party in breached}
    pieces |= {f"dataset:{source.dataset or id}" for id, source in case.sources.items() if source.fills == "leaked"}
    for setting in decisions.set_aside:
        if setting.set_aside not in setting.clash:
            raise names.fail(
                f"'{setting.set_aside}' is not one of those that clash.",
                "decisions: set_aside",
                "Name one of those in 'clash'.",
            )
        for piece in setting.clash:
            if not (stated_later and piece.startswith(("statement:", "deletion:"))):
                names.known("piece of evidence", piece, {*pieces, *stated}, "decisions: set_aside.clash")
