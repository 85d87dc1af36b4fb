"""From scored pairs to outcomes: accepted, review or none. Being right comes before finding all."""

from __future__ import annotations

from helder.linkage import comparisons as c
from helder.linkage.db import Database, sql_file
from helder.linkage.levels import COMPARISONS, CROWD
from helder.linkage.settings import LinkSettings

# The usual odds in bits against a row being about somebody near the person, where a case has too few rows with a number
# to count them: relatives 1 to 4, twins 1 to 250, a parent or child of one name 1 to 64, a namesake born on the same day
# 1 to 500.
USUAL = {"relative": 2.0, "twin": 8.0, "same_name": 6.0, "namesake": 9.0}
# As many rows as this must be counted before what is counted outweighs what is usual.
USUAL_ROWS = 50.0
# The usual odds are those of a file with two rows about strangers for every three about somebody.
USUAL_STRANGERS = 2 / 3
FREEDOM = 4.0
# Names and birth dates go together more than chance has it: bits asked extra when nothing else agrees.
CAUTION = 4.0
# An equal number says no more than this against a relative, whose row may carry it (1 in 64), and against anybody, whose
# row may carry an invented one that happens to be somebody's (1 in 64; a trial found 4,249 among 715,000 rows).
BORROWED = 6.0
INVENTED = 6.0
# A valid number that is not the person's is on the person's own row once in 256 times.
MISTAKEN = 8.0
# An equal telephone number or e-mail address says no more than this against a relative (1 in 32), however seldom two of one
# household have one in the file; what the register's households tell counts for no more than 1 in 8, as a relative who is
# not registered may be a child with a parent's.
OWN_CONTACT = 5.0
SHARED_CONTACT = 0.125
# One twin pair in three differs in sex: half of those from two eggs, which are two in three (Weinberg 1901).
TWIN_SEX = 0.58
# However few the rows are, somebody can look at so many.
LEAST_REVIEWS = 20
CANDIDATES = 5
CANDIDATES_WITHIN = 20.0

NEAR = {
    "sides": c.sides(),
    "address_equal": c.ADDRESS_EQUAL,
    "birth_equal": c.BIRTH_EQUAL,
    "birth_close": c.BIRTH_CLOSE,
    "birth_two_parts": c.BIRTH_TWO_PARTS,
    "given_shared": c.GIVEN_SHARED,
    "initials_equal": c.INITIALS_EQUAL,
    "initials_prefix": c.INITIALS_PREFIX,
    "given_clash": c.GIVEN_CLASH,
    "surname_core": c.SURNAME_CORE,
    "contact_known": c.CONTACT_KNOWN,
    "contact_equal": c.CONTACT_EQUAL,
}
LEVELS = ", ".join(f"'{one.name}:' || {{alias}}.{one.name}" for one in COMPARISONS)


def decide(db: Database, scored: str, settings: LinkSettings, prior: float) -> None:
    """Make tables h_links (shape LINKS) and h_candidates (shape CANDIDATES) from scored pairs and h_exact, h_basis."""
    everything = int(db.one("SELECT count(*) FROM h_basis"))
    numbers = {
        "accept": settings.accept,
        "wrong_share": settings.wrong_share,
        "review": settings.review,
        "margin": settings.margin,
        "reviews": max(int(settings.review_share * everything), LEAST_REVIEWS if settings.review_share else 0),
        "caution": CAUTION,
        "borrowed": BORROWED,
        "invented": INVENTED,
        "mistaken": MISTAKEN,
        "prior": prior,
        "own_contact": OWN_CONTACT,
        "twin_sex": TWIN_SEX,
    }
    words = {name: repr(value) for name, value in numbers.items()}
    db.execute(odds_macro())
    usual = {name: repr(bits) for name, bits in USUAL.items()}
    usual |= {"usual_rows": repr(USUAL_ROWS), "usual_strangers": repr(USUAL_STRANGERS)}
    usual |= {"shared_contact": repr(SHARED_CONTACT), "crowd": repr(CROWD)}
    db.table("h_rates", sql_file("rates", scored=scored, **usual, **NEAR))
    db.table("h_rivals", sql_file("rivals", scored=scored, rates="h_rates", **words))
    db.table("h_links", sql_file("decided", rivals="h_rivals", levels=LEVELS.format(alias="s"), **words))
    db.table(
        "h_candidates",
        f"""
        SELECT record, rank::SMALLINT AS rank, person, weight, levels FROM (
          SELECT r.record, r.person, r.weight, concat_ws(';', {LEVELS.format(alias="r")}) AS levels,
            max(r.weight) OVER (PARTITION BY r.record) - r.weight AS behind,
            row_number() OVER (PARTITION BY r.record ORDER BY r.weight DESC, r.person) AS rank
          FROM h_rivals AS r
          WHERE r.record IN (SELECT record FROM h_links WHERE outcome = 'review')
        ) WHERE rank <= {CANDIDATES} AND behind <= {CANDIDATES_WITHIN}
        """,
    )
    db.drop("h_rivals", "h_rates")


def odds_macro() -> str:
    """The macro h_odds: bits of odds that a row which fits a person is about them and not about somebody near them.

    Counted in two ways, of which the more favourable holds: how many rows with a number are about such people for each
    that is about a person (`excess` times as many among rows without one); and what share of strangers is near somebody
    (strangers are `per_found` times the rows with a number that are somebody's), times how many strangers there are for
    each row without a number that fits somebody (`strangers`). The first knows the file's relatives, the second does not
    take a file in which few strangers have a number for one full of relatives.
    """

    def rivals(of_usual: float) -> str:
        return f"(coalesce(wrong, 0) + {USUAL_ROWS} * pow(2.0, -usual) / {of_usual!r})"

    by_rows = f"{rivals(1.0)} * excess / (coalesce(good, 0) + {USUAL_ROWS})"
    by_strangers = f"{rivals(USUAL_STRANGERS)} * strangers / (coalesce(good, 0) * per_found + {USUAL_ROWS})"
    # Counted odds may be better than the usual ones by no more than FREEDOM bits: what has not been seen may still be.
    return (
        "CREATE OR REPLACE TEMP MACRO h_odds(wrong, good, usual, excess, per_found, strangers) AS "
        f"least(usual + {FREEDOM}, greatest(0.0, -log2(least({by_rows}, {by_strangers}))))"
    )
