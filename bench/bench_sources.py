"""How fast sources are read: CSV alone, the other formats, and a whole source from file to published table.

    python bench/bench_sources.py [--rows 485000] [--repeat 3]

Prints one JSON document. Every reading happens in a process of its own, so that `peak_mb` is that reading's alone;
`bare_mb` is the process with everything imported and nothing read.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEADER = (
    "rownr BSN achternaam tussenvoegsel voorletters geslacht geboortedatum straat huisnummer toevoeging postcode "
    "plaats soort uitslag huisarts"
)
SOURCE = """
[case]
id = "bench"
title = { en = "Bench" }
languages = ["en"]
[[parties]]
id = "us"
name = "Us"
own = true
[[parties]]
id = "lab"
name = "Lab"
breached = true
holding_from = 2017-01-01
theft_from = 2025-07-03
theft_until = 2025-07-06
[items.bsn]
label = { en = "number" }
fields = ["national_id"]
[items.test_result]
label = { en = "result" }
[sources.leak]
fills = "leaked"
path = "semicolon.csv"
received = 2025-08-06
party = "lab"
[sources.leak.columns]
national_id = "BSN"
surname = "achternaam"
prefix = "tussenvoegsel"
initials = "voorletters"
sex = { column = "geslacht", values = { V = "F" } }
birth_date = "geboortedatum"
street = "straat"
house_number = "huisnummer"
postcode = "postcode"
city = "plaats"
gp_name = "huisarts"
"item:test_result" = "uitslag"
"""


def make(folder: Path, rows: int) -> None:
    """The same made-up rows in every format, CSV in four ways."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    import xlsxwriter

    draw = random.Random(1)
    names = ["Jansen", "De Vries", "Bakker", "Müller", "Özgür", "Çelik"]
    table = [
        [str(n), f"{draw.randrange(10**8, 10**9)}", draw.choice(names), draw.choice(["", "van", "van der"]), "A.B.",
         draw.choice("MV"), f"{draw.randrange(1, 29):02}-{draw.randrange(1, 13):02}-{draw.randrange(1940, 2000)}",
         "Dorpsstraat", str(draw.randrange(1, 300)), "", f"{draw.randrange(1000, 9999)} AB", "Utrecht", "uitstrijkje",
         "HPV negatief", "Praktijk, De Linde"]
        for n in range(rows)
    ]  # fmt: skip
    header = HEADER.split()
    ways = {
        "semicolon.csv": ("utf-8", ";", csv.QUOTE_MINIMAL, 0),
        "all_quoted.csv": ("utf-8", ",", csv.QUOTE_ALL, 0),
        "cp1252.csv": ("cp1252", ";", csv.QUOTE_MINIMAL, 0),
        "one_in_100_broken.csv": ("utf-8", ";", csv.QUOTE_MINIMAL, 100),
    }
    for name, (encoding, sign, quoting, broken) in ways.items():
        with (folder / name).open("w", encoding=encoding, errors="replace", newline="") as file:
            writer = csv.writer(file, delimiter=sign, quoting=quoting)
            writer.writerow(header)
            for number, row in enumerate(table):
                if broken and number % broken == 0:
                    file.write('1;"never closed;x\r\n')
                else:
                    writer.writerow(row)
    columns = [list(column) for column in zip(*table, strict=True)]
    pq.write_table(pa.table(dict(zip(header, columns, strict=True))), folder / "rows.parquet")
    with (folder / "rows.ndjson").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(dict(zip(header, row, strict=True))) + "\n" for row in table)
    with xlsxwriter.Workbook(folder / "rows.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([header, *table[:100_000]]):
            sheet.write_row(number, 0, row)
    (folder / "case.toml").write_text(SOURCE)


def read(path: Path) -> int:
    """Read a file with its own format, all columns."""
    from helder.sources.find import format_name, format_named
    from helder.sources.stream import Place

    place = Place(path.name, path)
    format = format_named(format_name(place, None), path.name)
    shape = format.sniff(place, {})
    batches = format.read(place, shape, shape.columns, lambda at: None)
    return sum(len(batch.numbers) + len(batch.bad) for batch in batches)


def load(folder: Path) -> int:
    """Load a whole source: read, typed, checked, sealed, published."""
    from helder.case.load import load_case
    from helder.engines.duckdb import DuckEngine
    from helder.engines.keys import Keys
    from helder.sources import load_source

    engine = DuckEngine(Keys(bytes(32)))
    return load_source(engine, load_case(folder), "leak", folder).facts.records


def peak() -> int:
    """The most memory of this process so far, in MB; getrusage would count the process that started it too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def one(what: str, path: Path) -> dict[str, float]:
    """What a process of its own measures."""
    import helder.sources.formats.csv
    import helder.sources.formats.xlsx  # noqa: F401 - imported before the clock runs

    bare = peak()
    begun, processor = time.perf_counter(), time.process_time()
    rows = read(path) if what == "read" else load(path)
    seconds = time.perf_counter() - begun
    return {
        "rows": rows,
        "seconds": round(seconds, 2),
        "processor_seconds": round(time.process_time() - processor, 2),
        "rows_per_second": round(rows / seconds),
        "bare_mb": bare,
        "peak_mb": peak(),
    }


def main() -> None:
    """Measure all of it; with two words, one reading."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=485_000)
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--one", nargs=2, metavar=("WHAT", "PATH"))
    given = arguments.parse_args()
    if given.one:
        print(json.dumps(one(given.one[0], Path(given.one[1]))))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, given.rows)
        found: dict[str, object] = {}
        files = sorted(path for path in folder.iterdir() if path.suffix != ".toml")
        for what, path in [*(("read", path) for path in files), ("load", folder)]:
            command = [sys.executable, __file__, "--one", what, str(path)]
            done = [
                json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(given.repeat)
            ]
            best = min(done, key=lambda each: each["seconds"])
            found[f"{what} {path.name}" if what == "read" else "whole source (semicolon.csv)"] = best
        print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
