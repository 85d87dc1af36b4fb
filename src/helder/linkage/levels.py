"""The comparisons of the model and their levels, best first: what agrees, how well, and how rare what agrees is.

A level is a condition over `x_l` (leaked row) and `x_r` (person). Levels of one `family` say the same ('equal') of values
of different rarity: how often a true pair gets there is learnt for the family, and divided over its levels by how many
people have values that rare. So the model needs no correction afterwards for common names, and its weights are few.
"""

from __future__ import annotations

from dataclasses import dataclass

from helder.linkage import comparisons as c

SURNAME_BANDS = (1e-5, 1e-4, 1e-3)
GIVEN_BANDS = (1e-3, 1e-2)
BIRTH_BAND = 3e-4
CROWD = 8


@dataclass(frozen=True)
class Level:
    """One level: its name, condition (None: all else) and family."""

    name: str
    sql: str | None
    family: str = ""

    @property
    def group(self) -> str:
        """The family, or the level itself when it is alone."""
        return self.family or self.name


@dataclass(frozen=True)
class Comparison:
    """One comparison: when it says nothing (`null`), and its levels, best first."""

    name: str
    null: str
    levels: tuple[Level, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Level names, best first."""
        return tuple(level.name for level in self.levels)


def _missing(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


NATIONAL_ID = Comparison(
    "national_id",
    _missing("digits"),
    (
        Level("equal", "nid_l = nid_r"),
        # The check finds every single slip, so a number that passes it is not a slip of another.
        Level("one_slip", "NOT nid_sure_l AND damerau_levenshtein(digits_l, digits_r) = 1"),
        Level("two_slips", "NOT nid_sure_l AND damerau_levenshtein(digits_l, digits_r) = 2"),
        Level("both_valid", "nid_sure_l AND nid_sure_r"),
        Level("other", None),
    ),
)
SURNAME = Comparison(
    "surname",
    _missing("sn"),
    (
        Level("equal_rare", "list_has_any(sn0_l, sn0_r)", "equal"),
        Level("equal_seldom", "list_has_any(sn1_l, sn1_r)", "equal"),
        Level("equal_usual", "list_has_any(sn2_l, sn2_r)", "equal"),
        Level("equal_common", c.SURNAME_CORE, "equal"),
        Level("variant", c.SURNAME_VARIANT),
        Level("sound", c.SURNAME_SOUND),
        Level("close", "h_nearest(sn_l, sn_r) >= 0.92"),
        Level("alike", "h_nearest(sn_l, sn_r) >= 0.84"),
        Level("other", None),
    ),
)
GIVEN = Comparison(
    "given_name",
    _missing("ini"),
    (
        Level("equal_rare", f"{c.GIVEN_EQUAL} AND g1b_r = 0", "equal"),
        Level("equal_usual", f"{c.GIVEN_EQUAL} AND g1b_r = 1", "equal"),
        Level("equal_common", c.GIVEN_EQUAL, "equal"),
        Level("nickname", c.GIVEN_SHARED),
        Level("close", c.GIVEN_CLOSE),
        Level("initials", f"{c.INITIALS_EQUAL} AND NOT {c.GIVEN_CLASH}"),
        Level("initial", f"({c.INITIALS_PREFIX} OR {c.CALLED_INITIAL}) AND NOT {c.GIVEN_CLASH}"),
        Level("among", f"{c.INITIALS_AMONG} AND {c.FIRST_INITIAL} IS NOT TRUE AND NOT {c.GIVEN_CLASH}"),
        Level("first_letter", c.FIRST_INITIAL),
        Level("other", None),
    ),
)
BIRTH = Comparison(
    "birth_date",
    _missing("bp"),
    (
        Level("equal", f"{c.BIRTH_EQUAL} AND NOT bdc_r", "equal"),
        Level("equal_common", c.BIRTH_EQUAL, "equal"),
        Level("swapped", c.BIRTH_SWAPPED),
        Level("slip", c.BIRTH_EDIT),
        Level("month", c.BIRTH_YEAR_MONTH),
        Level("year", c.BIRTH_YEAR),
        Level("two_parts", c.BIRTH_TWO_PARTS),
        Level("other", None),
    ),
)
ADDRESS = Comparison(
    "address",
    "(pc_l IS NULL AND st_l IS NULL AND ct_l IS NULL) OR (pc_r IS NULL AND st_r IS NULL AND ct_r IS NULL)",
    (
        Level("equal", f"{c.ADDRESS_EQUAL} AND NOT crowded_r", "equal"),
        Level("equal_crowded", c.ADDRESS_EQUAL, "equal"),
        Level("nearly", "hn_l = hn_r AND (st_l = st_r OR damerau_levenshtein(pc_l, pc_r) = 1)"),
        Level("street", "pc_l = pc_r OR (st_l = st_r AND ct_l = ct_r)"),
        Level("area", "area_l = area_r"),
        Level("city", "ct_l = ct_r"),
        Level("other", None),
    ),
)
CONTACT = Comparison(
    "contact",
    "(ph_l IS NULL OR ph_r IS NULL) AND (em_l IS NULL OR em_r IS NULL)",
    (Level("equal", "ph_l = ph_r OR em_l = em_r"), Level("other", None)),
)
# A practice lies near its patients: it says something only where the address does not.
PRACTICE = Comparison(
    "gp_name",
    f"{_missing('gp')} OR coalesce(area_l = area_r, false) OR coalesce(ct_l = ct_r, false)",
    (Level("equal", "gp_l = gp_r"), Level("other", None)),
)
SEX = Comparison(
    "sex",
    "sex_l IS NULL OR sex_r IS NULL OR sex_l NOT IN ('F', 'M') OR sex_r NOT IN ('F', 'M')",
    (Level("equal", "sex_l = sex_r"), Level("other", None)),
)

COMPARISONS = (NATIONAL_ID, SURNAME, GIVEN, BIRTH, ADDRESS, CONTACT, PRACTICE, SEX)
COLUMNS = (*c.COLUMNS, "sn0", "sn1", "sn2", "g1b", "bdc", "crowded")
