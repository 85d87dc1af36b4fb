"""Dutch names: prefixes in any notation, salutations, spellings that sound alike, and names of names."""

from __future__ import annotations

import csv
from importlib import resources

from helder.countries.base import words

# Prefixes of the Dutch table of name prefixes (BRP, Landelijke Tabel 36) as single words, those of names that came from
# elsewhere, and abbreviations: v.d., v/d, vd.
PREFIXES = words(
    "van von vom v d t s der den dem de des du da das do dos di del della degli dal la le les lo los las l el al "
    "ten ter te tot toe tho thoe het in op aan bij onder over uit uijt voor vor unter zu zum zur ait bin bint ibn "
    "abu abou af av vd vdr vdn vande vanden vander vant opt opde opden inde inden aande auf am im ver"
)

GLUED_PREFIXES = words("vander vanden vande vant van vdr vdn vd opden opde inden ter ten")

TITLES = words(
    "mw mevr mevrouw mej mejuffrouw dhr heer hr drs dr ir ing mr prof bc bsc msc llm phd jhr jkvr baron barones fam "
    "familie geb geboren gehuwd gescheiden ev echtgenote echtgenoot wed weduwe weduwnaar jr sr junior senior mrs ms "
    "miss sir aka alias"
)

UNKNOWN_WORDS = (
    "onbekend", "onb", "onbek", "niet bekend", "nb", "n.b.", "nvt", "n.v.t.", "n.v.t", "n/a", "na", "unknown", "null",
    "none", "nil", "leeg", "niet ingevuld", "niet van toepassing", "?", "??", "???", ".", "..",
)  # fmt: skip

NULL_WORDS = (
    *UNKNOWN_WORDS, "geen", "zie dossier", "idem", "test", "x", "xx", "xxx", "xxxx", "-", "--", "---", "*", "0", "00",
    "000",
)  # fmt: skip

FOLDS = (
    ("tsj", "c"), ("sch", "s"), ("sz", "s"), ("sj", "s"), ("sh", "s"), ("cz", "c"), ("ch", "g"), ("gh", "g"),
    ("kh", "g"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("dj", "j"), ("ck", "k"), ("qu", "kw"), ("q", "k"), ("x", "ks"),
    ("ij", "y"), ("ei", "y"), ("ey", "y"), ("ay", "y"), ("ai", "y"), ("au", "u"), ("ou", "u"), ("oe", "u"), ("ue", "u"),
    ("uu", "u"), ("aa", "a"), ("ae", "a"), ("ee", "e"), ("ie", "i"), ("oo", "o"), ("j", "i"), ("y", "i"), ("ii", "i"),
    ("c", "k"), ("z", "s"), ("v", "f"), ("w", "f"), ("kk", "k"), ("ss", "s"), ("nn", "n"), ("ll", "l"), ("tt", "t"),
    ("rr", "r"), ("mm", "m"), ("pp", "p"), ("ff", "f"), ("bb", "b"), ("dd", "d"), ("gg", "g"), ("h", ""),
)  # fmt: skip

MONTHS = {
    "jan": 1, "feb": 2, "mrt": 3, "maa": 3, "mar": 3, "mae": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip


def nicknames() -> dict[str, tuple[str, ...]]:
    """Given name to the groups it belongs to, from nicknames.csv: 'bert' belongs to albertus, lambertus and others."""
    groups: dict[str, list[str]] = {}
    text = resources.files(__package__).joinpath("nicknames.csv").read_text(encoding="utf-8")
    for line in csv.DictReader(text.splitlines()):
        for name in dict.fromkeys(words(line["names"])):
            groups.setdefault(name, []).append(line["group"])
    return {name: tuple(sorted(found)) for name, found in groups.items()}
