"""How long the office's pages take on the server: `PYTHONPATH=src:tests python -m bench.office CASE KEYFILE`. Prints JSON.

A full office (1,000 events, 500 measures, 10,000 points asked) beside the published results of CASE, which is only read: the
office's own database stands in a folder that is thrown away. Milliseconds of the whole request, middleware and
templates included, without a network; the first visit of each page is told apart, because it reads results.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import tempfile
import time
from pathlib import Path

EVENTS, MEASURES, POINTS, CLOCKS = 1_000, 500, 10_000, 40
VISITS = 40
DAY = dt.date(2025, 1, 1)


def beside(case: Path, folder: Path) -> Path:
    """The case by links, but for its office."""
    for path in case.iterdir():
        if not path.name.startswith("office.db"):
            (folder / path.name).symlink_to(path.resolve())
    return folder


def filled() -> None:
    """Entries as people make them, each with its version and its line in the audit log."""
    from django.db import transaction

    from helder.office import entries
    from helder.office.loading import loader
    from helder.office.register import registers
    from helder.web.fill import fill_demo

    fill_demo()
    author, shelves = loader("bench"), registers()
    on = [DAY + dt.timedelta(days=n % 700) for n in range(max(EVENTS, MEASURES, POINTS))]
    noon = [dt.datetime.combine(day, dt.time(12), dt.UTC) for day in on[:CLOCKS]]
    rows = {
        "timeline": [{"what": f"event {n}", "party": "lab" if n % 3 else "bvo", "on": on[n], "source": f"letter {n}"}
                     for n in range(EVENTS)],
        "measures": [{"name": f"measure_{n}", "words_nl": f"maatregel {n}", "words_en": f"measure {n}", "owner": "o",
                      "status": "active", "since": on[n], "evidence": "e"} for n in range(MEASURES)],
        "points": [{"request": f"letter {n // 20}", "number": str(n % 20), "asked": f"what about {n}?", "owner": "o"}
                   for n in range(POINTS)],
        "clocks": [{"duty": "gdpr_33_1", "party": "bvo", "to": "ap", "started": noon[n], "source": "s"} for n in range(CLOCKS)],
    }  # fmt: skip
    with transaction.atomic():
        for id, contents in rows.items():
            for content in contents:
                entries.add(shelves[id].model, author, content)


def pages(client: object) -> list[str]:
    """Every page there is (`office.every_page`), and a search and a page in the middle of what is long."""
    from office import every_page

    searches = [
        every_page.found_by(client, page, words=word) for page, word in (("/timeline/", "event"), ("/points/", "what"))
    ]
    found = every_page.shown(client, every_page.addresses(client))
    return [*found, *searches, "/points/?page=100", "/timeline/?page=10"]


def visited(address: str, client: object) -> dict[str, float | int]:
    """The first visit, and the middle and the slow end of those after."""
    times = []
    for _ in range(VISITS + 1):
        started = time.perf_counter()
        answer = client.get(address)
        times.append((time.perf_counter() - started) * 1e3)
    rest = sorted(times[1:])
    slow = rest[int(len(rest) * 0.95)]
    return {
        "status": answer.status_code,
        "first": round(times[0]),
        "p50": round(rest[len(rest) // 2]),
        "p95": round(slow),
    }


def main(case: Path, key: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(HELDER_CASE=str(beside(case, Path(folder))), HELDER_KEY_FILE=str(key.resolve()))
        os.environ.update(DJANGO_SETTINGS_MODULE="helder.web.settings", HELDER_SECOND_FACTOR="off")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        from django.test import Client

        from helder.office import hooks
        from helder.office.models import User

        filled()
        client = Client(SERVER_NAME="localhost")
        somebody = User.objects.create_user("bench", "bench", ["coordinator", "privacy_officer", "approver"])
        hooks.subscribe(somebody, "bench", "https://example.org/hook", ["timeline"])
        client.force_login(somebody)
        found = {address: visited(address, client) for address in pages(client)}
    slowest = max(found, key=lambda address: found[address]["p95"])
    rest = {address: one for address, one in found.items() if one["p95"] > 50 or one["status"] >= 500}
    print(
        json.dumps(
            {"pages": len(found), "dashboard": found["/"], "slowest": {slowest: found[slowest]}, "over_50": rest}
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
