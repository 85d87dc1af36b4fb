"""CSV and its kin: any delimiter, quotes as in RFC 4180, any line ends, any encoding.

Whole records go to Arrow's parser a few megabytes at a time; it hands back those with too few or too many fields.
Record numbers count records below the header, good and bad, not lines; blank lines are no records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import pyarrow as pa
import pyarrow.csv as pc

from helder.domain.errors import SourceError
from helder.sources.delimited import LINE_END, LONGEST, WIDEST, Cutter, Grammar, line_start
from helder.sources.stream import Bad, Batch, Doubt, Options, Place, Shape, Tell, number_option, unique_names
from helder.sources.text import DAMAGE, blocks, known_encoding, sniff_encoding

suffixes = (".csv", ".tsv", ".tab", ".txt")
options = ("encoding", "delimiter", "quote", "header")

_DELIMITERS = {
    "comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "tilde": "~", "caret": "^", "unit separator": "\x1f", "colon": ":",
}  # fmt: skip
_NAMES = {sign: name for name, sign in _DELIMITERS.items()}
_SAMPLE = 256 << 10
_EXCEL_SAYS = re.compile(r'"?sep=([,;|\t^~:])"?[\r\n]')  # a line that Excel writes and reads above the header


def sniff(place: Place, given: Options, wanted: Sequence[str] = ()) -> Shape:
    """State encoding, delimiter, quotes and header.

    Options: encoding, delimiter, quote ('' when quotes mean nothing), header (the line it is on; 0: there is none, and
    columns are called 1, 2, …).
    """
    if place.path.stat().st_size == 0:
        raise SourceError("The file is empty.", where=place.name, do="Ask the sender for the file again.")
    told = given.get("encoding")
    encoding, doubts = (known_encoding(str(told), place.name), ()) if told else sniff_encoding(place.path)
    sample = _sample(place, encoding)
    excel = _EXCEL_SAYS.match(sample)
    header = number_option(given, "header", 2 if excel else 1, place)
    quoted = given.get("quote", '"') != ""
    start = line_start(sample, header)
    sign = _delimiter(given, place) or (excel[1] if excel else "")
    if not sign:
        sign, others = _sniff_delimiter(sample, start, quoted)
        doubts += tuple(Doubt("delimiter", _NAMES[sign], _NAMES[other]) for other in others)
        if "header" not in given:
            _no_title(sample, sign, quoted, place)
    grammar = Grammar(sign, quoted)
    first = next(grammar.cut(sample, start), None)
    record = sample[first[0] : first[1]] if first and first[2] else DAMAGE
    if first and not first[2] and sample.count(grammar.delimiter, *first[:2]) >= WIDEST:
        raise SourceError(
            f"The header has more than {WIDEST} columns.",
            where=place.name,
            do="Tell the delimiter, or ask for a file with only the columns that matter.",
        )
    if DAMAGE in record or "\0" in record:
        raise SourceError(
            "There is no header that can be read.",
            where=f"{place.name}, line {max(header, 1)}",
            do="Look at the first lines; tell options encoding, delimiter, quote or header.",
        )
    fields = grammar.split(record)
    names, made_up = unique_names(fields if header else [str(number) for number in range(1, len(fields) + 1)])
    facts = {
        "encoding": encoding,
        "delimiter": _NAMES.get(grammar.delimiter, grammar.delimiter),
        "quotes": "yes" if quoted else "no",
        "header": f"line {header}" if header else "none",
    }
    return Shape(names, facts | ({"names made up": made_up} if made_up else {}), doubts)


def read(place: Place, shape: Shape, wanted: Sequence[str], tell: Tell) -> Iterator[Batch]:
    """Stream the records below the header."""
    facts = shape.facts
    grammar = Grammar(_DELIMITERS.get(facts["delimiter"], facts["delimiter"]), facts["quotes"] == "yes")
    header = 0 if facts["header"] == "none" else int(facts["header"].removeprefix("line "))
    cutter = Cutter(grammar, len(shape.columns), header)
    parser = _Parser(grammar, shape.columns, wanted, cutter.broken)
    for text, done, last in blocks(place.path, facts["encoding"]):
        batch = parser.parse(*cutter.take(text, last)) or parser.parse(*cutter.mend())
        if batch and (batch.rows.num_rows or batch.bad):
            yield batch
        tell(done)


def _sample(place: Place, encoding: str) -> str:
    """The beginning of the file as text: some hundred kilobytes, or as far as the first line goes."""
    sample = ""
    for text, _, last in blocks(place.path, encoding, _SAMPLE):
        sample += text + ("\n" if last else "")
        if (len(sample) >= _SAMPLE and LINE_END.search(sample)) or len(sample) > LONGEST:
            break
    return sample


def _delimiter(given: Options, place: Place) -> str:
    told = str(given.get("delimiter", ""))
    sign = _DELIMITERS.get(told, told)
    if sign and (len(sign) != 1 or sign in '"\r\n\0\x01' or not sign.isascii()):
        raise SourceError("Option 'delimiter' is not one sign.", where=place.name, do="Use ';', ',', '|' or 'tab'.")
    return sign


def _sniff_delimiter(sample: str, start: int, quoted: bool) -> tuple[str, list[str]]:
    """The sign that cuts most records into as many fields as the header, and into most fields; others that do so nearly as well."""
    scores = {}
    line = LINE_END.search(sample, start)
    for sign in _NAMES:
        if sample.count(sign, start, line.start() if line else len(sample)) >= WIDEST:
            return sign, []  # too many to be read; with another sign it would be one column
        found = _widths(sample, start, Grammar(sign, quoted))
        scores[sign] = (found[0] - 1) * found.count(found[0]) / len(found) if found else 0.0
    best = max(scores, key=lambda sign: scores[sign])
    return best, [sign for sign, score in scores.items() if sign != best and score and score * 2 >= scores[best]]


def _widths(sample: str, start: int, grammar: Grammar) -> list[int]:
    """How many fields the first records have; 0: broken."""
    cuts = islice(grammar.cut(sample, start), 200)
    return [len(grammar.split(sample[begin:end])) if whole else 0 for begin, end, whole in cuts]


def _no_title(sample: str, sign: str, quoted: bool, place: Place) -> None:
    """Refuse a title that stands above the header: all records below would be broken."""
    found = _widths(sample, 0, Grammar(sign, quoted))
    if found.count(found[0] if found else 0) * 2 > len(found) and found[0] > 1:
        return
    for grammar in (Grammar(one, quoted) for one in _NAMES):
        found = _widths(sample, 0, grammar)
        usual = max(set(found), key=found.count, default=0)
        if usual > 2 >= found[0] and len(found) > 2 and found.count(usual) * 10 >= 8 * (len(found) - 1):
            cuts = islice(grammar.cut(sample, 0), found.index(usual), None)
            line = len(LINE_END.findall(sample, 0, next(cuts)[0])) + 1
            raise SourceError(
                f"The first line has {found[0]} fields, and nearly all others have {usual}.",
                where=place.name,
                do=f"If it is a title and line {line} is the header, say so: options = {{ header = {line} }}.",
                choices=[{"header": line}],
            )


class _Parser:
    """Arrow's parser with exact record numbers."""

    def __init__(self, grammar: Grammar, columns: Sequence[str], wanted: Sequence[str], broken: str) -> None:
        self.grammar = grammar
        self.columns = list(columns)
        self.wanted = list(wanted) or self.columns[:1]
        self.broken = broken
        self.number = 0  # records so far

    def parse(self, text: str, reasons: Sequence[str]) -> Batch | None:
        """Parse whole records; the lines `broken` in the text have these reasons.

        None: a record of several lines has the wrong number of fields, so its quotes must be mended first.
        """
        bad: list[Bad] = []
        tangled = False
        why = iter(reasons)

        def hand_back(row: pc.InvalidRow) -> str:
            nonlocal tangled
            if row.text == self.broken:
                reason = next(why)
            else:
                tangled = tangled or "\n" in row.text or "\r" in row.text
                reason = f"{row.actual_columns} fields where the header has {row.expected_columns}"
            bad.append(Bad(self.number + row.number, reason))
            return "skip"

        data = ("\ufeff" + text if text.startswith("\ufeff") else text).encode()  # Arrow drops one mark
        if text.strip("\r\n"):
            table = self._arrow(data, hand_back)
        else:
            table = pa.table({name: pa.array([], pa.string()) for name in self.wanted})
        if tangled:
            return None
        count = table.num_rows + len(bad)
        odd = {one.number for one in bad}
        numbers = [n for n in range(self.number + 1, self.number + count + 1) if n not in odd]
        self.number += count
        rows = table.combine_chunks().to_batches()
        empty = pa.RecordBatch.from_arrays([pa.array([], pa.string())] * len(self.wanted), names=self.wanted)
        return Batch(rows[0] if rows else empty, pa.array(numbers, pa.int64()), bad)

    def _arrow(self, data: bytes, hand_back: object) -> pa.Table:
        return pc.read_csv(
            pa.BufferReader(data),
            read_options=pc.ReadOptions(use_threads=False, column_names=self.columns, block_size=len(data) + 1),
            parse_options=pc.ParseOptions(
                delimiter=self.grammar.delimiter,
                quote_char='"' if self.grammar.quoted else False,
                newlines_in_values=self.grammar.quoted,
                invalid_row_handler=hand_back,
            ),
            convert_options=pc.ConvertOptions(
                include_columns=self.wanted,
                column_types={name: pa.string() for name in self.wanted},
                strings_can_be_null=False,
            ),
        )
