"""Fields as people write them, and what is left to compare: equal people look equal, nonsense says nothing."""

import pytest

from linkage.small import normalised


def case(expected, *rows):
    return [(row, expected) for row in rows]


BERG = {"sn": ["berg"]}
JANSEN = {"sn": ["jansen"], "ini": "AB"}
COUPLE = {"sn": ["boer", "jansen"]}
MARCH = {"bp": "1980-03-04", "bd": "1980-03-04"}
HOME = {"pc": "1234AB", "area": "1234", "hn": "5"}
# fmt: off
CASES = [
    # A prefix in its own field, before, after, abbreviated, in capitals or nowhere.
    *case(
        BERG,
        {"surname": "Berg", "prefix": "van den"},
        {"surname": "Berg", "prefix": "v.d."},
        {"surname": "van den Berg"},
        {"surname": "VAN DEN BERG"},
        {"surname": "v.d. Berg"},
        {"surname": "v/d Berg"},
        {"surname": "vd Berg"},
        {"surname": "Berg, van den"},
        {"surname": "Berg v.d."},
        {"surname": "Berg"},
        {"full_name": "Van der Berg"},
        {"full_name": "dhr. dr. A. van den Berg"},
    ),
    ({"surname": "vandenberg"}, {"sn": ["vandenberg"], "snv": ["berg", "vandenberg"]}),
    ({"surname": "van den Berg"}, {"snv": ["berg", "vandenberg"]}),
    ({"surname": "de"}, {"sn": ["de"]}),
    # A whole name in one field.
    *case(
        JANSEN,
        {"full_name": "A.B. Jansen"},
        {"full_name": "A.B.Jansen"},
        {"full_name": "A B Jansen"},
        {"full_name": "JANSEN A.B."},
        {"full_name": "Jansen, A.B. de"},
        {"full_name": "Jansen, AB"},
        {"full_name": "Mw. A.B. de Jansen"},
        {"surname": "A.B. Jansen"},
        {"surname": "Jansen, A.B."},
        {"surname": "Jansen", "initials": "A.B."},
        {"surname": "Jansen", "initials": "ab"},
        {"surname": "Jansen", "initials": "A B"},
        {"surname": "Jansen", "initials": "A.B. van"},
        {"surname": "Jansen", "given_names": "A.B."},
        {"surname": "Jansen", "given_names": "Anna Beatrix"},
        {"surname": "Jansen", "given_names": "Anna", "initials": "A.B."},
    ),
    ({"full_name": "Mw. A.B. de Jansen-de Boer"}, {**COUPLE, "ini": "AB"}),
    ({"full_name": "Anna van den Berg"}, {**BERG, "g1": "anna", "ini": "A"}),
    ({"full_name": "Berg, Anna van den"}, {**BERG, "g1": "anna", "ini": "A"}),
    ({"full_name": "Anna Jansen"}, {"sn": ["jansen"], "g1": "anna", "snv": ["anna", "jansen"]}),
    ({"full_name": "Jansen Anna"}, {"snv": ["anna", "jansen"]}),
    # A prefix in capitals after the comma is no initials.
    ({"full_name": "JANSEN, AB"}, JANSEN),
    *case({**BERG, "ini": None}, {"full_name": "BERG, VAN DEN"}, {"full_name": "BERG,  VD"}),
    # Capitals may end in initials; a short name of two letters stays findable as a name.
    ({"full_name": "JANSEN AB"}, {**JANSEN, "g1": None, "snv": ["ab", "jansen"]}),
    ({"full_name": "VAN DEN BERG JPM"}, {**BERG, "g1": None, "ini": "JPM"}),
    ({"full_name": "ANNA BOS"}, {"sn": ["bos"], "g1": "anna"}),
    ({"full_name": "Anna Li"}, {"sn": ["li"], "g1": "anna"}),
    # Signs that are no letters are no names.
    *case({"sn": ["jansen"], "snv": ["jansen"]}, {"full_name": "\x07 Jansen"}, {"full_name": "\x01\tJansen \x7f"}, {"surname": "\x02Jansen"}),
    # Surnames of one letter.
    *case({"sn": ["o"], "snv": ["o"], "snf": ["o"]}, {"surname": "O"}, {"surname": "O", "given_names": "Min-jun"}),
    ({"surname": "E", "prefix": "van"}, {"sn": ["e"]}),
    *case({"sn": None, "snv": None}, {"surname": "B.", "initials": "B."}, {"full_name": "W., Weigteren"}),
    ({"full_name": "Jansen", "surname": "Boer"}, {"sn": ["boer"]}),
    # Initials of more than one letter, and names written in the field for initials.
    ({"surname": "Vries", "initials": "Th.A."}, {"ini": "TA", "g1": None}),
    ({"surname": "Jansen", "initials": "Anna"}, {"ini": "A", "g1": "anna"}),
    ({"surname": "Jansen", "given_names": "Bert"}, {"g1": "bert", "ini": "B"}),
    # Own name and partner's name, in fields or joined, either way round.
    *case(
        COUPLE,
        {"surname": "Jansen", "partner_prefix": "de", "partner_surname": "Boer"},
        {"prefix": "de", "surname": "Boer", "partner_surname": "Jansen"},
        {"surname": "Jansen-de Boer"},
        {"surname": "de Boer-Jansen"},
        {"surname": "Jansen - Boer"},
        {"surname": "Boer e/v Jansen"},
    ),
    # Accents and other letters: what they become, and what else they may be written as.
    ({"surname": "Müller"}, {"sn": ["muller"], "snv": ["mueller", "muller"], "snf": ["muler"]}),
    ({"surname": "Mu\u0308ller"}, {"sn": ["muller"], "snv": ["mueller", "muller"]}),
    *case({"snf": ["muler"]}, {"surname": "Muller"}, {"surname": "Mueller"}, {"surname": "MULLER"}),
    ({"surname": "Çelik"}, {"sn": ["celik"]}),
    ({"surname": "Łukasz"}, {"sn": ["lukasz"]}),
    *case({"sn": ["yildirim"]}, {"surname": "Yıldırım"}, {"surname": "Yildirim"}),
    ({"surname": "Sørensen"}, {"sn": ["sorensen"], "snv": ["soerensen", "sorensen"]}),
    *case({"sn": ["weiss"]}, {"surname": "Weiß"}, {"surname": "Weiss"}),
    *case({"snf": ["iserman"]}, {"surname": "IJzerman"}, {"surname": "Ĳzerman"}, {"surname": "Yzerman"}),
    *case({"snv": ["brien", "obrien"]}, {"surname": "O'Brien"}, {"surname": "o’brien"}),
    ({"surname": "Иванов"}, {"sn": ["иванов"]}),
    # Dates in any notation.
    *case(
        MARCH,
        *(
            {"birth_date": text}
            for text in (
                "1980-03-04", "1980/3/4", "1980.03.04", "04-03-1980", "4/3/1980", "4.3.1980", "04 03 1980", "4-3-80",
                "19800304", "04031980", "4 maart 1980", "4 mrt. 1980", "04-MAR-1980", "4 march 1980",
                "1980-03-04T00:00:00", "1980-03-04 00:00:00", " 1980-03-04 ", "29284",
            )
        ),
    ),
    ({"birth_date": "4-3-12"}, {"bd": "2012-03-04"}),
    *case({"bp": "1980-03-00", "bd": None}, *({"birth_date": text} for text in ("March 1980", "03-1980", "3/1980", "1980-03", "1980-03-00", "00-03-1980"))),
    *case({"bp": "1980-00-00", "bd": None}, {"birth_date": "1980"}, {"birth_date": "1980-00-00"}),
    ({"birth_date": "0000-03-04"}, {"bp": "0000-03-04", "bd": None}),
    *case({"bp": None, "bd": None}, *({"birth_date": text} for text in ("1900-01-01", "0000-00-00", "1780-01-01", "99999", "gisteren", "onbekend", "4-3-0980"))),
    # Postcode and house number, in their fields or in others.
    *case(
        HOME,
        {"postcode": "1234 AB", "house_number": "5"},
        {"postcode": "1234ab", "house_number": "5 a"},
        {"postcode": "1234-AB", "house_number": "nr 5"},
        {"postcode": "1234 AB", "house_number": "5-7"},
        {"postcode": "1234 AB 5"},
        {"house_number": "5 1234AB"},
        {"street": "Dorpsstraat 5", "city": "1234 AB Utrecht"},
        {"street": "Dorpsstraat 5, 1234 AB Utrecht"},
        {"street": "Dorpsstraat 5a", "postcode": "1234 AB"},
    ),
    ({"postcode": "1234"}, {"pc": None, "area": "1234"}),
    ({"postcode": "0234 AB"}, {"pc": None}),
    *case({"st": "dorpstr", "hn": "5"}, {"street": "Dorpsstraat 5"}, {"street": "DORPSSTR. 5"}, {"street": "Dorpsstraat", "house_number": "5"}),
    # Years in the name of a street are no house number.
    *case({"st": "plnbieabief", "hn": "12"}, {"street": "Plein 1940-1945 12"}, {"street": "PLEIN 1940 - 1945", "house_number": "12"}, {"street": "Plein 1940/1945 12a"}),
    ({"street": "Plein 1940-1945"}, {"hn": None}),
    # Ways to reach somebody, sex, practice.
    *case({"ph": "612345678"}, *({"phone": text} for text in ("06-12345678", "+31 6 12345678", "0031612345678", "+31(0)612345678"))),
    ({"phone": "12345"}, {"ph": None}),
    ({"email": "A.Jansen@Example.NL"}, {"em": "a.jansen@example.nl"}),
    *case({"em": None}, {"email": "a@b"}, {"email": "a b@example.nl"}, {"email": "geen"}),
    *case({"sex": "F"}, *({"sex": text} for text in ("F", "v", "Vrouw", "W", "2"))),
    *case({"sex": "M"}, *({"sex": text} for text in ("M", "man", "1"))),
    *case({"gp": "linde"}, *({"gp_name": text} for text in ("Huisartsenpraktijk De Linde", "De Linde", "Linde"))),
    ({"gp_name": "Huisartsenpraktijk"}, {"gp": None}),
]
# fmt: on


@pytest.fixture(scope="module")
def found():
    return normalised([row for row, _ in CASES])


@pytest.mark.parametrize("number", range(len(CASES)), ids=[str(row) for row, _ in CASES])
def test_written_as(found, number):
    expected = CASES[number][1]
    assert {name: found[number][name] for name in expected} == expected


NOTHING = {
    "sn",
    "snv",
    "snf",
    "ini",
    "g1",
    "gv",
    "bp",
    "bd",
    "pc",
    "area",
    "hn",
    "st",
    "ct",
    "gp",
    "ph",
    "em",
    "nid",
    "digits",
}
FIELDS = (
    "national_id", "given_names", "initials", "surname", "partner_surname", "full_name", "birth_date", "street",
    "house_number", "postcode", "city", "phone", "email", "gp_name",
)  # fmt: skip


@pytest.mark.parametrize("word", ["onbekend", "ONBEKEND", "n.v.t.", " - ", "?", "null", "xxx", "", "  ", "geen"])
def test_words_for_not_known_say_nothing(word):
    rows = [{name: word} for name in FIELDS] + [dict.fromkeys(FIELDS, word)]
    for row, out in zip(rows, normalised(rows), strict=True):
        assert {name for name in NOTHING if out[name] is not None} == set(), row


HOSTILE = {
    "quotes": "'; DROP TABLE leaked; --",
    "double quotes": '"" ""',
    "backslashes": "\\b\\1\\p{L}",
    "control characters": "a\tb\x01\x02\nc\x7f",
    "formats": "%s {source} {0} $1",
    "a pattern": ".*+?[(|)]{9}",
    "other directions": "\u202eabc\u202c \u200b",
    "pictures": "😀 👩‍👩‍👧",
    "very long": "a" * 100_000,
    "many words": "Jansen van der " * 5_000,
    "many quotes": "'" * 10_000,
    "many commas": "A.," * 5_000,
    "many accents": "e" + "\u0301" * 5_000,
    "many digits": "1234567890" * 2_000,
}


@pytest.fixture(scope="module")
def hostile():
    rows = [{**dict.fromkeys(FIELDS, text), "surname": None} for text in HOSTILE.values()]
    rows += [dict.fromkeys(FIELDS, text) for text in HOSTILE.values()]
    return normalised([*rows, {"surname": "Jansen", "initials": "A.B."}])


def test_hostile_text_gives_rows_like_any_other(hostile):
    assert len(hostile) == 2 * len(HOSTILE) + 1
    assert (hostile[-1]["sn"], hostile[-1]["ini"]) == (["jansen"], "AB")


def test_hostile_text_stays_small(hostile):
    for row in hostile:
        assert len(row["sn"] or []) <= 4
        assert len(row["snv"] or []) <= 10
        assert len(row["gv"] or []) <= 8
        assert len(row["ini"] or "") <= 6
        for value in row.values():
            words = value if isinstance(value, list) else [str(value)]
            assert all(len(word) <= 330 for word in words)


def test_lists_are_sorted_without_doubles(found):
    for row in found:
        for name in ("sn", "snv", "snf", "gv"):
            words = row[name]
            assert words is None or words == sorted(set(words))


def test_the_same_row_is_the_same_whatever_stands_around_it(found):
    again = normalised([row for row, _ in reversed(CASES)])[::-1]
    assert [{**row, "unique_id": 0} for row in again] == [{**row, "unique_id": 0} for row in found]


def test_a_name_shares_a_group_with_the_names_it_is_short_for():
    bert, albert, anna = (
        {*row["gv"]} for row in normalised([{"given_names": name} for name in ("Bert", "Albert", "Anna")])
    )
    assert bert & albert
    assert not bert & anna


def test_a_place_is_one_place_under_all_its_names():
    names = ("Den Haag", "'s-Gravenhage", "S GRAVENHAGE", "2511 AB Den Haag")
    found = {row["ct"] for row in normalised([{"city": name} for name in names])}
    assert len(found) == 1
    assert None not in found
