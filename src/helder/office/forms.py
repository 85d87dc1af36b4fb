"""The form of an entry, made from its model; a correction also asks for the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from helder.office.models import Entry, User
from helder.office.moments import MomentField
from helder.office.parties import PartyChoice
from helder.office.rows import concerns
from helder.office.words import later, say

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Entry]
else:
    _ModelForm = forms.ModelForm


def describe(form: forms.BaseForm) -> None:
    """Tie each input to the help and the errors that stand with it (`fields.html`), for who does not see them (WCAG 1.3.1)."""
    for name, field in form.fields.items():
        wrong = form.is_bound and bool(form.errors.get(name))
        parts = ["help"] * bool(field.help_text) + ["error"] * wrong
        if parts:
            field.widget.attrs["aria-describedby"] = " ".join(f"id_{name}_{part}" for part in parts)
        if wrong:
            field.widget.attrs["aria-invalid"] = "true"


class EntryForm(_ModelForm):
    """What people fill in, in the order of the model. Dates and times use the browser's own fields."""

    by: ClassVar[User]
    """Who fills it in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.by.own_only:
            self._keep_to_own()
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField):
                field.choices = [(value, label if value else "–") for value, label in cast(Any, field.choices)]
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4  # it grows with what is written
        describe(self)

    def _keep_to_own(self) -> None:
        """Refuse another party before anything is looked up for it, so that the answer tells nothing of what there is."""
        for field in self.fields.values():
            if isinstance(field.widget, PartyChoice):
                field.widget.only = self.by.party
        self.fields[self._meta.model.whose or ""].validators.append(self._need_own)

    def _need_own(self, party: str) -> None:
        if not concerns(party, self.by):
            raise ValidationError(say("Alleen van uw eigen organisatie.", "Of your own organisation only."))


class Correction(EntryForm):
    """A correction of an entry: the version that was looked at, and why it changes."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(label=later("Reden van de wijziging", "Reason for the change"), max_length=400)


_INPUTS: tuple[tuple[type[forms.Field], str, str], ...] = (
    (forms.DateField, "date", "%Y-%m-%d"),
    (forms.TimeField, "time", "%H:%M"),
)


def _with_browser_input(field: Any, **kwargs: Any) -> forms.Field | None:
    """A model field's form field; dates and times with the browser's own input."""
    if isinstance(field, models.DateTimeField):
        return field.formfield(form_class=MomentField, **kwargs)
    made = cast("forms.Field | None", field.formfield(**kwargs))
    for kind, name, format in _INPUTS:
        if isinstance(made, kind):
            widget = cast(Any, made.widget)
            widget.input_type, widget.format = name, format
            break
    return made


def form_of(model: type[Entry], by: User, *, correction: bool = False) -> type[EntryForm]:
    """The form class of a register's model, as `by` may fill it in.

    Raises Django's `PermissionDenied` for who works for one party, where entries concern none.
    """
    if by.own_only and model.whose is None:
        raise PermissionDenied
    base = Correction if correction else EntryForm
    names = [field.name for field in model.fields()]
    factory = forms.modelform_factory(model, form=base, fields=names, formfield_callback=_with_browser_input)
    made = cast(type[EntryForm], factory)
    made.by = by
    return made
