"""Errors in Dutch: every text that the code can raise has its translation, and none is translated that is gone."""

from __future__ import annotations

import ast
import re

import pytest

from cli.run import helder
from helder.cli.dutch import in_dutch, pairs
from helder.domain import errors
from project import sources

KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.HelderError)}
# For those who write Helder's own SQL; users never see them.
INTERNAL = ("engines/dialect.py", "engines/template.py")


def template(node: ast.expr) -> list[str]:
    """The texts of an expression, with {} for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return sorted({"".join(said(part, many) for part in node.values) for many in (False, True)})
    if isinstance(node, ast.IfExp):
        return [*template(node.body), *template(node.orelse)]
    return []


def said(part: ast.expr, many: bool) -> str:
    """A part of a text: its words, {} for what is filled in, and both for a `Counted` with its noun."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    spec = ast.unparse(part.format_spec)[2:-1] if isinstance(part, ast.FormattedValue) and part.format_spec else ""
    if "|" not in spec:
        return "{}"
    words = spec.removeprefix("-").split("|")[many]
    return words if spec.startswith("-") else f"{'{}' if many else 1} {words}"


def raised() -> set[str]:
    """Every `what` and `do` of every error in the code."""
    found: set[str] = set()
    for path in sources("src"):
        if "/cli/" in path.as_posix() or path.as_posix().endswith(INTERNAL):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
                said = [*node.args[:1], *(word.value for word in node.keywords if word.arg in ("what", "do"))]
                found |= {text for one in said for text in template(one)}
    return {text for text in found if re.search("[a-z]{3} [a-z]", text) and not re.match("(helder|chmod|mkdir) ", text)}


def test_every_error_has_a_dutch_text():
    missing = sorted(text for text in raised() if in_dutch(text.replace("{}", "0")) == text.replace("{}", "0"))
    assert not missing, "add these to src/helder/cli/dutch.csv:\n" + "\n".join(missing)


def test_both_languages_fill_in_as_much():
    assert all(en.count("{}") == nl.count("{}") for en, nl in pairs())
    assert len({en for en, _ in pairs()}) == len(pairs())


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("There is no key.", "Er is geen sleutel."),
        ("There is no assessment 'x'.", "Er is geen beoordeling 'x'."),
        ("There is no party 'x'.", "Er is geen partij 'x'."),
        ("There is no thing 'x'.", "Er is geen thing 'x'."),
        (
            "3 people in scope fall in no group. Among them: p-a, p-b.",
            "3 mensen over wie het gaat, vallen in geen groep. Onder hen: p-a, p-b.",
        ),
        (
            "Round 'two' may not leave: it waits for approval of 1 person who did not write the letters and a reader test, "
            "or who goes without one and why.",
            "Ronde 'two' mag niet weg: ze wacht op goedkeuring van 1 mens die de brieven niet schreef en een lezerstest, "
            "of wie het zonder doet en waarom.",
        ),
        ("Something that nobody translated.", "Something that nobody translated."),
        ("", ""),
    ],
)
def test_the_closest_text_is_taken_and_what_was_filled_in_kept(english, dutch):
    assert in_dutch(english) == dutch


def test_an_error_is_dutch_for_who_reads_dutch(tmp_path):
    assert helder("status", tmp_path, "--lang", "nl").err.startswith("Fout: Hier is geen case.toml.")
    assert helder("status", tmp_path, "--lang", "nl", "--json").document["what"] == "Hier is geen case.toml."
