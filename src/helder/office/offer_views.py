"""Taking a document along that a register offers."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from helder.office.audit import write
from helder.office.decisions import needs
from helder.office.views import acting, offered, the_register

TYPES = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}


@needs("export")
@require_GET
def offer_view(request: HttpRequest, register: str, name: str, format: str) -> HttpResponse:
    """One document, with an audit line that holds its hash: what left the house can be told from what did not."""
    shelf = the_register(register)
    offer = next((offer for offer in offered(shelf, acting(request)) if offer.name == name), None)
    if offer is None or format not in offer.formats:
        raise Http404
    data = offer.formats[format]()
    with transaction.atomic():
        details = {"format": format, "sha256": hashlib.sha256(data).hexdigest()}
        write(acting(request), f"{register}.document", f"{register}/{name}", details=details)
    headers = {"Content-Disposition": f'attachment; filename="{register}-{name}.{format}"'}
    return HttpResponse(data, content_type=TYPES[format], headers=headers)
