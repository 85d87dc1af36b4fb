"""Fixtures that several folders of tests use."""

import pytest

pytest_plugins = ["engines.fixtures", "pipeline.fixtures", "cli.fixtures"]


def pytest_collection_modifyitems(items):
    """All tests on Spark go to one worker: a Java process for each would take the machine."""
    for item in items:
        if item.get_closest_marker("spark"):
            item.add_marker(pytest.mark.xdist_group("spark"))
