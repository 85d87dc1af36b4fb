"""Rounds of letters: how each stands, what is to be approved, and the signatures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from helder.domain.counted import Counted
from helder.domain.errors import CaseError, HelderError, RoundError
from helder.office import resets
from helder.office.decisions import needs
from helder.office.invitations import used_resets
from helder.office.letter_facts import behind
from helder.office.models import User
from helder.office.rounds import Kind, OpenRound, RefusedError, open_round, planned_rounds, sign, why_not
from helder.office.views import acting
from helder.office.words import grouped, how_long, later, say
from helder.rounds.authors import plain
from helder.rounds.gate import NEEDED
from helder.rounds.policies import BY_ID
from helder.rounds.record import LEFT_THE_HOUSE
from helder.rounds.words import PARTS, STATES
from helder.web.chart import Part, bars

PAGE = 5
SMALL = 11
LOOKS = {
    "planned": "neutral",
    "checked": "warning",
    "approved": "safe",
    "produced": "safe",
    "leaving": "warning",
    "handed_over": "safe",
    "closed": "neutral",
}
# Here people approve: a checked round waits for them.
_STATES = STATES | {"checked": ("gecontroleerd, wacht op goedkeuring", "checked, waits for approval")}
KINDS = {
    "approval": ("goedgekeurd", "approved"),
    "reader_test": ("lezerstoets gemeld", "reader test reported"),
    "waiver": ("zonder lezerstoets", "without a reader test"),
}


class Words(forms.Form):
    """The report of a reader test, or why there is none."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    words = forms.CharField(label=later("Verslag of reden", "Report or reason"), max_length=400)


def state_of(one: OpenRound, state: str = "") -> tuple[str, str]:
    """A round's state in words, now or at a step, and the look of its badge; one that never leaves waits for nobody."""
    state = state or one.record.state
    if one.standing.round.what_if:
        return say(*STATES[state]), "neutral"
    return say(*_STATES[state]), LOOKS[state]


def _one(name: str) -> OpenRound:
    """Raises `Http404` for a round that is not there or was not planned."""
    try:
        return open_round(name)
    except (CaseError, RoundError):
        raise Http404 from None


def label_of(one: OpenRound) -> str:
    """The round's name in the language of the request."""
    label = one.standing.round.label
    return say(label.get("nl") or next(iter(label.values())), label.get("en") or next(iter(label.values())))


def outcome(one: OpenRound) -> list[Part]:
    """People in the round = letters + suppressed + unreachable."""
    counts = one.record.counts
    return [
        Part("letters", say("brief", "letter"), counts["letters"]),
        Part("suppressed", say("geen brief, met reden", "no letter, for a reason"), counts["suppressed"]),
        Part("unreachable", say("niet te bereiken", "cannot be reached"), counts["unreachable"]),
    ]


@needs("read", "rounds")
@require_GET
def round_list(request: HttpRequest) -> HttpResponse:
    """All rounds of the case."""
    rows = []
    for name, one in planned_rounds():
        row: dict[str, Any] = {"name": name, "one": one}
        if one:
            row |= {"label": label_of(one), "state": state_of(one), "counts": one.record.counts}
            row |= {"approvals": len(one.approvals), "took": how_long(one.took) if one.took else ""}
        rows.append(row)
    return render(request, "rounds/list.html", {"rows": rows, "needed": NEEDED})


@needs("read", "rounds")
@require_GET
def round_view(request: HttpRequest, round: str) -> HttpResponse:
    """One round: its numbers, its letters, who signed, and what it waits for."""
    return _page(request, _one(round))


def _page(request: HttpRequest, one: OpenRound, refusal: str = "") -> HttpResponse:
    user, counts = acting(request), one.record.counts
    reasons = [
        (say(BY_ID[rule].nl, BY_ID[rule].en), people, say(BY_ID[rule].instead_nl, BY_ID[rule].instead_en))
        for rule, people in counts["reasons"].items()
    ]
    context = {
        "one": one,
        "name": one.record.round,
        "label": label_of(one),
        "state": state_of(one),
        "evidence": _evidence(one),
        "as_of": dt.date.fromisoformat(one.record.as_of) if one.record.as_of else None,
        "changed": [say(*PARTS[part]) for part in one.standing.changed],
        "facts_behind": one.record.state not in LEFT_THE_HOUSE and behind(one.folder, timezone.localdate()),
        "counts": counts,
        "chart": bars([(say("mensen", "people"), outcome(one))], say("Wat er van ieders brief wordt", "What becomes of everyone's letter")),
        "reasons": reasons,
        "letters": _letters(one),
        "signed": _signed(one),
        "hashes": [(say(*PARTS[part]), value) for part, value in one.record.hashes.items()],
        "needed": NEEDED,
        "took": how_long(one.took) if one.took else "",
        "waits": _waits(one),
        "refusal": refusal,
        "may": {kind: why_not(one, user, kind) for kind in ("approval", "reader_test", "waiver")},
        "authors": _authors(one),
    }  # fmt: skip
    return render(request, "rounds/round.html", context, status=409 if refusal else 200)


def _authors(one: OpenRound) -> str:
    """Who wrote the letters: people with an account by name and user name, others as such."""
    if one.authors is None:
        return "–"
    names = {plain(user.username): user.name for user in User.objects.all()}
    accounts = [f"{names.get(account, '?')} ({account})" for account in sorted(one.authors.accounts)]
    return ", ".join(
        [*accounts, *(f"{name} ({say('geen account', 'no account')})" for name in sorted(one.authors.outside))]
    )


def _evidence(one: OpenRound) -> str:
    """The assessment's name in the language of the request; its id when the case no longer has it."""
    found = one.standing.case.file.assessments.get(one.record.assessment)
    return found.label.get(say("nl", "en"), one.record.assessment) if found else one.record.assessment


def _waits(one: OpenRound) -> list[str]:
    """What the gate still waits for; of a round that never leaves nothing."""
    waits: list[str] = []
    if one.standing.round.what_if:
        return waits
    if (left := Counted(NEEDED - len(one.approvals), say("nl", "en"))) > 0:
        waits.append(say(f"goedkeuring van {left:mens die de brieven niet schreef|mensen die de brieven niet schreven}",
                         f"approval of {left:person|people} who did not write the letters"))  # fmt: skip
    if one.reader_test is None:
        waits.append(say("een lezerstoets, of wie het zonder doet en waarom",
                         "a reader test, or who goes without one and why"))  # fmt: skip
    return waits


def _signed(one: OpenRound) -> list[dict[str, Any]]:
    """Signatures, oldest first; those that fell with the content say so, and those given since a reset of the account's log-in."""
    holds, among = [*one.approvals, *filter(None, [one.reader_test])], used_resets()
    return [
        {"kind": say(*KINDS[given.kind]), "by": given.signer.name, "at": dt.datetime.fromisoformat(given.at), "words": given.words,
         "holds": given in holds, "after": how_long(max(one.after(given.at), dt.timedelta())) if given in holds else "",
         "reset": resets.said(reset) if (reset := resets.before(dt.datetime.fromisoformat(given.at), given.by, among)) else ""}
        for given in sorted([*holds, *one.fallen], key=lambda given: given.at)
    ]  # fmt: skip


def small(people: int) -> str:
    """A number of people, or that they are few: who reads this looks at texts, not at people."""
    return grouped(people) if people >= SMALL or not people else say(f"minder dan {SMALL}", f"fewer than {SMALL}")


def _letters(one: OpenRound) -> list[dict[str, Any]]:
    """The letters by group and language, with how many people read each."""
    if one.texts is None:
        return []
    groups: dict[str, list[str]] = {}
    names = {group.id: group.label for group in one.standing.case.file.groups}
    for group, letter in one.standing.round.letters.items():
        label = names.get(group, {})
        groups.setdefault(letter, []).append(say(label.get("nl", group), label.get("en", group)))
    return [
        {"letter": letter, "language": language, "groups": ", ".join(groups.get(letter, [])), "documents": len(reads),
         "people": small(sum(read.people for read in reads)), "hash": reads[0].document.digest[:12]}
        for (letter, language), reads in one.texts.pairs.items()
    ]  # fmt: skip


@needs("read", "rounds")
@require_GET
def text_view(request: HttpRequest, round: str, letter: str, language: str) -> HttpResponse:
    """The texts of one letter in one language, most read first."""
    one = _one(round)
    reads = one.texts.pairs.get((letter, language)) if one.texts else None
    if not reads:
        raise Http404
    page = Paginator(reads, PAGE).get_page(request.GET.get("page"))
    shown = [(read.document.as_dict(), small(read.people), read.document.digest[:12]) for read in page]
    context = {
        "name": round,
        "label": label_of(one),
        "letter": letter,
        "language": language,
        "named": letter in one.standing.round.represented.values(),
        "page": page,
        "shown": shown,
    }
    return render(request, "rounds/texts.html", context)


@needs("approve", "rounds")
@require_POST
def approve_view(request: HttpRequest, round: str) -> HttpResponse:
    """Approve what was read."""
    return _signing(request, round, "approval", request.POST.get("seen", ""), "")


@needs("decide", "rounds")
@require_POST
def reader_test_view(request: HttpRequest, round: str) -> HttpResponse:
    """Report a reader test, or go without one for a reason."""
    form = Words(request.POST)
    if not form.is_valid():
        return _page(request, _one(round), say("Schrijf op waar het verslag staat, of waarom er geen toets was.",
                                               "Write where the report stands, or why there was no test."))  # fmt: skip
    kind: Kind = "waiver" if request.POST.get("kind") == "waiver" else "reader_test"
    return _signing(request, round, kind, form.cleaned_data["seen"], form.cleaned_data["words"])


def _signing(request: HttpRequest, round: str, kind: Kind, seen: str, words: str) -> HttpResponse:
    _one(round)
    try:
        sign(round, acting(request), kind, seen=seen, words=words)
    except RefusedError as refusal:
        return _page(request, _one(round), str(refusal))
    except HelderError as error:
        return _page(request, _one(round), f"{error.what} {error.do or ''}".strip())
    messages.success(
        request, say("Vastgelegd, met een regel in het logboek.", "Recorded, with a line in the audit log.")
    )
    return redirect("round", round=round)
