"""A whole made-up case from the training generator: register, leaked rows, truth."""

from __future__ import annotations

import random

import pyarrow as pa
from tables import Case, leaked, people
from training_damage import LEVELS, Row, leak, style
from training_people import Person, Population


def _register_row(number: int, person: Person) -> Row:
    home = person.home
    return {
        "person_id": f"T{number:07d}", "national_id": person.number, "given_names": person.given,
        "initials": person.initials, "prefix": person.particle, "surname": person.surname, "sex": person.sex,
        "partner_prefix": person.partner[0] if person.partner else None,
        "partner_surname": person.partner[1] if person.partner else None,
        "birth_date": "{:04d}-{:02d}-{:02d}".format(*person.born), "street": home.street, "house_number": home.house,
        "house_addition": home.addition, "postcode": home.postcode, "city": home.city, "gp_name": home.practice,
        "phone": home.phone,
    }  # fmt: skip


def make(
    seed: int, registered: int, rows: int, *, strangers: float, levels: tuple[str, ...] = LEVELS, exact: float = 0.5,
    namesakes: float = 0.004,
) -> Case:  # fmt: skip
    """`strangers`: share of rows about people who are not registered; `exact`: share of rows with a number."""
    population = Population(seed, registered)
    rng = random.Random(f"training rows {seed}")
    styles = [style(rng) for _ in range(12)]
    by_home: dict[int, list[int]] = {}
    for index, person in enumerate(population.people):
        by_home.setdefault(id(person.home), []).append(index)
    near = [one for one in population.strangers if id(one.home) in by_home]
    made: list[Row] = []
    truth: list[tuple[int | None, str, str]] = []
    for _ in range(rows):
        level, how = rng.choice(levels), rng.choice(styles)
        has_number = rng.random() < exact
        if rng.random() < strangers:
            kind, person = _stranger(rng, population, near, namesakes)
            made.append(leak(population, person, how, rng, level, exact=has_number))
            truth.append((None, level, kind))
            continue
        index = rng.randrange(len(population.people))
        person = population.people[index]
        relatives = by_home[id(person.home)]
        relative = population.people[rng.choice(relatives)] if len(relatives) > 1 else None
        made.append(leak(population, person, how, rng, level, exact=has_number, relative=relative))
        truth.append((index, level, "known"))
    register = [_register_row(index, person) for index, person in enumerate(population.people)]
    return Case(
        people(register),
        leaked(made),
        pa.table(
            {
                "record": pa.array(range(rows), pa.int64()),
                "person": pa.array([one[0] for one in truth], pa.int64()),
                "level": [one[1] for one in truth],
                "kind": [one[2] for one in truth],
            }
        ),
    )


def _stranger(rng: random.Random, population: Population, near: list[Person], namesakes: float) -> tuple[str, Person]:
    if rng.random() < namesakes:
        known = rng.choice(population.people)
        twin = rng.choice(population.strangers)
        return "namesake", Person(
            twin.number,
            known.given,
            known.particle,
            known.surname,
            None,
            known.born,
            known.sex,
            twin.home,
            known.initials,
        )
    if near and rng.random() < 0.25:
        return "relative", rng.choice(near)
    return "stranger", rng.choice(population.strangers)
