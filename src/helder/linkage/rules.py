"""From scored pairs to outcomes: accepted, review or none. Being right comes before finding all."""

from __future__ import annotations

from helder.linkage.db import Database, sql_file
from helder.linkage.levels import COMPARISONS
from helder.linkage.settings import LinkSettings

# The usual odds in bits against a row being about somebody near the person, where a case has too few rows with a number
# to count them: relatives 1 to 4, twins 1 to 250, a parent or child of one name 1 to 64, a namesake born on the same day
# 1 to 128 among rows that agree on nothing else.
USUAL = {"relative": 2.0, "twin": 8.0, "same_name": 6.0, "namesake": 7.0}
# As many rows as this must be counted before what is counted outweighs what is usual.
USUAL_ROWS = 50.0
FREEDOM = 4.0
# Names and birth dates go together more than chance has it: bits asked extra when nothing else agrees.
CAUTION = 4.0
# Each rival alone may be this much likelier than the threshold says: few links come near more than one.
SLACK = 1.5
CANDIDATES = 5
CANDIDATES_WITHIN = 20.0

LEVELS = ", ".join(f"'{one.name}:' || {{alias}}.{one.name}" for one in COMPARISONS)


def decide(db: Database, scored: str, settings: LinkSettings) -> None:
    """Make tables h_links (shape LINKS) and h_candidates (shape CANDIDATES) from scored pairs and h_exact, h_basis."""
    everything = int(db.one("SELECT count(*) FROM h_basis"))
    numbers = {
        "accept": settings.accept,
        "review": settings.review,
        "margin": settings.margin,
        "reviews": int(settings.review_share * everything),
        "caution": CAUTION,
        "slack": SLACK,
    }
    words = {name: repr(value) for name, value in numbers.items()}
    # Counted odds may be better than the usual ones by no more than FREEDOM bits: what has not been seen may still be.
    db.execute(
        "CREATE OR REPLACE TEMP MACRO h_odds(wrong, good, usual, excess) AS least(usual + "
        f"{FREEDOM}, greatest(0.0, -log2(((coalesce(wrong, 0) + 0.5) * coalesce(excess, 1.0) + {USUAL_ROWS} * pow(2.0, -usual)) "
        f"/ (coalesce(good, 0) + {USUAL_ROWS}))))"
    )
    usual = {name: repr(bits) for name, bits in USUAL.items()}
    db.table("h_rates", sql_file("rates", scored=scored, **usual))
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
