"""The API: tokens with scopes, the same rules as the pages, and what its description promises."""

from __future__ import annotations

import json

import pytest

from office.conftest import just_logged_in

EVENT = {
    "what": "the lab finds the hack", "party": "lab", "on": "2025-07-06", "time": None, "zone": "Europe/Amsterdam",
    "precision": "date", "until": None, "known_by": "", "source": "letter", "document_sha256": "", "confidence": "single",
}  # fmt: skip


@pytest.fixture
def call(client, user):
    """Calls the API: `call("post", "/timeline", EVENT, scopes=[…])` gives status and document."""
    from helder.office import tokens

    somebody = user("coordinator")

    def ask(verb, path, body=None, scopes=("timeline:read", "timeline:add", "timeline:correct"), secret=None):
        secret = secret or tokens.make(somebody, "test", scopes)
        answer = getattr(client, verb)(
            f"/api/v1{path}",
            **({"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}),
            headers={"Authorization": f"Bearer {secret}"},
        )
        return answer.status_code, json.loads(answer.content)

    ask.user = somebody
    return ask


def test_an_entry_is_added_read_and_corrected(call, lines):
    status, made = call("post", "/timeline", EVENT)
    assert (status, made["version"], made["what"]) == (201, 1, EVENT["what"])
    status, changed = call(
        "put", f"/timeline/{made['entry']}", {**EVENT, "party": "bvo", "seen": 1, "why": "a mistake"}
    )
    assert (status, changed["version"], changed["party"]) == (200, 2, "bvo")
    assert call("get", f"/timeline/{made['entry']}")[1]["party"] == "bvo"
    assert [one["entry"] for one in call("post", "/timeline/search", {"words": "hack"})[1]] == [made["entry"]]
    assert [action for _, action, _ in lines() if action.startswith("timeline")] == [
        "timeline.added",
        "timeline.corrected",
    ]


def test_an_entry_is_withdrawn_and_its_versions_stay_to_be_read(call, lines):
    made = call("post", "/timeline", EVENT)[1]
    address = f"/timeline/{made['entry']}"
    for wrong, status in (({"seen": 1, "why": "  "}, 422), ({"seen": 1}, 422), ({"seen": 2, "why": "x"}, 409)):
        assert call("post", f"{address}/withdraw", wrong)[0] == status
    assert call("post", f"{address}/withdraw", {"seen": 1, "why": "not so"}, scopes=["timeline:read"])[0] == 403
    status, gone = call("post", f"{address}/withdraw", {"seen": 1, "why": "not so"})
    assert (status, gone["version"], gone["withdrawn"]) == (200, 2, True)
    assert call("get", "/timeline")[1] == []
    assert [(one["version"], one["withdrawn"]) for one in call("get", f"{address}/versions")[1]] == [
        (2, True),
        (1, False),
    ]
    assert call("get", "/timeline/00000000-0000-0000-0000-000000000000/versions")[0] == 404
    assert [action for _, action, _ in lines() if action.startswith("timeline")] == [
        "timeline.added",
        "timeline.withdrawn",
    ]


def test_who_looked_at_an_older_version_gets_a_conflict(call):
    _, made = call("post", "/timeline", EVENT)
    change = {**EVENT, "seen": 1, "why": "x"}
    assert call("put", f"/timeline/{made['entry']}", change)[0] == 200
    assert call("put", f"/timeline/{made['entry']}", change)[0] == 409


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("change", "field"), [({"on": None}, "on"), ({"zone": "Mars"}, "zone"), ({"confidence": "?"}, "confidence")]
)
def test_what_the_page_refuses_the_api_refuses(call, change, field):
    status, problem = call("post", "/timeline", EVENT | change)
    assert status == 422
    assert field in json.dumps(problem)


@pytest.mark.parametrize(
    ("verb", "path", "body", "scopes"),
    [
        ("get", "/timeline", None, ["clocks:read"]),
        ("post", "/timeline", EVENT, ["timeline:read"]),
        ("get", "/timeline", None, []),
    ],
)
def test_a_token_does_what_its_scopes_say_and_no_more(call, verb, path, body, scopes):
    assert call(verb, path, body, scopes=scopes)[0] == 403


def test_a_token_cannot_do_what_its_user_may_not(user, call):
    from helder.office import tokens

    with pytest.raises(ValueError, match="timeline:add"):
        tokens.make(user("desk"), "more", ["timeline:add"])
    secret = tokens.make(call.user, "was coordinator", ["timeline:read"])
    type(call.user).objects.filter(pk=call.user.pk).update(roles=["supplier"])
    assert call("get", "/timeline", secret=secret)[0] == 403


def test_a_token_that_is_over_false_or_of_somebody_who_left_opens_nothing(call):
    from helder.office import tokens
    from helder.office.models import Token

    secret = tokens.make(call.user, "old", ["timeline:read"])
    assert secret not in str(list(Token.objects.values()))
    Token.objects.update(until="2020-01-01T00:00:00Z")
    assert call("get", "/timeline", secret=secret)[0] == 401
    assert call("get", "/timeline", secret="helder_wrong")[0] == 401
    assert call("get", "/timeline", secret="wrong")[0] == 401
    left = tokens.make(call.user, "left", ["timeline:read"])
    type(call.user).objects.filter(pk=call.user.pk).update(is_active=False)
    assert call("get", "/timeline", secret=left)[0] == 401


def test_a_token_that_asks_too_often_waits_until_the_next_minute_and_others_do_not(
    client, call, settings_changed, monkeypatch
):
    from helder.office import tokens
    from helder.web import api

    clock = 6_000_045.5
    monkeypatch.setattr(api.time, "time", lambda: clock)
    settings_changed(HELDER_API_PER_MINUTE=3)
    mine, other = (tokens.make(call.user, name, ["timeline:read"]) for name in ("mine", "other"))

    def ask(secret):
        return client.get("/api/v1/timeline", headers={"Authorization": f"Bearer {secret}"})

    assert [ask(mine).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    refused = ask(mine)
    assert (refused.json(), refused["Retry-After"]) == ({"detail": "Too many requests."}, "15")
    assert ask(other).status_code == 200
    clock += 15
    assert ask(mine).status_code == 200


@pytest.mark.any_database
def test_the_limit_stands_in_the_apis_description(client):
    document = client.get("/api/v1/openapi.json").json()
    assert "600 times in a minute" in document["info"]["description"]
    assert all("429" in one["responses"] for verbs in document["paths"].values() for one in verbs.values())


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/timeline?q=hack", "page"),
        ("/timeline?page=1&party=lab", "page"),
        ("/timeline/00000000-0000-0000-0000-000000000000?page=2", "none"),
        ("/timeline/00000000-0000-0000-0000-000000000000?entry=2", "none"),
        ("/scans/verdicts?party=lab", "page"),
        ("/notifications/template?body=1", "none"),
        ("/rounds?state=planned", "none"),
        ("/facts?kind=measure", "none"),
    ],
)
def test_a_parameter_that_does_not_exist_is_refused_rather_than_left_out(call, path, there):
    name = path.split("?")[1].split("&")[-1].split("=")[0]
    problem = {"detail": "not right", "fields": {name: [f"no such parameter; there is {there}"]}}
    scopes = ["timeline:read", "scans:read", "notifications:read", "rounds:read"]
    assert call("get", path, scopes=scopes) == (422, problem)
    assert call("get", path, secret="helder_no")[0] == 401


@pytest.mark.any_database
def test_a_search_refuses_words_in_its_address(call):
    assert call("post", "/timeline/search?words=hack", {"words": "hack"})[0] == 422
    assert call("post", "/timeline/search?page=1", {"words": "hack"})[0] == 200


@pytest.mark.any_database
def test_a_value_of_another_kind_is_told_by_its_field(call):
    status, problem = call("get", "/timeline?page=0")
    assert (status, problem["detail"], list(problem["fields"])) == (422, "not right", ["page"])
    status, problem = call("post", "/timeline", EVENT | {"more": 1})
    assert (status, list(problem["fields"])) == (422, ["more"])


@pytest.mark.any_database
def test_every_operation_says_that_it_may_refuse(client):
    document = client.get("/api/v1/openapi.json").json()
    assert "A parameter that an operation does not have is answered with 422" in document["info"]["description"]
    assert all("422" in one["responses"] for verbs in document["paths"].values() for one in verbs.values())


def test_a_token_is_made_on_a_page_shown_once_and_ended(client, call, lines):
    just_logged_in(client, call.user)
    page = client.post("/tokens/", {"name": "export", "scopes": ["timeline:read"]}).content.decode()
    secret = page.split("<code>")[1].split("<")[0]
    assert call("get", "/timeline", secret=secret)[0] == 200
    assert secret not in client.get("/tokens/").content.decode()
    from helder.office.models import Token

    number = Token.objects.get(name="export").pk
    assert client.post(f"/tokens/{number}/end/").status_code == 302
    assert call("get", "/timeline", secret=secret)[0] == 401
    assert [action for _, action, _ in lines()] == ["token.made", "token.ended"]


def test_nobody_ends_another_persons_token_or_gives_one_more_than_they_may(client, user, call):
    from helder.office import tokens
    from helder.office.models import Token

    secret = tokens.make(call.user, "mine", ["timeline:read"])
    just_logged_in(client, user("desk"))
    assert client.post(f"/tokens/{Token.objects.get().pk}/end/").status_code == 404
    assert call("get", "/timeline", secret=secret)[0] == 200
    assert client.post("/tokens/", {"name": "more", "scopes": ["timeline:correct"]}).status_code == 422


def test_facts_are_those_of_registers_that_the_token_reads(call):
    from helder.web.fill import fill_demo

    fill_demo()
    found = call("get", "/facts", scopes=["measures:read"])[1]
    assert {fact["kind"] for fact in found} == {"measure"}
    assert all(fact["source"].startswith("measures/") for fact in found)
