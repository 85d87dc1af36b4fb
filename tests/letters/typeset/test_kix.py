"""KIX codes of Dutch addresses."""

import pytest

from helder.countries.nl.kix import kix_bars, kix_text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("X", "Dorpsstraat 12", "1234 AB  UTRECHT"), "1234AB12"),
        (("X", "Dorpsstraat 12 A", "1234 AB  UTRECHT"), "1234AB12XA"),
        (("X", "Dorpsstraat 12-bis", "1234 AB  UTRECHT"), "1234AB12XBIS"),
        (("X", "Postbus 30250", "2500 GG  DEN HAAG"), "2500GG30250"),
        (("X", "Plein 1944 12", "1234 AB  UTRECHT"), ""),
        (("X", "Dorpsstraat 12 2 hoog", "1234 AB  UTRECHT"), ""),
        (("X", "221B Baker Street", "LONDON"), ""),
        (("X",), ""),
    ],
)
def test_an_address_has_a_kix_when_its_house_number_is_plain(lines: tuple[str, ...], text: str) -> None:
    assert kix_text(lines) == text


def test_bars_are_those_of_the_four_state_code() -> None:
    # The published table of Royal Mail's 4-state code, which KIX uses: T short, A up, D down, F both.
    names = {(False, False): "T", (True, False): "A", (False, True): "D", (True, True): "F"}
    shown = {sign: "".join(names[bar] for bar in kix_bars(sign)) for sign in "0123456789ABZ"}
    assert shown == {
        "0": "TTFF", "1": "TDAF", "2": "TDFA", "3": "DTAF", "4": "DTFA", "5": "DDAA", "6": "TADF", "7": "TFTF",
        "8": "TFDA", "9": "DATF", "A": "DADA", "B": "DFTA", "Z": "FFTT",
    }  # fmt: skip
