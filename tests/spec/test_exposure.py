"""Every spec of the rule, on the plain-Python reference and on each engine."""

import pytest

from helder.engines.base import Engine
from helder.engines.duckdb import DuckEngine
from spec.exposure import SPECS
from spec.harness import Spec, states_of_engine, states_of_reference, table
from spec.together import states_together


def expected(spec: Spec) -> dict[tuple[str, str], str]:
    return {(row["person"], row["item"]): row["state"] for row in table(spec.expect)}


def ids(spec: Spec) -> str:
    return spec.id


@pytest.mark.parametrize("spec", SPECS, ids=ids)
def test_reference_says_what_the_sentence_says(spec: Spec) -> None:
    found = states_of_reference(spec)
    assert {key: found[key] for key in expected(spec)} == expected(spec)


@pytest.mark.parametrize("spec", SPECS, ids=ids)
def test_duckdb_says_the_same_as_the_reference(spec: Spec, duck: DuckEngine) -> None:
    assert states_of_engine(duck, spec) == states_of_reference(spec)


def test_every_engine_says_the_same_as_the_reference_of_all_specs_at_once(engine: Engine) -> None:
    told = states_together(engine, SPECS)
    assert told == {spec.id: states_of_reference(spec) for spec in SPECS}
