"""Every spec of the rule, on the plain-Python reference and on each engine."""

import pytest

from helder.engines.duckdb import DuckEngine
from spec.exposure import SPECS
from spec.harness import Spec, states_of_engine, states_of_reference, table


def expected(spec: Spec) -> dict[tuple[str, str], str]:
    return {(row["person"], row["item"]): row["state"] for row in table(spec.expect)}


def ids(spec: Spec) -> str:
    return spec.id


@pytest.fixture(scope="module")
def duck():
    engine = DuckEngine()
    yield engine
    engine.close()


@pytest.mark.parametrize("spec", SPECS, ids=ids)
def test_reference_says_what_the_sentence_says(spec: Spec) -> None:
    found = states_of_reference(spec)
    assert {key: found[key] for key in expected(spec)} == expected(spec)


@pytest.mark.parametrize("spec", SPECS, ids=ids)
def test_duckdb_says_the_same_as_the_reference(spec: Spec, duck: DuckEngine) -> None:
    assert states_of_engine(duck, spec) == states_of_reference(spec)
