"""Makes the files of this case: made-up members of a pension fund, its log of mailings, and what was found stolen.

Run it from anywhere: `python examples/pension-fund/make.py`. The same files come out every time.
"""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent / "sources"
MEMBERS = 300


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


SURNAMES = words("""
    Abara Adler Bartok Blakewell Boateng Calloway Castellan Chaudry Dunmore Eklund Farrow Fenwick Garnett Haldane
    Hartwell Iqbal Jessop Kestrel Kowal Lindqvist Marlowe Mensah Norcott Okafor Ormond Pemberley Quill Ravensworth
    Rowntree Sandoval Sorrell Tamworth Thackeray Umar Vance Wetherby Winslade Yarrow Zelenka Ashdown
""")
GIVEN = words("""
    Ada Amir Bea Bruno Cora Dario Edith Elias Fay Felix Grace Hana Hugo Ines Ivor Jonas Kira Leo Lena Marta Milo Nadia
    Noor Olga Oscar Petra Quentin Rosa Rufus Selma Silas Tara Theo Una Viktor Wanda Xenia Yusuf Zara Zeno
""")
STREETS = words("Anchor Beacon Cooper Dock Ferry Granary Harbour Lantern Mill Orchard Quay Rope Tanner Weaver")
TOWNS = {"Marlhaven": "MH1", "Oxbridge Quay": "OQ4", "Port Lindell": "PL7"}


def members(draw: random.Random) -> list[dict[str, str]]:
    """The register: people who do not exist, with bank accounts of a bank that does not exist."""
    made = []
    for number in range(MEMBERS):
        town = draw.choice(sorted(TOWNS))
        made.append(
            {
                "member_no": f"P{40000 + number * 7}",
                "insurance_no": f"{draw.randrange(10**9, 10**10)}",
                "given": draw.choice(GIVEN),
                "surname": draw.choice(SURNAMES),
                "born": (dt.date(1938, 1, 1) + dt.timedelta(days=draw.randrange(60 * 365))).isoformat(),
                "street": f"{draw.choice(STREETS)} Street",
                "no": str(draw.randrange(1, 120)),
                "postcode": f"{TOWNS[town]} {draw.randrange(1, 9)}{draw.choice('ABDEFG')}{draw.choice('HJLNPQ')}",
                "town": town,
                "iban": f"XX{draw.randrange(10, 99)}MADEUP{draw.randrange(10**10, 10**11)}",
                "pension": str(draw.randrange(90, 2900)),
            }
        )
    return made


def mailings(people: list[dict[str, str]]) -> list[tuple[str, str, str, str]]:
    """What the fund sent to its mailing house: member, day, what, why."""
    lines = []
    for position, person in enumerate(people):
        last = 2022 if position % 8 == 7 else 2024  # some moved their pension elsewhere
        for year in range(2021, last + 1):
            if (position + year) % 5:  # not everyone gets a statement every year
                what = "name,address,birth_date,insurance_number,pension"
                lines.append((person["member_no"], f"{year}-04-{1 + position % 28:02}", what, "statement"))
        if position % 3 == 0:
            lines.append((person["member_no"], f"2023-11-{1 + position % 28:02}", "name,address,iban", "bank check"))
    return sorted(lines)


def database(people: list[dict[str, str]], lines: list[tuple[str, str, str, str]]) -> None:
    """The fund's administration: `member` and `mailing`."""
    path = HERE / "administration.db"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as db:
        db.execute(f"CREATE TABLE member ({', '.join(f'{name} TEXT' for name in people[0])}, PRIMARY KEY (member_no))")
        places = ", ".join("?" * len(people[0]))
        db.executemany(f"INSERT INTO member VALUES ({places})", [tuple(person.values()) for person in people])
        db.execute("CREATE TABLE mailing (member_no TEXT, day TEXT, contents TEXT, reason TEXT)")
        db.executemany("INSERT INTO mailing VALUES (?, ?, ?, ?)", lines)
    db.close()


def workbook(name: str, rows: list[list[object]]) -> None:
    """A workbook as mailing houses make them: a title, an empty row, a header; dates are dates, amounts numbers."""
    with xlsxwriter.Workbook(HERE / name) as book:
        book.set_properties({"created": dt.datetime(2025, 3, 1)})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        book.add_worksheet("Read me").write(0, 0, "See the other sheet.")
        sheet = book.add_worksheet("Export")
        sheet.write(0, 0, "Addressees")
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(number, column, dt.datetime.combine(value, dt.time()), day)
                else:
                    sheet.write(number, column, value)


def found(people: list[dict[str, str]], draw: random.Random) -> None:
    """What was posted: a print file of 150 rows, some damaged, some of another client; and a list of 60 names."""
    header = ["Client", "Ref", "Addressee", "DOB", "Street", "No", "Postcode", "Town", "Account", "Monthly"]
    rows: list[list[object]] = [header]
    for position, person in enumerate(people[::2]):
        name = f"{person['given']} {person['surname']}"
        if draw.random() < 0.1:
            name = name.replace("e", "a", 1)  # a misprint
        client = "HPF" if position % 10 else "CITYGAS"
        account = person["iban"] if position % 3 == 0 or position in (41, 83) else None  # two who were in no bank check
        number = person["insurance_no"] if client == "HPF" and draw.random() < 0.7 else None
        rows.append(
            [client, number, name, dt.date.fromisoformat(person["born"]), person["street"], int(person["no"]),
             person["postcode"], person["town"], account, int(person["pension"]) if client == "HPF" else None]
        )  # fmt: skip
    workbook("print-file.xlsx", rows)
    named = [["Name", "Born", "Postcode"]]
    named += [[f"{p['given']} {p['surname']}", p["born"], p["postcode"]] for p in people[1::5]]
    workbook("affected.xlsx", [list(row) for row in named])


def main() -> None:
    """Write all files."""
    draw = random.Random(2025)  # noqa: S311 - made-up people need no secrets
    HERE.mkdir(exist_ok=True)
    people = members(draw)
    database(people, mailings(people))
    found(people, draw)


if __name__ == "__main__":
    main()
