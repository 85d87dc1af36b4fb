"""Notifications as a register: its entries are the team's answers to the template."""

from collections.abc import Mapping
from typing import Any

from helder.office.models import User
from helder.office.register import Register
from helder.registers.notifications.filling import filled
from helder.registers.notifications.models import Answer, Notification
from helder.registers.notifications.papers import offers
from helder.registers.notifications.sending import records
from helder.registers.notifications.standing import departed


def overview(query: Mapping[str, str], user: User) -> Mapping[str, Any]:
    """The template as filled now, what is missing, and what was sent."""
    fields = filled()
    return {
        "fields": fields,
        "absent": [one for one in fields if one.missing],
        "departed": departed(),
        "sent": list(Notification.objects.select_related("by")),
    }


REGISTER = Register(
    id="notifications",
    names=("Meldingen", "Notifications"),
    intro=(
        "De melding bij de toezichthouder (AVG art. 33): wat de zaak zelf al zegt, wat het team invult, en wat nog ontbreekt.",
        "The notification to the authority (GDPR art. 33): what the case itself says, what the team fills in, and what is missing.",
    ),
    model=Answer,
    columns=("field", "told", "exactness", "source"),
    labels={"told": ("Antwoord", "Answer")},
    search=("value", "source"),
    order=("field", "at"),
    key="field",
    template="notifications/list.html",
    overview=overview,
    offers=offers,
    departed=departed,
    records=records,
    scopes=("read", "add", "correct", "decide"),
    place=25,
)
