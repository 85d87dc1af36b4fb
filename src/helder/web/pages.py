"""Pages of the office that belong to no register: language, welcome, and what goes wrong."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from helder.office.decisions import open_to_all
from helder.office.invitations import find, use
from helder.office.models import User
from helder.office.words import later, say


@open_to_all
@require_POST
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember a language, and go back to where one was."""
    if code in dict(settings.LANGUAGES):
        request.session["language"] = code
        if isinstance(request.user, User):
            User.objects.filter(pk=request.user.pk).update(language=code)
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "/")


class Welcome(forms.Form):
    """What a new colleague fills in."""

    username = forms.SlugField(label=later("Gebruikersnaam", "User name"), max_length=60)
    name = forms.CharField(label=later("Uw naam", "Your name"), max_length=120)
    password = forms.CharField(
        label=later("Wachtwoord, ten minste 12 tekens", "Password, at least 12 characters"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean_username(self) -> str:
        """Lower case, and not somebody else's."""
        username: str = self.cleaned_data["username"].lower()
        if User.objects.filter(username=username).exists():
            raise ValidationError(say("Deze naam is al in gebruik.", "This name is taken."))
        return username

    def clean(self) -> None:
        """A password that is not easily guessed."""
        data = self.cleaned_data
        if "password" in data and "username" in data:
            try:
                validate_password(data["password"], User(username=data["username"], name=data.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)


@open_to_all
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Make one's account, by an invitation."""
    invitation = find(token)
    if invitation is None:
        return render(request, "no_invitation.html", status=410)
    form = Welcome(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if use(token, **form.cleaned_data) is None:  # somebody else used it a moment ago
            return render(request, "no_invitation.html", status=410)
        messages.success(request, say("Uw account is gemaakt. Log nu in.", "Your account is made. Now log in."))
        return redirect("account_login")
    return render(request, "welcome.html", {"form": form}, status=422 if form.is_bound else 200)


@open_to_all
def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not for this user."""
    return render(request, "refused.html", status=403)


@open_to_all
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page."""
    return render(request, "not_found.html", status=404)


@open_to_all
def failed(request: HttpRequest) -> HttpResponse:
    """Something of ours broke: said without a template, which might be what broke."""
    text = say("Er ging iets mis. Er is niets half opgeslagen.", "Something went wrong. Nothing was half saved.")
    return HttpResponse(text, status=500, content_type="text/plain; charset=utf-8")
