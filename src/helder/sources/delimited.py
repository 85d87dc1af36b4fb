"""The grammar of delimited text, and cutting a stream of text into whole records, good and broken.

A quoted field ends at its closing quote, wherever the line ends in it are (RFC 4180). A record that breaks this costs
one line, so a quote that is never closed cannot swallow the lines below it. What is broken does not depend on where
the stream happens to be cut into blocks.

The patterns are unambiguous, so that a failing match takes time in proportion to its length. Only single sets of signs
are matched possessively: Python before 3.11.5 gets possessive groups wrong (python/cpython issue 106052).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from helder.sources.text import DAMAGE

LONGEST = 4 << 20
"""The longest record, in characters; a longer one is broken. At least twice the size of a block."""

WIDEST = 4096
"""The most fields; a record with more is broken."""

BROKEN_QUOTE = "a quote is not closed, or text follows a closing quote"
BROKEN_NUL = "the record holds NUL bytes"
BROKEN_BYTES = "bytes that are not of the file's encoding"
BROKEN_WIDE = f"more than {WIDEST} fields"
BROKEN_LONG = f"the record is longer than {LONGEST >> 20} Mi characters"

LINE_END = re.compile(r"\r\n?|\n")
_SIGN = "\x01"
_SUSPECT = ("\0", _SIGN, DAMAGE)


@dataclass(frozen=True)
class Grammar:
    """How records and fields are told apart. `quoted` false: quotes mean nothing in this file."""

    delimiter: str
    quoted: bool

    @cached_property
    def _field(self) -> str:
        plain = rf"[^{re.escape(self.delimiter)}\r\n]*+"
        return rf'(?:"[^"]*+(?:""[^"]*+)*"(?!")|(?!"){plain})' if self.quoted else plain

    @cached_property
    def record(self) -> re.Pattern[str]:
        """One whole record with its line end."""
        return re.compile(rf"{self._field}(?:{re.escape(self.delimiter)}{self._field}){{0,{WIDEST - 1}}}(?:\r\n?|\n)")

    @cached_property
    def records(self) -> re.Pattern[str]:
        """Some whole records: many at a time is faster, all at a time would remember each."""
        return re.compile(rf"(?:{self.record.pattern}){{1,64}}")

    @cached_property
    def unfinished(self) -> re.Pattern[str]:
        """The beginning of a record that more text may make whole, up to the end of the text."""
        open_field = rf'(?:"[^"]*+(?:""[^"]*+)*"?|{self._field})' if self.quoted else self._field
        return re.compile(rf"(?:{self._field}{re.escape(self.delimiter)}){{0,{WIDEST - 1}}}{open_field}\Z")

    @cached_property
    def _fields(self) -> re.Pattern[str]:
        return re.compile(rf"(?:\A|{re.escape(self.delimiter)})({self._field})")

    def end_of_whole(self, text: str) -> int:
        """Where the whole records at the beginning of a text end."""
        end = 0
        while match := self.records.match(text, end):
            end = match.end()
        return end

    def split(self, record: str) -> list[str]:
        """The values of one whole record."""
        values = self._fields.findall(record.rstrip("\r\n"))
        if not self.quoted:
            return values
        return [value[1:-1].replace('""', '"') if value.startswith('"') else value for value in values]

    def cut(self, text: str, position: int) -> Iterator[tuple[int, int, bool]]:
        """Start, end and wholeness of each record from `position`, blank lines left out; a broken one is one line."""
        while line := LINE_END.search(text, position):
            if line.start() > position:
                match = self.record.match(text, position)
                end = match.end() if match else line.end()
                yield position, end, match is not None
                position = end
            else:
                position = line.end()


def line_start(text: str, line: int) -> int:
    """Where a line begins, counted from 1; the end of the text when it has fewer lines."""
    if line <= 1:
        return 0
    ends = [match.end() for match in islice(LINE_END.finditer(text), line - 1)]
    return ends[-1] if len(ends) == line - 1 else len(text)


class Cutter:
    """Takes the text of a file block by block and gives whole records of `width` fields below line `header` (0: none).

    In what it gives, each broken record is one line `broken`, which no parser takes for a record of that width; the
    reasons stand beside, in order.
    """

    def __init__(self, grammar: Grammar, width: int, header: int) -> None:
        self.grammar = grammar
        self.width = width
        self.broken = f"{_SIGN}{grammar.delimiter}{_SIGN}" if width == 1 else _SIGN
        self._header = header
        self._begun = header == 0
        self._rest = ""  # not whole yet
        self._buffer = ""  # what was last taken, for `mend`
        self._dropping = False  # inside a line that is too long
        self._last = False

    def take(self, text: str, last: bool) -> tuple[str, list[str]]:
        """Add text and give what is whole now. `last`: this is the end of the file."""
        self._buffer = self._rest + text + ("\n" if last else "")
        self._last = last
        if self._dropping or not self._begun:
            self._buffer = self._after(self._buffer)
            if self._dropping or not self._begun:
                return "", []
        if len(self._buffer) > LONGEST or any(sign in self._buffer for sign in _SUSPECT):
            return self.mend()
        if self.grammar.quoted and '"' in self._buffer:
            end = self.grammar.end_of_whole(self._buffer)
        else:
            end = max(self._buffer.rfind("\n"), self._buffer.rfind("\r")) + 1
        if end < len(self._buffer) and (last or not self.grammar.unfinished.match(self._buffer, end)):
            return self.mend()
        self._rest = self._buffer[end:]
        return self._buffer[:end], []

    def mend(self) -> tuple[str, list[str]]:
        """The same text as was taken last, looked at record by record: for text with anything odd in it."""
        buffer, grammar = self._buffer, self.grammar
        position, parts, reasons = 0, [], []
        while position < len(buffer):
            match = grammar.record.match(buffer, position)
            if not match and self._may_become_whole(position):
                break
            end, reason = self._judge(position, match.end() if match else -1)
            if reason:
                reasons.append(reason)
                parts.append(self.broken + "\n")
            else:
                parts.append(buffer[position:end])
            position = end
        self._rest = buffer[position:]
        return "".join(parts), reasons

    def _may_become_whole(self, start: int) -> bool:
        """Whether more text could end the record that begins here, or its line."""
        if self._last or len(self._buffer) - start > LONGEST:
            return False
        open_end = self.grammar.unfinished.match(self._buffer, start)
        return open_end is not None or not LINE_END.search(self._buffer, start)

    def _judge(self, start: int, end: int) -> tuple[int, str]:
        """Where the record that starts here ends, and what is wrong with it (empty: nothing). `end` -1: not whole."""
        line = LINE_END.search(self._buffer, start)
        if not line:
            self._dropping = True
            return len(self._buffer), BROKEN_LONG
        record = self._buffer[start:end].rstrip("\r\n") if end >= 0 else ""
        if line.end() < end and (len(record) > LONGEST or len(self.grammar.split(record)) != self.width):
            end = -1  # lines that belong together only by an accident of quotes
        if end < 0:
            wide = self._buffer.count(self.grammar.delimiter, start, line.start()) >= WIDEST
            long = line.start() - start > LONGEST
            return line.end(), BROKEN_LONG if long else BROKEN_WIDE if wide else BROKEN_QUOTE
        if len(record) > LONGEST:
            return end, BROKEN_LONG
        if "\0" in record:
            return end, BROKEN_NUL
        if DAMAGE in record or record == self.broken:
            return end, BROKEN_BYTES
        return end, ""

    def _after(self, buffer: str) -> str:
        """What is left below a line that is being dropped, or below the header."""
        self._rest = ""
        if self._dropping:
            line = LINE_END.search(buffer)
            self._dropping = line is None
            return buffer[line.end() :] if line else ""
        header = next(self.grammar.cut(buffer, line_start(buffer, self._header)), None)
        if header and header[2]:
            self._begun = True
            return buffer[header[1] :]
        self._rest = buffer
        return ""
