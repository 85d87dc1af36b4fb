"""Fixtures that several folders of tests use."""

pytest_plugins = ["engines.fixtures", "pipeline.fixtures", "cli.fixtures"]
