"""Nobody stands in anything that a whole incident prints or leaves unsealed."""

from __future__ import annotations

import shutil

import pytest

from cli.fixtures import PEOPLE
from helder.cli.program import COMMANDS
from helder.cli.round import VERBS
from helder.engines.sealing import is_sealed
from privacy.demo_run import Incident, known_rows
from privacy.leaks import Known, find
from privacy.outputs import files, texts

pytestmark = pytest.mark.slow

REASON = ("--reason", "asks which data were taken")


@pytest.fixture(scope="module")
def incident(demo_case, tmp_path_factory) -> Incident:
    """Every command, used rightly and wrongly, in both languages, on the made-up case that all tests share."""
    day = Incident(tmp_path_factory.mktemp("incident"))
    shutil.copytree(demo_case.folder, day.case)
    shutil.copy2(demo_case.key_file, day.home / "test.key")
    day.outputs |= {"the first demo (stdout)": str(demo_case.document), "the first demo (stderr)": demo_case.progress}
    day.helder("key", "new", "other.key")
    day.helder("demo", "--people", PEOPLE, "--out", "lab")
    rows = known_rows(day.case)
    somebody = next(row for row in rows if row.get("person_id"))
    for words in (
        ("run", "lab"),
        ("run", "lab", "--json"),
        ("run", "lab", "--assessment", "as_told", "--as-of", "2025-09-12", "--lang", "nl"),
        ("status", "lab"),
        ("status", "lab", "--json"),
        ("groups", "lab", "--lang", "nl"),
        ("diff", "lab", "as_told", "current"),
        ("diff", "lab", "as_told", "current", "--json"),
        ("gaps", "lab"),
        ("gaps", "lab", "--json", "--lang", "nl"),
        ("reconcile", "lab"),
        ("reconcile", "lab", "--json"),
        ("review", "lab", "status"),
        ("schema",),
        ("export", "lab", "--out", "numbers"),
        ("export", "lab", "--format", "xlsx", "--out", "sheet"),
        ("export", "lab", "--people", *REASON, "--out", "people"),
        ("export", "lab", "--evidence", *REASON, "--out", "evidence"),
    ):
        day.helder(*words)
    for words in (("person", "lab", "-", *REASON), ("person", "lab", "-", *REASON, "--json", "--lang", "nl")):
        day.helder(*words, typed=f"{somebody['person_id']}\n")
    day.helder("plain", "-", "--quick", code=None, typed="Criminals stole your data. Call us.\n")
    # Lists for those who decide show people: they have a folder of their own, which is not searched.
    (day.home / "for-reviewers").mkdir()
    day.helder("review", "lab", "export", "--out", "for-reviewers/doubts.csv", *REASON)
    doubts = day.home / "for-reviewers" / "doubts.csv"
    filled = doubts.read_text("utf-8").replace(";found;;;;;", ";found;1;R. Example;2025-09-20;same house;", 1)
    doubts.write_text(filled, "utf-8")
    day.helder("review", "lab", "import", doubts)
    doubts.write_text(filled.replace(";found;1;R. Example", ";found;99;", 1), "utf-8")
    day.helder("review", "lab", "import", doubts, code=None)
    day.helder("run", "lab")
    day.helder("audit", "verify", "lab")
    day.helder("audit", "checkpoint", "lab", "--json")
    _rounds(day)
    day.helder("backup", "lab", "lab.helder")
    shutil.copy(day.home / "test.key", day.home / "again.key")
    day.helder("restore", "lab.helder", "again")
    day.helder("remind", "lab", code=None)
    day.helder("webhooks", "lab")
    day.helder("webhooks", "lab", "--json", "--lang", "nl")
    day.helder("facts", "lab")
    day.helder("facts", "lab", "--json", "--lang", "nl")
    day.helder("prune", "lab")
    day.helder("prune", "lab", "--json", "--lang", "nl")
    _mistakes(day, somebody)
    return day


def _rounds(day: Incident) -> None:
    """A round as far as it gets without two people who approve it; every verb, also where it refuses."""
    for words in (
        ("plan", "lab", "round2"),
        ("plan", "lab", "round2_helder", "--json", "--lang", "nl"),
        ("show", "lab", "round2"),
        ("show", "lab", "round2", "--suppressed", *REASON),
        ("show", "lab", "round2", "--suppressed", *REASON, "--json", "--lang", "nl"),
        ("check", "lab", "round2", "--show", "g1", "--language", "nl"),
        ("check", "lab", "round2_helder", "--show", "g3", "--json"),
        ("produce", "lab", "round2", "--processes", "1"),
        ("verify", "lab", "round2", "--processes", "1"),
        ("verify", "lab", "round2", "--processes", "1", "--json", "--lang", "nl"),
    ):
        day.helder("round", *words)
    manifest = (day.case / "rounds" / "round2" / "out" / "manifest.csv").read_text("utf-8").splitlines()
    reference = manifest[1].split(",")[1]
    for more in ((), ("--large", "--json", "--lang", "nl")):
        out = ("--out", f"for-reviewers/letter-{len(more)}.pdf")
        day.helder("round", "letter", "lab", "round2", reference, *out, *REASON, *more)
    for words in (
        ("letter", "lab", "round2", reference, "--out", "for-reviewers/letter-0.pdf", *REASON),
        ("letter", "lab", "round2", reference[:-1], "--out", "letter.pdf", *REASON),
        ("letter", "lab", "round1", reference, "--out", "letter.pdf", *REASON),
        ("letter", "lab", "round2", reference, "--out", "letter.pdf"),
        ("addresses", "lab", "round2", *REASON),
        ("addresses", "lab", "round2"),
        ("handover", "lab", "round2"),
        ("returns", "lab", "round2"),
        ("returns", "lab", "round2", "lab/sources/dataset1.csv"),
        ("returns", "lab", "round2", "--people", *REASON),
        ("close", "lab", "round2", "--json"),
        ("produce", "lab", "round1"),
        ("check", "lab", "round3"),
    ):
        day.helder("round", *words, code=None)


def _mistakes(day: Incident, somebody: dict[str, object]) -> None:
    """What people do wrong, with somebody's data in their hands."""
    for typed in (somebody["national_id"], somebody["email"] or "nobody", f"{somebody['person_id']}x"):
        day.helder("person", "lab", typed or "nobody", *REASON, code=None)
    day.helder("person", "lab", "-", "--reason", f"client {somebody['national_id']} called", code=None, typed="x\n")
    day.helder("run", "lab", key="other.key", code=None)
    day.helder("groups", "lab", key="nothing.key", code=None)
    day.helder("new", "fresh", "lab/sources/dataset1.csv", "lab/sources/register.parquet")
    day.helder("check", "fresh", code=None)
    day.helder("check", "lab", code=None)
    shutil.copytree(day.case, day.home / "broken")
    with (day.home / "broken" / "sources" / "dataset1.csv").open("rb+") as file:
        lines = file.read().split(b"\n")
        lines[1], lines[2] = lines[1] + b";;;;surplus", b'"' + lines[2]
        lines[5] = lines[5].replace(b"-", b"/").replace(b"19", b"99")
        file.seek(0)
        file.write(b"\n".join(lines))
    day.helder("run", "broken", code=None)
    day.helder("status", "broken", "--json", code=None)
    register = day.home / "broken" / "sources" / "register.parquet"
    register.write_bytes(register.read_bytes()[:-100])
    day.helder("run", "broken", code=None)


@pytest.fixture(scope="module")
def known(incident) -> Known:
    return Known.of(known_rows(incident.case))


def test_the_search_knows_the_made_up_people(known):
    """Otherwise an empty result would mean nothing."""
    assert len(known.numbers) >= PEOPLE
    assert len(known.born) > 100


def test_no_output_names_anybody(incident, known):
    leaks = [leak for name, text in incident.outputs.items() for leak in find(text, known, name)]
    assert not leaks, "\n".join(map(str, leaks[:20]))


def test_no_unsealed_file_names_anybody(incident, known):
    """All but the sources as received, and the made-up case's own key to who is who, which no real case has."""
    # Whole copies of the case stand beside it: the same bytes say the same.
    unlike = {
        data: name
        for name, data in files(incident.home)
        if "/sources/" not in name and not name.startswith("for-reviewers/") and not name.endswith("demo/truth.parquet")
    }
    leaks = [
        leak for data, name in unlike.items() for part, text in texts(name, data) for leak in find(text, known, part)
    ]
    assert not leaks, "\n".join(map(str, leaks[:20]))


def test_tables_about_people_are_sealed(incident):
    """Their names say so, their first bytes say so, and no Parquet reader opens them."""
    sealed = [data for name, data in files(incident.case) if name.endswith(".sealed")]
    assert len(sealed) >= 7
    assert all(is_sealed(data) for data in sealed)


# It serves until it is stopped; what its pages and its log say has tests of its own.
ELSEWHERE = {"serve"}


def test_every_command_was_looked_at(incident):
    assert incident.ran - {f"round {verb}" for verb in VERBS} == set(COMMANDS) - ELSEWHERE
    assert {f"round {verb}" for verb in VERBS} <= incident.ran
