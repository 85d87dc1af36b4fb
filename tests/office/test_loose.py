"""Numbers that somebody typed where one that is bound to its query should be cited."""

from __future__ import annotations

import pytest

from helder.office.loose import loose

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In all [[leaked-2]] records.", []),
        ("We wrote 941.000 people, and 12 % answered.", ["941.000", "12 %"]),
        ("We wrote 941,000 people and 485 000 letters.", ["941,000", "485 000"]),
        ("Het waren er 4, en nog eens 4.", ["4"]),
        ("In 2025 schreven wij 2025 mensen niet.", []),  # cannot be told from a year
        ("Sinds 1.234 dagen, 3,5 per dag.", ["1.234", "3,5"]),
        ("Op 6 augustus 2025, 12 sept. en August 6, 2025; op 2025-08-06, 6-8-2025 en 06/08/25.", []),
        ("Om 14:20 en om 9.30 uur.", []),
        ("AVG art. 33(1) en artikel 34, lid 3, onder a; Article 5(1)(f); § 12; artikelen 33 en 34.", []),
        ("Verordening (EU) 2016/679, Richtlijn 2022/2555, Guidelines 9/2022, Kamerstuk 32 761, nr. 327.", []),
        ("NEN 7510 en ISO/IEC 27001; zie vraag 3 en punt 12.", []),
        ("https://example.org/900139 en security.nl/900139 en groep g4, de 2e brief, C-19.", []),
        ("1. eerst\n2) dan", []),
        ("", []),
    ],
)
def test_which_numbers_in_a_text_are_bound_to_nothing(text, found):
    assert loose(text) == found
