"""What may stand in a log from which nothing can be taken out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from helder.audit import Line
from helder.audit.line import leaf_data
from helder.domain.errors import AuditError


def test_the_hashed_bytes_are_a_json_array_of_the_stored_values():
    line = Line("ana", "person.look", "p-abcdefgh234567ab", 'she asks "which"', {"b": 1, "a": "é"})
    at = datetime(2025, 9, 12, 14, 20, tzinfo=timezone(timedelta(hours=2)))
    assert leaf_data(line.columns(3, at)).decode() == (
        '[3,"2025-09-12T12:20:00.000000Z","ana","person.look","p-abcdefgh234567ab","she asks \\"which\\"",'
        '"{\\"a\\":\\"é\\",\\"b\\":1}"]'
    )


@pytest.mark.parametrize(
    "subject",
    ["", "p-abcdefgh234567ab", "round/2", "source/dataset1", "statement/s-2025-09-12", "group/g1", "register"],
)
def test_a_subject_is_a_keyed_id_or_the_name_of_a_thing(subject):
    assert Line("ana", "round.freeze", subject).subject == subject


@pytest.mark.parametrize("subject", ["C0012345", "123456782", "c123456", "p-123456782", "p-", "a person", "x@y.nl"])
def test_a_persons_own_id_is_refused_as_subject(subject):
    with pytest.raises(AuditError, match="keyed id"):
        Line("ana", "person.look", subject)


@pytest.mark.parametrize(
    "text",
    [
        "asks about 123456782",
        "asks about 1234.56.782",
        "asks about 1234 56 782",
        "phone 06-12345678",
        "write to someone@example.org",
        "born 12345678",
    ],
)
def test_a_number_or_mail_address_is_refused_wherever_it_stands(text):
    with pytest.raises(AuditError, match="personal number"):
        Line("ana", "person.look", reason=text)
    with pytest.raises(AuditError, match="personal number"):
        Line("ana", "person.look", details={"note": [text]})
    with pytest.raises(AuditError, match="personal number"):
        Line("ana", "person.look", details={text: 1})


@pytest.mark.parametrize(
    "text",
    [
        "letter of 2025-09-12, complaint 4711",
        "as of 12-09-2025",
        "called on 2025/08/06 14:20:00 and 6.8.2025 9:05",
        "941,000 people, 2.8 million lines",
        "run 3f2a9c1200000000dd11aa22bb33cc44",
        "with p-2345672345672345",
    ],
)
def test_dates_counts_hashes_and_keyed_ids_are_allowed(text):
    assert Line("ana", "run.done", reason=text).reason == text


@pytest.mark.parametrize(
    "wrong",
    [
        {"actor": " ", "action": "a"},
        {"actor": "ana", "action": "Look At"},
        {"actor": "ana", "action": ""},
        {"actor": "ana\x00", "action": "a"},
        {"actor": "ana", "action": "a", "reason": "\ud800"},
        {"actor": "ana", "action": "a", "details": {"x": float("nan")}},
        {"actor": "ana", "action": "a", "details": {"x": object()}},
        {"actor": "ana", "action": "a", "details": {"x": "long " * 5000}},
    ],
)
def test_what_cannot_be_stored_or_understood_is_refused(wrong):
    with pytest.raises(AuditError):
        Line(**wrong)


def test_the_time_is_utc():
    assert Line("ana", "a").columns(1, datetime(2025, 1, 1, tzinfo=UTC))[1] == "2025-01-01T00:00:00.000000Z"
