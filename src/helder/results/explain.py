"""One person: what is known, and each piece of evidence with its place. Needs the key, and a reason that is logged.

The caller writes the audit line (`helder person` does); nothing here leaves the process but what is returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from helder.case.model import Setting
from helder.domain.errors import CaseError
from helder.domain.states import BY_ID
from helder.domain.worlds import WORLDS
from helder.engines.keys import Keys
from helder.engines.lookup import Lookup
from helder.exposure.evidence import EvidenceClass
from helder.exposure.marking import Marking
from helder.exposure.rules import PERSON, Rule, rules
from helder.exposure.tie import Slot
from helder.results import words
from helder.results.because import because, met
from helder.results.links import LinkWords
from helder.results.open import ProfileView, Results

_KEYED = re.compile(r"p-[a-z2-7]{16}")


@dataclass(frozen=True)
class Place:
    """Where a piece of evidence stands: file, its hash, and the record in it (1 is the first below the header)."""

    source: str
    file: str
    sha256: str
    row: int


class Explainer:
    """Explains people of one assessment; keeps tables open, so that the second person costs milliseconds."""

    def __init__(self, results: Results, keys: Keys) -> None:
        self.results = results
        self.case = results.case
        self.keys = keys
        self.reading = self.case.assessment(results.record.assessment).model_copy(
            update={"as_of": results.record.as_of}
        )
        self._marking = Marking(self.case, self.reading)
        people = next(iter(self.case.sources("people")))
        self._people = Lookup(results.published(f"source-{people}", "people"), keys)
        self._evidence = Lookup(results.published("evidence", "evidence"), keys)
        self._assessed = Lookup(results.published(results.exposure, "assessed"), keys)
        self._links = LinkWords(results, keys)

    def close(self) -> None:
        """Let go of the tables."""
        for table in (self._people, self._evidence, self._assessed, self._links):
            table.close()

    @cached_property
    def _classes(self) -> list[EvidenceClass]:
        return [EvidenceClass.from_row(row) for row in self.results.rows("evidence", "classes")]

    @cached_property
    def _rules(self) -> list[Rule]:
        seen = {mark for evidence in self._classes for mark in self._marking.marks(evidence)}
        return rules(self.case, self.reading, seen)

    @cached_property
    def _files(self) -> dict[str, list[dict[str, Any]]]:
        return {id: list(self.results.facts(f"source-{id}")["files"]) for id in self.results.sources}

    def person(self, person_id: str, lang: str = "en") -> dict[str, Any]:
        """All that is known about one person of the register, and why. `person_id` may be a keyed id.

        Raises `CaseError` when the register has no such id (which is not repeated in the message).
        """
        found = self._find(person_id)
        if found is None:
            raise CaseError(
                "The register has nobody with this id.",
                where=str(self.case.folder),
                do="Check the id as the register writes it.",
            )
        number, person_id = found
        profile = self.results.profiles[self._assessed.rows("profile", person=number)[0]["profile"]]
        lines = self._evidence.rows("class", "source", "file", "row", person=number)
        lines.sort(key=itemgetter("source", "file", "row"))
        return {
            "person": self.keys.keyed_id(person_id),
            "assessment": self.results.record.assessment,
            "as_of": self.results.record.as_of.isoformat() if self.results.record.as_of else None,
            "in_scope": profile.in_scope,
            "group": profile.group,
            "profile": profile.number,
            "severity": profile.severity,
            "parties": [self._party(party.id, profile, lang) for party in self.case.breached],
            "evidence": [self._line(line, number, profile, lang) for line in lines],
            "stated": list(self._stated(profile, lang)),
        }

    def _find(self, id: str) -> tuple[int, str] | None:
        """Number and register id of a person, by register id or by keyed id (which takes a look at everybody)."""
        for row in self._people.rows("person", person_id=id):
            return row["person"], id
        if not _KEYED.fullmatch(id):
            return None
        everybody = self._people.every("person", "person_id")
        return next((found for found in everybody if self.keys.keyed_id(found[1]) == id), None)

    def _met(self, profile: ProfileView) -> list[Rule]:
        return met(self._rules, profile.marks, self._aside(profile))

    def _aside(self, profile: ProfileView) -> Mapping[str, Setting]:
        """The evidence that a decision set aside for these people."""
        return self.results.set_aside.get(profile.number, {})

    def _party(self, party: str, profile: ProfileView, lang: str) -> dict[str, Any]:
        rules = self._met(profile)
        items = []
        for (of, item), left in profile.left.items():
            if of != party or item == PERSON:
                continue
            state = profile.states[of, item]
            items.append(
                {
                    "item": item,
                    "label": self.case.items[item].label.get(lang, item),
                    "state": state,
                    "says": BY_ID[state].name(lang),
                    "worlds_left": left.bit_count(),
                    "worlds": [words.world(w, lang) for bit, w in enumerate(WORLDS) if left >> bit & 1],
                    **self._because(rules, (of, item), left, lang),
                }
            )
        whole = profile.states[party, PERSON]
        return {
            "party": party,
            "name": self.case.parties[party].name,
            "person": whole,
            "says": words.person_state(whole, lang),
            **self._because(rules, (party, PERSON), profile.left[party, PERSON], lang),
            "items": items,
        }

    def _because(self, rules: list[Rule], slot: Slot, left: int, lang: str) -> dict[str, Any]:
        """The evidence that a conclusion rests on, by id and in words; `tie` says how the one follows from the other."""
        own, others = because(rules, slot, left)
        names = [*own, *others]
        return {
            "because": names,
            "reasons": [words.reason(name, self.case, lang) for name in names],
            "tie": words.tie(slot[1] == PERSON, left, lang) if others else None,
        }

    def _line(self, line: dict[str, Any], person: int, profile: ProfileView, lang: str) -> dict[str, Any]:
        evidence = self._classes[line["class"]]
        source = self.case.source_ids[line["source"]]
        file = self._files[source][line["file"]]
        place = Place(source, file["name"], file["sha256"], line["row"])
        decision = self._aside(profile).get(words.name_of(evidence, self.case))
        counts = bool(self._marking.marks(evidence)) or evidence.kind == "register"
        said = {
            "kind": evidence.kind,
            "says": words.evidence(evidence, self.case, self.reading, lang) + words.set_aside(decision, lang),
            "counts": counts and decision is None,
            "set_aside": decision.model_dump(mode="json") if decision else None,
            "place": place.__dict__,
        }
        if evidence.kind == "link":
            file_number, outcome = line["file"], evidence.outcome
            said["link"] = self._links.words(source, file_number, place.row, person, outcome, lang)
        return said

    def _stated(self, profile: ProfileView, lang: str) -> Iterator[dict[str, Any]]:
        """Statements, deletions and logs that speak of this person, and those that wait for acceptance."""
        bearing = {rule.evidence for rule in self._met(profile)}
        yield from words.stated(self.case, self.reading, bearing, self._aside(profile), lang)
