"""A case from files to what is known of each person; and what happens when something changes or goes wrong."""

import datetime as dt
from pathlib import Path

import pytest

from helder.domain.errors import BusyError, CaseError, EngineError, GroupGapError, KeyFileError, SourceError
from helder.engines.keys import Keys
from helder.pipeline import opened, run, run_assessment
from helder.results.counts import summary
from helder.results.explain import Explainer
from helder.results.open import Results
from helder.results.record import path_of
from helder.sources import places
from pipeline import small_case
from pipeline.fixtures import KEYS


def reused(record) -> list[str]:
    return [stage.name for stage in record.stages if stage.reused]


def test_every_number_of_a_small_case_is_the_one_worked_out_by_hand(small_run):
    told = summary(Results.open(small_run))
    assert {k: told[k] for k in ("records", "linked", "unlinked", "review", "people", "outsiders_found")} == {
        "records": 4,
        "linked": 2,
        "unlinked": 2,
        "review": 0,
        "people": 4,
        "outsiders_found": 1,
    }
    assert told["groups"] == {"leaked": 1, "recent": 2, "others": 1}
    assert told["states"] == {
        "bsn": {"published": 1, "shared_possible": 3},
        "name": {"published": 1, "shared_possible": 3},
        "result": {"published": 1, "other_possible": 2, "shared_possible": 1},
        "email": {"other_possible": 4},
    }
    assert told["contradictions"] == 0


def test_as_told_reads_the_same_rows_as_a_list(small_run):
    told = summary(Results.open(small_run, "as_told"))
    assert told["groups"] == {"leaked": 1, "recent": 2, "others": 1}
    assert told["states"]["bsn"] == {"shared_possible": 4}


def test_records_and_people_always_add_up(small_run):
    for name in ("as_told", "current"):
        told = summary(Results.open(small_run, name))
        assert told["records"] == told["linked"] + told["unlinked"] + told["review"]
        assert told["people"] == sum(told["groups"].values())


@pytest.mark.parametrize(("by", "owed", "linked"), [("us", "", 1), ("", "us", 1), ("", "clinic", 0), ("Us", "", 0)])
def test_a_row_that_is_not_known_to_be_ours_is_not_linked_without_a_basis(by, owed, linked, tmp_path):
    case = small_case.write(tmp_path)
    _map_owed(case)
    (case / "sources" / "rows.csv").write_text(
        f"bsn,surname,initials,born,result,by,posted,owed\n999990019,Alder,A,1960-02-03,neg,{by},,{owed}\n"
    )
    run(case, KEYS)
    assert summary(Results.open(case))["linked"] == linked


def test_with_a_basis_a_supplier_that_nobody_knows_is_no_party_to_the_rule(tmp_path):
    case = small_case.write(tmp_path)
    _map_owed(case, "basis = 'agreement of 1 August'\n")
    (case / "sources" / "rows.csv").write_text(
        "bsn,surname,initials,born,result,by,posted,owed\n999990019,Alder,A,1960-02-03,neg,Us,,\n"
    )
    run(case, KEYS)
    results = Results.open(case)
    assert summary(results)["linked"] == 1
    assert {row["supplied_by"] for row in results.links} == {""}


def _map_owed(case: Path, more: str = "") -> None:
    text = (case / "case.toml").read_text()
    text = text.replace('supplied_by = "by"\n', 'supplied_by = "by"\nowed_by = "owed"\n')
    (case / "case.toml").write_text(text.replace("[sources.rows.columns]", f"{more}[sources.rows.columns]"))


def test_a_row_of_another_client_is_counted_and_not_linked(small_run):
    rows = Results.open(small_run).links
    assert [(r["outcome"], r["records"]) for r in rows if r["supplied_by"] == "clinic"] == [("none", 1)]


def test_nothing_changed_means_nothing_computed(small_run):
    before = Results.open(small_run).record
    again = run(small_run, KEYS)
    assert reused(again) == [stage.name for stage in before.stages]
    assert [stage.key for stage in again.stages] == [stage.key for stage in before.stages]


def test_two_assessments_share_what_they_read(small_run):
    told, current = Results.open(small_run, "as_told").record, Results.open(small_run).record
    assert told.key("evidence") == current.key("evidence")
    assert told.key("exposure-as_told") != current.key("exposure-current")


def test_a_changed_source_is_named_and_only_what_depends_on_it_runs(small_folder):
    run(small_folder, KEYS)
    with (small_folder / "sources" / "log.csv").open("a") as log:
        log.write("D4,2021-06-01,result\n")
    record = run(small_folder, KEYS)
    assert list(record.changed) == ["log: sources/log.csv"]
    assert "sources/log.csv changed since the last run" in record.changed["log: sources/log.csv"]
    assert reused(record) == ["source-register", "source-rows", "normalised", "linkage", "decided"]
    assert summary(Results.open(small_folder))["groups"] == {"leaked": 1, "recent": 3, "others": 0}


def test_the_same_inputs_give_the_same_bytes(small_folder, tmp_path):
    other = small_case.write(tmp_path / "other")
    run(small_folder, KEYS)
    run(other, KEYS)
    mine = {p.relative_to(small_folder): p.read_bytes() for p in small_folder.glob("work/*/*/*.parquet*")}
    theirs = {p.relative_to(other): p.read_bytes() for p in other.glob("work/*/*/*.parquet*")}
    assert mine
    assert mine == theirs


def test_nobody_is_readable_in_what_is_published(small_run):
    for path in small_run.glob("work/**/*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [word for word in (b"999990019", b"Alder", b"A1,") if word in content], path


def test_an_assessment_as_of_an_earlier_day_knows_less(small_folder):
    run(small_folder, KEYS, as_of=dt.date(2025, 8, 5))
    told = summary(Results.open(small_folder))
    assert told["states"]["bsn"] == {}
    assert told["people"] == 0


def test_a_decision_changes_only_the_rule(small_folder):
    run(small_folder, KEYS)
    (small_folder / "decisions" / "acceptances.toml").write_text(
        '[[acceptances]]\nevidence = "s1"\nby = "the officer"\non = 2025-09-01\nreason = "intake forms seen"\n'
    )
    record = run(small_folder, KEYS)
    assert [stage.name for stage in record.stages if not stage.reused] == ["exposure-current"]
    assert summary(Results.open(small_folder))["states"]["email"] == {"not_held": 4}


def test_a_gap_in_the_groups_stops_the_run_and_names_people_by_keyed_id(small_folder):
    toml = (small_folder / "case.toml").read_text()
    (small_folder / "case.toml").write_text(
        toml.replace('[[groups]]\nid = "others"', '[[groups]]\nid = "others"\nwhen = { review_in = ["rows"] }')
    )
    with pytest.raises(GroupGapError) as gap:
        run(small_folder, KEYS)
    assert "1 person in scope falls in no group" in gap.value.what
    assert KEYS.keyed_id("D4") in gap.value.do
    assert "D4" not in str(gap.value).replace(KEYS.keyed_id("D4"), "")
    assert not path_of(small_folder, "current").exists()


def test_another_key_computes_again_and_never_reads_what_it_cannot(small_folder):
    run(small_folder, KEYS)
    record = run(small_folder, Keys(b"o" * 32))
    assert reused(record) == []


def test_statements_and_deletions_may_come_as_sources(small_folder):
    toml = (small_folder / "case.toml").read_text()
    columns = ("statement_id", "issuer", "about", "received_on", "items", "leaves", "words")
    (small_folder / "sources" / "said.csv").write_text(
        ",".join(columns) + "\ns2,lab,lab,2025-08-30,bsn,taken,All numbers were taken.\n"
    )
    (small_folder / "sources" / "wiped.csv").write_text(
        "deletion_id,party,items,copies,deleted_on,received_on\nd1,lab,result,all,2024-01-01,2025-08-30\n"
    )
    deleted = ("deletion_id", "party", "items", "copies", "deleted_on", "received_on")
    for id, fills, names in (("said", "statements", columns), ("wiped", "deletions", deleted)):
        mapped = "\n".join(f'{name} = "{name}"' for name in names)
        toml = toml.replace(
            "[[statements]]",
            f'[sources.{id}]\nfills = "{fills}"\npath = "sources/{id}.csv"\nreceived = 2025-08-30\n'
            f"[sources.{id}.columns]\n{mapped}\n\n[[statements]]",
            1,
        )
    (small_folder / "case.toml").write_text(toml)
    (small_folder / "decisions" / "acceptances.toml").write_text(
        '[[acceptances]]\nevidence = "d1"\nby = "the officer"\non = 2025-09-01\nreason = "certificate seen"\n'
    )
    run(small_folder, KEYS)
    told = summary(Results.open(small_folder))
    assert told["states"]["bsn"] == {"published": 1, "taken": 3}
    # A1's row was supplied by us and holds a result: against the deletion of all our results that is a contradiction.
    assert told["contradictions"] == 1
    # What explains a person reads the same statements as the rule did.
    explainer = Explainer(Results.open(small_folder), KEYS)
    person = explainer.person("B2")
    explainer.close()
    bsn = next(item for item in person["parties"][0]["items"] if item["item"] == "bsn")
    assert (bsn["state"], bsn["because"]) == ("taken", ["disclosures:lab", "statement:s2"])
    assert [one["evidence"] for one in person["stated"]] == [
        "statement:s1",
        "statement:s2",
        "deletion:d1",
        "complete:lab",
    ]


def test_two_runs_at_once_are_refused(small_folder):
    with opened(small_folder, KEYS), pytest.raises(BusyError):
        run(small_folder, KEYS)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (('fills = "people"', 'fills = "leaked"'), CaseError),
        (('path = "sources/log.csv"', 'path = "sources/gone.csv"'), SourceError),
        (('sent_on = "sent"', 'sent_on = "when"'), SourceError),
    ],
    ids=["no register", "file is gone", "column is gone"],
)
def test_a_mistake_stops_the_run_with_one_clear_error(small_folder, change, error):
    path = small_folder / "case.toml"
    path.write_text(path.read_text().replace(*change))
    with pytest.raises(error) as raised:
        run(small_folder, KEYS)
    assert raised.value.where
    assert raised.value.do


def test_an_unknown_engine_or_assessment_is_refused(small_folder):
    with pytest.raises(EngineError):
        run(small_folder, KEYS, engine="abacus")
    with pytest.raises(CaseError):
        run(small_folder, KEYS, assessment="tomorrow")


def test_a_case_without_leaks_or_logs(small_folder):
    toml = (small_folder / "case.toml").read_text()
    start, end = toml.index("[sources.log]"), toml.index("[sources.rows]")
    path = small_folder / "case.toml"
    path.write_text(toml[:start] + toml[end:])
    (small_folder / "decisions" / "log.toml").unlink()
    run(small_folder, KEYS)
    assert summary(Results.open(small_folder))["people"] == 0


def test_the_record_of_a_run_is_needed_and_checked(small_folder):
    with pytest.raises(CaseError, match="has not been run yet"):
        Results.open(small_folder)
    run(small_folder, KEYS)
    path_of(small_folder, "current").write_text("{")
    with pytest.raises(CaseError, match="is damaged"):
        Results.open(small_folder)
    run(small_folder, KEYS)
    results = Results.open(small_folder)
    for manifest in Path(small_folder, "work", "decided").glob("*/manifest.json"):
        manifest.unlink()
    with pytest.raises(CaseError, match="no longer there"):
        _ = results.links


def test_wrong_key_cannot_open_what_was_sealed(small_run):
    with pytest.raises(KeyFileError, match="another key"):
        Explainer(Results.open(small_run), Keys(b"w" * 32))


def test_progress_is_told_for_each_stage(small_folder):
    heard: list[tuple[str, float]] = []
    with opened(small_folder, KEYS, progress=lambda stage, share: heard.append((stage, share))) as current:
        run_assessment(current, "current")
    started = [stage for stage, share in heard if share == 0.0]
    assert list(dict.fromkeys(started)) == [stage.name for stage in current.stages]
    assert {stage for stage, share in heard if share == 1.0} == set(started)


def test_a_source_that_was_only_touched_is_read_again_once(small_folder, monkeypatch):
    run(small_folder, KEYS)
    read = []
    real = places.hashlib.file_digest
    monkeypatch.setattr(places.hashlib, "file_digest", lambda file, how: read.append(file.name) or real(file, how))
    (small_folder / "sources" / "rows.csv").touch()
    record = run(small_folder, KEYS)
    received = [Path(name).name for name in read if "/sources/" in str(name)]
    assert received == ["rows.csv"]
    assert record.changed == {} and all(stage.reused for stage in record.stages)
    read.clear()
    run(small_folder, KEYS)
    assert not [name for name in read if "/sources/" in str(name)]
