"""The measured figures as Markdown, between two markers of a page."""

from __future__ import annotations

import os
import platform
import re
from datetime import date
from pathlib import Path
from typing import Any

from heldout_leak import FAULTS

BEGIN, END = "<!-- figures of python -m bench.linkage: begin -->", "<!-- figures of python -m bench.linkage: end -->"


def replace_block(page: Path, block: str) -> None:
    """Put the block between the markers of the page."""
    before, rest = page.read_text("utf-8").split(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{block}\n{END}{rest.split(END)[1]}", encoding="utf-8")


def figures(whole: dict[str, Any], day: date) -> str:
    """All tables."""
    about = (
        f"Measured {day.isoformat()} by `python -m bench.linkage` on {machine()}: {whole['cases']} cases of "
        f"{whole['people']:,} registered people, together {whole['rows']:,} leaked rows, a quarter at each level of damage. "
        "Brackets hold the 95 % interval (Clopper-Pearson). *Automatic* links are those that exact matching did not make."
    )
    parts = {"**all**": whole["all"]} | {f"{share} strangers": one for share, one in whole["strangers"].items()}
    parts |= whole["mixes"]
    quality = [
        "| rows | exact links | wrong | precision | automatic links | wrong | precision | recall, moderate damage | review |",
        "|---|---|---|---|---|---|---|---|---|",
        *(
            f"| {name} | {_links(one['exact'])} | {_links(one['automatic'])} | {_moderate(one)} | {_percent(one['review_share'], 1)} |"
            for name, one in parts.items()
        ),
    ]
    shares = whole["strangers"]
    found = [
        f"| damage | faults in a row | rows that exact matching left | linked rightly | {' | '.join(f'{one} strangers' for one in shares)} |",
        "|---|---|---|---|" + "---|" * len(shares),
        *(
            f"| {level} | {_faults(level)} | {one['trials']:,} | {_rate(one, 3)} | "
            + " | ".join(f"{case['recall'][level]['rate']:.3f}" for case in shares.values())
            + " |"
            for level, one in whole["all"]["recall"].items()
        ),
    ]
    reviews = [
        "| reviewers err in | links they add | wrong among them | precision with theirs | recall with theirs |",
        "|---|---|---|---|---|",
        f"| (nobody reviews) | 0 | 0 | {_rate(whole['all']['automatic'])} | {_recall(whole)} |",
        *(
            f"| {_percent(one['error'])} | {one['added']:,} | {one['wrong']:,} | {_rate(one['precision'])} | {one['recall']['rate']:.3f} |"
            for one in whole["reviewers"]
        ),
    ]
    cost = f"The dearest case took {whole['processor_seconds']} seconds of the processors, training included, and {whole['peak_mb']} MB."
    return "\n\n".join([about, goals(whole), "\n".join(quality), "\n".join(found), "\n".join(reviews), cost])


def _moderate(part: dict[str, Any]) -> str:
    one = part["recall"].get("moderate")
    return f"{one['rate']:.3f}" if one else "(none)"


def goals(whole: dict[str, Any]) -> str:
    """Each goal, what was measured, and whether it is reached."""
    every, shares = whole["all"], whole["strangers"]
    hardest = list(shares)[-1]
    wanted = [
        ("precision of exact links ≥ 0.9999", every["exact"], 0.9999),
        ("precision of automatic links ≥ 0.998, all cases", every["automatic"], 0.998),
        ("… aim 0.999, all cases", every["automatic"], 0.999),
        (f"precision of automatic links ≥ 0.998, {hardest} strangers", shares[hardest]["automatic"], 0.998),
        ("recall at moderate damage ≥ 0.80, all cases", every["recall"]["moderate"], 0.80),
        *((f"… {share} strangers", one["recall"]["moderate"], 0.80) for share, one in shares.items()),
    ]
    lines = [f"| {name} | {_rate(one)} | {_reached(one, goal)} |" for name, one, goal in wanted]
    review = max(one["review_share"] for one in shares.values())
    lines.append(
        f"| review ≤ 5 % of rows | {_percent(review, 1)} at most | {'yes' if review <= 0.05 else '**no**'}, by rule |"
    )
    return "\n".join(["| goal | measured | reached |", "|---|---|---|", *lines])


def _reached(one: dict[str, Any], goal: float) -> str:
    if one["rate"] < goal:
        return "**no**"
    return "yes" if one["interval"][0] >= goal else "yes, but the interval reaches below it"


NAMES = {
    "damaged": "the two worst levels of damage only",
    "light": "the two lightest levels of damage only",
    "numberless": "no row has a national number",
}


def _links(one: dict[str, Any]) -> str:
    return f"{one['trials']:,} | {one['trials'] - one['hits']} | {_rate(one)}"


def _rate(one: dict[str, Any], digits: int = 5) -> str:
    low, high = one["interval"]
    return f"{one['rate']:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]" if one["trials"] else "none"


def _faults(level: str) -> str:
    least, most = FAULTS[level]
    return str(least) if least == most else f"{least} to {most}"


def _percent(share: float, digits: int = 0) -> str:
    return f"{100 * share:.{digits}f} %"


def _recall(whole: dict[str, Any]) -> str:
    levels = whole["all"]["recall"].values()
    return f"{sum(one['hits'] for one in levels) / sum(one['trials'] for one in levels):.3f}"


def machine() -> str:
    """What this ran on, in words."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = platform.freedesktop_os_release()
    version = ".".join(platform.python_version_tuple()[:2])
    make = " ".join(cpu[1].split()[:2]) if cpu else platform.machine()
    return f"{os.cpu_count()} cores {make}, {memory:.0f} GiB, {system['NAME'].split()[0]} {system['VERSION_ID']}, Python {version}"
