"""Taking a register out as a file, and taking a file in."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from helder.office import sheets
from helder.office.audit import write
from helder.office.decisions import needs
from helder.office.views import acting, the_register
from helder.office.words import later, say


class SheetForm(forms.Form):
    """A file and why it comes in."""

    file = forms.FileField(label=later("Bestand (CSV, XLSX of JSON)", "File (CSV, XLSX or JSON)"))
    why = forms.CharField(label=later("Reden", "Reason"), max_length=400)


@needs("export")
@require_GET
@transaction.atomic
def export_view(request: HttpRequest, register: str, format: str) -> HttpResponse:
    """The register as a file; that somebody took it leaves an audit line."""
    shelf = the_register(register)
    if format not in sheets.FORMATS:
        raise Http404
    user = acting(request)
    try:
        data = sheets.write(shelf, format, user)
    except sheets.SheetError as error:
        row, column, words = error.problems[0]
        label = shelf.label(column)
        messages.error(request, say(f"Rij {row}, {label}: {words}.", f"Row {row}, {label}: {words}."))
        return redirect("list", register=register)
    write(user, f"{register}.exported", register, details={"format": format})
    name = f"helder-{register}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=sheets.TYPES[format], headers=headers)


@needs("import")
@require_http_methods(["GET", "POST"])
def import_view(request: HttpRequest, register: str) -> HttpResponse:
    """Take a file in: all of it, or nothing and a list of what is wrong."""
    shelf = the_register(register)
    form = SheetForm(request.POST or None, request.FILES or None)
    problems: list[tuple[int, str, str]] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        format = str(file.name).rsplit(".", 1)[-1].lower()
        try:
            if format not in sheets.FORMATS:
                raise sheets.SheetError([(0, "", say("Alleen .csv, .xlsx of .json.", "Only .csv, .xlsx or .json."))])
            taken = sheets.take(
                shelf, sheets.read(file.read(sheets.MOST_BYTES + 1), format), acting(request), form.cleaned_data["why"]
            )
        except sheets.SheetError as error:
            problems = error.problems
        else:
            messages.success(
                request,
                say(
                    f"{taken.added} toegevoegd, {taken.corrected} gewijzigd, {taken.same} al zo.",
                    f"{taken.added} added, {taken.corrected} changed, {taken.same} so already.",
                ),
            )
            return redirect("list", register=register)
    context = {"register": shelf, "form": form, "problems": problems, "columns": sheets.columns(shelf)}
    return render(request, "office/import.html", context, status=422 if form.is_bound else 200)
