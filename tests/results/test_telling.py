"""What the small case tells: each person explained, what changed, what is missing, and the published numbers."""

import pytest

from helder.domain.errors import CaseError
from helder.results.diff import diff, open_both
from helder.results.difference import difference
from helder.results.explain import Explainer
from helder.results.gaps import as_rows as gap_rows
from helder.results.gaps import gaps
from helder.results.open import Results
from helder.results.reconcile import as_rows, evaluate, read_claims, reconcile
from pipeline.fixtures import KEYS


@pytest.fixture
def explainer(small_run):
    made = Explainer(Results.open(small_run), KEYS)
    yield made
    made.close()


def test_a_person_is_explained_with_every_piece_of_evidence_and_its_place(explainer):
    told = explainer.person("A1", "en")
    assert told["person"] == KEYS.keyed_id("A1")
    assert told["group"] == "leaked"
    assert [line["says"] for line in told["evidence"]] == [
        "This person stands in the register.",
        "Our organisation gave The laboratory on 2019-01-01: BSN, name, result.",
        "A row of rows is about this person (the number and another attribute agree). The row holds: BSN, name, result."
        " The row was seen posted on 2025-07-08.",
    ]
    places = [(line["place"]["file"], line["place"]["row"]) for line in told["evidence"]]
    assert places == [("sources/register.csv", 1), ("sources/log.csv", 1), ("sources/rows.csv", 1)]
    assert all(len(line["place"]["sha256"]) == 64 for line in told["evidence"])


def test_each_item_says_its_state_the_worlds_left_and_what_they_rest_on(explainer):
    items = {item["item"]: item for item in explainer.person("A1", "nl")["parties"][0]["items"]}
    assert items["bsn"]["state"] == "published"
    assert items["bsn"]["says"] == "gestolen en gepubliceerd"
    assert items["bsn"]["because"] == ["dataset:rows", "disclosures:lab"]
    assert items["bsn"]["worlds"] == [
        "onze kopie was er, geen kopie van een ander, gestolen en gepubliceerd",
        "onze kopie was er, kopie van een ander, gestolen en gepubliceerd",
    ]
    assert items["email"]["because"] == ["complete:lab"]


def test_what_was_stated_is_shown_with_whether_it_counts(explainer):
    stated = {one["evidence"]: one for one in explainer.person("B2", "en")["stated"]}
    assert stated["statement:s1"]["waits_for_acceptance"]
    assert not stated["statement:s1"]["rules_out"]
    assert stated["statement:s1"]["says"].endswith("This does not count yet: nobody has accepted it.")
    assert stated["complete:lab"]["rules_out"]


def test_a_keyed_id_finds_the_same_person(explainer):
    assert explainer.person(KEYS.keyed_id("C3")) == explainer.person("C3")


@pytest.mark.parametrize("id", ["X-404", "p-aaaaaaaaaaaaaaaa", "' OR 1=1 --"])
def test_an_unknown_person_is_not_repeated_in_the_error(explainer, id):
    with pytest.raises(CaseError) as raised:
        explainer.person(id)
    assert id not in str(raised.value)


def test_what_changed_between_two_assessments_is_counted_person_by_person(small_run):
    told = diff(*open_both(small_run, "as_told", "current"), KEYS)
    assert {k: told[k] for k in ("people", "changed", "more_known", "weaker")} == {
        "people": 4,
        "changed": 1,
        "more_known": 1,
        "weaker": 0,
    }
    assert told["items"]["bsn"] == {"shared_possible → published": 1}
    assert told["groups"] == {}
    back = diff(*open_both(small_run, "current", "as_told"), KEYS)
    assert (back["more_known"], back["weaker"]) == (0, 1)


def test_the_difference_counts_who_was_told_nothing_sure(small_run):
    told = difference(*open_both(small_run, "as_told", "current"), KEYS)
    assert {k: told[k] for k in ("told_in", "unsure", "more", "review", "same", "ceiling", "placed")} == {
        "told_in": 1,
        "unsure": 3,
        "more": 0,
        "review": 0,
        "same": 3,
        "ceiling": 2,
        "placed": 0,
    }
    assert told["by_group"] == {"others": {"same": 1}, "recent": {"same": 2}}
    assert told["items"] == {"bsn": 1, "name": 1, "result": 1}


def test_gaps_say_what_would_settle_whose_questions_and_whom_to_ask(small_run):
    found = {gap.kind: gap for gap in gaps(Results.open(small_run))}
    assert found["acceptance"].people == 4  # the statement excludes the e-mail address of everybody
    assert found["acceptance"].whom == "Our organisation"
    assert found["other"].people == 4  # with no copy of another's, e-mail and unsent results were never held
    assert found["taken"].people == 3  # all but A1, whose items are known
    assert found["taken"].whom == "The laboratory"
    assert (found["unplaced"].records, found["unplaced"].people) == (2, 2 + 0)
    assert found["unplaced"].ask("en").startswith("Ask for more data with 2 rows of ")
    assert [gap["people"] for gap in gap_rows(list(found.values()), "en")]


def test_gaps_of_a_list_ask_for_its_rows(small_run):
    found = {gap.kind: gap for gap in gaps(Results.open(small_run, "as_told"))}
    assert found["rows"].people == 1
    assert "een lijst zegt niet" in found["rows"].ask("nl")


def test_without_a_log_the_gap_is_our_own_log(small_folder):
    from helder.pipeline import run

    path = small_folder / "case.toml"
    toml = path.read_text()
    path.write_text(toml[: toml.index("[[completeness]]")] + toml[toml.index("[[groups]]") :])
    run(small_folder, KEYS)
    found = {gap.kind: gap for gap in gaps(Results.open(small_folder))}
    assert found["log"].whom == "Our organisation"
    assert "e-mail address" in found["log"].ask("en")


def test_a_deletion_asks_whether_anything_was_sent_since_where_no_log_says_so(small_folder):
    from helder.pipeline import run

    path = small_folder / "case.toml"
    toml = path.read_text()
    deletion = (
        '[[deletions]]\nid = "d1"\nparty = "lab"\nitems = ["name"]\ndeleted = 2023-01-01\nreceived = 2025-08-20\n'
    )
    path.write_text(toml.replace("[[completeness]]", deletion + "[[completeness]]"))
    (small_folder / "decisions" / "acceptances.toml").write_text(
        '[[acceptances]]\nevidence = "d1"\nby = "an officer"\non = 2025-09-01\nreason = "certificate seen"\n'
    )
    run(small_folder, KEYS)
    assert "deletion" not in {gap.kind for gap in gaps(Results.open(small_folder))}
    path.write_text(path.read_text().replace("until = 2025-07-06\ndeclared_by", "until = 2025-07-05\ndeclared_by"))
    run(small_folder, KEYS)
    found = {gap.kind: gap for gap in gaps(Results.open(small_folder))}["deletion"]
    assert (found.whom, found.people) == ("Our organisation", 3)  # A1's row contradicts the deletion
    assert "after the deletion of 2023-01-01 ('d1')" in found.ask("en")


def test_contradictions_wait_as_a_gap_until_they_are_decided(small_folder):
    from helder.pipeline import run
    from helder.results.counts import summary

    toml = small_folder / "case.toml"
    toml.write_text(
        toml.read_text().replace(
            "[[completeness]]",
            '[[statements]]\nid = "s2"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-30\nitems = ["bsn"]\n'
            'leaves = "not_taken"\n[[completeness]]',
        )
    )
    accept = '[[acceptances]]\nevidence = "s2"\nby = "an officer"\non = 2025-09-01\nreason = "logs seen"\n'
    (small_folder / "decisions" / "acceptances.toml").write_text(accept)
    run(small_folder, KEYS)
    assert summary(Results.open(small_folder))["contradictions"] == 1
    found = {gap.kind: gap for gap in gaps(Results.open(small_folder))}
    assert found["contradiction"].ask("en") == "Decide which evidence is set aside: dataset:rows × statement:s2."
    (small_folder / "decisions" / "contradictions.toml").write_text(
        '[[set_aside]]\nclash = ["dataset:rows", "statement:s2"]\nset_aside = "statement:s2"\nby = "an officer"\n'
        'on = 2025-09-02\nreason = "the row itself was seen"\n'
    )
    run(small_folder, KEYS)
    told = summary(Results.open(small_folder))
    assert told["contradictions"] == 0
    assert told["states"]["bsn"] == {"published": 1, "not_taken": 3}
    assert "contradiction" not in {gap.kind for gap in gaps(Results.open(small_folder))}


def test_published_numbers_are_compared_with_the_evidence(small_run):
    compared = as_rows(reconcile(Results.open(small_run)))
    assert [(one["number"], one["ours"], one["difference"], one["verdict"]) for one in compared] == [
        (4, 4, 0, "equal"),
        (2, 1, -1, "other_meaning"),  # two records, one of them about somebody outside the scope
        (9, 1, -8, "differs"),
        (3, None, None, "not_comparable"),
    ]


def test_rounded_numbers_are_met_within_their_precision(small_run, tmp_path):
    results = Results.open(small_run)
    assert evaluate(results, "records rows - linked rows + in_scope") == 6
    with pytest.raises(CaseError, match="cannot be counted"):
        evaluate(results, "guess rows")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("2025,many,people,x,us,exact,s,", "not a whole number"),
        ("2025,3,letter,x,us,exact,s,", "no unit"),
        ("2025,3,people,x,us,sure,s,", "no exactness"),
        ("2025,3,people", "is missing"),
    ],
)
def test_a_mistake_in_the_published_numbers_is_named_with_its_row(tmp_path, line, what):
    path = tmp_path / "counts.csv"
    path.write_text("published,number,unit,meaning,issuer,exactness,source,compare\n" + line + "\n")
    with pytest.raises(CaseError, match=what) as raised:
        read_claims(path)
    assert "row 1" in raised.value.where


def test_missing_published_numbers_are_one_clear_error(tmp_path):
    with pytest.raises(CaseError, match="cannot be read"):
        read_claims(tmp_path / "none.csv")


def test_who_accepted_a_statement_is_told_with_day_and_reason(small_folder):
    accept = '[[acceptances]]\nevidence = "s1"\nby = "an officer"\non = 2025-09-01\nreason = "logs seen"\n'
    (small_folder / "decisions" / "acceptances.toml").write_text(accept)
    from helder.pipeline import run

    run(small_folder, KEYS)
    explained = Explainer(Results.open(small_folder), KEYS)
    stated = {one["evidence"]: one for one in explained.person("B2", "en")["stated"]}
    explained.close()
    assert stated["statement:s1"]["says"].endswith("an officer accepted it on 2025-09-01: logs seen")
    said = {"by": "an officer", "on": "2025-09-01", "reason": "logs seen", "scope": None}
    assert stated["statement:s1"]["accepted"] == [said]
    assert stated["complete:lab"]["accepted"] == []
