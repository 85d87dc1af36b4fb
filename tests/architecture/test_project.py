"""Rules for the project as a whole: dependencies, terms, decisions and links."""

from __future__ import annotations

import re
import subprocess

import pytest

from project import PYPROJECT, ROOT, name, tracked

REQUIREMENT = re.compile(r"^[A-Za-z0-9_.\-]+")


def requirements() -> list[str]:
    """Every package that pyproject.toml names, with a person's choice behind it."""
    project = PYPROJECT["project"]
    lists = [
        project["dependencies"],
        *project.get("optional-dependencies", {}).values(),
        *PYPROJECT["dependency-groups"].values(),
        PYPROJECT["build-system"]["requires"],
    ]
    return sorted({REQUIREMENT.match(text).group().lower() for part in lists for text in part if isinstance(text, str)})


EXPLAINED = (ROOT / "docs" / "explanation" / "dependencies.md").read_text("utf-8")


@pytest.mark.parametrize("package", requirements())
def test_every_dependency_has_one_line_that_says_why(package):
    assert len(re.findall(rf"^\| `{re.escape(package)}` \|", EXPLAINED, re.M)) == 1


def test_no_line_explains_a_dependency_that_is_gone():
    assert set(re.findall(r"^\| `([^`]+)` \|", EXPLAINED, re.M)) <= {
        *requirements(),
        "pip",
        "recordlinkage",
        "axe-playwright-python",
        "lint-ii",
    }


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=name)
def test_every_locked_package_has_a_hash(lock):
    text = lock.read_text("utf-8")
    packages = re.findall(r"^[a-z0-9].*==.*$", text, re.M)
    assert packages
    assert all(line.rstrip().endswith("\\") for line in packages), "a package without hashes"
    assert "://" not in text


def test_every_requirement_is_locked():
    locked = {
        REQUIREMENT.match(line).group().lower()
        for file in ("dev.txt", "bench.txt", "build.txt")
        for line in (ROOT / "requirements" / file).read_text("utf-8").splitlines()
        if REQUIREMENT.match(line)
    }
    assert set(requirements()) <= locked


def glossary() -> list[list[str]]:
    """The rows of the glossary: English, Dutch, meaning, source."""
    text = (ROOT / "GLOSSARY.md").read_text("utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")
    ]
    return [row for row in rows if row[0] != "English" and not set(row[0]) <= {"-", ":"}]


@pytest.mark.parametrize("row", glossary(), ids=lambda row: row[0])
def test_every_term_has_both_languages_a_meaning_and_a_source(row):
    assert len(row) == 4
    assert all(row)


def test_terms_stand_once_and_in_order():
    terms = [row[0].lower() for row in glossary()]
    assert terms == sorted(set(terms))


def test_decisions_are_numbered_once_and_dated():
    records = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    numbers = [path.name[:4] for path in records]
    assert len(set(numbers)) == len(numbers)
    for path in records:
        text = path.read_text("utf-8")
        assert re.match(rf"# {int(path.name[:4])}\. \S", text), f"{path.name}: title"
        assert re.search(r"^Status: (accepted|superseded by \[.+\])", text, re.M), f"{path.name}: status"


MARKDOWN = [path for path in tracked() if path.suffix == ".md"]
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]+)?\)")


@pytest.mark.parametrize("path", MARKDOWN, ids=name)
def test_every_link_inside_the_documentation_leads_somewhere(path):
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.S)
    assert not [target for target, _ in LINK.findall(text) if not (path.parent / target).exists()]


def test_every_page_of_the_documentation_can_be_found():
    """Each page is linked from docs/README.md."""
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    linked = {target for target, _ in LINK.findall(index)}
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in MARKDOWN if (ROOT / "docs") in path.parents}
    numbered = {page for page in pages if page.startswith("adr/0")}
    assert pages - numbered - {"README.md"} <= linked


def test_the_licence_is_the_whole_eupl():
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [f"\n{n}." in text for n in range(1, 16)] == [True] * 15
    assert "Compatible Licences" in text
    assert "require the production of a new EUPL version." in text


def test_pre_commit_fetches_nothing():
    """All hooks are local: they run what `make setup` locked."""
    text = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert re.findall(r"repo: (\S+)", text) == ["local"]


def test_what_continuous_integration_runs_is_what_people_run():
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")
    dry = subprocess.run(["make", "-n", "test"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports", "pytest", "--fail-under 95"):
        assert tool in dry
