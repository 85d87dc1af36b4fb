"""Every command that the documentation shows works, and prints what the page says."""

from __future__ import annotations

import pytest

from docs.commands import commands, matches, run
from project import ROOT, name, tracked

PAGES = [path for path in tracked() if path.suffix == ".md" and "```console" in path.read_text("utf-8")]


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES, ids=name)
def test_the_commands_of_a_page_print_what_it_shows(path, tmp_path):
    for outcome in run(commands(path.read_text("utf-8")), tmp_path, timeout=400):
        where = f"{path.relative_to(ROOT)}:{outcome.command.line}: {outcome.command.text}"
        assert outcome.code == 0, f"{where}\n{outcome.output}"
        shown = "\n".join(outcome.command.expected)
        assert matches(outcome.command.expected, outcome.output), f"{where}\nshown:\n{shown}\nsaid:\n{outcome.output}"
