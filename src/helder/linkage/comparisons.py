"""What two records may agree on: conditions in SQL over columns `x_l` (leaked row) and `x_r` (person).

They are shared by the exact pass and by the Splink model, so that 'the surname agrees' means one thing.
"""

from __future__ import annotations

SURNAME_CORE = "list_has_any(sn_l, sn_r)"
SURNAME_ALL = "sn_l = sn_r"
SURNAME_VARIANT = "list_has_any(snv_l, snv_r)"
SURNAME_SOUND = "list_has_any(snf_l, snf_r)"
SURNAME_AGREES = f"({SURNAME_VARIANT} OR {SURNAME_SOUND})"

GIVEN_EQUAL = "g1_l = g1_r"
# The first name of one is among the names of the other, or both are called by forms of one name ('~' begins a group of
# them). A later name that both have says little: sisters Anna Maria and Elisabeth Maria.
GIVEN_SHARED = (
    "(list_has_any(gv_l, gv_r) AND (list_contains(gv_r, g1_l) OR list_contains(gv_l, g1_r)"
    " OR list_has_any(list_filter(gv_l, lambda name: name[1] = '~'), gv_r)))"
)
# Names alike of which one alone ends in 'a' are no slip of one another: Cornelis and Cornelia.
GIVEN_CLOSE = (
    "(jaro_winkler_similarity(g1_l, g1_r) >= 0.92 AND g1_l[1] = g1_r[1] AND (g1_l[-1] = 'a') = (g1_r[-1] = 'a'))"
)
INITIALS_EQUAL = "(ini_l = ini_r AND length(ini_l) > 1)"
INITIALS_PREFIX = "(starts_with(ini_l, ini_r) OR starts_with(ini_r, ini_l))"
# One side has initials only, and the other, with other initials, is called by a name that begins with the first of them.
CALLED_INITIAL = (
    "(ini_l[1] <> ini_r[1] AND ((g1_r IS NULL AND upper(g1_l[1]) = ini_r[1])"
    " OR (g1_l IS NULL AND upper(g1_r[1]) = ini_l[1])))"
)
INITIALS_AMONG = "(contains(ini_r, ini_l[1]) OR contains(ini_l, ini_r[1]))"
FIRST_INITIAL = "ini_l[1] = ini_r[1]"
# Two given names that are known and have nothing to do with each other.
GIVEN_CLASH = f"(g1_l IS NOT NULL AND g1_r IS NOT NULL AND NOT ({GIVEN_SHARED} OR {GIVEN_CLOSE}))"
# How well given names and initials fit, 0 to 4: names that are shared or alike, the same initials, one the beginning of the
# other, one initial, nothing. Names that clash fit worse than initials alone.
GIVEN_FIT = (
    f"CASE WHEN {GIVEN_SHARED} THEN 4 WHEN {GIVEN_CLASH} THEN 0 WHEN {GIVEN_CLOSE} OR ini_l = ini_r THEN 3 "
    f"WHEN {INITIALS_PREFIX} THEN 2 WHEN {FIRST_INITIAL} THEN 1 ELSE 0 END"
)

BIRTH_EQUAL = "bd_l = bd_r"
BIRTH_SWAPPED = "bp_l = bp_r[1:5] || bp_r[9:10] || '-' || bp_r[6:7]"
BIRTH_EDIT = "(damerau_levenshtein(bd_l, bd_r) = 1 OR bd_l[3:10] = bd_r[3:10])"
BIRTH_YEAR_MONTH = "(bp_l[1:7] = bp_r[1:7] AND bp_l[6:7] <> '00' AND (bd_l IS NULL OR bd_r IS NULL))"
_UNSURE_DAY = "('00-00', '01-01', '07-01')"
BIRTH_YEAR = f"(bp_l[1:4] = bp_r[1:4] AND (bp_l[6:10] IN {_UNSURE_DAY} OR bp_r[6:10] IN {_UNSURE_DAY}))"
# One part written wrong. A year that is off by a generation is a parent's or child's, once in 365 times on one's own day.
BIRTH_TWO_PARTS = (
    "((bd_l[1:4] = bd_r[1:4])::INTEGER + (bd_l[6:7] = bd_r[6:7])::INTEGER + (bd_l[9:10] = bd_r[9:10])::INTEGER = 2"
    " AND abs(bd_l[1:4]::INTEGER - bd_r[1:4]::INTEGER) < 15)"
)
BIRTH_CLOSE = f"({BIRTH_SWAPPED} OR {BIRTH_EDIT} OR {BIRTH_YEAR_MONTH} OR {BIRTH_YEAR})"

ADDRESS_CODE = "(pc_l = pc_r AND hn_l = hn_r)"
ADDRESS_STREET = "(st_l = st_r AND hn_l = hn_r AND ct_l = ct_r)"
ADDRESS_EQUAL = f"({ADDRESS_CODE} OR {ADDRESS_STREET})"

CONTACT_KNOWN = "((ph_l IS NOT NULL AND ph_r IS NOT NULL) OR (em_l IS NOT NULL AND em_r IS NOT NULL))"
CONTACT_EQUAL = "coalesce(ph_l = ph_r OR em_l = em_r, false)"

COLUMNS = (
    "nid", "digits", "nid_ok", "nid_sure", "sn", "snv", "snf", "ini", "g1", "gv", "bp", "bd", "pc", "area", "hn", "st", "ct",
    "gp", "ph", "em", "sex",
)  # fmt: skip


def sides(columns: tuple[str, ...] = COLUMNS, left: str = "l", right: str = "r") -> str:
    """`l.x AS x_l, r.x AS x_r` for every column."""
    return ", ".join(f"{left}.{c} AS {c}_l, {right}.{c} AS {c}_r" for c in columns)
