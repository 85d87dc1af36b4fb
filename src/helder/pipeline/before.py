"""The assessment published before, when the people whose evidence did not change since may keep their profile."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from helder.case.load import Case
from helder.case.model import Assessment
from helder.domain.errors import HelderError
from helder.engines.base import Published
from helder.engines.store import Result
from helder.exposure.carry import Before
from helder.pipeline.code import code_of
from helder.pipeline.context import Run
from helder.results.open import Results

_TRACES = "traces-"


def digest(whole: object) -> str:
    """A short name for something that JSON can hold."""
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:32]


def basis_of(
    run: Run, case: Case, reading: Assessment, datasets: Mapping[str, Any], evidence: Result
) -> dict[str, Any]:
    """What unchanged evidence means the same under: the register and the logs, and all that marks depend on."""
    marking = case.file.model_dump(mode="json", include={"parties", "scopes", "statements", "deletions"})
    marking |= {"reading": reading.model_dump(mode="json", exclude={"label"}), "key": run.keys.key_id.hex()}
    marking["code"] = code_of("exposure")
    return {"unlinked": evidence.facts["unlinked"], "marking": digest(marking), "datasets": dict(datasets)}


def find_before(run: Run, name: str, basis: Mapping[str, Any], evidence: Result) -> Before | None:
    """The last published assessment of that name, if it stands on the same basis and is whole; else None."""
    try:
        results = Results.open(run.case.folder, name)
        facts = results.facts(results.exposure)
        if not _same(facts, basis):
            return None
        exposure, old = (run.store.find(stage, results.record.key(stage)) for stage in (results.exposure, "evidence"))
        if exposure is None or old is None:
            return None
        return Before(list(results.marked), exposure.tables["assessed"], _changed(old.tables, evidence.tables))
    except HelderError:
        return None


def _same(facts: Mapping[str, Any], basis: Mapping[str, Any]) -> bool:
    """Whether both stand on one basis. A dataset may be new or gone: what it says of people shows in its traces."""
    then, now = facts.get("datasets", {}), basis["datasets"]
    both = then.keys() & now.keys()
    return all(facts.get(part) == basis[part] for part in ("unlinked", "marking")) and all(
        then[id] == now[id] for id in both
    )


def _changed(
    then: Mapping[str, Published], now: Mapping[str, Published]
) -> list[tuple[Published | None, Published | None]]:
    """The traces of each source whose linked rows say something else than before."""
    pairs = [(then.get(id), now.get(id)) for id in sorted({*then, *now}) if id.startswith(_TRACES)]
    return [(old, new) for old, new in pairs if not (old and new and old.sha256 == new.sha256)]
