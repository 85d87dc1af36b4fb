"""A whole made-up case from the held-out generator: register, leaked rows, truth."""

from __future__ import annotations

import random

import pyarrow as pa
from heldout_leak import FAULTS, File, number, plain_row, spoil, write
from heldout_world import Human, World
from tables import Case, leaked, people

LEVELS = tuple(FAULTS)


def _entry(index: int, who: Human, habit: str) -> dict[str, str | None]:
    home = who["home"]
    wed = who["wed"] or ("", "")
    y, m, d = who["birthday"]
    return {
        "person_id": f"H-{index}", "national_id": who["bsn"], "prefix": who["pre"], "surname": who["name"],
        "given_names": " ".join(who["given"]) if habit != "initials" else None,
        "initials": "".join(name[0] for name in who["given"]) if habit != "given" else None,
        "partner_prefix": wed[0], "partner_surname": wed[1], "sex": "F" if who["girl"] else "M",
        "birth_date": f"{y}-{m:02}-{d:02}", "street": home["street"], "house_number": home["house"] + home["extra"],
        "postcode": home["zip"], "city": home["town"], "gp_name": home["doctor"],
        "phone": who["mobile"] if habit != "initials" else None, "email": who["mail"] if habit == "given" else None,
    }  # fmt: skip


def make(
    seed: int, registered: int, rows: int, *, strangers: float, levels: tuple[str, ...] = LEVELS, women: bool = False,
    numbered: float | None = None,
) -> Case:  # fmt: skip
    """`strangers`: share of rows about people outside the register: half anyone, others relatives of registered people,
    twins among them, and one in two hundred a namesake born on the same day. `women`: a register of women only.
    `numbered`: the share of rows with a national number; default: each file has its own."""
    world = World(seed, registered * (2 if women else 1))
    dice = random.Random(f"held-out {seed}")
    if women:
        world.outside += [one for one in world.inside if not one["girl"]]
        world.inside = [one for one in world.inside if one["girl"]]
    habit = dice.choice(["both", "given", "initials"])
    families: dict[int, list[int]] = {}
    for index, who in enumerate(world.inside):
        families.setdefault(who["family"], []).append(index)
    kin = [one for one in world.outside if one["family"] in families]
    files = [File(dice) for _ in range(10)]
    for file in files:
        file.number = file.number if numbered is None else numbered
    made, truth = [], []
    while len(made) < rows:
        level, file = dice.choice(levels), dice.choice(files)
        faults = dice.randint(*FAULTS[level])
        index: int | None = None
        relative: Human | None = None
        if dice.random() < strangers:
            kind, who = _outsider(dice, world, kin)
        else:
            kind, index = "known", dice.randrange(len(world.inside))
            who = world.inside[index]
            others = [one for one in families[who["family"]] if one != index]
            relative = world.inside[dice.choice(others)] if others else None
        for _ in range(dice.choices([1, 2, 3], [90, 8, 2])[0]):
            row = plain_row(world, who, file, dice)
            spoil(world, row, who, dice, faults)
            number(world, row, file, dice, relative, faults)
            made.append(write(row, file, dice))
            truth.append((index, level, kind))
    count = len(made)
    columns = {
        "record": pa.array(range(count), pa.int64()), "person": pa.array([t[0] for t in truth], pa.int64()),
        "level": [t[1] for t in truth], "kind": [t[2] for t in truth],
    }  # fmt: skip
    return Case(people(_entry(i, who, habit) for i, who in enumerate(world.inside)), leaked(made), pa.table(columns))


def _outsider(dice: random.Random, world: World, kin: list[Human]) -> tuple[str, Human]:
    luck = dice.random()
    if luck < 0.005:
        double = dict(dice.choice(world.inside))
        double |= {"bsn": world.bsn(), "home": world.address(), "family": -1, "mobile": "+31600000001", "mail": None}
        return "namesake", double
    if luck < 0.5 and kin:
        return "relative", dice.choice(kin)
    return "stranger", dice.choice(world.outside)
