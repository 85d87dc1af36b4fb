"""The case folder as a whole: it loads, its files fit its map, it is marked as made up, and it is the same each time."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path

import pytest

from helder.case.load import load_case
from helder.demo import assumptions_text, expected, made, make_case, size
from helder.demo.claims import claims_csv
from helder.demo.population import STEPS, Population
from helder.domain.errors import CaseError, StorageError


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_case_loads_and_tells_what_is_real(case):
    loaded = load_case(case.folder)
    assert list(loaded.datasets) == ["dataset1", "dataset2"]
    assert [group.id for group in loaded.file.groups] == ["g1", "g2", "g3", "g4"]
    assert loaded.assessment("as_told").links == "exact"
    assert not loaded.decisions.acceptances
    readme = (case.folder / "README.md").read_text(encoding="utf-8")
    assert "verzonnen" in readme and "made up" in readme and "20.000" in readme and "20,000" in readme
    assert (case.folder / "demo/assumptions.toml").read_text(encoding="utf-8") == assumptions_text()


def test_every_column_of_the_map_is_in_its_file(case):
    files = {
        "register": case.register,
        "disclosures": case.disclosures,
        "safe_addresses": case.safe_addresses,
        "addresses": case.answers,
        "dataset1": case.dataset1,
        "dataset2": case.dataset2,
    }
    for id, source in load_case(case.folder).file.sources.items():
        for said in source.columns.values():
            column = said if isinstance(said, str) else said.column
            assert column in files[id][0]
            values = None if isinstance(said, str) else said.values
            if values:
                assert {row[column] for row in files[id]} - {None} <= set(values)


def test_statements_name_real_dates_and_are_in_order(case):
    loaded = load_case(case.folder).file
    told = loaded.assessments["as_told"].as_of
    assert told is not None and all(statement.received <= told for statement in loaded.statements)
    replaced = {statement.supersedes for statement in loaded.statements}
    assert "contact_small_group" in replaced


@pytest.mark.parametrize("people", [50, 1_000])
def test_a_small_case_has_its_exact_sums_too(tmp_path, people):
    make_case(tmp_path / "case", people)
    counts = size(people)
    lines = (tmp_path / "case/sources/dataset1.csv").read_text("cp1252").splitlines()
    assert len(lines) - 1 == counts.datasets[0]
    assert made(tmp_path / "case") is not None


def test_the_same_seed_gives_the_same_bytes_whatever_the_threads(tmp_path):
    for threads, name in ((1, "one"), (3, "three")):
        with Population(size(1_000), 7, threads=threads) as population:
            for step in STEPS:
                population.make(step, tmp_path / name)
    assert _hashes(tmp_path / "one") == _hashes(tmp_path / "three")
    make_case(tmp_path / "case", 1_000, seed=7)
    assert _hashes(tmp_path / "one").items() <= _hashes(tmp_path / "case").items()


def test_another_seed_gives_other_people(tmp_path):
    make_case(tmp_path / "one", 100, seed=1)
    make_case(tmp_path / "two", 100, seed=2)
    assert (
        _hashes(tmp_path / "one")["sources/register.parquet"] != _hashes(tmp_path / "two")["sources/register.parquet"]
    )


def test_progress_runs_from_nothing_to_all(tmp_path):
    heard = []
    make_case(tmp_path / "case", 50, progress=lambda what, share: heard.append((what, share)))
    shares = [share for _, share in heard]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1
    assert all(what for what, _ in heard[:-1])


def test_a_folder_that_is_no_made_up_case_is_left_alone(tmp_path):
    (tmp_path / "case.toml").write_text("# a real case")
    with pytest.raises(CaseError, match="not empty"):
        make_case(tmp_path, 50)
    assert [path.name for path in tmp_path.iterdir()] == ["case.toml"]
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(CaseError):
        make_case(file, 50)


def test_a_made_up_case_may_be_made_again_and_knows_with_what(tmp_path):
    make_case(tmp_path, 50, seed=1)
    make_case(tmp_path, 60, seed=2)
    mark = made(tmp_path)
    assert mark is not None and (mark.people, mark.seed, mark.whole) == (60, 2, True)


def test_a_case_that_was_cut_off_is_marked_as_not_whole(tmp_path):
    def stop(what, share):
        if share:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_case(tmp_path / "case", 50, progress=stop)
    mark = made(tmp_path / "case")
    assert mark is not None and not mark.whole


def test_a_file_that_cannot_be_written_is_a_storage_error(tmp_path):
    make_case(tmp_path, 50)
    (tmp_path / "sources/register.parquet").unlink()
    (tmp_path / "sources/register.parquet").mkdir()
    with pytest.raises(StorageError, match="cannot be written"):
        make_case(tmp_path, 50)
    assert not list((tmp_path / "sources").glob("*.partial"))


def test_texts_that_cannot_be_written_are_a_storage_error(tmp_path):
    make_case(tmp_path, 50)
    (tmp_path / "README.md").unlink()
    (tmp_path / "README.md").mkdir()
    with pytest.raises(StorageError, match="cannot be written"):
        make_case(tmp_path, 50)


def _claims(text: str):
    return list(csv.DictReader(text.splitlines()))


def test_published_numbers_are_the_real_ones_at_full_size():
    for claim in _claims(claims_csv(size(941_000))):
        assert claim["number"] == claim["published_number"]
        if claim["equals"]:
            assert expected(claim["equals"], size(941_000)) == int(claim["number"])


def test_published_numbers_scale_with_what_they_count(case):
    claims = _claims((case.folder / "counts.csv").read_text(encoding="utf-8"))
    by_words = {claim["meaning"]: claim for claim in claims}
    assert int(by_words["confirmed"]["number"]) == case.counts.rows
    assert int(by_words["everyone whose data was ever shared"]["number"]) == 20_000
    assert {claim["unit"] for claim in claims} == {"records", "people", "letters"}
    assert expected("found dataset1 dataset2", case.counts) == sum(case.counts.groups[:2])
    assert expected("in_scope", case.counts) == 20_000


def test_only_the_demo_knows_of_the_truth():
    source = Path(__file__).parents[2] / "src/helder"
    readers = [
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if re.search(r"truth\.parquet", path.read_text(encoding="utf-8"))
    ]
    assert all(name.startswith(("demo/", "cli/demo")) for name in readers), readers
