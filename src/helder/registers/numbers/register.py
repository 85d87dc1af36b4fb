"""Numbers as a register."""

from helder.office.register import Register
from helder.registers.numbers.citing import citer, facts, overview
from helder.registers.numbers.models import Number

REGISTER = Register(
    id="numbers",
    names=("Getallen", "Numbers"),
    intro=(
        "Getallen die naar buiten gaan, elk vast aan zijn telling en peildatum. Verandert het bewijs, dan staat hier wat verouderd is en waar.",
        "Numbers that leave the house, each bound to its query and as-of date. When the evidence changes, what is stale stands here, and where.",
    ),
    model=Number,
    columns=("query", "value", "unit", "exactness", "as_of", "name"),
    search=("name", "query"),
    order=("name", "at"),
    key="query",
    template="numbers/list.html",
    overview=overview,
    facts=facts,
    citer=citer,
    place=68,
)
