"""The held-out leak: files with their own habits, and a number of faults per row. Independent of the training damage."""

from __future__ import annotations

import random
import unicodedata
from typing import Any

from heldout_world import Human, World

FAULTS = {"none": (0, 0), "mild": (1, 1), "moderate": (2, 3), "heavy": (4, 6)}
NEIGHBOURS = {
    "a": "qs",
    "e": "wr",
    "i": "uo",
    "o": "ip",
    "n": "bm",
    "s": "ad",
    "r": "et",
    "t": "ry",
    "d": "sf",
    "l": "k",
    "m": "n",
}
LOOKS = {"0": "8", "1": "7", "5": "6", "8": "3", "6": "0", "7": "1", "3": "8", "9": "4"}
SHORT = {"Petra": "Piet", "Gerda": "Gerrie", "Neeltje": "Nel", "Trijntje": "Tine", "Pieter": "Piet", "Roelof": "Roel", "Klaas": "Klaasje", "Albertus": "Bert", "Nico": "Klaas", "Jolanda": "Jo", "Wilma": "Willy"}  # fmt: skip


class File:
    """The habits of one leaked file."""

    def __init__(self, dice: random.Random) -> None:
        self.names = dice.choice(["columns", "columns", "one", "comma", "lump"])
        self.first = dice.choice(["initials", "initials", "given", "both"])
        self.dates = dice.choice(["iso", "dmy", "slash", "packed", "words", "stamp"])
        self.place = dice.choice(["columns", "columns", "lump", "code"])
        self.caps = dice.random() < 0.25
        self.ascii = dice.choice(["", "", "strip", "german"])
        self.married = dice.choice(["own", "wed-own", "own-wed", "wed", "mixed"])
        self.number = dice.choice([0.0, 0.5, 0.9, 0.97])
        self.extra = {name for name in ("sex", "gp", "mobile", "mail") if dice.random() < 0.45}


def slip(dice: random.Random, text: str) -> str:
    """A slip of finger or eye."""
    if len(text) < 2:
        return text
    at = dice.randrange(len(text) - 1)
    sign = text[at]
    if sign.isdigit() and dice.random() < 0.5:
        return text[:at] + LOOKS.get(sign, "2") + text[at + 1 :]
    if dice.random() < 0.35:
        return text[:at] + text[at + 1] + sign + text[at + 2 :]
    if dice.random() < 0.4:
        return text[:at] + sign + text[at:]
    if dice.random() < 0.5:
        return text[:at] + text[at + 1 :]
    return text[:at] + dice.choice(NEIGHBOURS.get(sign.lower(), "x" if sign.isalpha() else "4")) + text[at + 1 :]


def surname(dice: random.Random, who: Human, file: File) -> list[tuple[str, str]]:
    """The surnames as this file has them, with prefixes."""
    own = (who["pre"], who["name"])
    if not who["wed"]:
        return [own]
    habit = file.married if file.married != "mixed" else dice.choice(["own", "wed-own", "own-wed", "wed"])
    return {"own": [own], "wed": [who["wed"]], "wed-own": [who["wed"], own], "own-wed": [own, who["wed"]]}[habit]


def moment(who: Human, file: File, dice: random.Random) -> str:
    """The birthday in the file's notation."""
    y, m, d = who["birthday"]
    months = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]  # fmt: skip
    return {
        "iso": f"{y}-{m:02}-{d:02}", "dmy": f"{d:02}-{m:02}-{y}", "slash": f"{d}/{m}/{y}", "packed": f"{y}{m:02}{d:02}",
        "words": f"{d} {months[m - 1]} {y}", "stamp": f"{y}-{m:02}-{d:02} 00:00:00",
    }[file.dates]  # fmt: skip


def plain_row(world: World, who: Human, file: File, dice: random.Random) -> dict[str, Any]:
    """What the file would hold about someone if nothing went wrong, in parts that faults can still reach."""
    home = who["home"]
    letters = "".join(name[0] + "." for name in who["given"])
    return {
        "number": who["bsn"], "letters": letters[: 2 * dice.choice([1, 2, 2, 3, 4])] or letters, "given": " ".join(who["given"]),
        "names": surname(dice, who, file), "birth": moment(who, file, dice), "street": home["street"], "house": home["house"],
        "extra": home["extra"], "zip": home["zip"], "town": home["town"], "sex": "V" if who["girl"] else "M",
        "gp": f"Huisarts {home['doctor']}", "mobile": who["mobile"], "mail": who["mail"],
    }  # fmt: skip


def spoil(world: World, row: dict[str, Any], who: Human, dice: random.Random, faults: int) -> None:
    """Let some things go wrong, each in another place."""
    kinds = [
        "name",
        "first",
        "birth",
        "address",
        "zip",
        "house",
        "moved",
        "town",
        "prefix",
        "drop",
        "shift",
        "date_gone",
        "nick",
    ]
    weights = [16, 10, 14, 9, 9, 6, 6, 5, 8, 9, 2, 3, 3]
    done: set[str] = set()
    while len(done) < faults:
        kind = dice.choices(kinds, weights)[0]
        if kind not in done:
            done.add(kind)
            _one_fault(world, row, who, dice, kind)


def _one_fault(world: World, row: dict[str, Any], who: Human, dice: random.Random, kind: str) -> None:
    if kind == "name":
        which = dice.randrange(len(row["names"]))
        row["names"] = [(p, slip(dice, n)) if i == which else (p, n) for i, (p, n) in enumerate(row["names"])]
    elif kind == "first":
        row["letters"] = dice.choice([row["letters"][:2], "", dice.choice("ABDEFGHKLMNPRSTW") + "."])
        row["given"] = dice.choice([slip(dice, row["given"]), who["given"][0], "", who["given"][-1]])
    elif kind == "nick":
        row["given"] = SHORT.get(who["given"][0], who["given"][0][:3])
    elif kind == "birth":
        y, m, d = who["birthday"]
        row["birth"] = dice.choice([
            f"{d:02}-{m:02}-{y + dice.choice([-1, 1, 10])}", f"{m:02}-{d:02}-{y}", f"{y}-{m:02}-{min(28, d + dice.choice([1, 2, 10])):02}",
            f"00-{m:02}-{y}", f"00-00-{y}", "01-01-1900", f"01-01-{y}", slip(dice, row["birth"]),
        ])  # fmt: skip
    elif kind == "date_gone":
        row["birth"] = dice.choice(["", "onbekend"])
    elif kind == "address":
        row["street"] = slip(dice, row["street"])
    elif kind == "zip":
        row["zip"] = dice.choice([slip(dice, row["zip"]), row["zip"][:4], ""])
    elif kind == "house":
        row["house"] = dice.choice([slip(dice, row["house"] + " "), "", str(int(who["home"]["house"]) + 2)])
    elif kind == "moved":
        row.update({key: value for key, value in world.address().items() if key in row})
    elif kind == "town":
        row["town"] = dice.choice([slip(dice, row["town"]), ""])
    elif kind == "prefix":
        row["names"] = [
            (dice.choice(["", p, {"van der": "v.d.", "van den": "v/d", "van": "v."}.get(p, p)]), n)
            for p, n in row["names"]
        ]
    elif kind == "drop":
        row[dice.choice(["letters", "given", "street", "zip", "house", "town", "mobile", "gp", "sex", "mail"])] = ""
    else:
        row["names"] = [("", row["given"] or row["letters"])]
        row["given"] = who["name"]


def number(world: World, row: dict[str, Any], file: File, dice: random.Random, kin: Human | None, faults: int) -> None:
    """What becomes of the national number."""
    luck = dice.random()
    if luck > file.number:
        row["number"] = dice.choice(["", "", "", "999999999", "0"])
    elif dice.random() < 0.07 * min(faults, 4):
        row["number"] = slip(dice, row["number"])
    elif kin is not None and dice.random() < 0.003 * faults:
        row["number"] = kin["bsn"]
    elif dice.random() < 0.001 * faults:
        row["number"] = world.bsn()
    elif dice.random() < 0.2:
        row["number"] = dice.choice(
            [row["number"].lstrip("0"), " ".join([row["number"][:4], row["number"][4:]]), row["number"] + ".0"]
        )


def write(row: dict[str, Any], file: File, dice: random.Random) -> dict[str, str | None]:
    """The row in the file's own columns."""
    whole = "-".join(f"{p} {n}".strip() for p, n in row["names"])
    out: dict[str, str | None] = {"national_id": row["number"], "birth_date": row["birth"]}
    first = {"initials": row["letters"], "given": row["given"], "both": row["given"] or row["letters"]}[file.first]
    if file.names == "one":
        out["full_name"] = f"{dice.choice(['', '', 'Mw. ', 'Dhr. '])}{first} {whole}".strip()
    elif file.names == "comma":
        p, n = row["names"][0]
        rest = "".join(f"-{(q + ' ' + m).strip()}" for q, m in row["names"][1:])
        out["full_name"] = f"{n}{rest}, {first} {p}".strip()
    else:
        if file.first != "given":
            out["initials"] = row["letters"]
        if file.first != "initials":
            out["given_names"] = row["given"]
        if file.names == "lump":
            out["surname"] = whole
        else:
            out["prefix"], out["surname"] = row["names"][0]
            if len(row["names"]) > 1:
                out["partner_prefix"], out["partner_surname"] = row["names"][1]
    if file.place == "lump":
        out |= {
            "street": f"{row['street']} {row['house']}{row['extra']}".strip(),
            "postcode": row["zip"],
            "city": row["town"],
        }
    elif file.place == "code":
        out |= {"postcode": row["zip"].replace(" ", ""), "house_number": f"{row['house']}{row['extra']}"}
    else:
        out |= {"street": row["street"], "house_number": row["house"], "house_addition": row["extra"], "postcode": row["zip"], "city": row["town"]}  # fmt: skip
    for key, name in (("sex", "sex"), ("gp", "gp_name"), ("mobile", "phone"), ("mail", "email")):
        if key in file.extra:
            out[name] = row[key]
    return {key: _written(value, file) for key, value in out.items()}


def _written(value: str | None, file: File) -> str | None:
    if not value:
        return None
    if file.ascii == "german":
        for accent, letters in (("ü", "ue"), ("ö", "oe"), ("ø", "oe"), ("å", "aa"), ("ı", "i"), ("ł", "l")):
            value = value.replace(accent, letters).replace(accent.upper(), letters.upper())
    if file.ascii:
        value = "".join(
            s
            for s in unicodedata.normalize("NFKD", value.replace("ı", "i").replace("ł", "l").replace("ø", "o"))
            if not unicodedata.combining(s)
        )
    return value.upper() if file.caps else value
