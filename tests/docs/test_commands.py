"""Every command that the documentation shows works, and prints what the page says."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from docs.commands import begins_with_demo, commands, matches, not_run, run
from helder.cli.program import Program
from project import ROOT, name, tracked

PAGES = [path for path in tracked() if path.suffix == ".md" and "```console" in path.read_text("utf-8")]
SHOWN = [(path, one) for path in PAGES for one in not_run(path.read_text("utf-8")) if re.match(r"helder\b", one.text)]


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES, ids=name)
def test_the_commands_of_a_page_print_what_it_shows(path, tmp_path, request):
    page = path.read_text("utf-8")
    if begins_with_demo(page):
        request.getfixturevalue("demo_copy")
    for outcome in run(commands(page), tmp_path, timeout=400):
        where = f"{path.relative_to(ROOT)}:{outcome.command.line}: {outcome.command.text}"
        assert outcome.code == 0, f"{where}\n{outcome.output}"
        shown = "\n".join(outcome.command.expected)
        assert matches(outcome.command.expected, outcome.output), f"{where}\nshown:\n{shown}\nsaid:\n{outcome.output}"


@pytest.mark.parametrize(("path", "shown"), SHOWN, ids=[f"{name(path)}:{one.line}" for path, one in SHOWN])
def test_a_command_that_is_not_run_is_one_of_ours_with_its_options(path, shown):
    parse(shlex.split(shown.text, comments=True)[1:])


def parse(words: list[str]) -> None:
    """Parse a command line as far as doing it. Raises `click.UsageError`."""
    command: click.Command = Program()
    while True:
        context = command.make_context(command.name or "helder", words)
        if not isinstance(command, click.Group):
            return
        rest = [*context._protected_args, *context.args]
        _, found, words = command.resolve_command(context, rest)
        assert found is not None
        command = found


@pytest.mark.parametrize("words", [["round", "sing", "lab"], ["round", "plan", "lab", "round2", "--loud"]])
def test_what_is_not_a_command_of_ours_is_found(words):
    with pytest.raises(click.UsageError):
        parse(words)
