"""Writes the office's component styles from NL Design System packages: only the components and tokens that are used.

Run by `make theme`, which fetches the packages with npm into a folder and names it here. What it writes is committed, so
nobody needs npm to set up Helder.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "src/helder/web/static/helder/components.css"
UTRECHT = (
    "alert", "badge-list", "breadcrumb-nav", "button-group", "checkbox", "data-list", "form-field", "form-fieldset",
    "form-label", "ordered-list", "pagination", "radio-button", "search-bar", "select", "separator", "status-badge",
    "table", "textarea", "textbox", "unordered-list",
)  # fmt: skip
CANDIDATES = ("button", "data-badge", "heading", "link", "number-badge", "paragraph", "skip-link")
RULE = re.compile(r"(?P<at>@media[^{]*\{)?(?P<selector>[^{}@]+)\{(?P<body>[^{}]*)\}")
TOKEN = re.compile(r"--([a-zA-Z0-9-]+)\s*:\s*([^;]+);")
USED = re.compile(r"var\(\s*--([a-zA-Z0-9-]+)")


def wanted(css: str) -> list[str]:
    """The rules of the Utrecht library that are for a component of the list, comments left out."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    names = "|".join(UTRECHT)
    mine = re.compile(rf"\.utrecht-(?:{names})(?![a-z])(?:__|--|[^a-z-]|$)")
    found = []
    for match in re.finditer(r"([^{}@]+)\{([^{}]*)\}", css):
        parts = [part.strip() for part in match[1].split(",\n")]
        kept = [part for part in parts if mine.search(part) and "html" not in part]
        if kept:
            found.append(f"{','.join(kept)}{{{' '.join(match[2].split())}}}")
    return found


def closure(css: str, tokens: dict[str, str]) -> dict[str, str]:
    """The tokens that the styles use, and those that these use."""
    todo, found = set(USED.findall(css)), {}
    while todo:
        name = todo.pop()
        if name in tokens and name not in found:
            found[name] = tokens[name]
            todo |= set(USED.findall(tokens[name]))
    return found


def main(packages: Path) -> None:
    """Write components.css from the packages below `packages` (npm's node_modules)."""
    versions = []

    def read(package: str, file: str) -> str:
        folder = packages / package
        about = json.loads((folder / "package.json").read_text("utf-8"))
        assert about["license"] == "EUPL-1.2", package
        versions.append(f"{package} {about['version']}")
        return (folder / file).read_text("utf-8")

    rules = wanted(read("@utrecht/component-library-css", "dist/index.css"))
    for name in CANDIDATES:
        css = read(f"@nl-design-system-candidate/{name}-css", f"dist/{name}.css")
        rules.append(re.sub(r"/\*.*?\*/", "", css, flags=re.S).strip())
    styles = "\n".join(rules)
    own = (OUT.parent / "theme.css").read_text("utf-8") + (OUT.parent / "site.css").read_text("utf-8")
    tokens = dict(TOKEN.findall(read("@nl-design-system-unstable/voorbeeld-design-tokens", "dist/variables.css")))
    used = closure(styles + own, tokens)
    head = "/* Made by `make theme`; do not edit. EUPL-1.2, the authors of NL Design System:\n   " + "\n   ".join(
        versions
    )
    root = ":root{" + "".join(f"--{name}:{used[name].strip()};" for name in sorted(used)) + "}"
    OUT.write_text(f"{head} */\n{root}\n{styles}\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
