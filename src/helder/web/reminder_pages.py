"""How somebody wants to be reminded: by e-mail, and in their own calendar."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from helder.office import tokens
from helder.office.audit import write
from helder.office.decisions import needs, open_to_all
from helder.office.models import Token, User
from helder.office.views import acting
from helder.office.words import later, say
from helder.registers.clocks.feed import feed
from helder.web.shown_lately import shown_lately

SCOPE = "calendar:read"
"""All that a feed's token opens: the ends of terms, nothing else."""
_VALID = dt.timedelta(days=365)


class Address(forms.Form):
    """Where reminders go; empty: none."""

    email = forms.EmailField(
        label=later("E-mailadres voor herinneringen", "E-mail address for reminders"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@needs("read", "calendar")
@require_http_methods(["GET", "POST"])
@shown_lately
def reminders(request: HttpRequest) -> HttpResponse:
    """One's address for reminders, and one's calendar feed. Where mail goes is changed as a way in is: a stolen session does not."""
    user = acting(request)
    form = Address(request.POST or None, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(email=form.cleaned_data["email"])
            write(user, "user.reminders", f"user/n{user.pk}", details={"wanted": bool(form.cleaned_data["email"])})
        messages.success(request, say("Opgeslagen.", "Saved."))
        return redirect("reminders")
    return _page(request, form, "", 422 if form.is_bound else 200)


@needs("read", "calendar")
@require_POST
@shown_lately
def new_feed(request: HttpRequest) -> HttpResponse:
    """A new feed address, shown once; an earlier one stops."""
    user = acting(request)
    with transaction.atomic():
        tokens.end(user, scopes=[SCOPE])
        secret = tokens.make(user, say("agenda", "calendar"), [SCOPE], _VALID)
    address = request.build_absolute_uri(f"/calendar/{secret}.ics")
    return _page(request, Address(initial={"email": user.email}), address, 200)


def _page(request: HttpRequest, form: Address, address: str, status: int) -> HttpResponse:
    user = acting(request)
    live = Token.objects.filter(user=user, scopes=[SCOPE], until__gt=timezone.now()).order_by("-made").first()
    return render(request, "reminders.html", {"form": form, "address": address, "feed": live}, status=status)


@open_to_all
@require_GET
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The feed, for who knows its address."""
    found = tokens.find(token)
    if found is None or not tokens.allows(found, *SCOPE.split(":")):
        raise Http404
    with translation.override(found.user.language):
        return HttpResponse(feed(timezone.now(), found.user), content_type="text/calendar; charset=utf-8")
