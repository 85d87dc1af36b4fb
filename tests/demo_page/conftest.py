"""Real runs for the page's tests: a case of a handful of people, and a made-up one that is large enough to publish."""

from __future__ import annotations

import pytest

from helder.demo import make_case
from helder.engines.keys import Keys
from helder.pipeline import opened, run_assessment
from helder.results.open import Results
from pipeline import small_case

KEYS = Keys(b"p" * 32)


def _results(folder):
    with opened(folder, KEYS) as run:
        for name in ("as_told", "current"):
            run_assessment(run, name)
    return Results.open(folder, "as_told"), Results.open(folder, "current")


@pytest.fixture(scope="session")
def handful(tmp_path_factory):
    """As told and now, of five people."""
    return _results(small_case.write(tmp_path_factory.mktemp("page") / "handful"))


@pytest.fixture(scope="session")
def made_up(tmp_path_factory):
    """As told and now, of 3,000 made-up people."""
    folder = tmp_path_factory.mktemp("page") / "made_up"
    make_case(folder, 3_000)
    return _results(folder)
