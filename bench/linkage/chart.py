"""Precision and recall against the threshold, as an SVG that reads in light and dark and aloud."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from helder.linkage import LinkSettings
from helder.linkage.quality import Rate

SET = LinkSettings().accept
GOAL = 0.998
LEFT, RIGHT, WIDTH, HEIGHT = 74, 690, 760, 560
TOP = {"precision": (84, 262), "recall": (326, 504)}
STYLE = """
.paper{fill:#fff}.ink{fill:#1a1a1a}.soft{fill:#555}.grid{stroke:#d5d5d5}.set{stroke:#1a1a1a;stroke-dasharray:5 4}
.goal{stroke:#8a4b00;stroke-dasharray:2 3}.goalword{fill:#8a4b00}.line{fill:none;stroke-width:2.5}
.p{stroke:#0b5cad}.pd{fill:#0b5cad}.r{stroke:#1d6b3a}.rd{fill:#1d6b3a}.band{opacity:.18}
text{font:14px system-ui,"DejaVu Sans",sans-serif}.head{font-weight:700;font-size:16px}
@media(prefers-color-scheme:dark){.paper{fill:#16181c}.ink{fill:#f0f0f0}.soft{fill:#b5b5b5}.grid{stroke:#3b3f46}
.set{stroke:#f0f0f0}.goal{stroke:#f0b35a}.goalword{fill:#f0b35a}.p{stroke:#79b8ff}.pd{fill:#79b8ff}.r{stroke:#7fd69a}
.rd{fill:#7fd69a}}
"""


@dataclass(frozen=True)
class Dot:
    """Precision and recall when links are accepted from `bits` on."""

    bits: float
    precision: Rate
    recall: Rate

    def to_json(self) -> dict[str, object]:
        """As plain values."""
        return {"bits": self.bits, "precision": self.precision.to_json(), "recall": self.recall.to_json()}


def draw(dots: list[Dot]) -> str:
    """The whole picture. Thresholds without links are left out."""
    dots = [dot for dot in dots if dot.precision.trials]
    last = max(dot.bits for dot in dots)

    def x(bits: float) -> float:
        return LEFT + (RIGHT - LEFT) * bits / last

    lowest = min(dot.precision.low for dot in dots)
    floor = next(one for one in (0.99, 0.98, 0.96, 0.94, 0.9, 0.8, 0.5, 0.0) if one <= lowest)
    now = next(dot for dot in dots if dot.bits == SET)
    said = (
        f"Accepting from {dots[0].bits:g} bits on, precision is {dots[0].precision.value:.4f} and recall "
        f"{dots[0].recall.value:.2f}; from {SET:g} bits on, as it is set, {now.precision.value:.5f} and {now.recall.value:.2f}; "
        f"from {last:g} bits on, {dots[-1].precision.value:.5f} and {dots[-1].recall.value:.2f}."
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">',
        '<title id="t">Precision and recall of automatic links by threshold</title>',
        f'<desc id="d">{said}</desc><style>{STYLE}</style><rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
        '<text class="ink head" x="20" y="30">A higher threshold: fewer wrong links, and fewer links</text>',
        _panel("precision", "Precision: of the automatic links, the share that is right", floor, dots, x),
        _panel("recall", "Recall: of the rows that exact matching left, the share linked rightly", 0.0, dots, x),
    ]
    y = _height("precision", floor)(GOAL)
    parts.append(f'<line class="goal" x1="{LEFT}" x2="{RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
    parts.append(f'<text class="goalword" x="{RIGHT - 4}" y="{y + 17:.1f}" text-anchor="end">goal 0.998</text>')
    for top, bottom in TOP.values():
        parts.append(f'<line class="set" x1="{x(SET):.1f}" x2="{x(SET):.1f}" y1="{top}" y2="{bottom}"/>')
    middle = TOP["precision"][1] - 12
    parts.append(f'<text class="ink" x="{x(SET) + 8:.1f}" y="{middle}">set: {now.precision.value:.5f}</text>')
    parts.append(
        f'<text class="ink" x="{x(SET) + 8:.1f}" y="{TOP["recall"][1] - 12}">set: {now.recall.value:.3f}</text>'
    )
    for bits in range(0, int(last) + 1, 2):
        parts.append(f'<text class="soft" x="{x(bits):.1f}" y="524" text-anchor="middle">{bits}</text>')
    parts.append(f'<text class="soft" x="{(LEFT + RIGHT) / 2}" y="546" text-anchor="middle">')
    parts.append("accept from so many bits on (10 bits: odds of 1,000 to 1)</text></svg>\n")
    return "\n".join(parts)


def _height(name: str, floor: float) -> Callable[[float], float]:
    top, bottom = TOP[name]
    return lambda value: bottom - (bottom - top) * (max(value, floor) - floor) / (1 - floor)


def _panel(name: str, heading: str, floor: float, dots: list[Dot], x: Callable[[float], float]) -> str:
    y = _height(name, floor)
    rates: list[tuple[float, Rate]] = [(x(dot.bits), getattr(dot, name)) for dot in dots]
    kind = name[0]
    parts = [f'<text class="ink" x="20" y="{TOP[name][0] - 20}">{heading}</text>']
    for step in range(5):
        value = floor + (1 - floor) * step / 4
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}"/>')
        parts.append(f'<text class="soft" x="{LEFT - 8}" y="{y(value) + 5:.1f}" text-anchor="end">{value:.4g}</text>')
    band = [(at, one.high) for at, one in rates] + [(at, one.low) for at, one in reversed(rates)]
    parts.append(f'<polygon class="{kind}d band" points="{_points(band, y)}"/>')
    line = [(at, one.hits / one.trials) for at, one in rates]
    parts.append(f'<polyline class="line {kind}" points="{_points(line, y)}"/>')
    parts += [f'<circle class="{kind}d" cx="{at:.1f}" cy="{y(value):.1f}" r="4"/>' for at, value in line]
    return "\n".join(parts)


def _points(of: list[tuple[float, float]], y: Callable[[float], float]) -> str:
    return " ".join(f"{at:.1f},{y(value):.1f}" for at, value in of)
