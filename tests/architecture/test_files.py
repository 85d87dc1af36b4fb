"""Rules for every file: small, documented, without machine paths, registry hosts, unfinished work or real people."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from project import ROOT, name, sources, tracked, tree

# Put together here, so that this file does not hold what it forbids.
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "deb.debian" + ".org", "conda" + ".anaconda"]
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b|raise Not" r"ImplementedError")
MOST_LINES = 400

PYTHON = sources("src", "tests", "bench", "scripts")
TEXT = [path for path in tracked() if path.suffix not in {".xlsx", ".parquet", ".db", ".png", ".pdf", ".woff2"}]


def read(path):
    return path.read_bytes().decode("utf-8", "replace")


def test_a_file_is_at_most_400_lines():
    assert not [name(path) for path in PYTHON if read(path).count("\n") > MOST_LINES]


def test_code_outside_python_is_small_too():
    long = {name(path) for path in TEXT if path.suffix in {".sql", ".html", ".css", ".js", ".toml", ".sh"}}
    written = [path for path in long if not read(ROOT / path).startswith("/* Made by `make")]
    assert not [path for path in written if read(ROOT / path).count("\n") > MOST_LINES]


def test_a_module_says_what_it_is_for():
    modules = [path for path in PYTHON if path.name != "__init__.py" or read(path).strip()]
    assert not [name(path) for path in modules if not ast.get_docstring(tree(path))]


def test_every_public_name_is_documented():
    assert not [bare for path in sources("src") for bare in undocumented(path)]


def undocumented(path):
    """Classes, functions and methods without a leading underscore, as users of the module see them, that have no docstring."""
    for parent in ast.walk(tree(path)):
        if not isinstance(parent, ast.Module | ast.ClassDef):
            continue
        if isinstance(parent, ast.ClassDef) and parent.name.startswith("_"):
            continue
        for node in parent.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                overload = any(ast.unparse(mark).endswith(("overload", ".setter")) for mark in node.decorator_list)
                # Django's own words: a model's options, and migrations, which Django writes.
                django = node.name in {"Meta", "Migration"}
                if not node.name.startswith("_") and not ast.get_docstring(node) and not overload and not django:
                    yield f"{name(path)}:{node.lineno}: {node.name}"


def test_no_registry_is_named():
    """Whoever installs decides where from; lock files and scripts name no host."""
    assert not [f"{name(path)}: {host}" for path in TEXT for host in HOSTS if host in read(path)]


def test_nothing_is_left_unfinished():
    found = [
        f"{name(path)}:{number}"
        for path in TEXT
        if path.suffix != ".txt"
        for number, line in enumerate(read(path).splitlines(), start=1)
        if UNFINISHED.search(line)
    ]
    assert not found


def test_no_path_of_one_machine_stands_in_a_file():
    places = (f"{ROOT}/", f"{ROOT.parent}/", f"{Path.home()}/")
    assert not [name(path) for path in TEXT if any(place in read(path) for place in places if place != "//")]


def test_every_shell_script_is_strict():
    scripts = [path for path in tracked() if read(path).startswith(("#!/usr/bin/env bash", "#!/bin/bash", "#!/bin/sh"))]
    assert scripts
    assert not [name(path) for path in scripts if "set -euo pipefail" not in read(path)]


def test_tests_are_sentences():
    """A test's name says what holds, in words."""
    short = []
    for path in sources("tests"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and node.name.count("_") < 2:
                short.append(f"{name(path)}: {node.name}")
    assert not short


def eleven(digits: str) -> bool:
    """The 11-test of Dutch citizen service numbers."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return len(digits) == 9 and sum(map(int.__mul__, weights, map(int, digits))) % 11 == 0


# Numbers that the authorities' own documents use as examples, or that are made up for this project's tests.
EXAMPLES = {"123456782", "111222333", "012345672", "000000012"}


def test_no_test_name_holds_a_number_that_could_be_a_persons():
    """Test names go into logs and reports."""
    for path in sources("tests"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found = [n for n in re.findall(r"\d{9}", node.name) if eleven(n)]
                assert not found, f"{name(path)}: {node.name}"
