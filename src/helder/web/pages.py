"""Pages of the office that belong to no register: language, welcome, and what goes wrong."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from helder.office.decisions import open_to_all
from helder.office.invitations import find, use
from helder.office.loading import is_loader
from helder.office.models import User
from helder.office.resets import come_back
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


class NewPassword(forms.Form):
    """What somebody fills in who comes back to `account`."""

    password = forms.CharField(
        label=later("Wachtwoord, ten minste 12 tekens", "Password, at least 12 characters"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, given: QueryDict | None, account: User | None = None) -> None:
        super().__init__(given)
        self._account = account

    def clean(self) -> None:
        """A password that is not easily guessed."""
        data = self.cleaned_data
        account = self._account or User(username=data.get("username", ""), name=data.get("name", ""))
        if "password" in data and account.username:
            try:
                validate_password(data["password"], account)
            except ValidationError as error:
                self.add_error("password", error)


class Welcome(NewPassword):
    """What a new colleague fills in."""

    username = forms.SlugField(label=later("Gebruikersnaam", "User name"), max_length=60)
    name = forms.CharField(label=later("Uw naam", "Your name"), max_length=120)
    field_order = ("username", "name", "password")

    def clean_username(self) -> str:
        """Lower case, and not somebody else's."""
        username: str = self.cleaned_data["username"].lower()
        if is_loader(username) or User.objects.filter(username=username).exists():
            raise ValidationError(say("Deze naam is al in gebruik.", "This name is taken."))
        return username


@open_to_all
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Make one's account, by an invitation; or come back to the one that one has."""
    invitation = find(token)
    if invitation is None:
        return render(request, "no_invitation.html", status=410)
    account, given = invitation.account, request.POST if request.method == "POST" else None
    form = NewPassword(given, account) if account else Welcome(given)
    if form.is_valid():
        data = form.cleaned_data
        if not (come_back(token, data["password"]) if account else use(token, **data)):
            return render(request, "no_invitation.html", status=410)  # used a moment ago, or it may no longer be given
        done = (
            say("Uw wachtwoord is ingesteld. Log nu in.", "Your password is set. Now log in.")
            if account
            else say("Uw account is gemaakt. Log nu in.", "Your account is made. Now log in.")
        )
        messages.success(request, done)
        return redirect("account_login")
    return render(request, "welcome.html", {"form": form, "account": account}, status=422 if form.is_bound else 200)


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
