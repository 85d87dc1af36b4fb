"""QR symbols by look-up, beside the library that makes them."""

import numpy as np
import pytest
import segno

from helder.letters.typeset.qr import ALPHANUMERIC, QrTable
from helder.letters.typeset.qr_reading import read_symbols


def by_segno(text: str, version: int) -> list[list[bool]]:
    made = segno.make(text, error="m", version=version, mode="alphanumeric", mask=2, boost_error=False, micro=False)
    return [[bool(module & 1) for module in row] for row in made.matrix]


@pytest.mark.parametrize(
    ("prefix", "length"),
    [("HTTPS://BVO.EXAMPLE/C/", 12), ("HTTPS://BVO.EXAMPLE/", 13), ("HTTPS://A.B/C", 8), ("", 25), ("A", 4)],
)
def test_symbols_from_the_tables_are_those_of_segno(prefix: str, length: int) -> None:
    table, random = QrTable(prefix, length), np.random.default_rng(1)
    for _ in range(20):
        text = "".join(ALPHANUMERIC[n] for n in random.integers(0, 45, length))
        assert table.symbol(text).rows() == by_segno(prefix + text, table.version)


def test_a_symbol_reads_back_as_its_text() -> None:
    table, random = QrTable("HTTPS://BVO.EXAMPLE/C/", 12), np.random.default_rng(2)
    texts = ["".join(ALPHANUMERIC[n] for n in random.integers(0, 45, 12)) for _ in range(500)]
    assert read_symbols(table.width, table.symbols(texts)) == ["HTTPS://BVO.EXAMPLE/C/" + text for text in texts]


def test_a_symbol_of_segno_reads_back_too() -> None:
    for version, text in ((1, "ABC 123"), (2, "HELDER/$%*+-.:"), (3, "X" * 61)):
        packed = np.packbits(np.array(by_segno(text, version)), axis=1).reshape(1, -1)
        assert read_symbols(17 + 4 * version, packed) == [text]


def test_one_wrong_module_anywhere_is_noticed() -> None:
    table = QrTable("HTTPS://BVO.EXAMPLE/C/", 12)
    good = table.symbols(["ABCDEFGHJKLM"])
    remainder = 0
    for module in range(table.width**2):
        y, x = divmod(module, table.width)
        bad = good.copy()
        bad[0, y * 4 + x // 8] ^= 128 >> x % 8
        remainder += read_symbols(table.width, bad) != [""]
    assert remainder == 7  # the remainder bits of version 2 say nothing (ISO/IEC 18004, table 1)


def test_another_size_does_not_read() -> None:
    assert read_symbols(33, np.zeros((2, 165), np.uint8)) == ["", ""]


def test_a_character_that_qr_codes_do_not_have_is_refused() -> None:
    for text in ("abc", "ABCD", "AB€"):
        with pytest.raises(KeyError):
            QrTable("X", 3).symbols([text])
