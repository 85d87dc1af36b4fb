"""The page of the API: every address with its scope, from the API's own description."""

from __future__ import annotations

from typing import Any

HEAD = """# API of the office

For programs, with a token from `/tokens/` (`Authorization: Bearer helder_…`) whose scopes say what it may, never more than its maker may. In full, with every
field, at `/api/v1/openapi.json`; what a page of the office refuses, the API refuses too, and what either does leaves the same line in the
[audit log](audit-log.md).

**Approving is not here.** A token proves no second factor, so what a second person must agree to is approved in the office, by who logs in: a round of letters, a
supplier's verdict. The API tells how they stand.

"""


def api_page(rows: Any) -> str:
    """The page; `rows` writes a table. Django is set up already (`registers_page`)."""
    from helder.office.register import registers
    from helder.web.api import api

    described = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    found = [(path, method.upper(), one) for path, methods in described.items() for method, one in methods.items()]
    first = next(iter(registers()))
    own = [
        (path, method, one) for path, method, one in found if one["operationId"].rpartition("_")[2] not in registers()
    ]
    every = [
        (path.replace(first, "REGISTER"), method, {**one, "x-scope": one["x-scope"].replace(first, "REGISTER")})
        for path, method, one in found
        if one["operationId"].endswith(f"_{first}")
    ]
    parts = [HEAD, "## Every register\n\n", _table(rows, every), "\nREGISTER is one of "]
    parts += [", ".join(f"`{id}`" for id in registers()), " ([their columns](registers.md)).\n\n## Beside them\n\n"]
    return "".join([*parts, _table(rows, own)])


def _table(rows: Any, operations: list[tuple[str, str, Any]]) -> str:
    lines = [
        (f"`{method} {path}`", f"`{one['x-scope']}`" if "x-scope" in one else "", one.get("description", ""))
        for path, method, one in operations
    ]
    return str(rows(("address", "scope", "what"), *lines))
