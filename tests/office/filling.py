"""Fills the office of the case that HELDER_CASE names, as a program of its own: every register, colleagues and a hook.

Says as JSON where to look: an entry of each register. A browser's test needs pages with something on them.
"""

from __future__ import annotations

import json


def main() -> None:
    """Fill it."""
    import django

    django.setup()
    from helder.office import entries, hooks
    from helder.office.invitations import invite
    from helder.office.models import User
    from helder.office.register import registers
    from helder.web.fill import fill_demo

    fill_demo()
    author = User.objects.create_user("joris", "Joris", ["coordinator", "privacy_officer"])
    shelves = registers()
    more = {
        "notifications": {"field": 3, "value": "a"},
        "breaches": {
            "name": "b", "found_on": "2025-07-06", "facts": "f", "effects": "e", "action": "a", "notified": "not_yet",
        },
        "clocks": {"duty": "gdpr_33_1", "party": "lab", "to": "ap", "started": "2025-08-06T12:00Z", "source": "s"},
    }  # fmt: skip
    for id, content in more.items():
        made = entries.add(shelves[id].model, author, content)
        entries.correct(shelves[id].model, author, made.entry, {}, "seen again", 1)
    invite(["supplier"], author, "lab")
    hooks.subscribe(author, "the authority's system", "https://example.org/hook", ["timeline", "clocks"])
    found = {id: shelf.model._default_manager.filter(current=True).first() for id, shelf in shelves.items()}
    print(json.dumps({id: str(entry.entry) for id, entry in found.items() if entry}))


if __name__ == "__main__":
    main()
