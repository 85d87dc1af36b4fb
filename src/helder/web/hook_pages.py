"""Web addresses that are told what happens: subscribed, paused and ended, and what became of each notice."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from helder.office import hooks
from helder.office.announcing import ROUNDS, topic_of
from helder.office.decisions import needs
from helder.office.models import Hook, User
from helder.office.register import registers
from helder.office.views import acting
from helder.office.words import later, say
from helder.web.shown_lately import shown_lately

SHOWN = 100
_CHANGES = {"pause": hooks.pause, "resume": hooks.resume, "end": hooks.end, "again": hooks.again}


def topic_names() -> dict[str, str]:
    """What a hook can be told of, by id: rounds and every register."""
    return {ROUNDS: say("Rondes", "Rounds")} | {id: shelf.name for id, shelf in registers().items()}


_HAPPENED = {
    "added": ("toegevoegd", "added"),
    "corrected": ("gecorrigeerd", "corrected"),
    "withdrawn": ("ingetrokken", "withdrawn"),
    "exported": ("als bestand opgehaald", "taken out as a file"),
    "document": ("stuk gemaakt", "document made"),
    "recorded": ("vastgelegd", "recorded"),
    "reminded": ("herinnering gestuurd", "reminder sent"),
    "proposed": ("oordeel voorgesteld", "verdict proposed"),
    "confirmed": ("oordeel bevestigd", "verdict confirmed"),
    "approval": ("goedgekeurd", "approved"),
    "reader_test": ("lezerstest vastgelegd", "reader test recorded"),
    "waiver": ("zonder lezerstest toegestaan", "allowed without a reader test"),
}


def happened(event: str, names: Mapping[str, str]) -> str:
    """What a notice tells of, in words; what has none stays as the receiver gets it. `names` are the topics'."""
    topic, _, verb = event.partition(".")
    name = names.get(topic_of(event), topic)
    return f"{name}: {say(*_HAPPENED[verb]) if verb in _HAPPENED else verb}"


def _told(hook: Hook) -> str:
    names = topic_names()
    return ", ".join(names.get(topic, topic) for topic in hook.topics)


class HookForm(forms.Form):
    """Who is told, where, and of what: at most what its maker may read."""

    name = forms.CharField(label=later("Wie wordt bericht", "Who is told"), max_length=80)
    url = forms.URLField(label=later("Adres (https)", "Address (https)"), max_length=300, assume_scheme="https")
    topics = forms.MultipleChoiceField(
        label=later("Waarover", "What about"), widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, user: User, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        topics = self.fields["topics"]
        assert isinstance(topics, forms.MultipleChoiceField)
        topics.choices = [(id, name) for id, name in topic_names().items() if user.may(id, "read")]


@needs("read", "hooks")
@require_GET
def hook_list(request: HttpRequest) -> HttpResponse:
    """Everybody who is told, and how many notices wait or were given up."""
    return _list(request, HookForm(acting(request)), 200)


@needs("admin", "hooks")
@require_http_methods(["GET", "POST"])
@shown_lately
def hook_new(request: HttpRequest) -> HttpResponse:
    """Subscribe an address; its secret is shown once."""
    user = acting(request)
    form = HookForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = hooks.subscribe(user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _list(request, HookForm(user), 200, hooks.shown_secret(made))
    return _list(request, form, 422 if form.is_bound else 200)


def _list(request: HttpRequest, form: HookForm, status: int, secret: str = "") -> HttpResponse:
    found = [
        (hook, _told(hook), notices.filter(due__isnull=False).count(), notices.filter(due=None, taken=None).count())
        for hook in Hook.objects.filter(ended=None).order_by("made")
        for notices in (hook.notices,)
    ]
    return render(request, "hooks.html", {"form": form, "hooks": found, "secret": secret}, status=status)


@needs("read", "hooks")
@require_GET
def hook_view(request: HttpRequest, number: int) -> HttpResponse:
    """One address and its last notices."""
    hook = get_object_or_404(Hook, pk=number)
    names = topic_names()
    rows = [
        (notice, happened(notice.event, names), hooks.state(notice))
        for notice in hook.notices.order_by("-made", "-pk")[:SHOWN]
    ]
    return render(request, "hook.html", {"hook": hook, "rows": rows, "topics": _told(hook)})


@needs("admin", "hooks")
@require_POST
def hook_change(request: HttpRequest, number: int, action: str) -> HttpResponse:
    """Pause, resume or end an address, or try again what was not taken."""
    hook = get_object_or_404(Hook, pk=number, ended=None)
    if action not in _CHANGES:
        raise Http404
    _CHANGES[action](acting(request), hook)
    messages.success(request, say("Gedaan.", "Done."))
    return redirect("hooks") if action == "end" else redirect("hook", number=number)
