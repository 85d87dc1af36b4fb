"""One person explained, before and after: chosen among those for whom most people's answer changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from helder.domain.states import KNOWN_STOLEN
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.results.diff import moves
from helder.results.explain import Explainer
from helder.results.open import ProfileView, Results
from helder.results.page.cells import outcome
from helder.results.page.data import LANGUAGES, Evidence, Person, PersonItem, Texts
from helder.results.page.wording import evidence_names

Told = Mapping[str, dict[str, Any]]
"""What `Explainer.person` says, by language."""


def choose(told: Results, current: Results, keys: Keys) -> str | None:
    """The register's id of somebody who could have been told more; else of somebody whose states changed.

    Of the commonest kind of change, so that the person is like many; None when nothing changed for anybody.
    """
    party = current.case.breached[0].id

    def rank(pair: tuple[ProfileView, ProfileView, int]) -> tuple[bool, bool, int]:
        old, new, people = pair
        known = any(state in KNOWN_STOLEN for state in new.states.values())
        return outcome(old, new, party) == "more", known, people

    changed = [pair for pair in moves(told, current, keys) if pair[0].in_scope and pair[0].states != pair[1].states]
    if not changed:
        return None
    old, new, _ = max(changed, key=rank)
    engine = DuckEngine(keys)
    try:
        register = next(iter(current.case.sources("people")))
        engine.read("people", current.published(f"source-{register}", "people"))
        engine.read("before", told.published(told.exposure, "assessed"))
        engine.read("after", current.published(current.exposure, "assessed"))
        rows = engine.rows(
            "SELECT p.person_id FROM people AS p JOIN before AS b ON b.person = p.person "
            f"JOIN after AS a ON a.person = p.person WHERE b.profile = {old.number} AND a.profile = {new.number} "
            "ORDER BY p.person LIMIT 1"
        )
    finally:
        engine.close()
    return str(rows[0]["person_id"])


@contextmanager
def _explained(results: Results, keys: Keys) -> Iterator[Explainer]:
    explainer = Explainer(results, keys)
    try:
        yield explainer
    finally:
        explainer.close()


def _say(told: Told, *path: str | int) -> Texts:
    """One text in every language, by where it stands."""
    texts: dict[str, str] = {}
    for lang, whole in told.items():
        found: Any = whole
        for part in path:
            found = found[part]
        texts[lang] = str(found)
    return texts


def explain(told: Results, current: Results, keys: Keys, person_id: str) -> Person:
    """This person before and after, in every language. The caller logs the look (a made-up person needs none)."""
    with _explained(told, keys) as one, _explained(current, keys) as other:
        before = {lang: one.person(person_id, lang) for lang in LANGUAGES}
        after = {lang: other.person(person_id, lang) for lang in LANGUAGES}
    first, second = before[LANGUAGES[0]], after[LANGUAGES[0]]
    party = current.case.breached[0].id
    left_before, left_after = (
        results.profiles[said["profile"]].left for results, said in ((told, first), (current, second))
    )
    groups = {group.id: group.label for group in current.case.file.groups}
    was, now = ({item["item"]: item for item in said["parties"][0]["items"]} for said in (first, second))
    items = tuple(
        PersonItem(
            item.label,
            was[id]["state"],
            now[id]["state"],
            left_before[party, id],
            left_after[party, id],
            tuple(evidence_names(name, current.case) for name in now[id]["because"]),
        )
        for id, item in current.case.items.items()
    )
    return Person(
        second["person"],
        groups.get(first["group"], {}),
        groups.get(second["group"], {}),
        _say(before, "parties", 0, "says"),
        _say(after, "parties", 0, "says"),
        items,
        tuple(_lines(before, after)),
        tuple(_stated(before, after)),
    )


def _lines(before: Told, after: Told) -> Iterator[Evidence]:
    """The evidence about the person; whether it counts may differ between the two readings."""
    one, other = before[LANGUAGES[0]]["evidence"], after[LANGUAGES[0]]["evidence"]
    for n, (was, line) in enumerate(zip(one, other, strict=True)):
        place = line["place"]
        yield Evidence(
            _say(after, "evidence", n, "says"), was["counts"], line["counts"],
            place["source"], place["file"], place["row"], place["sha256"],
        )  # fmt: skip


def _stated(before: Told, after: Told) -> Iterator[Evidence]:
    """What was stated; what was not yet known as told counts only now."""
    known = {line["evidence"]: line for line in before[LANGUAGES[0]]["stated"]}
    for n, line in enumerate(after[LANGUAGES[0]]["stated"]):
        was = known.get(line["evidence"])
        counted = bool(was and was["rules_out"])
        yield Evidence(_say(after, "stated", n, "says"), counted, line["rules_out"], file=line["document"])
