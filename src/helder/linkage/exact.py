"""The exact pass: a valid national number, and at least one more attribute that agrees; never the number alone."""

from __future__ import annotations

from helder.linkage import comparisons as c
from helder.linkage.db import Database, sql_file


def exact_links(db: Database, people: str, leaked: str, into: str) -> int:
    """Make table `into` (record, person, agrees) of exact links between normalised tables; return how many.

    `agrees` lists what agreed beside the number: birth_date, surname, given_name, address. Leaves h_better (record): rows
    that carry a person's number and fit somebody near that person as well.
    """
    db.table(
        "h_guarded",
        sql_file(
            "exact",
            people=people,
            leaked=leaked,
            sides=c.sides(),
            birth_equal=c.BIRTH_EQUAL,
            birth_close=c.BIRTH_CLOSE,
            surname_agrees=c.SURNAME_AGREES,
            given_shared=c.GIVEN_SHARED,
            given_clash=c.GIVEN_CLASH,
            initials_equal=c.INITIALS_EQUAL,
            initials_prefix=c.INITIALS_PREFIX,
            initials_among=c.INITIALS_AMONG,
            first_initial=c.FIRST_INITIAL,
            given_fit=c.GIVEN_FIT,
            address_equal=c.ADDRESS_EQUAL,
        ),
    )
    db.table("h_better", sql_file("better", exact="h_guarded", people=people, given_fit=c.GIVEN_FIT))
    db.table(
        into,
        """
        SELECT record, person, concat_ws(';',
          CASE WHEN birth IN ('equal', 'close') THEN 'birth_date' END,
          CASE WHEN surname = 'equal' THEN 'surname' END,
          CASE WHEN given IN ('equal', 'close') THEN 'given_name' END,
          CASE WHEN address = 'equal' THEN 'address' END) AS agrees
        FROM h_guarded
        WHERE guarded AND record NOT IN (SELECT record FROM h_better)
        """,
    )
    db.drop("h_guarded")
    return int(db.one(f"SELECT count(*) FROM {into}"))
