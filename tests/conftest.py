"""Fixtures that several folders of tests use, and how hard property tests try."""

import os

import pytest
from hypothesis import settings

# A busy machine is no failure, so no example has a deadline. Continuous integration tries the same examples each
# time: a change is judged by what it changed; new examples are for `make test` on a developer's machine.
settings.register_profile("helder", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("helder")

pytest_plugins = ["engines.fixtures", "pipeline.fixtures", "cli.fixtures"]


def pytest_collection_modifyitems(items):
    """All tests on Spark go to one worker: a Java process for each would take the machine."""
    for item in items:
        if item.get_closest_marker("spark"):
            item.add_marker(pytest.mark.xdist_group("spark"))
