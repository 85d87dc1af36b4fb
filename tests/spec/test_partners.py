"""Of several current partners the one of the oldest relation gives the name (BRP API Personen, meerdere-partners)."""

from __future__ import annotations

import pytest

from helder.countries.nl import COUNTRY
from helder.countries.nl.partners import Partner, first_partner, with_partner
from helder.domain.correspondence import NameParts

GEEL = Partner("Geel", since="19580401")
ROODT = Partner("Roodt", "in 't", since="19610831")
GROEN = NameParts(given_names="Ferdinand Cornelis", surname="Groen", sex="M", name_use="own_partner")


def test_the_name_on_the_envelope_has_the_partner_of_the_oldest_relation():
    for partners in ([GEEL, ROODT], [ROODT, GEEL]):
        assert COUNTRY.forms.addressee(with_partner(GROEN, partners)) == "F.C. Groen-Geel"


@pytest.mark.parametrize("since", ["", "0000", "00000000", "1958", "19580000", "19580400", "1958-04-00"])
def test_what_is_not_known_of_a_date_counts_as_earliest(since):
    assert first_partner([GEEL, Partner("Blauw", since=since)]).surname == "Blauw"


def test_a_relation_that_ended_gives_no_name():
    ended = Partner("Wit", since="19500101", ended=True)
    assert first_partner([ended, ROODT]) == ROODT
    assert first_partner([ended]) is None
    assert with_partner(GROEN, [ended]) == GROEN
