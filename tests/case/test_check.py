"""Mistakes in case.toml: each is refused with its place and what to do."""

import pytest

from helder.case import load_case
from helder.domain.errors import CaseError
from pipeline.small_case import CASE


def load(folder, toml, **decisions):
    (folder / "decisions").mkdir(exist_ok=True)
    (folder / "case.toml").write_text(toml)
    for name, text in decisions.items():
        (folder / "decisions" / f"{name}.toml").write_text(text)
    return load_case(folder)


def test_a_right_case_loads(tmp_path):
    case = load(tmp_path, CASE)
    assert case.own.id == "us"
    assert [party.id for party in case.breached] == ["lab"]
    assert list(case.datasets) == ["rows"]
    assert case.assessment("current").links == "all"


STATEMENT = '[[statements]]\nid = "s1"'


@pytest.mark.parametrize(
    ("old", "new", "what", "where"),
    [
        ("own = true", "own = false", "Exactly one party must be your own", "parties"),
        ("breached = true", "breached = false", "No party is breached", "parties"),
        ("theft_until = 2025-07-06", "", "lacks dates", "parties"),
        ("theft_until = 2025-07-06", "theft_until = 2025-07-01", "out of order", "parties"),
        ('id = "clinic"', 'id = "lab"', "stands there twice", "parties"),
        ('disclosed_to = "lab"', 'disclosed_to = "lap"', "no breached party 'lap'", "people_in_scope"),
        ('party = "lab"\nsent_from', 'party = "nobody"\nsent_from', "no party 'nobody'", "scopes.recent"),
        ("sent_from = 2020-01-01", "sent_from = 2020-01-01\nborn_from = 1950", "mixes what it looks at", "scopes.recent"),
        ("sent_from = 2020-01-01", 'items = ["ban"]', "no item 'ban'", "scopes.recent"),
        ('path = "sources/log.csv"', "", "has no place, or two", "sources.log"),
        ('received = 2025-08-06\nparty = "lab"', 'received = 2025-08-06\nparty = "us"', "no breached party", "sources.rows"),
        ('items = ["email"]\nleaves', 'items = ["mail"]\nleaves', "no item 'mail'", "statements.s1.items"),
        ('items = ["email"]\nleaves', "leaves", "names no items", "statements.s1.items"),
        ('leaves = "no_other_copy"', 'leaves = "nothing"', "no word for 'leaves'", "statements.s1.leaves"),
        ('leaves = "no_other_copy"', 'leaves = "taken"\nscope = "resent"', "Did you mean 'recent'", "statements.s1.scope"),
        ('leaves = "no_other_copy"', 'leaves = "taken"\nsupersedes = "s0"', "no statement 's0'", "statements.s1"),
        (
            STATEMENT,
            '[[statements]]\nid = "s0"\nissuer = "us"\nabout = "lab"\nreceived = 2025-08-01\nleaves = "in"\n'
            '[[statements]]\nid = "s1"\nsupersedes = "s0"',
            "is not of the issuer",
            "statements.s1",
        ),
        (
            STATEMENT,
            '[[statements]]\nid = "s0"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-09-01\nleaves = "in"\n'
            '[[statements]]\nid = "s1"\nretracts = "s0"',
            "was received before",
            "statements.s1",
        ),
        ('disclosed_to = "lab"', 'disclosed_to = "clinic"', "no breached party 'clinic'", "people_in_scope"),
        (STATEMENT, STATEMENT + '\nsupersedes = "s1"', "comes back to itself", "statements.s1"),
        (
            STATEMENT,
            '[[statements]]\nid = "s0"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-29\nleaves = "in"\n'
            'supersedes = "s1"\n[[statements]]\nid = "s1"\nretracts = "s0"',
            "comes back to itself",
            "statements.s0",
        ),
        ('items = ["email"]\nleaves', 'items = ["person"]\nleaves', "of a person", "statements.s1.items"),
        ('declared_by = "the data protection officer"', 'declared_by = " "', "at least 1 character", "completeness"),
        ('reason = "the log is made by the system that sends"', 'reason = ""', "at least 1 character", "completeness"),
        (STATEMENT, '[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-01\nleaves = "in"\n' + STATEMENT, "have one id", "statements"),
        ('found_in = ["rows"]', 'found_in = ["row"]', "no dataset 'row'", "groups.leaked"),
        ('found_in = ["rows"]', 'states = { bsn = ["stolen"] }', "no state 'stolen'", "groups.leaked"),
        ('id = "others"', 'id = "recent"', "Two groups have one id", "groups"),
        ('label = { nl = "BSN", en = "BSN" }', 'label = { en = "BSN" }', "has no label in 'nl'", "items.bsn"),
        (
            "[sources.rows]",
            '[sources.more]\nfills = "leaked"\npath = "more.csv"\nreceived = 2025-08-06\nread_as = "list"\n'
            'dataset = "rows"\n[sources.rows]',
            "Sources 'more' and 'rows' are one dataset",
            "sources.rows.dataset",
        ),
        ("[case]", "[case]\ncolour = 1", "Extra inputs are not permitted", "case.colour"),
        ("[case]", "[[case]", "not valid TOML", "case.toml"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(tmp_path, old, new, what, where):
    assert old in CASE
    with pytest.raises(CaseError) as raised:
        load(tmp_path, CASE.replace(old, new, 1))
    assert what in f"{raised.value.what} {raised.value.do}"
    assert where in raised.value.where
    assert raised.value.do


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ('[[deletions]]\nid = "d"\nparty = "us"\nitems = ["bsn"]\ndeleted = 2024-01-01\nreceived = 2025-01-01\n', "no breached party"),
        ('[[deletions]]\nid = "d"\nparty = "lab"\nitems = ["x"]\ndeleted = 2024-01-01\nreceived = 2025-01-01\n', "no item 'x'"),
        (
            '[scopes.old]\nborn_until = 1960\n[[deletions]]\nid = "d"\nparty = "lab"\nitems = ["bsn"]\ncopies = "old"\n'
            "deleted = 2024-01-01\nreceived = 2025-01-01\n",
            "is not about disclosures",
        ),
    ],
)  # fmt: skip
def test_a_deletion_must_name_what_is_declared(tmp_path, part, what):
    with pytest.raises(CaseError, match=what):
        load(tmp_path, CASE + part)


def test_decisions_are_checked_too(tmp_path):
    with pytest.raises(CaseError, match="no scope 'x'"):
        load(
            tmp_path,
            CASE,
            acceptances='[[acceptances]]\nevidence = "s1"\nby = "b"\non = 2025-01-01\nreason = "r"\nscope = "x"\n',
        )
    with pytest.raises(CaseError, match="not one of those"):
        load(
            tmp_path,
            CASE,
            acceptances="",
            clash='[[set_aside]]\nclash = ["dataset:rows", "statement:s1"]\nset_aside = "c"\nby = "b"\non = 2025-01-01\nreason = "r"\n',
        )
    with pytest.raises(CaseError, match="at least 1 character"):
        load(
            tmp_path,
            CASE,
            clash="",
            acceptances='[[acceptances]]\nevidence = "s1"\nby = ""\non = 2025-01-01\nreason = "r"\n',
        )


ACCEPTANCE = '[[acceptances]]\nevidence = "{of}"\nby = "{by}"\non = {on}\nreason = "{why}"\n'
SETTING = '[[set_aside]]\nclash = ["dataset:rows", "{other}"]\nset_aside = "{other}"\nby = "b"\non = 2025-01-01\nreason = "r"\n'


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            ACCEPTANCE.format(of="s11", by="b", on="2025-01-01", why="r"),
            "no statement or deletion 's11'.*Did you mean 's1'",
        ),
        (ACCEPTANCE.format(of="s1", by=" ", on="2025-01-01", why="r"), "at least 1 character"),
        (ACCEPTANCE.format(of="s1", by="b", on="2025-01-01", why=" "), "at least 1 character"),
        (SETTING.format(other="statement:s9"), "no piece of evidence 'statement:s9'.*Did you mean 'statement:s1'"),
        (SETTING.format(other="complete:clinic"), "no piece of evidence 'complete:clinic'"),
    ],
)
def test_a_decision_about_nothing_or_by_nobody_is_refused(tmp_path, text, what):
    with pytest.raises(CaseError, match=what):
        load(tmp_path, CASE, decided=text)


def test_a_decision_dated_after_today_does_not_count_yet_and_is_told(tmp_path):
    case = load(tmp_path, CASE, decided=ACCEPTANCE.format(of="s1", by="b", on="2999-01-01", why="r"))
    assert case.decisions.acceptances == []
    assert case.not_yet == ("acceptances s1 (2999-01-01)",)


def test_a_folder_without_a_case_says_how_to_make_one(tmp_path):
    with pytest.raises(CaseError) as raised:
        load_case(tmp_path)
    assert "helder new" in raised.value.do


def test_a_case_that_cannot_be_read_is_one_clear_error(tmp_path):
    (tmp_path / "case.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CaseError, match="is not in UTF-8"):
        load_case(tmp_path)


ROUND = """
[[rounds]]
id = "first"
label = { en = "first" }
assessment = "as_told"
date = 2025-09-15
letters = { leaked = "a", others = "b" }
languages = ["nl", "en"]
fallback = "en"
"""


def test_a_round_is_found_by_its_id(tmp_path):
    case = load(tmp_path, CASE + ROUND)
    assert case.round("first").letters == {"leaked": "a", "others": "b"}
    with pytest.raises(CaseError, match="no round 'second'"):
        case.round("second")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('assessment = "as_told"', 'assessment = "as_tolt"', "no assessment 'as_tolt'"),
        ("letters = { leaked", "letters = { leeked", "no group 'leeked'"),
        ("letters = { leaked", "when = { found_in = ['row'] }\nletters = { leaked", "no dataset 'row'"),
        ('languages = ["nl", "en"]', 'languages = ["nl", "fr"]', "no language of the round 'en'"),
        ('fallback = "en"', 'fallback = "de"', "no language of the round 'de'"),
        ("date = 2025-09-15", "date = 2025-09-11", "before the evidence was known"),
        ("date = 2025-09-15", "date = 2025-09-15\nsettle_by = 2025-09-14", "before its letters leave"),
        ("date = 2025-09-15", "date = 2025-09-15\nwhom = 'all'", "Extra inputs"),
        ('fallback = "en"', 'fallback = "en"' + ROUND, "Two rounds have one id"),
    ],
)
def test_a_mistake_in_a_round_is_refused(tmp_path, old, new, what):
    assert old in ROUND
    with pytest.raises(CaseError) as refused:
        load(tmp_path, CASE + ROUND.replace(old, new))
    assert what in str(refused.value)
    assert "rounds" in refused.value.where
