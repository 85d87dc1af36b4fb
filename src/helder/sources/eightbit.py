"""Which eight-bit encoding a text is in, and whether its bytes tell: by the words that it makes of them.

Western Europe's encodings give the same bytes other letters. A reading is believed when it makes words and names that
are known (wordfreq's lists of the languages of Dutch registers), and where the others make none, or no words at all:
`Jos‚`, `Zo∆`. What nothing tells is chosen by what is usual, and is stated as unsure: a name read wrong links to
nobody, or is printed on a letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, filterfalse
from typing import BinaryIO

from charset_normalizer import from_bytes

from helder.sources.stream import Doubt

_ENCODINGS = (
    "cp1252",
    "iso8859-15",
    "cp1254",
    "cp1250",
    "iso8859-2",
    "mac-roman",
    "cp850",
    "cp437",
    "cp857",
    "cp852",
    "utf-8",
)
"""The usual one first: where several read every word alike, it is the one that is stated."""
_LISTS = {
    "large": ("nl", "en", "fr", "de", "es", "pl"),
    "small": ("pt", "it", "tr", "cs", "hu", "ro", "sh", "sv", "da", "nb", "is"),
}
_USUAL = frozenset("áàâäãåçéèêëíîïñóòôöøúùûüßæÁÀÂÄÃÅÇÉÈÊËÍÎÏÑÓÒÔÖØÚÙÛÜÆ")
"""Letters that need no known word to be believed."""
_APOSTROPHES = str.maketrans("’´‘`", "''''")
_ELISION = re.compile(r"'[sSnNtT]$|'[sS]-|[dDlLnNoO]'[A-Za-zÀ-ſ]")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_ENOUGH = 200  # different words with one byte
_BLOCK = 2 << 20
_SHOWN = 3
_DAMAGE = "\ufffd"


@dataclass(frozen=True)
class Word:
    """A word with bytes that are not ASCII, and the first line that it stands on."""

    raw: bytes
    line: int


def words(file: BinaryIO) -> list[Word]:
    """Different words of a whole file that are not ASCII, up to some hundreds for each byte."""
    found: dict[bytes, int] = {}
    often: Counter[int] = Counter()
    line = 1
    while block := file.read(_BLOCK) + file.readline(_BLOCK):
        rare = bytes(byte for byte in range(0x80, 0x100) if often[byte] < _ENOUGH)
        if rare and not block.isascii() and block.translate(None, bytes(set(range(256)) - set(rare))):
            at = 0
            for match in _pattern(rare).finditer(block):
                if (raw := match[0]) not in found:
                    line += block.count(b"\n", at, match.start())
                    at = match.start()
                    found[raw] = line
                    often.update(byte for byte in set(raw) if byte >= 0x80)
            line += block.count(b"\n", at)
        else:
            line += block.count(b"\n")
    return [Word(raw, at) for raw, at in found.items()]


@cache
def _pattern(rare: bytes) -> re.Pattern[bytes]:
    part = rb"[A-Za-z0-9'`\x80-\xff-]"
    return re.compile(part + rb"{0,40}[" + re.escape(rare) + rb"]" + part + rb"{0,40}")


def eight_bit(found: list[Word]) -> tuple[str, tuple[Doubt, ...]]:
    """The likeliest encoding of these words, and what their bytes do not tell."""
    if _other_alphabet(found):
        return _guessed(b"\n".join(word.raw for word in found))
    texts = {name: [word.raw.decode(name, "replace") for word in found] for name in _ENCODINGS}
    readings = {name: [_Reading(text, _votes(text)) for text in read] for name, read in texts.items()}
    best = max(_ENCODINGS, key=lambda name: sum(one.votes for one in readings[name]))
    doubts = [
        doubt
        for name in _ENCODINGS
        if name != best and not _excluded(readings[best], readings[name])
        for doubt in [_differences(best, name, found, readings)]
    ]
    return best, tuple(doubts) or _unknown_letters(best, found, readings[best])


@dataclass(frozen=True)
class _Reading:
    text: str
    votes: int
    """1 when it is known, -1 when it is no word."""


def _votes(text: str) -> int:
    parts = _parts(text)
    if known_words().issuperset(parts) if parts else _ELISION.search(text.translate(_APOSTROPHES)):
        return 1
    return -1 if _no_word(text) else 0


def _parts(text: str) -> list[str]:
    """What of it may be a word that we know: letters, some of them not ASCII."""
    return [part.lower() for part in _NO_LETTERS.split(text) if not part.isascii()]


def _no_word(text: str) -> bool:
    """Whether some sign stands where no such sign stands in a word or an address."""
    for at, sign in enumerate(text):
        if sign.isascii():
            continue
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        kind = unicodedata.category(sign)
        if sign in "’´‘–\u00a0\u00ad·":
            continue
        if sign == _DAMAGE or kind in ("Cc", "Co", "Cn"):
            return True
        if sign.isalpha() and sign not in "ªº":
            if not unicodedata.name(sign, "").startswith("LATIN") or before.isdigit():
                return True
            if sign.isupper() and before.islower():
                return True
            if (
                sign.islower()
                and before.isupper()
                and text[:at].isupper()
                and at > 1
                and (len(after) == 0 or after.isupper())
            ):
                return True
        elif before.isalpha() or after.isalpha():
            return True
    return False


def _excluded(best: list[_Reading], other: list[_Reading]) -> bool:
    """Whether another encoding reads all words alike, or clearly worse."""
    differing = [(one, two) for one, two in zip(best, other, strict=True) if one.text != two.text]
    gained = sum(max(one.votes - two.votes, 0) for one, two in differing)
    lost = sum(max(two.votes - one.votes, 0) for one, two in differing)
    return not differing or (gained >= 2 and lost * 10 <= gained)


def _differences(best: str, name: str, found: list[Word], readings: Mapping[str, list[_Reading]]) -> Doubt:
    """What would be read differently, and where: signs, never the names that they stand in."""
    signs: dict[tuple[str, str], int] = {}
    for word, one, two in zip(found, readings[best], readings[name], strict=True):
        if len(one.text) == len(two.text):
            for here, there in zip(one.text, two.text, strict=True):
                if here != there:
                    signs.setdefault((here, there), word.line)
        elif one.text != two.text:
            signs.setdefault(("", ""), word.line)
    shown = tuple((here, there, line) for (here, there), line in list(signs.items())[:_SHOWN])
    return Doubt("encoding", best, name, shown)


def _unknown_letters(best: str, found: list[Word], readings: list[_Reading]) -> tuple[Doubt, ...]:
    """A doubt about letters that are rare here, and that no known word has."""
    believed = _USUAL.union(*(one.text for one in readings if one.votes > 0))
    odd: dict[str, int] = {}
    for word, one in zip(found, readings, strict=True):
        for sign in one.text:
            if (
                not sign.isascii()
                and (sign.isalpha() or one.votes < 0)
                and not {sign, sign.lower(), sign.upper()} & believed
            ):
                odd.setdefault(sign, word.line)
    shown = tuple((sign, "", line) for sign, line in list(odd.items())[:_SHOWN])
    return (Doubt("encoding", best, "", shown),) if shown else ()


def _other_alphabet(found: list[Word]) -> bool:
    """Whether these words are hardly of Latin letters."""
    odd = sum(byte >= 0x80 for word in found for byte in word.raw)
    return odd > 0.6 * sum(byte >= 0x80 or 0x41 <= byte & 0xDF <= 0x5A for word in found for byte in word.raw)


def _guessed(sample: bytes) -> tuple[str, tuple[Doubt, ...]]:
    """Another alphabet's encoding by the frequency of its letters, which is never sure."""
    names = [match.encoding for match in from_bytes(sample) if match.encoding not in ("ascii", "utf_8")]
    names = list(dict.fromkeys(name.replace("_", "-") for name in [*names[:_SHOWN], "cp1252"]))
    return names[0], tuple(Doubt("encoding", names[0], other, ()) for other in names[1:] or [""])


@cache
def known_words() -> frozenset[str]:
    """The words and names that we know and that are not plain ASCII: of the lists' three million one in six, some 60 MB."""
    from wordfreq import get_frequency_list

    found: set[str] = set()
    for size, languages in _LISTS.items():
        for language in languages:
            words = chain.from_iterable(get_frequency_list(language, size))
            found.update(filterfalse(str.isascii, _dotted(words) if language == "tr" else words))
            get_frequency_list.cache_clear()
    return frozenset(found)


def _dotted(words: Iterable[str]) -> Iterator[str]:
    """Turkish words, and those with an i also as they come of a capital with its dot."""
    for word in words:
        yield word
        if word.startswith("i"):
            yield "İ".lower() + word[1:]
