"""What every page knows: the case, the menu, the other language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from helder.office.models import User
from helder.office.register import registers
from helder.office.words import say


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Context of all templates. The menu has only what this user may read."""
    user = request.user
    case = settings.HELDER_HEAD
    shelves = [shelf for shelf in registers().values() if isinstance(user, User) and user.may(shelf.id, "read")]
    return {
        "case_title": say(case.title.get("nl", case.id), case.title.get("en", case.id)),
        "menu": shelves,
        "section": request.path.split("/")[1],
        "other_language": say("en", "nl"),
        "other_language_name": say("English", "Nederlands"),
    }
