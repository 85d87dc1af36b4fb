"""What an address register answers becomes a row, and a row an address, without loss."""

from __future__ import annotations

from helder.domain.address_refresh import ADDRESSES, Answer, postal_address
from helder.domain.correspondence import PostalAddress


def test_an_answer_fills_the_columns_of_the_table_and_comes_back_as_it_was():
    address = PostalAddress(
        street="Dorpsstraat", house_number="1", house_letter="a", designation="to", lines=("a", "b"), country="BE"
    )
    row = Answer("address", address, secret=True).row()
    assert set(row) == {name for name in ADDRESSES.names if name not in ("person", "source", "checked_on")}
    assert row["postcode"] is None
    assert row["secret"]
    assert postal_address(row) == address


def test_a_row_of_the_register_of_people_is_an_address_too():
    row = {"street": "Dorpsstraat", "house_number": "1", "postcode": None, "address_lines": "a / b/c", "surname": "x"}
    assert postal_address(row) == PostalAddress(street="Dorpsstraat", house_number="1", lines=("a", "b", "c"))
