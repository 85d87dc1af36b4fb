"""The page of the audit log on a million lines: `PYTHONPATH=src:tests python -m bench.audit_page [LINES] [--postgresql]`. Prints JSON.

Milliseconds of the whole request on the server, without a network: the newest page, one in the middle, and one by each condition,
also one that nothing fits. Then a file of all lines: seconds, and how much memory that took more.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

PEOPLE, VISITS, BATCH = 40, 40, 10_000
START = datetime(2025, 9, 12, tzinfo=UTC)
ACTIONS = (
    ["person.look"] * 90
    + ["account.logged_in"] * 6
    + ["timeline.added", "timeline.corrected", "round.show", "audit.export"]
)
PAGES = {
    "newest": "",
    "in the middle": "?before={middle}",
    "the oldest": "?after=1",
    "who": "?who=user:person-7",
    "what, seldom": "?what=timeline.corrected",
    "everything of a register, by who": "?what=timeline.&who=user:person-7",
    "about what": "?subject=p-{subject}",
    "a day in the middle": "?since=2025-09-15T00:00&until=2025-09-16T00:00",
    "who, before the first line": "?who=user:person-7&until=2025-09-01T00:00",
    "about one that everybody writes of, by who never did": "?subject=round/one&who=cli:root",
}


def fill(count: int) -> None:
    """Lines as people leave them: looks most of the time, a second between two. Past the guards, because only reading is measured."""
    from django.db import connection, transaction

    from helder.audit import Line
    from helder.audit.log import COLUMNS

    tables = ("audit_line", "audit_tree")
    off = {
        "sqlite": ["DROP TRIGGER audit_line_insert", "DROP TRIGGER audit_tree_update"],
        "postgresql": [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables],
    }
    text = f"INSERT INTO audit_line ({COLUMNS}, leaf) VALUES ({', '.join(['%s'] * 8)})"
    with transaction.atomic(), connection.cursor() as cursor:
        for guard in off[connection.vendor]:
            cursor.execute(guard)
        for start in range(0, count, BATCH):
            rows = []
            for n in range(start, min(start + BATCH, count)):
                action = ACTIONS[n * 37 % 100]
                subject = "round/one" if action == "round.show" else f"p-{_letters(n // 3)}"
                line = Line(f"user:person-{n % PEOPLE}", action, subject, "asks which data were taken", {"items": 7})
                line = line if n else Line("cli:root", "case.backup", "case")
                rows.append((*line.columns(n + 1, START + timedelta(seconds=n)), bytes(32)))
            cursor.executemany(text, rows)
        cursor.execute("UPDATE audit_tree SET size = %s, edge = %s", (count, bytes(32) * count.bit_count()))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE audit_line")  # as PostgreSQL does by itself after a while


def _letters(number: int) -> str:
    return "".join("abcdefghijklmnopqrstuvwxyz234567"[number >> 5 * place & 31] for place in range(16))


def main(count: int, url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        from pipeline import small_case

        case = small_case.write(Path(folder) / "case")
        os.environ.update(HELDER_CASE=str(case), HELDER_KEY="0f" * 32, HELDER_SECOND_FACTOR="off", DATABASE_URL=url)
        os.environ.update(DJANGO_SETTINGS_MODULE="helder.web.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        from bench.office import visited
        from django.test import Client

        from helder.office.models import User

        fill(count)
        found: dict[str, object] = {"lines": count}
        client = Client(SERVER_NAME="localhost")
        client.force_login(User.objects.create_user("bench", "bench", ["auditor"]))
        given = {"middle": count // 2, "subject": _letters(count // 6)}
        found["pages"] = {name: visited(f"/audit/{query.format(**given)}", client) for name, query in PAGES.items()}
        before, started = _memory(), time.perf_counter()
        size = sum(len(part) for part in client.get("/audit/export.csv").streaming_content)
        found["csv"] = {
            "mb": size >> 20,
            "seconds": round(time.perf_counter() - started, 1),
            "more_memory_mb": _memory() - before,
        }
        if not url:
            found["file_mb"] = (case / "office.db").stat().st_size >> 20
    print(json.dumps(found))


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    from servers import postgresql

    lines = [int(word) for word in sys.argv[1:] if word.isdigit()]
    with postgresql() if "--postgresql" in sys.argv else nullcontext("") as address:
        main(lines[0] if lines else 1_000_000, address)
