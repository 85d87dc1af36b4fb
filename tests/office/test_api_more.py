"""What the API has beside the registers' entries: the notification, verdicts on suppliers, and rounds of letters."""

from __future__ import annotations

import json
import shutil

import pytest

from office.test_notifications import answered  # noqa: F401 (fixture)
from office.test_rounds import approve as approve_round
from office.test_rounds import as_user, waive  # noqa: F401 (fixtures)
from office.test_rounds import case as checked_case  # noqa: F401 (fixture)
from office.test_scans import GOOD, change, post, team  # noqa: F401 (fixtures)

ALL = [f"{name}:{verb}" for name in ("notifications", "scans") for verb in ("read", "add", "correct", "decide")]


@pytest.fixture
def call(client):
    """`call(somebody, "post", "/notifications/sent", {…})` gives status and document."""
    from helder.office import tokens

    def ask(somebody, verb, path, body=None, scopes=(*ALL, "rounds:read")):
        given = [scope for scope in scopes if somebody.may(*scope.split(":"))]
        answer = getattr(client, verb)(
            f"/api/v1{path}",
            **({"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}),
            headers={"Authorization": f"Bearer {tokens.make(somebody, 'test', given)}"},
        )
        document = json.loads(answer.content) if answer["Content-Type"].startswith("application/json") else None
        return answer.status_code, document

    return ask


def test_the_notification_of_now_says_of_each_field_its_answer_and_what_is_missing(call, answered):  # noqa: F811
    status, now = call(answered, "get", "/notifications/template")
    fields = {row["field"]: row for row in now["fields"]}
    assert status == 200
    assert (fields[62]["told"], fields[62]["origin"]) == ("Criminals took 4 records.", "ingevuld door het team")
    assert (fields[68]["exactness"], fields[12]["origin"], fields[12]["entry"]) == ("at_most", "case.toml", None)
    assert 21 in now["missing"]
    assert now["missing"] == [number for number, row in fields.items() if row["missing"]]
    given = {"field": 62, "value": "More.", "exactness": "", "source": "", "seen": 1, "why": "more is known"}
    assert call(answered, "put", f"/notifications/{fields[62]['entry']}", given)[0] == 200
    assert call(answered, "post", "/notifications", {"field": 21, "value": "x"})[0] == 201
    assert 21 not in call(answered, "get", "/notifications/template")[1]["missing"]


def test_a_program_records_what_it_sent_by_the_pages_rules(call, answered, lines):  # noqa: F811
    assert call(answered, "post", "/notifications/sent", {"kind": "follow_up"})[0] == 422
    status, first = call(answered, "post", "/notifications/sent", {"kind": "first", "reference": "z-1"})
    assert (status, first["number"], first["by"], first["reference"]) == (201, 1, answered.name, "z-1")
    status, problem = call(answered, "post", "/notifications/sent", {"kind": "withdrawn"})
    assert (status, list(problem["fields"])) == (422, ["reason"])
    assert [one["number"] for one in call(answered, "get", "/notifications/sent")[1]] == [1]
    whole = call(answered, "get", "/notifications/sent/1")[1]
    assert whole == first
    assert {row["field"] for row in whole["fields"] if row["missing"]} == set(whole["missing"])
    assert call(answered, "get", "/notifications/sent/2")[0] == 404
    assert [action for _, action, _ in lines()].count("notifications.recorded") == 1


def test_a_verdict_is_proposed_by_a_program_and_confirmed_by_a_person(client, call, team, lines):  # noqa: F811
    writer, judge, second = team
    suppliers = {one["party"]: one for one in call(judge, "get", "/scans/suppliers")[1]}
    assert (suppliers["lab"]["gaps"], suppliers["lab"]["verdict"]) == ([], None)
    assert "risks" in suppliers["print"]["gaps"]
    assert call(judge, "post", "/scans/verdicts", {"party": "nobody", **GOOD})[0] == 404
    assert call(judge, "post", "/scans/verdicts", {"party": "print", **GOOD})[0] == 422
    assert call(judge, "post", "/scans/verdicts", {"party": "lab", **GOOD, "reasons": " "})[0] == 422
    status, made = call(judge, "post", "/scans/verdicts", {"party": "lab", **GOOD})
    assert (status, made["state"], made["by"], made["confirmed_by"]) == (201, "proposed", judge.name, None)
    address = f"/scans/verdicts/{made['number']}"
    assert call(second, "post", f"{address}/confirm", {})[0] == 404  # a token proves no second factor
    post(client, second, f"/scans/confirm/{made['number']}/")
    assert call(judge, "get", address)[1] | {"confirmed_at": ""} == made | {
        "state": "confirmed",
        "confirmed_by": second.name,
        "confirmed_at": "",
    }
    change(writer, "logged", evidence="another report")
    assert [one["state"] for one in call(judge, "get", "/scans/verdicts")[1]] == ["fallen"]
    assert call(judge, "get", "/scans/verdicts/0")[0] == 404
    assert "scans.proposed" in [action for _, action, _ in lines()]


def test_rounds_are_read_with_their_counts_hashes_and_signatures(call, checked_case, as_user, user):  # noqa: F811
    reader = user("auditor")
    approve_round(as_user("approver", "Ada One"), checked_case)
    waive(as_user("coordinator", "Cor Drie"), checked_case)
    (one,) = call(reader, "get", "/rounds")[1]
    assert one == call(reader, "get", "/rounds/one")[1]
    assert (one["state"], one["approvals"], one["approvals_needed"], one["gate_open"]) == ("checked", 1, 2, False)
    assert one["counts"]["people"] == sum(one["counts"][kind] for kind in ("letters", "suppressed", "unreachable"))
    assert [(given["kind"], given["by"], given["holds"]) for given in one["signatures"]] == [
        ("approval", "Ada One", True),
        ("waiver", "Cor Drie", True),
    ]
    assert {given["content"] for given in one["signatures"]} == {one["content"]}
    with (checked_case / "letters" / "one" / "hit" / "letter.toml").open("a") as file:
        file.write("# changed\n")
    now = call(reader, "get", "/rounds/one")[1]
    assert now["content"] != one["content"]
    assert (now["changed"], [given["holds"] for given in now["signatures"]]) == (["letters"], [False, False])
    assert call(reader, "post", "/rounds/one/approve", {"seen": now["content"]})[0] == 404
    assert call(reader, "get", "/rounds/none")[0] == 404
    shutil.rmtree(checked_case / "rounds")
    assert call(reader, "get", "/rounds/one")[1]["state"] == "not_planned"
