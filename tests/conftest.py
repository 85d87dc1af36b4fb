"""Fixtures that several folders of tests use, and how hard property tests try."""

import gc
import os

from hypothesis import settings
from slipcover import pytest_plugin as coverage
from xdist.scheduler import LoadScopeScheduling

# A busy machine is no failure, so no example has a deadline. Continuous integration tries the same examples each
# time: a change is judged by what it changed; new examples are for `make test` on a developer's machine.
settings.register_profile("helder", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("helder")

# Nothing that collecting tests makes is thrown away: to look for what could be takes a fifth of its time.
gc.disable()

# Nobody looks now and then for lines that were met, to measure them no more: that takes as long as a tenth of the tests.
# (slipcover means to do it at once in this mode; on Python 3.11 what it changes is a copy, and they are measured on.)
if coverage._slipcover_instance:
    coverage._slipcover_instance.immediate = True

pytest_plugins = ["engines.fixtures", "pipeline.fixtures", "cli.fixtures"]


class ByFile(LoadScopeScheduling):
    """A file's tests go to one worker, which sets up once what they share; all tests on Spark go to one: Java costs.

    Our own words for what `--dist loadgroup` would do: with pytest 9 pytest-xdist's groups have no effect.
    """

    def _split_scope(self, nodeid):
        return "spark" if "spark" in nodeid.lower() else nodeid.partition("::")[0]


def pytest_collection_modifyitems(items):
    """What takes long goes first: a long file that is begun last keeps one worker busy while the others have nothing to do."""
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long and "spark" not in item.nodeid.lower())


def pytest_collection_finish():
    """What is there now stays until the end, so it is not looked through again."""
    gc.freeze()
    gc.enable()


def pytest_unconfigure():
    gc.unfreeze()


def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log)
