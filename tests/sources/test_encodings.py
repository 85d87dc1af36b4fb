"""A register's encoding is read right, or stated as unsure: never wrong and certain. Names are made up of usual parts."""

from __future__ import annotations

import random

import pytest

from helder.sources import eightbit
from helder.sources.facts import FileFacts
from sources.test_csv import read

DUTCH = [
    "Zoë",
    "Daniëlle",
    "Renée",
    "André",
    "José",
    "François",
    "Noëlle",
    "Chloé",
    "Müller",
    "Köhler",
    "Schröder",
    "Gérard",
    "Geneviève",
    "Aïcha",
    "Anaïs",
    "Raphaël",
    "Joëlle",
    "Désirée",
    "Hélène",
    "Séverine",
    "Naïma",
    "Saïd",
    "Élise",
    "Céline",
    "Bökönyi",
    "Schäfer",
    "Groß",
    "Jürgen",
    "Böhm",
    "Frédérique",
    "Curaçaostraat",
    "Adriaën",
    "Crèvecoeur",
    "Peña",
    "Muñoz",
    "García",
    "Martínez",
    "González",
    "Sánchez",
    "João",
    "Gonçalves",
    "Araújo",
    "Sjöberg",
    "Israël",
    "Zürich",
]
TURKISH = [
    "Yılmaz",
    "Şahin",
    "Doğan",
    "Öztürk",
    "Aydın",
    "Çelik",
    "Kılıç",
    "Arslanoğlu",
    "Işık",
    "Ayşe",
    "Tuğba",
    "Erdoğan",
    "Güneş",
    "Yıldız",
    "İbrahim",
]
POLISH = [
    "Łukasz",
    "Wiśniewski",
    "Wójcik",
    "Kamińska",
    "Zieliński",
    "Woźniak",
    "Dąbrowski",
    "Kozłowski",
    "Michał",
    "Paweł",
    "Gołębiewska",
]
CROATIAN = ["Petrović", "Jovanović", "Šimić", "Kovačević", "Nikolić", "Božić", "Novák", "Dvořák", "Svobodová"]
REGISTERS = {
    "cp1252": DUTCH, "iso8859-15": DUTCH, "mac-roman": DUTCH, "cp850": DUTCH, "cp437": DUTCH,
    "cp1254": DUTCH + TURKISH, "iso8859-9": DUTCH + TURKISH, "cp857": DUTCH + TURKISH,
    "cp1250": DUTCH + POLISH, "iso8859-2": DUTCH + POLISH, "cp852": DUTCH + CROATIAN,
    "utf-8": DUTCH, "utf-8-sig": DUTCH, "utf-16": DUTCH, "utf-16-le": DUTCH, "utf-16-be": DUTCH, "utf-32": DUTCH,
    "utf-32-le": DUTCH, "utf-32-be": DUTCH,
}  # fmt: skip


def register(encoding: str, odd: int, seed: int, capitals: bool) -> str:
    """A register of which one row in twenty has a name that is not plain."""
    rng = random.Random(seed)
    rows = ["naam;plaats"]
    for name in rng.choices(REGISTERS[encoding], k=odd):
        rows += [f"Jansen;Utrecht {number}" for number in range(19)]
        rows.append(f"{name};Delft")
    text = "\n".join(rows) + "\n"
    return (text.upper() if capitals else text).encode(encoding, "ignore").decode(encoding)


@pytest.mark.parametrize("encoding", REGISTERS)
def test_a_register_is_read_right_or_stated_as_unsure(encoding, tmp_path):
    for odd in (1, 3, 10):
        for seed in range(12):
            text = register(encoding, odd, seed, capitals=bool(seed % 2))
            got = read(tmp_path, text.encode(encoding))
            rows = [f"{row['naam' if 'naam' in row else 'NAAM']}" for row in got["rows"].values()]
            right = rows == [line.split(";")[0] for line in text.splitlines()[1:]]
            assert right or got["doubts"], f"{odd} names: wrong and certain as {got['facts']['encoding']}"


@pytest.mark.parametrize("encoding", REGISTERS)
def test_a_few_dozen_names_are_enough_to_be_right(encoding, tmp_path):
    text = register(encoding, 60, 1, capitals=False)
    got = read(tmp_path, text.encode(encoding))
    assert [row["naam"] for row in got["rows"].values()] == [line.split(";")[0] for line in text.splitlines()[1:]]


def test_what_the_bytes_do_not_tell_is_said_with_signs_and_lines_and_without_names(tmp_path):
    got = read(tmp_path, "naam;plaats\nJansen;Delft\nAkşitoğ;Delft\n".encode("cp1254"))
    assert got["facts"]["encoding"] == "cp1252"
    by_other = {doubt.other: doubt.signs for doubt in got["doubts"]}
    assert by_other["cp1254"] == (("þ", "ş", 3), ("ð", "ğ", 3))
    assert "Ak" not in str(got["doubts"])


def test_an_encoding_that_the_case_tells_is_not_doubted(tmp_path):
    got = read(tmp_path, "naam;plaats\nAkşitoğ;Delft\n".encode("cp1254"), encoding="cp1254")
    assert got["doubts"] == ()


def test_another_alphabet_is_guessed_and_never_sure(tmp_path):
    text = "имя;город\n" + "Иванов Сергей;Новосибирск\nСмирнова Анна;Екатеринбург\n" * 20
    assert read(tmp_path, text.encode("cp1251"))["doubts"]


def test_one_name_of_another_encoding_far_into_the_file_is_seen(tmp_path):
    rows = "Zoë;Delft\nRenée;Oss\nAndré;Ede\n" * 60_000
    got = read(tmp_path, ("naam;plaats\n" + rows).encode("cp1252") + "Akşitoğ;Ede\n".encode("cp1254"), ["naam"])
    assert [(one.other, one.signs[0][2]) for one in got["doubts"] if one.other == "cp1254"] == [("cp1254", 180_002)]


def test_a_file_of_two_encodings_is_not_sure(tmp_path):
    western = "".join(f"{name};Delft\n" for name in DUTCH[:12]).encode("cp1252")
    unicode = "".join(f"{name};Delft\n" for name in DUTCH[12:20]).encode()
    assert read(tmp_path, b"naam;plaats\n" + western + unicode)["doubts"]


def test_doubts_are_kept_with_the_facts_of_a_file():
    doubt = eightbit.Doubt("encoding", "cp1252", "cp1254", (("þ", "ş", 3),))
    facts = FileFacts("a.csv", "csv", 1, "0", 1, 1, 0, {}, (), doubts=(doubt,))
    assert facts.doubts[0] == eightbit.Doubt.from_dict(
        {"fact": "encoding", "chosen": "cp1252", "other": "cp1254", "signs": [["þ", "ş", 3]]}
    )
