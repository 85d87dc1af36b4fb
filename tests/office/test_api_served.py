"""The API of an office that is served does what its description says, at every address of every register."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

pytestmark = [pytest.mark.slow, pytest.mark.any_database]

EXAMPLES = 6
"""Of each operation. A few: there are more than ninety, and a token may ask six hundred times in a minute."""


@pytest.fixture(scope="module")
def described(served, filled):
    """Every operation of the API, as its description on the running server has it."""
    headers = {"Authorization": f"Bearer {filled['token']}"}
    schema = schemathesis.openapi.from_url(served["address"] + "api/v1/openapi.json", headers=headers)
    return [found.ok() for found in schema.get_all_operations()], headers


def test_the_api_does_what_its_description_says(described, filled):
    """Schemathesis invents requests from the description and checks every answer of the server against it."""
    operations, headers = described
    answers = {one.label: _examined(one, headers, filled) for one in operations}
    assert len(answers) > 90
    assert all(answers.values())
    reached = {label for label, statuses in answers.items() if min(statuses) < 300}
    assert {label for label in answers if label.startswith("GET")} <= reached


def _examined(operation, headers, known):
    """The status of each answer to requests of an operation; each was as described.

    Every other request asks for what is there: an identifier that is invented is of nothing.
    """
    statuses = []
    there = {"entry": known.get(operation.path.split("/")[3]), "number": 1, "round": "one"}

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def ask(case):
        if len(statuses) % 2 == 0:
            case.path_parameters = {name: there[name] for name in case.path_parameters or {}}
        # A register's rules refuse more than types can say: a date without a day, say.
        answer = case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])
        statuses.append(answer.status_code)

    ask()
    return statuses
