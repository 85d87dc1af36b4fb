"""axe-core, the accessibility checker that browsers run: read from a wheel that is downloaded, never installed."""

from __future__ import annotations

import os
import zipfile
from functools import cache
from pathlib import Path

import pytest

WHEELS = Path(__file__).parents[1] / ".cache" / "axe"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _script() -> str | None:
    for wheel in sorted(WHEELS.glob("axe_playwright_python-*.whl")):
        with zipfile.ZipFile(wheel) as whole:
            return whole.read("axe_playwright_python/axe.min.js").decode()
    return None


def violations(browser) -> list[str]:
    """What axe finds wrong on the page that is open: rule, and where."""
    script = _script()
    if script is None:
        reason = "axe-core is not there: 'make test' downloads it"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    browser.execute_script(script)
    found = browser.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, {runOnly: arguments[0], resultTypes: ['violations']}).then(r => done(r.violations))",
        RULES,
    )
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]
