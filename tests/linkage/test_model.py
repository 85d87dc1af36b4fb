"""The model: shipped, saved, learnt; sober weights whatever it met."""

import datetime as dt
import json
import math

import pytest

from helder.countries import country
from helder.domain.errors import LinkageError
from helder.domain.tables import PEOPLE
from helder.linkage.db import Database, sql_file
from helder.linkage.frequencies import value_tables, with_bands
from helder.linkage.levels import COMPARISONS
from helder.linkage.model import LOUDEST, QUIETEST, Model, default_model
from helder.linkage.splinking import score
from linkage.small import Linked, connected, leaked, linked, people, shipped, table

HEADS = (
    "Bram",
    "Dros",
    "Fels",
    "Gorn",
    "Hulk",
    "Kets",
    "Lomp",
    "Meur",
    "Nard",
    "Plet",
    "Rims",
    "Stug",
    "Trop",
    "Vlek",
    "Wist",
)
TAILS = ("ema", "inga", "stra", "mans", "veld", "horst", "dijk", "loo", "beek", "akker")
GIVEN = ("Anna", "Bert", "Carla", "Dirk", "Eva", "Frank", "Gerda", "Hugo", "Ine", "Joost", "Karin", "Leo")


def crowd(count):
    """Made-up people, all different."""
    return people(
        *(
            {
                "surname": HEADS[number % 15] + TAILS[number // 15 % 10],
                "given_names": GIVEN[number * 7 % 12],
                "birth_date": str(dt.date(1930, 1, 1) + dt.timedelta(days=number * 41 % 30_011)),
                "postcode": f"{1000 + number * 13 % 9000} AB",
                "house_number": str(number % 97 + 1),
                "city": f"Plaats{TAILS[number % 10]}",
                "sex": "FM"[number * 7 % 2],
            }
            for number in range(count)
        )
    )


def test_the_shipped_model_loads_and_survives_being_saved():
    model = default_model()
    again = Model.from_json(json.loads(json.dumps(model.to_json())))
    assert again.weights() == model.weights()
    assert again.to_json() == model.to_json()
    assert again.prior == model.prior


def test_every_level_has_a_sober_weight_of_its_own():
    for comparison in COMPARISONS:
        weights = default_model().weights()[comparison.name]
        assert tuple(weights) == comparison.names
        for weight in weights.values():
            assert math.isfinite(weight)
            assert QUIETEST <= weight <= LOUDEST + 0.01
        assert len({*weights.values(), 0.0}) == len(weights) + 1


@pytest.mark.parametrize("chance", [0.0, 1e-300, 1.0])
@pytest.mark.parametrize("agreement", [0.0, 1e-300, 1.0])
def test_levels_never_met_are_clamped(chance, agreement):
    saved = default_model().to_json()
    for name in ("m", "share"):
        saved[name] = {one: dict.fromkeys(inner, agreement) for one, inner in saved[name].items()}
    saved["u"] = {one: dict.fromkeys(inner, chance) for one, inner in saved["u"].items()}
    for weights in Model.from_json(saved).weights().values():
        assert all(math.isfinite(weight) and QUIETEST <= weight <= LOUDEST + 0.01 for weight in weights.values())
        assert len({*weights.values(), 0.0}) == len(weights) + 1


def test_agreeing_speaks_for_and_differing_against():
    weights = default_model().weights()
    for name in ("surname", "given_name", "birth_date", "address"):
        values = weights[name]
        assert values["other"] < 0 < next(iter(values.values()))
    assert weights["surname"]["equal_rare"] > weights["surname"]["equal_common"]
    assert weights["national_id"]["one_slip"] > weights["national_id"]["two_slips"]
    assert weights["national_id"]["both_valid"] < 0


def test_more_people_or_fewer_matches_make_any_one_of_them_less_likely():
    model = default_model()
    assert model.with_prior(0.5, 1000).prior > model.with_prior(0.5, 100_000).prior
    assert model.with_prior(0.9, 1000).prior > model.with_prior(0.1, 1000).prior
    assert model.with_prior(0.5, 1).prior == 0.0
    for share in (0.0, 1.0):
        assert math.isfinite(model.with_prior(share, 0).prior)


SPOILT = {
    "another format": {"format": 2},
    "a comparison gone": {"m": {}},
    "no table": {"u": None},
    "no number": {"match_share": "much"},
}


@pytest.mark.parametrize("change", SPOILT.values(), ids=SPOILT.keys())
def test_a_saved_model_of_another_version_is_refused_with_what_to_do(change):
    with pytest.raises(LinkageError, match=r"not of this version.*Delete it"):
        Model.from_json({**default_model().to_json(), **change})
    with pytest.raises(LinkageError):
        Model.from_json({})


def rows_of(register):
    """Rows about three in four of them, without a number, some moved or with a slip; one in four about nobody."""
    rows = []
    for person in register[::8]:
        number = person["person"]
        row = {
            name: person[name]
            for name in ("surname", "given_names", "birth_date", "postcode", "house_number", "city", "sex")
        }
        if number % 32 == 0:
            row = {**row, "surname": row["surname"][::-1], "birth_date": "2023-01-02", "postcode": "9999 ZZ"}
        elif number % 40 == 0:
            row = {**row, "postcode": None, "city": "Elders"}
        elif number % 56 == 0:
            row = {**row, "surname": row["surname"][:-1]}
        rows.append(row)
    return leaked(*rows)


@pytest.fixture(scope="module")
def learnt() -> Linked:
    register = crowd(3_600)
    return linked(register, rows_of(register), trained=True)


def test_training_learns_from_the_case_itself(learnt):
    model, old = learnt.result.model, default_model().to_json()
    assert model["people"] == 3_600
    assert 0.6 <= model["match_share"] <= 0.9
    assert model["m"] != old["m"]
    assert model["u"] != old["u"]
    for weights in Model.from_json(model).weights().values():
        assert all(math.isfinite(weight) and QUIETEST <= weight <= LOUDEST + 0.01 for weight in weights.values())


def test_what_was_learnt_links_right_and_leaves_strangers_alone(learnt):
    found = learnt.people()
    assert len(found) >= 250
    assert all(person == 8 * record for record, person in found.items())
    assert not any(person % 32 == 0 for person in found.values())


def test_a_saved_model_is_used_as_it_is_and_gives_the_same_links(learnt):
    register = crowd(3_600)
    again = linked(register, rows_of(register), model=json.loads(json.dumps(learnt.result.model)))
    assert again.result.model == learnt.result.model
    assert again.links == learnt.links
    assert again.candidates == learnt.candidates


def test_too_few_rows_teach_nothing_but_how_many_match():
    register = crowd(40)
    model, old = linked(register, rows_of(register), trained=True).result.model, default_model().to_json()
    assert (model["m"], model["u"]) == (old["m"], old["u"])
    assert model["people"] == 40


@pytest.mark.parametrize("register,rows", [(crowd(0), rows_of(crowd(9))), (crowd(9), []), (crowd(0), [])])
def test_empty_tables_are_no_trouble(register, rows):
    found = linked(register, rows, trained=True)
    assert [(row["outcome"], row["reason"]) for row in found.links] == [("none", "no-candidate")] * len(rows)
    assert found.candidates == []


def test_progress_names_steps_and_shares_only():
    told: list[tuple[str, float]] = []
    linked(crowd(2), leaked({"surname": "Geheim"}), model=shipped(), on_progress=lambda *one: told.append(one))
    assert [step for step, _ in told] == [
        "normalise",
        "exact",
        "candidates",
        "frequencies",
        "compare",
        "decide",
        "done",
    ]
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_where_there_is_no_pair_splink_is_not_asked_and_the_table_has_the_same_shape():
    register = crowd(9)
    shapes = []
    with connected() as con:
        con.register("people", table(PEOPLE, register))
        db = Database(con)
        db.speak(country("nl"))
        db.table("h_people", sql_file("normalise", source="people", key="person"))
        value_tables(db, "h_people")
        db.table("h_nodes", with_bands("h_people", "CASE t.unique_id WHEN 8 THEN -1 ELSE t.unique_id END"))
        for pairs in (1, 0):
            db.table("h_keys", f"SELECT -1 AS join_key_l, 1 AS join_key_r, '0' AS match_key LIMIT {pairs}")
            score(db, default_model(), "h_nodes", "h_keys", "h_scored")
            assert db.one("SELECT count(*) FROM h_scored") == pairs
            shapes.append([column[:2] for column in db.rows("DESCRIBE h_scored")])
    assert shapes[0] == shapes[1]
