"""CSV as it comes in real life: any encoding and delimiter, stated; broken records cost one line and keep their number."""

from __future__ import annotations

import tracemalloc

import pytest

from helder.domain.errors import SourceError
from sources.cases import read_file


def read(tmp_path, data, wanted=None, **options):
    path = tmp_path / "data.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_file("csv", path, wanted, **options)


def values(got):
    return [list(row.values()) for row in got["rows"].values()]


NAMES = "naam;plaats\nMüller;Köln\nJosé;A Coruña\nÇelik;'s-Gravenhage\nDaniël;Curaçao\n"


@pytest.mark.parametrize(
    ("encoding", "stated"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
    ],
)
def test_the_encoding_is_sniffed_and_stated(encoding, stated, tmp_path):
    got = read(tmp_path, NAMES.encode(encoding))
    assert got["facts"]["encoding"] == stated
    assert values(got)[0] == ["Müller", "Köln"]
    assert values(got)[3] == ["Daniël", "Curaçao"]


def test_letters_of_other_alphabets_are_found_by_their_frequency(tmp_path):
    text = "имя;город\n" + "Иванов Сергей Петрович;Новосибирск\nСмирнова Анна Ивановна;Екатеринбург\n" * 20
    got = read(tmp_path, text.encode("cp1251"))
    assert values(got)[0] == ["Иванов Сергей Петрович", "Новосибирск"]


def test_one_letter_far_into_a_plain_file_decides_its_encoding(tmp_path):
    plain = "naam;plaats\n" + "Jansen;Utrecht\n" * 600_000
    got = read(tmp_path, (plain + "Müller;Köln\n").encode("cp1252"), ["naam"])
    assert got["facts"]["encoding"] == "cp1252"
    assert got["rows"][600_001] == {"naam": "Müller"}


def test_utf8_with_a_few_damaged_bytes_is_utf8_with_rejects(tmp_path):
    data = ("naam;plaats\n" + "Müller;Köln\n" * 5).encode() + b"Ren\xe9;Delft\n" + "Zoë;Oss\n".encode()
    got = read(tmp_path, data)
    assert got["facts"]["encoding"] == "utf-8"
    assert got["bad"] == {6: "bytes that are not of the file's encoding"}
    assert got["rows"][7] == {"naam": "Zoë", "plaats": "Oss"}


@pytest.mark.parametrize(("sign", "stated"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "pipe")])
def test_the_delimiter_is_sniffed_and_stated(sign, stated, tmp_path):
    got = read(tmp_path, sign.join("abc") + "\n" + sign.join(["1,5", "x|y", "p;q"]).replace(sign, " ") + "\n")
    assert got["facts"]["delimiter"] == stated
    assert len(got["columns"]) == 3


def test_decimal_commas_do_not_look_like_a_delimiter(tmp_path):
    assert read(tmp_path, "a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n")["columns"] == ("a", "b", "c")


def test_any_sign_can_be_told_as_delimiter(tmp_path):
    assert values(read(tmp_path, "a^b\n1^2\n", delimiter="^")) == [["1", "2"]]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("final", [True, False])
def test_all_line_ends_are_understood_and_the_last_may_lack(line_end, final, tmp_path):
    data = line_end.join(["a;b", "1;2", "", "3;4"]) + (line_end if final else "")
    assert values(read(tmp_path, data)) == [["1", "2"], ["3", "4"]]


def test_a_record_with_too_few_or_too_many_fields_is_rejected_under_its_number(tmp_path):
    got = read(tmp_path, "a;b\n1;2\n3\n4;5\n\n6;7;8\n9;0")
    assert list(got["rows"]) == [1, 3, 5]
    assert got["bad"] == {2: "1 fields where the header has 2", 4: "3 fields where the header has 2"}


def test_quoted_fields_hold_delimiters_quotes_and_line_ends(tmp_path):
    got = read(tmp_path, 'a,b\n"1,5","zei ""nee"""\n"twee\r\nregels",\n"",x"y\n')
    assert values(got) == [["1,5", 'zei "nee"'], ["twee\r\nregels", ""], ["", 'x"y']]


def test_a_quote_that_is_never_closed_costs_one_line(tmp_path):
    got = read(tmp_path, 'a,b\n1,"x\n2,y\n3,z\n')
    assert got["bad"] == {1: "a quote is not closed, or text follows a closing quote"}
    assert list(got["rows"]) == [2, 3]


def test_an_open_quote_does_not_swallow_lines_up_to_the_next_quote(tmp_path):
    got = read(tmp_path, 'a,b\n1,"x\n2,y\n3,"z"\n4,"p\n5,q"\n6,"r\n7,s,"t"\n8,u\n')
    assert list(got["rows"]) == [2, 3, 4, 7]
    assert got["rows"][4] == {"a": "4", "b": "p\n5,q"}
    assert got["bad"][6] == "3 fields where the header has 2"


def test_quotes_can_be_told_to_mean_nothing(tmp_path):
    got = read(tmp_path, 'a\tb\n"Piet" de Vries\t5" pijp\n', quote="")
    assert values(got) == [['"Piet" de Vries', '5" pijp']]
    assert got["facts"]["quotes"] == "no"


def test_nul_bytes_reject_their_record_only(tmp_path):
    got = read(tmp_path, b"a;b\n1;2\n\0\0\0;\0\n3;4\n")
    assert got["bad"] == {2: "the record holds NUL bytes"}
    assert list(got["rows"]) == [1, 3]


def test_a_control_character_that_helder_uses_itself_is_no_trap(tmp_path):
    got = read(tmp_path, b"a;b\n\x01;\x01\n\x01\n1;2\n")
    assert list(got["rows"]) == [1, 3]
    assert read(tmp_path, b"a\n\x01,\x01\n\x01\n1\n", delimiter=",")["bad"].keys() == {1}


def test_a_line_that_is_too_long_is_one_reject(tmp_path, monkeypatch):
    monkeypatch.setattr("helder.sources.delimited.LONGEST", 1000)
    got = read(tmp_path, "a;b\n1;2\n" + "x" * 5_000_000 + ";y\n3;4\n" + '5;"' + "z\n" * 5000)
    assert got["bad"][2] == "the record is longer than 4 Mi characters"
    assert got["rows"][3] == {"a": "3", "b": "4"}
    assert got["bad"][4] == "a quote is not closed, or text follows a closing quote"


def test_a_record_with_thousands_of_fields_is_one_reject(tmp_path):
    got = read(tmp_path, 'a,b\n1,"2"\n' + "," * 5000 + "\n3,4\n" + '"x\n')
    assert got["bad"][2] in ("more than 4096 fields", "5001 fields where the header has 2")
    assert list(got["rows"]) == [1, 3]


def test_blank_and_doubled_names_are_made_up_and_stated(tmp_path):
    got = read(tmp_path, "naam;;naam; ;column 2\n1;2;3;4;5\n")
    assert got["columns"] == ("naam", "column 2 (2)", "naam (2)", "column 4", "column 2")
    assert got["facts"]["names made up"] == "column 2 (2), naam (2), column 4"


def test_the_header_may_be_further_down_or_absent(tmp_path):
    title = "Export van 6 augustus\n\nid;naam\n1;Jansen\n"
    got = read(tmp_path, title, header=3)
    assert (got["columns"], values(got), got["facts"]["header"]) == (("id", "naam"), [["1", "Jansen"]], "line 3")
    got = read(tmp_path, "1;Jansen\n2;Smit\n", header=0)
    assert (got["columns"], values(got)[1], got["facts"]["header"]) == (("1", "2"), ["2", "Smit"], "none")


def test_a_header_that_is_too_wide_is_an_error_and_never_one_column(tmp_path):
    """With a sign that is not in it the line would be one long name, and each record one value."""
    wide = ";".join(f"k{at}" for at in range(5000))
    with pytest.raises(SourceError, match="more than 4096 columns"):
        read(tmp_path, f"{wide}\n{wide}\n")


def test_the_line_in_which_excel_names_its_delimiter_is_no_header(tmp_path):
    got = read(tmp_path, "sep=|\r\nnaam|a,b\r\nJansen|1\r\n")
    assert (got["columns"], got["facts"]["delimiter"], got["facts"]["header"]) == (("naam", "a,b"), "pipe", "line 2")


def test_a_header_only_is_a_table_without_rows(tmp_path):
    assert read(tmp_path, "a;b\n")["rows"] == {}
    assert read(tmp_path, "a;b")["columns"] == ("a", "b")


@pytest.mark.parametrize(
    ("data", "options", "what"),
    [
        (b"", {}, "The file is empty."),
        (b"\n\n\n", {}, "There is no header that can be read."),
        (b'"a;b\n1;2\n', {}, "There is no header that can be read."),
        (b"\xff\x00;b\n1;2\n", {"encoding": "utf-8"}, "There is no header that can be read."),
        (b"a;b\n", {"header": 9}, "There is no header that can be read."),
        (b"a;b\n", {"header": "two"}, "Option 'header' is not a number."),
        (b"a;b\n", {"delimiter": "semi"}, "Option 'delimiter' is not one sign."),
        (b"a;b\n", {"encoding": "cp1225"}, "There is no encoding 'cp1225'."),
        (b"a;b\n", {"encoding": "base64"}, "There is no encoding 'base64'."),
        (b";" * 5000 + b"\n", {"delimiter": ";"}, "The header has more than 4096 columns."),
    ],
)
def test_what_cannot_be_a_table_stops_with_what_to_do(data, options, what, tmp_path):
    with pytest.raises(SourceError) as caught:
        read(tmp_path, data, **options)
    assert caught.value.what == what
    assert caught.value.do


def test_memory_does_not_grow_with_the_file(tmp_path):
    path = tmp_path / "large.csv"
    path.write_text("a;b;c\n" + "Jansen;Utrecht;12-01-1980\n" * 2_000_000)
    from helder.sources.formats import csv
    from helder.sources.stream import Place

    place = Place(path.name, path)
    tracemalloc.start()
    shape = csv.sniff(place, {})
    rows = sum(batch.rows.num_rows for batch in csv.read(place, shape, ["a"], lambda at: None))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == 2_000_000
    assert peak < 60 << 20


@pytest.mark.parametrize(
    ("sign", "stated"),
    [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "pipe"), ("~", "tilde"), ("^", "caret"), (":", "colon"), ("\x1f", "unit separator")],
)  # fmt: skip
def test_every_usual_delimiter_is_found_and_stated(sign, stated, tmp_path):
    rows = [
        ["naam", "adres", "geboren"],
        ["Jansen, A.", "Dorpsstraat 1; 2 hoog", "31-01-1980"],
        ["Bakker", "Kade 2", "1980"],
    ]
    data = "\n".join(sign.join(f'"{cell}"' for cell in row) for row in rows)
    got = read(tmp_path, data + "\n")
    assert got["facts"]["delimiter"] == stated
    assert values(got)[0] == rows[1]
    assert got["doubts"] == ()


def test_two_signs_that_cut_a_file_alike_leave_its_delimiter_unsure(tmp_path):
    got = read(tmp_path, "naam:voornaam;adres:plaats;land\na:b;c:d;e\n")
    assert {one.other for one in got["doubts"]} | {got["facts"]["delimiter"]} == {"colon", "semicolon"}


def test_a_title_above_the_header_is_refused_with_the_line_of_the_header(tmp_path):
    data = "Uitdraai register, per 1 januari\n\nbsn;naam;plaats\n1;a;b\n2;c;d\n3;e;f\n"
    with pytest.raises(SourceError) as refused:
        read(tmp_path, data)
    assert "header = 3" in refused.value.do
    assert values(read(tmp_path, data, header=3))[0] == ["1", "a", "b"]
