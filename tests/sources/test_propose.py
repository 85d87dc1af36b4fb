"""Setting up a case: columns are proposed from headers and values, with reasons; what is not sure is a comment."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from helder.case.load import load_case
from helder.case.proposals import Column
from helder.case.propose import propose
from helder.case.scaffold import Found, case_toml, scaffold
from helder.case.shapes import share, year_of
from helder.case.words import plain, words_of
from helder.domain.errors import CaseError, SourceError
from helder.domain.tables import IDENTITY_FIELDS, SOURCE_TABLES
from helder.sources.sample import look

TODAY = dt.date(2025, 8, 6)
BSN = ["111222333", "123456782", "012345672", ""]


def proposed(name, country="nl", **columns):
    return propose(
        name, [Column(header.replace("_", " "), values) for header, values in columns.items()], country, TODAY
    )


def sure(found):
    return {one.field: one.column for one in found.sure}


def test_dutch_headers_and_values_make_a_register():
    found = proposed(
        "register.csv",
        CLIENTNR=["A1", "A2", "A3", "A4"],
        BSN=BSN,
        Geslachtsnaam=["Jansen", "Smit", "Bos", "Vos"],
        Tussenvoegsels=["van der", "", "de", "van"],
        Voorletters=["A.B.", "C", "D.E.F.", ""],
        geslacht=["V", "M", "V", "M"],
        GebDatum=["31-01-1980", "1975-12-01", "1990", "19550101"],
        Postcode=["1234 AB", "4321CD", "9999 ZZ", "1000 AA"],
        Huisnr=["1", "12a", "3", "4"],
        Emailadres=["a@b.nl", "c@d.org", "", "e@f.com"],
        Schoenmaat=["41", "42", "43", "44"],
    )
    assert found.fills == "people"
    assert sure(found) == {
        "person_id": "CLIENTNR", "national_id": "BSN", "surname": "Geslachtsnaam", "prefix": "Tussenvoegsels",
        "initials": "Voorletters", "sex": "geslacht", "birth_date": "GebDatum", "postcode": "Postcode",
        "house_number": "Huisnr", "email": "Emailadres",
    }  # fmt: skip
    assert found.unused == ("Schoenmaat",)
    assert found.sure[5].values == {"M": "M", "V": "F"}
    assert found.sure[1].reasons == ("the header is a word for it", "100% of the values look like it")


def test_english_headers_are_known_everywhere():
    found = proposed(
        "members.csv", "generic", Member_number=["1", "2", "3"], Last_name=["a"] * 3, Date_of_birth=["1980"] * 3
    )
    assert sure(found) == {"person_id": "Member number", "surname": "Last name", "birth_date": "Date of birth"}


def test_values_alone_tell_only_what_cannot_be_much_else():
    found = proposed(
        "gelekt.csv", k1=BSN, k2=["a@b.nl", "c@d.org", "e@f.com"], k3=["1980-01-31"] * 3, k4=["x", "y", "z"]
    )
    assert found.fills == "leaked"
    assert sure(found) == {"national_id": "k1", "email": "k2"}
    assert [(one.field, one.column) for one in found.unsure] == [("birth_date", "k3")]
    assert found.unused == ("k4",)


def test_a_header_that_is_almost_a_word_is_sure_when_the_values_say_the_same():
    found = proposed("gelekt.csv", burgerservicenr=BSN, PARTNER_VOORVOEGSEL=["de", "van", "der"], straatnam=["x"] * 3)
    assert sure(found) == {"national_id": "burgerservicenr", "partner_prefix": "PARTNER VOORVOEGSEL"}
    assert [(one.field, one.confidence) for one in found.unsure] == [("street", 0.5)]


def test_values_that_speak_against_a_header_make_it_unsure():
    found = proposed("gelekt.csv", BSN=["100000000", "200000000", "300000001", "x"])
    assert (sure(found), found.unsure[0].field) == ({}, "national_id")
    assert "0% of the values look like it" in found.unsure[0].reasons


def test_dates_of_the_last_years_are_hardly_births():
    found = proposed("gelekt.csv", geboren=["2020-01-01", "2021-01-01", "2022-01-01"])
    assert found.sure[0].reasons[-1] == "but all of the last twenty years"


def test_a_persons_number_that_comes_back_is_less_sure():
    once = proposed("register.csv", klantnummer=["1", "2", "3"]).sure[0]
    twice = proposed("register.csv", klantnummer=["1", "2", "2"]).sure[0]
    assert once.confidence > twice.confidence
    assert twice.reasons[-1] == "values are empty or come back"


def test_a_column_of_a_leak_that_is_no_field_may_be_an_item():
    found = proposed("dataset1.csv", Uitslag=["a"], IBAN=["b"], naam=["c"])
    assert sure(found) == {"item:test_result": "Uitslag", "item:bank_account": "IBAN", "full_name": "naam"}


@pytest.mark.parametrize(
    ("name", "columns", "fills"),
    [
        ("verzonden-2024.csv", {}, "disclosures"),
        ("x.csv", {"datum": [], "gegevens": []}, "disclosures"),
        ("mailing.csv", {"voorletters": [], "naam": [], "postcode": []}, "leaked"),
        ("mailing.csv", {"clientnr": [], "naam": [], "postcode": []}, "disclosures"),
        ("register.csv", {"k1": [], "k2": []}, "people"),
        ("x.csv", {"klantnummer": ["1", "2", "3"]}, "people"),
        ("x.csv", {"klantnummer": ["1", "1", "3"]}, "leaked"),
        ("klantenbestand.csv", {}, "people"),
        ("Contact.csv", {"Id": ["a1", "b2", "c3"], "LastName": [], "Email": []}, "people"),
        ("gelekt_klanten.csv", {}, "leaked"),
        ("customer_log.csv", {}, "disclosures"),
        ("patient dump.csv", {}, "leaked"),
        ("verklaringen.xlsx", {}, "statements"),
        ("verwijderingen.csv", {}, "deletions"),
    ],
)
def test_the_name_or_the_columns_tell_which_table_a_file_fills(name, columns, fills):
    found = proposed(name, **columns)
    assert found.fills == fills
    assert found.fills_reasons


def test_columns_named_by_a_system_are_read_without_the_word_that_half_of_them_begin_with():
    found = proposed(
        "x.csv", PAT_ID=["1"], PAT_BSN=BSN, PAT_VOORL=["A.B.", "C.", "D"], PAT_GEBDAT=["1980"] * 3, soort=["a"]
    )
    assert sure(found) == {
        "national_id": "PAT BSN", "initials": "PAT VOORL", "birth_date": "PAT GEBDAT", "item:test_kind": "soort"
    }  # fmt: skip


def test_columns_that_fewer_begin_with_one_word_may_be_about_somebody_else():
    own = {"naam": ["Jansen"], "BSN": BSN, "a": ["x"], "b": ["x"], "c": ["x"]}
    found = proposed("lek.csv", **own, OUDER_gebdatum=["1980"] * 3, OUDER_postcode=["x"], OUDER_plaats=["Oss"])
    assert sure(found) == {"full_name": "naam", "national_id": "BSN"}


def test_names_of_columns_as_stuf_has_them_are_known():
    found = proposed(
        "register.csv",
        **{"inp.bsn": BSN, "gor.straatnaam": ["x"], "aoa.huisnummer": ["1"] * 3, "aoa.huisletter": ["A"]},
        **{"aoa.huisnummertoevoeging": ["bis"], "aoa.postcode": ["1234AB"] * 3, "wpl.woonplaatsNaam": ["Oss"]},
    )
    assert sure(found) == {
        "national_id": "inp.bsn", "street": "gor.straatnaam", "house_number": "aoa.huisnummer",
        "house_letter": "aoa.huisletter", "house_addition": "aoa.huisnummertoevoeging", "postcode": "aoa.postcode",
        "city": "wpl.woonplaatsNaam",
    }  # fmt: skip


def test_a_letter_of_the_house_number_in_a_leak_is_its_addition():
    assert sure(proposed("lek.csv", huisletter=["A"])) == {"house_addition": "huisletter"}


def test_codes_for_the_use_of_names_are_put_in_our_words():
    found = proposed("register.csv", aanduidingNaamgebruik=["E", "V", "N", ""])
    assert found.sure[0].values == {"E": "own", "N": "own_partner", "V": "partner_own"}


@pytest.mark.parametrize(
    ("names", "field"),
    [
        (["JANSEN", "DE VRIES", "Dekker - de Jong", "El Idrissi"], "surname"),
        (["A. Jansen", "B.C. de Vries", "Jan Bakker", "Bos"], "full_name"),
        (["Jansen, A.", "Vries, B.C. de", "Bakker, J.", "Bos"], "full_name"),
        ([], "full_name"),
    ],
)
def test_a_name_beside_a_column_of_initials_is_a_surname_where_its_values_are(names, field):
    assert field in sure(proposed("lek.csv", VOORL=["A.", "B.C.", "J.", ""], NAAM=names))
    assert "full_name" in sure(proposed("lek.csv", NAAM=names))


NAMES = ["de Vries-Pol", "Bakker", "van der Berg-Dijk", "Smit"]


@pytest.mark.parametrize(
    ("columns", "found", "aside"),
    [
        ({"Naam": ["A. de Vries", "J. Bos", "P. Smit"], "Meisjesnaam": ["Pol", "", ""]}, {"full_name": "Naam"}, "Meisjesnaam"),
        ({"Meisjesnaam": ["Pol", "", ""], "Achternaam": ["Vries", "Bos", "Smit"]}, {"surname": "Achternaam"}, "Meisjesnaam"),
        ({"Voorl": ["A.", "B.", "C.", "D."], "Naam": NAMES, "Eigen naam": ["Pol", "", "Dijk", ""]}, {"initials": "Voorl", "surname": "Naam"}, "Eigen naam"),
        (
            {"Naam": NAMES, "Naam partner": ["Vries", "", "Berg", ""], "Geboortenaam": ["Pol", "Bakker", "Dijk", "Smit"]},
            {"surname": "Geboortenaam", "partner_surname": "Naam partner"},
            "Naam",
        ),
        ({"Meisjesnaam": ["Pol", "Bos", ""]}, {"surname": "Meisjesnaam"}, None),
    ],
)  # fmt: skip
def test_of_the_name_in_use_and_the_one_at_birth_one_is_the_surname_and_the_other_says_why_not(columns, found, aside):
    seen = proposed("register.csv", **columns)
    assert sure(seen) == found
    assert [one.column for one in seen.unsure] == ([aside] if aside else [])
    assert all(
        "in another column" in one.reasons[-1] or "columns of their own" in one.reasons[-1] for one in seen.unsure
    )


@pytest.mark.parametrize(
    ("header", "values", "field"),
    [
        ("Huurdernummer", ["1", "2", "9"], "person_id"),
        ("Member No", ["1", "2", "9"], "person_id"),
        ("klant nummer", ["1", "2", "9"], "person_id"),
        ("Tel. thuis", ["030-1234567"] * 3, "phone"),
        ("MobilePhone", ["030-1234567"] * 3, "phone"),
        ("Telefoonnummer_1", ["030-1234567"] * 3, "phone"),
        ("Geb.datum verzekerde", ["1980-01-31"] * 3, "birth_date"),
        ("Vrvgsl", ["van", "de", "der"], "prefix"),
        ("Vltrs", ["A.B.", "C.", "D."], "initials"),
        ("billing_city", ["Oss"] * 3, "city"),
        ("Correspondentieadres", ["Laan"] * 3, "street"),
        ("Hoofdhuurder", ["Vries, A. de", "Smit, J.", "Bos, K."], "full_name"),
        ("E-mail ouder 1", ["a@b.nl", "c@d.nl", "e@f.nl"], None),
        ("BSN partner", BSN, None),
        ("Medewerker", ["m1", "m2", "m3"], None),
        ("Nr", ["1", "2", "3"], None),
        ("Nr", ["12", "3", "40"], "house_number"),
        ("Hoofdhuurder", ["ja", "nee", "ja"], None),
    ],
)
def test_headers_are_read_by_their_parts(header, values, field):
    found = propose("register.csv", [Column(header, values)], "nl", TODAY)
    assert [one.field for one in found.sure] == ([field] if field else [])


def test_a_word_for_a_number_alone_is_no_house_number():
    """'klant nummer' without the word for whom the register is of would be one."""
    assert not sure(proposed("lek.csv", klant_nummer=["12", "7", "40"], patient_id=["3", "2", "1"]))


def test_a_street_with_the_house_number_in_it_says_that_letters_need_more():
    whole = proposed("lek.csv", Adres=["Kerkweg 1", "Laan 2 A", "Dorp 3-2"]).sure[0]
    assert (whole.field, "in a column of its own" in whole.reasons[-1]) == ("street", True)
    assert len(proposed("lek.csv", Adres=["Kerkweg", "Laan", "Plein 1945"]).sure[0].reasons) == 1


def test_a_key_of_a_table_is_the_persons_number_only_where_nothing_else_is():
    keys = {"Id": ["1", "2", "3"], "Naam": ["x"] * 3}
    assert sure(proposed("contacts.csv", **keys))["person_id"] == "Id"
    assert sure(proposed("contacts.csv", **keys, klantnr=["7", "8", "9"]))["person_id"] == "klantnr"


def test_no_reason_holds_a_value():
    found = proposed("gelekt.csv", BSN=["SECRET"] * 4, geslacht=["V", "SECRET", "M"], naam=["SECRET"] * 3)
    assert "SECRET" not in str(found)


def test_every_word_belongs_to_a_field_and_to_one_only():
    for country in ("nl", "generic"):
        words = words_of(country)
        known = {name for table in SOURCE_TABLES.values() for name in table.names}
        assert set(words.fields) <= known
        assert set(words.fields) >= set(IDENTITY_FIELDS)
        assert all(set(item.fields) <= set(IDENTITY_FIELDS) for item in words.items.values())
        for fills, table in SOURCE_TABLES.items():
            taken = [word for name in table.names for word in words.fields.get(name, ())]
            assert len(taken) == len(set(taken)), f"{fills}: a word stands for two fields"


def test_words_are_compared_without_case_accents_and_signs():
    assert plain("GeboorteDatum_cliënt (2)") == "geboorte datum client 2"
    assert year_of("nothing") is None
    assert year_of("9999-01-01") is None
    assert share(["a", "", "b"], str.isalpha) is None


def test_who_is_in_scope_is_told_by_what_was_shared_only_where_a_file_says_so():
    people, log = (
        found_file("a.csv", "register.csv", klantnr=["1"]),
        found_file("b.csv", "verzonden.csv", klantnr=["1"]),
    )
    for files, scope in (([people], {}), ([people, log], {"disclosed_to": "breached"})):
        text = case_toml("x", files, country="nl", today=TODAY)
        assert tomllib.loads(text)["people_in_scope"] == scope


def test_the_item_of_a_column_that_is_not_sure_stands_ready_to_be_declared():
    """Who takes the sign away at the column finds the item's lines to do so too."""
    text = case_toml("x", [found_file("a.csv", "lek.csv", AANVR_ARTS=["x"])], country="nl", today=TODAY)
    assert "requester" not in tomllib.loads(text)["items"]
    lines = text.splitlines()
    ready = lines[lines.index("# [items.requester]") :][:4]
    assert (
        tomllib.loads("\n".join(line.removeprefix("# ") for line in ready))["items"]["requester"]["category"]
        == "simple"
    )


HARD = 'Naam "x"\n# path = 1\t\x7f'


def found_file(path, name, **columns):
    return Found(path, "csv", {"encoding": "utf-8", "delimiter": '"\n'}, proposed(name, **columns))


def test_a_new_case_loads_as_it_is_and_is_never_written_over(tmp_path):
    files = [
        found_file("sources/a.csv", "register.csv", klantnummer=["1", "2", "3"], geslacht=["V", "M", "V"], oud=["x"]),
        found_file("sources/a.csv", "log verzonden.csv", klantnummer=["1", "1", "2"], datum=["2020-01-01"] * 3),
        found_file('C:\\b "2".csv', "lek.csv", **{"BSN": ["zz"] * 3, "Uitslag": ["a"], HARD: ["b"]}),
        found_file("sources/2025.csv", "verklaringen.csv"),
    ]
    folder = tmp_path / "Mijn zaak"
    written = scaffold(folder, files, today=TODAY)
    assert sorted(path.name for path in written) == [".gitignore", "README.md", "case.toml"]
    case = load_case(folder)
    assert case.file.case.id == "mijn_zaak"
    assert list(case.file.sources) == ["a", "a_2", "c_b_2", "s_2025"]
    assert case.file.sources["a_2"].columns["to_party"].value == "breached"
    assert case.file.sources["c_b_2"].columns == {"item:test_result": "Uitslag"}
    text = (folder / "case.toml").read_text()
    assert '# national_id = "BSN"  # 0.36: the header is a word for it; 0% of the values look like it' in text
    assert '# items = "?"  # NEEDED' in text
    assert set((folder / ".gitignore").read_text().split()) == {"work/", "sources/", "rounds/", "office.db"}
    assert all((folder / name).is_dir() for name in ("sources", "letters", "decisions", "rounds"))
    with pytest.raises(CaseError, match="There is a case here already"):
        scaffold(folder, [], today=TODAY)


def test_files_that_exist_stay_as_they_are(tmp_path):
    (tmp_path / "README.md").write_text("mine")
    written = scaffold(tmp_path, [], country="generic", today=TODAY)
    assert [path.name for path in written] == [".gitignore", "case.toml"]
    assert (tmp_path / "README.md").read_text() == "mine"
    case = load_case(tmp_path)
    assert case.file.case.languages == ["en"]
    assert list(case.items) == ["name"]


def test_a_folder_that_cannot_be_made_is_one_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(CaseError, match="cannot be made"):
        scaffold(tmp_path / "file" / "case", [], today=TODAY)


def test_hard_names_stay_inside_their_comment_or_string():
    text = case_toml("x", [found_file("a.csv", "lek.csv", **{HARD: ["b"]})], country="nl", today=TODAY)
    assert tomllib.loads(text)["sources"]["a"]["columns"] == {}


def test_a_first_look_shows_format_facts_and_values(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("naam;plaats\n" + " Jansen ;Oss\n" * 3000)
    found = look(path)
    assert (found.format, found.facts["delimiter"]) == ("csv", "semicolon")
    assert [(one.name, len(one.values), one.values[0]) for one in found.columns] == [
        ("naam", 2000, "Jansen"),
        ("plaats", 2000, "Oss"),
    ]
    with pytest.raises(SourceError, match="There is no such file"):
        look(tmp_path / "b.csv")
    path.write_text("Jansen;12-01-1980\nSmit;31-01-1975\n")
    with pytest.raises(SourceError, match="looks like data"):
        look(path)
