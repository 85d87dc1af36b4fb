"""Every page of the office, found by walking its addresses: what is looked at by axe, by keyboard, and measured.

An address that takes arguments has a way here to be filled from what stands in the office. One without is either none that
shows a page (it answers 405 to who only looks) or an error: a new page cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

SEARCHES: list[tuple[str, dict[str, str]]] = [
    ("/timeline/", {"words": "nothing has this"}),
    ("/audit/", {"what": "timeline.", "since": "x"}),
    ("/audit/", {"subject": "round/none"}),
]
"""What is typed on a page, which leads to an address of its own."""
MORE = [
    "/timeline/?search=of-somebody-else",
    "/no-such-page/",
    "/welcome/no-such-invitation/",
]
"""What an address shows besides: nothing found, and what goes wrong."""
_MADE_UP = {"int": 0, "slug": "none", "str": "none", "uuid": "00000000-0000-0000-0000-000000000000"}


def patterns(
    tree: Any = None, outer: Mapping[str, object] = MappingProxyType({})
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Every address there is, but for the API's (tests/office/test_api_permissions.py), with its arguments' converters."""
    from django.urls import URLPattern, get_resolver

    for one in get_resolver().url_patterns if tree is None else tree:
        named = {**outer, **dict.fromkeys(one.pattern.regex.groupindex), **one.pattern.converters}
        if isinstance(one, URLPattern):
            yield one, named
        elif str(one.pattern) != "api/v1/":
            yield from patterns(one.url_patterns, named)


def found_by(client: Any, page: str, **typed: str) -> str:
    """The address of what `client` finds by what they type on a page."""
    return str(client.post(f"{page}search/", typed)["Location"])


def _registers() -> list[tuple[str, ...]]:
    from helder.office.register import registers

    return [(id,) for id in registers()]


def _entries() -> list[tuple[str, ...]]:
    """The entry of each register with the most to show: it was corrected most often."""
    from helder.office.register import registers

    found = {
        id: shelf.model._default_manager.filter(current=True).order_by("-version", "at").first()
        for id, shelf in registers().items()
    }
    return [(id, str(entry.entry)) for id, entry in found.items() if entry]


def _rounds() -> list[tuple[str, ...]]:
    from helder.office.rounds import planned_rounds

    return [(name,) for name, one in planned_rounds() if one]


def _texts() -> list[tuple[str, ...]]:
    from helder.office.rounds import planned_rounds

    read = [(name, one.texts) for name, one in planned_rounds() if one and one.texts]
    return [(name, *pair) for name, texts in read for pair in sorted(texts.pairs)[:1]]


def _hooks() -> list[tuple[int, ...]]:
    from helder.office.models import Hook

    return [(one.pk,) for one in Hook.objects.all()[:1]]


def _passkeys() -> list[tuple[int, ...]]:
    from allauth.mfa.models import Authenticator

    return [(one.pk,) for one in Authenticator.objects.filter(type="webauthn")[:1]]


def _suppliers() -> list[tuple[str, ...]]:
    from helder.registers.parties.models import Party

    return [(Party.objects.filter(current=True, short="lab").get().short,)]


def _welcome() -> list[tuple[str, ...]]:
    from helder.office import resets
    from helder.office.invitations import invite
    from helder.office.models import User

    return [(invite(["desk"], None),), (resets.offer(User.objects.latest("pk"), None),)]


WAYS: dict[str, Callable[[], list[Any]]] = {
    "list": _registers,
    "search": _registers,
    "add": _registers,
    "import": _registers,
    "entry": _entries,
    "correct": _entries,
    "round": _rounds,
    "round_texts": _texts,
    "hook": _hooks,
    "scan_fill": _suppliers,
    "scan_verdict": _suppliers,
    "welcome": _welcome,
    "mfa_edit_webauthn": _passkeys,
    "mfa_remove_webauthn": _passkeys,
    "openid_connect_login": lambda: [("none",)],
    "openid_connect_callback": lambda: [("none",)],
}
NO_PAGES = {"export", "audit_export", "document", "calendar", "mfa_download_recovery_codes", "receipts"}
"""What is taken along, or is there for programs."""


def addresses(client: Any, tree: Any = None) -> list[str]:
    """Every address that may show a page, as `client`, who may all, finds out. Raises `LookupError` for one it cannot fill."""
    from django.urls import reverse

    from helder.web.account_urls import nothing

    found: list[str] = []
    for one, named in patterns(tree):
        if one.name in NO_PAGES or one.callback is nothing:
            continue
        if not named or one.name in WAYS:
            found += [reverse(one.name, args=arguments) for arguments in ([()] if not named else WAYS[one.name]())]
            continue
        made_up = {name: _MADE_UP[_kind(converter)] for name, converter in named.items()}
        if client.get(reverse(one.name, kwargs=made_up)).status_code != 405:
            raise LookupError(f"how is the page {one.name} ({one.pattern}) filled? Say so in {__name__}.WAYS")
    searches = [found_by(client, page, **typed) for page, typed in SEARCHES] if tree is None else []
    return list(dict.fromkeys([*found, *searches, *MORE]))


def _kind(converter: object) -> str:
    from django.urls.converters import get_converters

    return next((name for name, one in get_converters().items() if type(one) is type(converter)), "str")


def shown(client: Any, among: list[str]) -> list[str]:
    """Those that show `client` a page: no form's target, nothing that leads elsewhere, and one refusal for all."""
    found, refusals = [], 0
    for address in among:
        answer = client.get(address)
        refusals += answer.status_code == 403
        if answer.status_code in (302, 405) or (answer.status_code == 403 and refusals > 1):
            continue
        assert answer.status_code < 500, address
        if answer["Content-Type"].startswith("text/html"):
            found.append(address)
    return found
