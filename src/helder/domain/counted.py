"""A number in a sentence, with the words that go with it."""

from __future__ import annotations


def grouped(number: int, lang: str) -> str:
    """A number with its thousands parted: 1.438 in Dutch (nl), 1,438 in English."""
    return f"{number:,}".replace(",", "." if lang == "nl" else ",")


class Counted(int):
    """A whole number that says its noun: `{rows:row|rows}` is '1 row' or '1,200 rows'.

    After a minus sign stand words without the number: `{rows:-it is|they are}`.
    """

    lang: str

    def __new__(cls, value: int, lang: str) -> Counted:
        """The number, for a sentence in `lang` (nl or en)."""
        made = super().__new__(cls, value)
        made.lang = lang
        return made

    def __format__(self, words: str) -> str:
        """The number with its singular or its plural, which stand on either side of '|'."""
        one, _, many = words.removeprefix("-").partition("|")
        said = one if self == 1 else many
        return said if words.startswith("-") else f"{grouped(int(self), self.lang)} {said}".rstrip()


class Uncounted:
    """A number that may not be told: its noun alone, as if there were several, so that one is not betrayed either."""

    def __format__(self, words: str) -> str:
        """The plural, which stands after '|'."""
        return words.removeprefix("-").partition("|")[2]
