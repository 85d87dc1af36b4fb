"""Fixtures that several folders of tests use."""

pytest_plugins = ["pipeline.fixtures"]
