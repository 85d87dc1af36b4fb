"""A register out as a file and in again."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

FACTS = {"what": "the lab finds the hack", "party": "lab", "on": dt.date(2025, 7, 6), "source": "letter"}
FORMATS = pytest.mark.parametrize("format", ["csv", "xlsx", "json"])


@pytest.fixture
def shelf(db):
    from helder.office.register import registers

    return registers()["timeline"]


@pytest.fixture
def author(user):
    return user("coordinator")


@pytest.fixture
def take(shelf, author):
    from helder.office import sheets

    def in_(rows, why="a colleague's list"):
        return sheets.take(shelf, rows, author, why)

    return in_


@FORMATS
def test_what_goes_out_comes_back_and_changes_nothing(shelf, author, take, format):
    from helder.office import entries, sheets

    entries.add(shelf.model, author, FACTS)
    entries.add(shelf.model, author, FACTS | {"what": "=cmd|' /C calc'!A0", "on": None, "precision": "unknown"})
    again = sheets.read(sheets.write(shelf, format, author), format)
    assert take(again) == sheets.Taken(added=0, corrected=0, same=2)


@FORMATS
def test_a_changed_row_is_a_correction_and_a_row_without_number_is_added(shelf, author, take, format):
    from helder.office import entries, sheets

    first = entries.add(shelf.model, author, FACTS)
    rows = sheets.read(sheets.write(shelf, format, author), format)
    rows[0]["party"] = "bvo"
    new = {name: value for name, value in rows[0].items() if name not in ("entry", "version")}
    assert take([*rows, {**new, "what": "another"}]) == sheets.Taken(added=1, corrected=1, same=0)
    assert shelf.model.objects.get(entry=first.entry, current=True).party == "bvo"


def test_a_csv_holds_nothing_that_a_spreadsheet_would_run(shelf, author):
    from helder.office import entries, sheets

    entries.add(shelf.model, author, FACTS | {"what": "=1+1", "known_by": "@SUM(A1)"})
    cells = sheets.write(shelf, "csv", author).decode("utf-8-sig").splitlines()[1].split(",")
    assert not [cell for cell in cells if cell.strip('"').startswith(("=", "+", "-", "@"))]


def test_one_wrong_row_and_nothing_is_saved(shelf, take):
    from helder.office.sheets import SheetError

    good = {"what": "right", "party": "lab", "on": "2025-07-06", "precision": "date", "source": "s",
            "zone": "Europe/Amsterdam", "confidence": "single"}  # fmt: skip
    with pytest.raises(SheetError) as refused:
        take([good, {**good, "on": "someday"}, {**good, "confidence": "?"}])
    assert [(row, column) for row, column, _ in refused.value.problems] == [(2, "on"), (3, "confidence")]
    assert not shelf.model.objects.exists()


def test_who_had_an_older_version_is_told(shelf, author, take):
    from helder.office import entries, sheets

    first = entries.add(shelf.model, author, FACTS)
    rows = sheets.rows(shelf, author)
    entries.correct(shelf.model, author, first.entry, {"party": "ap"}, "newer", seen=1)
    with pytest.raises(sheets.SheetError) as refused:
        take([{**rows[0], "party": "bvo"}])
    assert refused.value.problems[0][:2] == (1, "version")


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b"\xff\xfe\x00", "csv"),
        (b"a,b\n1,2,3\n", "csv"),
        (b"not a workbook", "xlsx"),
        (b"{}", "json"),
        (b"[1]", "json"),
        (b"[", "json"),
        (b"x" * (5 * 2**20 + 1), "csv"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(office, data, format):
    from helder.office.sheets import SheetError, read

    with pytest.raises(SheetError) as refused:
        read(data, format)
    assert [row for row, _, _ in refused.value.problems] == [0]


def test_an_unknown_column_and_a_missing_reason_are_named(take):
    from helder.office.sheets import SheetError

    with pytest.raises(SheetError) as refused:
        take([{"wat": "x"}], why=" ")
    assert [column for _, column, _ in refused.value.problems] == ["wat", ""]


def test_the_pages_take_a_file_in_and_out(client, user, lines):
    client.force_login(user("coordinator"))
    row = {"what": "x", "party": "lab", "on": "2025-07-06", "precision": "date", "source": "s", "confidence": "single",
           "zone": "Europe/Amsterdam"}  # fmt: skip
    file = io.BytesIO(json.dumps([row]).encode())
    file.name = "list.json"
    assert client.post("/timeline/import/", {"file": file, "why": "list"}).status_code == 302
    assert json.loads(client.get("/timeline/export.json").content)[0]["what"] == "x"
    assert [action for _, action, _ in lines()] == ["timeline.added", "timeline.exported"]
    file = io.BytesIO(b"nonsense")
    file.name = "list.exe"
    assert client.post("/timeline/import/", {"file": file, "why": "list"}).status_code == 422


HARD = st.sampled_from(list("\"',;\t\n\r=+-@ \\_x0F\x01\x1f\x7f\x85\u2028\ufeff\ufffe\uffffé😀"))
TEXTS = st.text(st.one_of(HARD, st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1, max_size=40)
LONG = st.builds(lambda text, times: text * times, TEXTS, st.sampled_from([1, 1, 1, 5_000]))


@pytest.mark.parametrize(
    "format", [*(pytest.param(one, marks=pytest.mark.any_database) for one in ("csv", "xlsx")), "json"]
)
@given(asked=LONG, answer=LONG)
@example(asked='quoted "word" only', answer='He said "no, never"; and left')
@example(asked="x" * 32_767, answer="y" * 32_768)
@example(asked="😀" * 20_000, answer="_x005F_x0041_")
@example(asked="\x01 and \x1f", answer="a\r\nb\rc\nd")
@example(asked="long" * 40_000, answer="\ufffe")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_as_it_went_or_the_file_is_refused_by_its_cell(author, format, asked, answer):
    from django.db import transaction

    from helder.office import entries, sheets
    from helder.office.register import registers

    shelf = registers()["points"]
    content = {"request": "r", "number": "1", "owner": "o", "asked": asked.strip() or "-", "answer": answer.strip()}
    with transaction.atomic():
        entries.add(shelf.model, author, content)
        try:
            taken = sheets.take(shelf, sheets.read(sheets.write(shelf, format, author), format), author, "back")
            assert taken == sheets.Taken(added=0, corrected=0, same=1)
        except sheets.SheetError as refused:
            assert format == "xlsx"
            assert {(row, column) for row, column, _ in refused.problems} <= {(1, "asked"), (1, "answer")}
            assert any(
                len(text) > 16_000 or "_x" in text or {"\ufffe", "\uffff"} & {*text} for text in content.values()
            )
        transaction.set_rollback(True)


def test_a_workbook_that_would_cut_a_text_is_not_made_and_the_page_says_which(client, author, lines):
    from helder.office import entries
    from helder.office.register import registers

    model = registers()["points"].model
    entries.add(model, author, {"request": "r", "number": "1", "asked": "a", "owner": "o", "answer": "x" * 32_768})
    client.force_login(author)
    said = client.get("/points/export.xlsx", follow=True).content.decode()
    assert "Rij 1, antwoord: past niet heel in XLSX; neem CSV of JSON." in said
    assert "points.exported" not in [action for _, action, _ in lines()]
    assert client.get("/points/export.csv").headers["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_of_any_program_is_read_by_its_own_delimiter(office, delimiter):
    from helder.office import sheets

    text = delimiter.join(("what", "party")) + "\n" + delimiter.join(('"said ""no"", and left; "', "lab")) + "\n"
    assert sheets.read(text.encode(), "csv") == [{"what": 'said "no", and left; ', "party": "lab"}]
