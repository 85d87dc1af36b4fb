"""One's own tokens for programs: made, shown once, and ended."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from helder.office import tokens
from helder.office.decisions import needs
from helder.office.models import Token, User
from helder.office.register import registers
from helder.office.views import acting
from helder.office.words import later, say
from helder.web import round_api
from helder.web.shown_lately import shown_lately

VERBS = {
    "read": ("lezen", "read"),
    "add": ("toevoegen", "add"),
    "correct": ("wijzigen", "change"),
    "decide": ("vastleggen of voorstellen", "record or propose"),
}


def scopes_of(user: User) -> list[str]:
    """The scopes that a user may give a token: what the API has addresses for and their roles allow."""
    wanted = [(id, verb) for id, shelf in registers().items() for verb in shelf.scopes]
    return [f"{id}:{verb}" for id, verb in [*wanted, (round_api.ID, "read")] if user.may(id, verb)]


def scope_name(scope: str) -> str:
    """What a scope ("timeline:read") allows, in words; the scope itself when the API has no address for it."""
    id, _, verb = scope.partition(":")
    shelf = registers().get(id)
    name = shelf.name if shelf else say("Rondes", "Rounds") if id == round_api.ID else ""
    return f"{name}: {say(*VERBS[verb])}" if name and verb in VERBS else scope


class TokenForm(forms.Form):
    """What a token is for and what it may do: at most what its maker may."""

    name = forms.CharField(label=later("Waarvoor", "What for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=later("Wat het mag", "What it may do"), widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, user: User, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        scopes = self.fields["scopes"]
        assert isinstance(scopes, forms.MultipleChoiceField)
        scopes.choices = [(scope, scope_name(scope)) for scope in scopes_of(user)]


@needs("read", "tokens")
@require_http_methods(["GET", "POST"])
@shown_lately
def token_list(request: HttpRequest) -> HttpResponse:
    """One's tokens, and a form to make another."""
    user = acting(request)
    form = TokenForm(user, request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        secret = tokens.make(user, form.cleaned_data["name"], form.cleaned_data["scopes"])
        form = TokenForm(user)
    found = Token.objects.filter(user=user, until__gt=timezone.now()).order_by("made")
    live = [(token, [scope_name(scope) for scope in token.scopes]) for token in found]
    status = 422 if form.is_bound and not secret else 200
    return render(request, "tokens.html", {"form": form, "tokens": live, "secret": secret}, status=status)


@needs("read", "tokens")
@require_POST
def token_end(request: HttpRequest, number: int) -> HttpResponse:
    """End a token of one's own, at once."""
    user = acting(request)
    tokens.end(user, pk=get_object_or_404(Token, pk=number, user=user).pk)
    return redirect("tokens")
