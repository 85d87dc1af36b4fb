"""References and codes: keyed, different for everyone, and a slip of the pen is noticed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helder.domain.letter_reference import ALPHABET, check_sign, is_reference
from helder.engines.keys import Keys
from helder.rounds.references import references

KEYS = Keys(b"r" * 32)
IDS = [f"C{number:09}" for number in range(500)]
SIGNS = st.text(ALPHABET, min_size=12, max_size=12)


def made_for(keys, round, ids):
    """References and codes as lists."""
    return tuple(column.to_pylist() for column in references(keys, round, ids))


def test_shape_and_alphabet():
    made, codes = made_for(KEYS, "one", IDS)
    assert all([len(part) for part in text.split("-")] == [6, 6, 1] for text in made)
    assert all([len(part) for part in text.split("-")] == [4, 4, 4] for text in codes)
    assert set("".join(made + codes)) <= set(ALPHABET) | {"-"}
    assert len(ALPHABET) == 32 and not set("01IO") & set(ALPHABET)


def test_everyone_has_their_own_and_gets_it_again():
    made, codes = made_for(KEYS, "one", IDS)
    assert len(set(made)) == len(set(codes)) == len(IDS)
    assert made_for(KEYS, "one", IDS[7:8]) == ([made[7]], [codes[7]])
    assert made_for(KEYS, "one", []) == ([], [])


def test_another_round_or_key_has_others():
    made, codes = made_for(KEYS, "one", IDS)
    for other in (made_for(KEYS, "two", IDS), made_for(Keys(b"s" * 32), "one", IDS)):
        assert not set(other[0]) & set(made) and not set(other[1]) & set(codes)


def test_the_check_signs_made_together_are_those_made_one_by_one():
    for reference in made_for(KEYS, "one", IDS)[0]:
        signs = reference.replace("-", "")
        assert check_sign(signs[:12]) == signs[12]
        assert is_reference(reference)


@given(SIGNS, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_every_wrong_sign_is_found(signs, place, other):
    wrong = signs[:place] + other + signs[place + 1 :]
    assert (check_sign(wrong) == check_sign(signs)) is (wrong == signs)


@given(SIGNS, st.integers(0, 11), st.integers(0, 11))
def test_every_two_signs_that_changed_places_are_found(signs, one, other):
    swapped = list(signs)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    wrong = "".join(swapped)
    assert (check_sign(wrong) == check_sign(signs)) is (wrong == signs)


def test_what_is_no_reference():
    assert not is_reference("")
    assert not is_reference("ABCDEF-ABCDEF")
    assert not is_reference("ABCDE0-ABCDEF-A")
