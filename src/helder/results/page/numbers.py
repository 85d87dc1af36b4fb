"""Numbers and dates as people of a language write them. A count that is hidden comes as None."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from helder.domain.counted import grouped

Count = int | None
"""A count as it may be published: a number, or None when it is hidden."""

_MONTHS = {
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_SHORT = {
    "nl": ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
_DUTCH = str.maketrans(",.", ".,")
_HIDDEN = {"nl": "niet getoond", "en": "not shown"}
_SIZES = ("B", "kB", "MB", "GB", "TB")


@dataclass(frozen=True)
class Numbers:
    """The numbers of one language: `nl` or `en`."""

    lang: str

    def whole(self, value: int) -> str:
        """941.000 or 941,000."""
        return grouped(value, self.lang)

    def count(self, value: Count) -> str:
        """A count as text. One that is hidden may be small or not: the same words for both."""
        return self.whole(value) if value is not None else _HIDDEN[self.lang]

    def marked(self, value: Count) -> Markup:
        """A count in a `<span class="n">`, so that it never breaks over two lines and a test can find every one."""
        return Markup('<span class="n">{}</span>').format(self.count(value))

    def decimal(self, value: float, places: int = 1) -> str:
        """2,5 or 2.5; whole parts grouped."""
        said = f"{value:,.{places}f}"
        return said.translate(_DUTCH) if self.lang == "nl" else said

    def percent(self, part: float, places: int = 0) -> str:
        """0.163 as 16% (Dutch and English alike, without a space)."""
        return f"{self.decimal(part * 100, places)}%"

    def thousands(self, value: int) -> str:
        """A short form for an axis: 941k in English, 941 dzd. in Dutch; small numbers stay whole."""
        if value < 1000 or value % 1000:
            return self.whole(value)
        return f"{self.whole(value // 1000)}{' dzd.' if self.lang == 'nl' else 'k'}"

    def date(self, day: dt.date) -> str:
        """12 september 2025 or 12 September 2025."""
        return f"{day.day} {_MONTHS[self.lang][day.month - 1]} {day.year}"

    def day(self, day: dt.date) -> str:
        """12 sep 2025 or 12 Sep 2025."""
        return f"{day.day} {_SHORT[self.lang][day.month - 1]} {day.year}"

    def size(self, amount: int) -> str:
        """A number of bytes with the unit that fits: 64 kB, 1.2 GB."""
        size, unit = float(amount), 0
        while size >= 1000 and unit < len(_SIZES) - 1:
            size, unit = size / 1000, unit + 1
        return f"{self.decimal(size, 0 if size >= 10 or not unit else 1)} {_SIZES[unit]}"
