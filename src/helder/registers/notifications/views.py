"""Recording a notification as sent."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from helder.office.decisions import needs
from helder.office.views import acting
from helder.office.words import later, say
from helder.registers.notifications.filling import filled
from helder.registers.notifications.models import KINDS
from helder.registers.notifications.sending import record


class Sent(forms.Form):
    """What was sent, with the authority's reference."""

    kind = forms.ChoiceField(label=later("Soort", "Kind"), choices=KINDS)
    reference = forms.CharField(
        label=later("Kenmerk van de toezichthouder", "The authority's reference"), max_length=120, required=False
    )
    reason = forms.CharField(
        label=later("Reden, bij een intrekking", "Reason, for a withdrawal"), max_length=400, required=False
    )


@needs("decide", "notifications")
@require_http_methods(["GET", "POST"])
def sent_view(request: HttpRequest) -> HttpResponse:
    """Freeze the notification of now as sent; what is missing stands on the page, and does not stop a first one."""
    form = Sent(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record(acting(request), **form.cleaned_data)
            messages.success(request, say("Vastgelegd.", "Recorded."))
            return redirect("list", register="notifications")
        except ValidationError as error:
            form.add_error(None, error)
    absent = [one for one in filled() if one.missing]
    status = 422 if form.is_bound else 200
    return render(request, "notifications/sent.html", {"form": form, "absent": absent}, status=status)
