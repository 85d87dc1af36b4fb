"""docs/reference/forms-of-address.md: the rules of address as told by their specifications."""

from __future__ import annotations

import sys
from pathlib import Path

HEAD = """# Forms of address in the Netherlands

How a person is saluted, named on the envelope and named in a sentence, and the lines of the address. The rules are those of
the BRP API Personen (Logisch Ontwerp BRP), PostNL and NEN 5825; what English letters do, and what happens where the
published rules give nothing, is Helder's own choice. Each section below is a test. Left of the arrow: what the register
has. Right of it: `nl` and `en`, the salutation; `text`, the name inside a sentence; `envelope`, the addressee; `in full`, whom a letter to somebody
else is about; `style`, the line above the addressee; `lines`, those below, parted by a stroke. In brackets: the reason why no letter goes.

Where the rules withhold a name, because a surname is not known, a letter opens neutrally ('Geachte mevrouw', 'Geachte lezer') and
the envelope carries the given names. The English forms: Mr and Ms, never Mrs or Miss; titles that English has are used in
English; a prince or princess is 'Your Highness'. A country is named in English and in capitals, as PostNL asks of mail to
other countries: the BRP gives countries in Dutch or as codes of its own, and neither leads a letter through foreign hands. Where the BRP knows
a location in words and no place, the municipality stands there, as its rules say; a postcode that a source has for it is printed. In a language without rules of its own a letter opens with the words of `openings.toml`, and else with the name.
"""


def _cell(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)
    return " " if shown == "-" else shown.replace("  ", "&nbsp; ")


def forms_page() -> str:
    """The page."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from spec.forms import SPECS

    parts = [HEAD]
    for spec in SPECS:
        head, *rows = [[cell.strip() for cell in line.split("|")] for line in spec.table.strip().splitlines()]
        lines = [[f"`{cell}`" if cell != "→" else cell for cell in head], ["---"] * len(head)]
        lines += [[_cell(cell) for cell in row] for row in rows]
        parts.append(f"\n## {spec.sentence}\n\n" + "".join("| " + " | ".join(line) + " |\n" for line in lines))
    return "".join(parts)
