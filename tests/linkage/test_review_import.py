"""What reviewers fill in: read back from XLSX and CSV as programs leave them, checked whole, merged once."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from dataclasses import replace

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from helder.domain.errors import DecisionError, StorageError
from helder.linkage import review_reading
from helder.linkage.bound import Judged
from helder.linkage.review_file import Answer, Candidate, Review, write_reviews
from helder.linkage.review_import import merge
from helder.linkage.review_reading import is_workbook, read_answers
from helder.linkage.reviews import Decision, Place
from linkage.review_tables import fields

TODAY, RECEIVED = dt.date(2025, 10, 1), dt.date(2025, 8, 6)
ONE, TWO = "p-" + "a" * 16, "p-" + "b" * 16
KEY, OTHER = "r-" + "a" * 24, "r-" + "b" * 24
HOSTILE = '=HYPERLINK("http://x")\nnext\x0bline é 你' + "x" * 40_000


def the_review(key: str = KEY, row: int = 1, **changes) -> Review:
    candidates = (
        Candidate(
            ONE, fields(surname="Alder", city="Breda"), "strong", "the surname is equal: strongly for (+7.0 bits)"
        ),
        Candidate(TWO, fields(surname="ELDER", email="@elder.example"), "weak", ""),
    )
    place = Place("rows", 0, row)
    return replace(
        Review(key, place, "rows.csv", fields(surname="alder ", email=HOSTILE), "two fit", RECEIVED, candidates),
        **changes,
    )


def answer(**changes) -> Answer:
    whole = {"line": 2, "review": KEY, "decision": "1", "by": "R. Example", "on": "2025-09-20", "reason": "same house"}
    return Answer(**{**whole, **changes})


def stands(verdict="accepted", person=ONE, stale="", key=KEY, **changes) -> Judged:
    said = {"by": "R. Example", "on": dt.date(2025, 9, 20), "reason": "same house", **changes}
    person = person if verdict == "accepted" else ""
    return Judged(Decision(key, Place("rows", 0, 1), verdict, person, (ONE, TWO), **said), stale=stale)


def merged(*answers, before=(), reviews=None):
    return merge(answers, [the_review()] if reviews is None else reviews, list(before), TODAY, "f.csv")


def refused(*answers, **how) -> str:
    with pytest.raises(DecisionError) as error:
        merged(*answers, **how)
    assert error.value.where == "f.csv"
    return error.value.what


# What a file shows


def sheet(path) -> list[list[str]]:
    """A written file as rows of text."""
    if path.suffix == ".xlsx":
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
        return [[str(cell) for cell in row] for row in rows]
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
def test_a_row_stands_above_its_candidates_best_first(tmp_path, kind):
    path = tmp_path / f"r{kind}"
    write_reviews(path, [the_review()], "en")
    header, found, first, second = sheet(path)
    assert header[:6] == ["review", "line", "decision", "decided_by", "decided_on", "reason"]
    assert header[10:] == ["surname", "city", "email"], "fields that are empty everywhere are left out"
    assert [row[:2] for row in (found, first, second)] == [[KEY, "found"], [KEY, "1"], [KEY, "2"]]
    assert found[9] == "rows.csv:1"
    assert first[8] == ONE
    assert found[10].strip() == "alder"


def test_what_differs_is_marked_and_small_differences_of_writing_are_not(tmp_path):
    write_reviews(tmp_path / "r.csv", [the_review()], "en")
    _, _, first, second = sheet(tmp_path / "r.csv")
    assert first[10:12] == ["Alder", "≠ Breda"]
    assert second[10] == "≠ ELDER"
    write_reviews(tmp_path / "r.xlsx", [the_review()], "en")
    with zipfile.ZipFile(tmp_path / "r.xlsx") as parts:
        text = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in text, "nothing is a formula"
    assert '"1,2,none,unsure"' in text


@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
def test_hostile_cells_are_short_and_no_formula_and_only_the_owner_reads_them(tmp_path, kind):
    path = tmp_path / "new" / f"r{kind}"
    write_reviews(path, [the_review()], "nl")
    cells = [cell for row in sheet(path) for cell in row]
    assert max(map(len, cells)) <= 501
    if kind == ".csv":
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(DecisionError, match="there already"):
        write_reviews(path, [], "nl")


def test_a_file_that_cannot_be_finished_is_not_there(tmp_path):
    with pytest.raises(AttributeError):
        write_reviews(tmp_path / "r.csv", [replace(the_review(), key=None)], "en")
    assert not list(tmp_path.iterdir())
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        write_reviews(tmp_path / "file" / "r.csv", [], "en")


def test_what_was_decided_before_is_filled_in_where_it_still_has_a_number(tmp_path):
    none = the_review(OTHER, 2, decided=stands("none").decision)
    gone = the_review(OTHER, 3, decided=stands(person="p-" + "c" * 16).decision)
    write_reviews(tmp_path / "r.csv", [the_review(decided=stands(person=TWO).decision), none, gone], "nl")
    filled = [row[2:6] for row in sheet(tmp_path / "r.csv")[1::3]]
    assert filled == [
        ["2", "R. Example", "2025-09-20", "same house"],
        ["geen", "R. Example", "2025-09-20", "same house"],
        [""] * 4,
    ]


# What is read back


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
def test_a_file_goes_round(tmp_path, kind, lang):
    path = tmp_path / f"r{kind}"
    write_reviews(path, [the_review(decided=stands("unsure").decision), the_review(OTHER, 2)], lang)
    (found,) = read_answers(path)
    assert (found.line, found.review, found.by, found.on, found.reason) == (
        2,
        KEY,
        "R. Example",
        "2025-09-20",
        "same house",
    )
    assert merged(found).decisions == (stands("unsure").decision,)
    assert is_workbook(path) == (kind == ".xlsx")


HEADER = "review;decision;decided_by;decided_on;reason"
LINE = f"{KEY};1;R. Éxample;2025-09-20;same house"


@pytest.mark.parametrize(
    "data",
    [
        f"{HEADER}\r\n{LINE}\r\n".encode(),
        f"{HEADER}\n{LINE}".encode("cp1252"),
        f"{HEADER}\n{LINE}\n".encode("utf-8-sig"),
        f"{HEADER}\n{LINE}\n".replace(";", "\t").encode("utf-16"),
        f"{HEADER}\n{LINE}\n".replace(";", ",").encode(),
        f"x;{HEADER}\n;;;;;\n=1;{LINE};more\n;{KEY}\n".replace("Example\n", "").encode(),
    ],
    ids=["excel", "windows", "mark", "unicode text", "commas", "columns added"],
)
def test_csv_is_read_as_programs_save_it(tmp_path, data):
    path = tmp_path / "r.csv"
    path.write_bytes(data)
    (found,) = read_answers(path)
    assert (found.review, found.decision, found.by, found.on) == (KEY, "1", "R. Éxample", "2025-09-20")


def test_numbers_and_dates_of_a_workbook_are_read_as_text(tmp_path):
    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(path) as book:
        made, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        made.write_row(0, 0, HEADER.split(";"))
        for row, when in enumerate((dt.date(2025, 9, 20), dt.datetime(2025, 9, 20, 12, 30)), start=1):
            made.write_row(row, 0, [KEY, 1.0, "R. Example"])
            made.write_datetime(row, 3, when, day)
            made.write(row, 4, 1.5)
    assert [(one.decision, one.on, one.reason) for one in read_answers(path)] == [("1", "2025-09-20", "1.5")] * 2


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "lacks columns"),
        (b"review;decision\n", "lacks columns"),
        (f"{HEADER};review\n".encode(), "lacks columns"),
        (f'{HEADER}\n"open'.encode(), "not whole CSV"),
        (b"PK\x03\x04 and no more", "not a whole Excel workbook"),
    ],
)
def test_another_file_is_refused(tmp_path, data, what):
    path = tmp_path / "r.csv"
    path.write_bytes(data)
    with pytest.raises(DecisionError, match=what):
        read_answers(path)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path, monkeypatch):
    with pytest.raises(DecisionError, match="cannot be read"):
        read_answers(tmp_path / "r.csv")
    assert not is_workbook(tmp_path / "r.csv")
    monkeypatch.setattr(review_reading, "_MOST_BYTES", 3)
    (tmp_path / "r.csv").write_text("four")
    with pytest.raises(DecisionError, match="too large"):
        read_answers(tmp_path / "r.csv")


def test_an_interrupt_is_no_damaged_workbook(tmp_path, monkeypatch):
    import python_calamine

    def interrupted(path):
        raise KeyboardInterrupt

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", type("Book", (), {"from_path": staticmethod(interrupted)}))
    (tmp_path / "r.xlsx").write_bytes(b"PK")
    with pytest.raises(KeyboardInterrupt):
        read_answers(tmp_path / "r.xlsx")


# What is taken over


@pytest.mark.parametrize(
    ("filled", "verdict", "person"),
    [
        ("1", "accepted", ONE),
        ("2", "accepted", TWO),
        ("none", "none", ""),
        ("GEEN", "none", ""),
        ("onzeker", "unsure", ""),
    ],
)
def test_a_choice_is_a_number_or_a_word_of_either_language(filled, verdict, person):
    (decision,) = merged(answer(decision=filled)).decisions
    assert (decision.verdict, decision.person, decision.candidates) == (verdict, person, (ONE, TWO))
    assert (decision.place, decision.by, decision.on) == (Place("rows", 0, 1), "R. Example", dt.date(2025, 9, 20))


@pytest.mark.parametrize("on", ["2025-09-20", "2025-9-20", "20-09-2025", "20-9-2025", "2025-09-20 00:00:00"])
def test_a_date_is_written_as_a_spreadsheet_may_write_it(on):
    assert merged(answer(on=on)).decisions[0].on == dt.date(2025, 9, 20)


WRONG = {
    "an edited key": ({"review": KEY[:-1] + "b"}, "not known here"),
    "no key": ({"review": ""}, "not known here"),
    "no decision": ({"decision": ""}, "decision is missing"),
    "a candidate who is not among them": ({"decision": "3"}, "no candidate of this review: 1 to 2"),
    "candidate nought": ({"decision": "0"}, "no candidate"),
    "a number of another script": ({"decision": "١"}, "no candidate"),
    "a formula": ({"decision": "=1"}, "no candidate"),
    "no name": ({"by": ""}, "decided_by is missing"),
    "a name without letters": ({"by": "- -"}, "decided_by is missing"),
    "no reason": ({"reason": "\x00\x07"}, "reason is missing"),
    "no date": ({"on": ""}, "decided_on is missing"),
    "another date": ({"on": "9/20/2025"}, "no date"),
    "an impossible date": ({"on": "2025-02-30"}, "no date"),
    "a date to come": ({"on": "2025-10-02"}, "future"),
    "a date before receipt": ({"on": "2025-08-05"}, "before the source was received, 2025-08-06"),
    "a whole book as a reason": ({"reason": "a" * 1001}, "longer than 1000"),
    "a name of the row in the reason": ({"reason": "is ELDER."}, "holds the surname"),
    "an address of a candidate in the reason": ({"reason": "writes @elder.example"}, "holds the email"),
}


@pytest.mark.parametrize(("changes", "what"), WRONG.values(), ids=WRONG)
def test_what_is_not_right_is_refused_with_its_line(changes, what):
    said = refused(answer(**changes))
    assert "line 2: " in said
    assert what in said
    assert "ELDER" not in said


def test_control_characters_and_newlines_become_spaces():
    (decision,) = merged(answer(reason="same\u2028house\nand \x1b[31mname")).decisions
    assert decision.reason == "same house and [31mname"


def test_one_wrong_line_refuses_all_and_the_first_are_named():
    said = refused(*(answer(line=line, decision="9") for line in range(2, 9)), answer(line=9))
    assert said.startswith("Nothing was taken over: 7 of the decisions are not right. line 2: ")
    assert said.endswith("And 2 more.")


def test_reading_the_same_file_twice_changes_nothing():
    first = merged(answer())
    assert (first.new, first.changed, first.same) == (1, 0, 0)
    again = merged(answer(), before=[Judged(one) for one in first.decisions])
    assert (again.new, again.changed, again.same) == (0, 0, 1)
    assert again.decisions == first.decisions
    decided_since = merged(answer(), before=[Judged(one) for one in first.decisions], reviews=[])
    assert decided_since.decisions == first.decisions


def test_a_line_given_twice_counts_once_and_one_that_differs_is_refused():
    assert merged(answer(), answer(line=3)).new == 1
    said = refused(answer(), answer(line=3, decision="2", by="S. Other"))
    assert ONE in said
    assert TWO in said
    assert "let the two people agree" in said


def test_two_people_who_differ_are_both_shown_by_keyed_id_and_refused():
    said = refused(answer(decision="none", by="S. Other"), before=[stands()])
    assert f"'{ONE}' is decided too (decisions/reviews.csv), here 'none'" in said
    assert merged(answer(by="S. Other"), before=[stands()]).decisions[0].by == "R. Example", "agreeing changes nothing"


def test_whoever_decided_may_decide_otherwise_later_but_not_earlier():
    done = merged(answer(decision="2", by="r. example", on="2025-09-21"), before=[stands()])
    assert (done.changed, done.decisions[0].person) == (1, TWO)
    assert "otherwise later, on 2025-09-20" in refused(answer(decision="2", on="2025-09-19"), before=[stands()])


def test_anybody_may_settle_what_somebody_was_unsure_of():
    done = merged(answer(by="S. Other"), before=[stands("unsure")])
    assert (done.changed, done.decisions[0].by) == (1, "S. Other")


def test_a_stale_decision_is_replaced_by_a_new_one_and_never_changed():
    old = stands(stale="changed", key=OTHER)
    assert merged(answer(by="S. Other"), before=[old]).changed == 1
    mine = answer(review=OTHER)
    assert merged(mine, before=[old]).same == 1
    assert "changed since the export" in refused(answer(review=OTHER, decision="none"), before=[old])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"{HEADER}\n{KEY};{text}".encode()))
def test_any_file_is_read_or_refused(tmp_path, data):
    path = tmp_path / "any"
    path.write_bytes(data)
    try:
        answers = read_answers(path)
        merged(*answers)
    except DecisionError as error:
        assert error.exit_code == 10
