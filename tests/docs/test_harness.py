"""The harness that runs the documentation's commands finds what is wrong in a page."""

from __future__ import annotations

import textwrap

import pytest

from docs.commands import commands, matches, run


def page(text):
    return textwrap.dedent(text).lstrip("\n")


GOOD = page("""
    # A page
    <!-- run -->
    ```console
    $ export WORD=hello
    $ echo "$WORD"
    hello
    $ printf '%s\\n' one two three
    one
    …
    $ mkdir x && cd x
    ```
    Text between.
    <!-- run -->
    ```console
    $ basename "$PWD" &&
    > echo "took 1.25 s"
    x
    took … s
    ```
    <!-- not run: needs a city's data -->
    ```console
    $ rm -rf everything
    ```
""")


def test_the_blocks_of_a_page_run_in_one_shell_in_order(tmp_path):
    done = run(commands(GOOD), tmp_path, 20)
    assert [outcome.code for outcome in done] == [0] * 5
    assert all(matches(outcome.command.expected, outcome.output) for outcome in done)


def test_a_command_knows_its_line():
    assert [command.line for command in commands(GOOD)] == [4, 5, 7, 10, 15]


def test_other_output_than_the_page_shows_is_found(tmp_path):
    [said] = run(commands("<!-- run -->\n```console\n$ echo 3 people\n4 people\n```\n"), tmp_path, 20)
    assert not matches(said.command.expected, said.output)


def test_output_that_the_page_does_not_show_is_found(tmp_path):
    [said] = run(commands("<!-- run -->\n```console\n$ echo warning\n```\n"), tmp_path, 20)
    assert not matches(said.command.expected, said.output)


def test_a_failing_command_stops_the_page(tmp_path):
    text = "<!-- run -->\n```console\n$ echo to-stderr >&2; false\n$ touch reached\n```\n"
    [outcome] = run(commands(text), tmp_path, 20)
    assert (outcome.code, outcome.output.strip()) == (1, "to-stderr")
    assert not (tmp_path / "reached").exists()


@pytest.mark.parametrize(
    "text",
    ["```console\n$ echo\n```\n", "<!-- not run: -->\n```console\n$ echo\n```\n", "<!-- run -->\n```console\nx\n```\n"],
)
def test_an_unmarked_block_or_one_without_a_command_is_refused(text):
    with pytest.raises(ValueError, match="line"):
        commands(text)


@pytest.mark.parametrize(
    ("expected", "output", "same"),
    [
        ([], "", True),
        (["a"], "a\n", True),
        (["a"], "a  \n\n", True),
        (["a", "…", "z"], "a\nb\nc\nz\n", True),
        (["a", "…", "z"], "a\nz\n", True),
        (["…"], "", True),
        (["a …, … b"], "a 1, 2 b\n", True),
        (["a.c"], "abc\n", False),
        (["a"], "a\nb\n", False),
        (["a"], "", False),
    ],
)
def test_three_dots_stand_for_anything_and_nothing_else_does(expected, output, same):
    assert matches(expected, output) is same


def test_a_block_that_needs_approvals_gets_them_first():
    page = "<!-- run, after two people approved lab round2 -->\n```console\n$ helder round handover lab round2\n```\n"
    first, second = commands(page)
    assert first.text.endswith('tests/docs/approve.py" lab round2') and first.expected == []
    assert (second.text, second.line) == ("helder round handover lab round2", 3)
