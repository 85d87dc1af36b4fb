"""What a round makes of returned mail: no letter goes again by the way that failed, and no one is written to twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from helder.delivery.returns import Returned, write_returns
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet
from helder.pipeline.planning import plan
from helder.rounds.freeze import LETTERS_FILE, PEOPLE_FILE
from rounds.towns import a_round, person, tell, write

KEYS = Keys(b"p" * 32)
NOW = dt.datetime(2025, 9, 15, 9, tzinfo=dt.UTC)
DAY = dt.date(2025, 9, 20)

# Who, the next step of their returned letter ('': it arrived), and what a round to who was not told yet does.
EVERYONE = {
    "arrived": (person("arrived"), "", None),
    "dead": (person("dead"), "deceased", ("suppressed", "returned_deceased")),
    "gone": (person("gone"), "new_address", ("unreachable", "returned_address")),
    "found": (person("found"), "new_address", ("letter", "")),
    "lost": (person("lost"), "unreachable", ("unreachable", "returned_address")),
    "refuser": (person("refuser"), "other_channel", ("suppressed", "returned_other")),
    "mailed": (person("mailed", email="a@post.example"), "other_channel", ("letter", "returned_email")),
    "bounced": (
        person("bounced", no_post="yes", email="b@post.example"),
        "other_channel",
        ("letter", "no_post_only_post"),
    ),
    "wet": (person("wet"), "again", ("letter", "")),
    "helped": (person("helped"), "done", ("suppressed", "returned_done")),
    "twice_a": (person("twice_a", national_id="999990019", surname="Same", house_number="3"), "", None),
    "twice_b": (
        person("twice_b", national_id="999990019", surname="Same", house_number="3"),
        None,
        ("suppressed", "duplicate"),
    ),
}


def rows(folder: Path, round: str, file: str) -> dict[str, dict[str, object]]:
    """The rows of a list of a round, by the person's own id; people stand in the order of their ids."""
    names = sorted(EVERYONE)
    found = read_parquet([folder / "rounds" / round / file], KEYS).to_pylist()
    return {names[row["person"]]: row for row in found}


@pytest.fixture(scope="module")
def replanned(tmp_path_factory) -> Path:
    """Round one was handed over, its returned mail taken in, one new address found; then round two is planned."""
    folder = tmp_path_factory.mktemp("came_back") / "case"
    people = [EVERYONE[name][0] for name in sorted(EVERYONE)]
    rounds = a_round() + a_round("two", date="2025-10-15", more='who = "new"')
    write(folder, people, rounds=rounds)
    plan(folder, KEYS, "one", now=NOW)
    letters = rows(folder, "one", LETTERS_FILE)
    back = {str(letters[name]["reference"]): step for name, (_, step, _) in EVERYONE.items() if step}
    write_returns(
        folder / "rounds" / "one",
        KEYS,
        {reference: Returned(reference, "other", step, DAY, "0" * 64) for reference, step in back.items()},
    )
    status = {ref: "unreachable" if step == "unreachable" else "returned" for ref, step in back.items()}
    tell(folder, KEYS, "one", told_on=dt.date(2025, 9, 16), status=status)
    people[sorted(EVERYONE).index("found")]["street"] = "Nieuwstraat"
    write(folder, people, rounds=rounds)
    plan(folder, KEYS, "two", now=NOW)
    return folder


@pytest.mark.parametrize(("name", "expected"), [(name, want) for name, (_, _, want) in EVERYONE.items()])
def test_what_becomes_of_the_next_letter(replanned, name, expected):
    row = rows(replanned, "two", PEOPLE_FILE).get(name)
    assert (row and (row["outcome"], row["policy"])) == expected


def test_the_next_letter_goes_another_way(replanned):
    before, after = (rows(replanned, round, LETTERS_FILE) for round in ("one", "two"))
    assert set(after) == {"found", "mailed", "bounced", "wet"}
    assert (before["mailed"]["channel"], after["mailed"]["channel"]) == ("post", "email")
    assert (before["bounced"]["channel"], after["bounced"]["channel"]) == ("email", "post")
    assert before["found"]["address"] != after["found"]["address"]


def test_a_letter_that_a_channel_refused_asks_for_another(replanned):
    """It came back in no file: only the told-record knows that it did not arrive."""
    refused = rows(replanned, "one", LETTERS_FILE)["arrived"]["reference"]
    tell(replanned, KEYS, "one", told_on=dt.date(2025, 9, 16), status={str(refused): "returned"})
    plan(replanned, KEYS, "two", now=NOW)
    assert rows(replanned, "two", PEOPLE_FILE)["arrived"]["policy"] == "returned_other"
