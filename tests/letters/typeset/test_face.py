"""The letter font: words are placed as HarfBuzz places them."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helder.letters.typeset.face import ASCII, LATIN, Face, TooWideError, UnfitError


@pytest.fixture(scope="module", params=[False, True], ids=["regular", "bold"])
def face(request: pytest.FixtureRequest) -> Face:
    return Face(LATIN, bold=request.param, tag="TESTED")


@example("AVATAR")
@example("Ty.")
@example("e\u0301cole")
@example("L'Île")
@example("12-1")
@example("Waﬀel")
@example("P.A.")
@example("O\u00adT")
@settings(max_examples=300)
@given(st.text(st.one_of(st.sampled_from(ASCII), st.sampled_from(LATIN)), min_size=1, max_size=12))
def test_a_word_of_pairs_is_the_word_as_harfbuzz_places_it(face: Face, word: str) -> None:
    try:
        whole = face._placed(word)
    except UnfitError:
        with pytest.raises(UnfitError):
            face._shaped(word)
        return
    text, width = face._shaped(word)
    assert text == b"".join(glyph.text for glyph in whole)
    assert width == pytest.approx(sum(glyph.advance for glyph in whole) * face._cut.scale)


def test_a_text_wider_than_its_place_is_refused(face: Face) -> None:
    with pytest.raises(TooWideError):
        face.text("Van den Heemerhoek", 1_000)


def test_signs_that_would_end_a_string_are_escaped() -> None:
    face = Face(LATIN, bold=False, tag="TESTED")
    written = b"".join(face.code(character) for character in LATIN)
    for sign in (b"\n", b"\r"):
        assert sign not in written
    assert written.replace(b"\\\\", b"").replace(b"\\(", b"").replace(b"\\)", b"").count(b"(") == len(LATIN)
