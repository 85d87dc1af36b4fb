"""SVG by hand: elements, text that is wrapped by measure, and a figure that a screen reader can name.

Pure functions from numbers to markup. Colours, strokes and patterns are classes; `page.css` and `patterns.html` say
what they look like in the light and the dark theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

_NARROW, _WIDE = frozenset("ijlftrI.,:;!'|()[] -"), frozenset("mwMW%@ABCDEGHKNOQRUXVYZ")


def number(value: float) -> str:
    """A coordinate: at most one decimal, none when whole."""
    return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def tag(name: str, *children: str, **attributes: str | float | None) -> Markup:
    """`<name …>children</name>`. `class_` is class, `stroke_width` is stroke-width; None leaves an attribute out."""
    given = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value if isinstance(value, str) else number(value))
        for key, value in attributes.items()
        if value is not None
    )
    inside = Markup("").join(escape(child) for child in children)
    return Markup("<{0}{1}>{2}</{0}>").format(name, given, inside)


def measure(text: str, size: float) -> float:
    """About how wide a text is, for the widest of the usual sans-serif fonts: rather too wide than too narrow."""
    ems = sum(0.4 if c in _NARROW else 0.82 if c in _WIDE else 0.62 for c in text)
    return ems * size


def wrap(text: str, width: float, size: float) -> list[str]:
    """The lines of a text in `width`; a word that is too long stands on a line of its own."""
    lines: list[str] = []
    for word in text.split():
        if lines and measure(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def text(x: float, y: float, words: str, class_: str = "", anchor: str | None = None) -> Markup:
    """One line of text; `y` is its baseline."""
    return tag("text", words, x=x, y=y, class_=class_ or None, text_anchor=anchor)


def lines(x: float, y: float, rows: Sequence[str], class_: str = "", *, leading: float = 19) -> Markup:
    """Several lines of text; `y` is the first baseline."""
    return Markup("").join(text(x, y + i * leading, row, class_) for i, row in enumerate(rows))


def rect(x: float, y: float, width: float, height: float, class_: str, rx: float | None = None) -> Markup:
    """A rectangle."""
    return tag("rect", x=x, y=y, width=max(0.0, width), height=height, class_=class_, rx=rx)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def path(commands: Iterable[object], class_: str) -> Markup:
    """A path of commands and coordinates."""
    return tag(
        "path", d=" ".join(number(c) if isinstance(c, (int, float)) else str(c) for c in commands), class_=class_
    )


def picture(id: str, title: str, desc: str, size: tuple[float, float], *parts: str, class_: str) -> Markup:
    """The whole `<svg>`: an image with a name and a description, without width so that it fits its column."""
    return tag(
        "svg",
        tag("title", title, id=f"{id}-t"),
        tag("desc", desc, id=f"{id}-d"),
        *parts,
        viewBox=f"0 0 {number(size[0])} {number(size[1])}",
        role="img",
        aria_labelledby=f"{id}-t {id}-d",
        class_=class_,
        focusable="false",
    )
