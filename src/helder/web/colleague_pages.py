"""Colleagues: who they are; a link, shown once, that invites another or lets one in again; and ending an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from helder.office import resets
from helder.office.colleagues import end_account, take_back, waiting
from helder.office.decisions import needs
from helder.office.four_eyes import answering, confirm_account, may_confirm
from helder.office.invitations import invite, used_resets
from helder.office.loading import people
from helder.office.models import User
from helder.office.parties import PartyChoice, party_names
from helder.office.roles import own_only, roles
from helder.office.views import acting
from helder.office.words import later, say
from helder.web.shown_lately import shown_lately


def role_name(id: str) -> str:
    """A role's name in the language of the request; its id when it is no longer known."""
    known = roles().get(id)
    return say(known.names["nl"], known.names["en"]) if known else id


def _choices() -> list[tuple[str, str]]:
    return [(id, role_name(id)) for id in roles()]


class InvitationForm(forms.Form):
    """What the colleague may do."""

    roles = forms.MultipleChoiceField(
        label=later("Rollen", "Roles"), widget=forms.CheckboxSelectMultiple, choices=_choices
    )
    party = forms.SlugField(
        label=later("Partij, bij een leverancier", "Party, for a supplier"),
        max_length=40,
        required=False,
        widget=PartyChoice,
    )

    def clean(self) -> None:
        """A supplier's contact belongs to a party; nobody is a supplier and one of the team."""
        data = self.cleaned_data
        held, party = data.get("roles", []), data.get("party")
        if own_only(held) and len(held) > 1:
            self.add_error("roles", ValidationError(say("Een leverancier heeft geen andere rol.",
                                                        "A supplier has no other role.")))  # fmt: skip
        if "party" in self.errors:
            return
        if own_only(held) is not bool(party):
            self.add_error("party", ValidationError(say("Noem de partij van een leverancier, en alleen dan.",
                                                        "Name the party of a supplier, and only then.")))  # fmt: skip
        elif party and party not in party_names():
            self.add_error("party", ValidationError(say("Zet deze partij eerst bij Partijen.",
                                                        "Put this party under Parties first.")))  # fmt: skip


@needs("read", "users")
@require_GET
def colleague_list(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, and invitations that wait."""
    return _page(request, InvitationForm())


@needs("admin", "users")
@require_POST
@shown_lately
def colleague_invite(request: HttpRequest) -> HttpResponse:
    """Make a link by which a colleague makes their account."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    token = invite(form.cleaned_data["roles"], acting(request), form.cleaned_data["party"])
    return _page(request, InvitationForm(), _link(request, token))


@needs("admin", "users")
@require_POST
def colleague_uninvite(request: HttpRequest, number: int) -> HttpResponse:
    """Take an invitation back."""
    if not take_back(number, acting(request)):
        raise Http404
    return redirect("colleagues")


@needs("admin", "users")
@require_POST
@shown_lately
def colleague_reset(request: HttpRequest, number: int) -> HttpResponse:
    """Make a link by which a colleague who can no longer log in sets that anew."""
    user, by = get_object_or_404(User, pk=number), acting(request)
    if not resets.may_reset(by, user):
        raise Http404
    link = _link(request, resets.offer(user, by))
    return _page(request, InvitationForm(), link, for_whom=user, told=resets.tell(user, by))


def _link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("welcome", args=[token]))


@needs("admin", "users")
@require_POST
def colleague_end(request: HttpRequest, number: int) -> HttpResponse:
    """End an account that is not one's own."""
    if not end_account(number, acting(request)):
        raise Http404
    return redirect("colleagues")


@needs("approve", "users")
@require_POST
@shown_lately
def colleague_confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Say, as a third person, that somebody else than the inviter works with an account."""
    if not confirm_account(number, acting(request)):
        raise Http404
    return redirect("colleagues")


def _page(
    request: HttpRequest, form: InvitationForm, link: str = "", status: int = 200, **about_link: object
) -> HttpResponse:
    user = acting(request)
    found = people().select_related("invited_by", "confirmed_by", "reset_by")
    last = {one.account_id: resets.said(one) for one in used_resets()}
    rows = [
        {
            "one": one, "roles": _named(one.roles), "waits": one.is_active and answering(one), "reset": last.get(one.pk, ""),
            "confirmable": may_confirm(user, one), "resettable": resets.may_reset(user, one),
        }
        for one in found.order_by("-is_active", "name")
    ]  # fmt: skip
    context: dict[str, Any] = {
        "form": form,
        "link": link,
        **about_link,
        "people": rows,
        "waiting": [(one, _named(one.roles)) for one in waiting()],
    }
    return render(request, "colleagues.html", context, status=status)


def _named(held: list[str]) -> str:
    return ", ".join(role_name(id) for id in held)
