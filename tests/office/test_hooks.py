"""Webhooks: signed, sent again with longer and longer pauses, and without a word about a person."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cli.run import helder
from cli.test_json import documented
from helder.office.words import say
from office.conftest import just_logged_in

HOUR = dt.timedelta(hours=1)


class Receiver:
    """A receiver on loopback. `answers` are used up one a request; after them it says 204."""

    def __init__(self):
        self.got, self.answers = [], []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                owner.got.append((dict(self.headers), body))
                answer = owner.answers.pop(0) if owner.answers else 204
                if answer == "cut":
                    return self.connection.close()
                self.send_response(answer)
                self.send_header("location", "/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/told"


@contextmanager
def listening(receiver):
    thread = threading.Thread(target=receiver.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


@pytest.fixture
def receiver(db):
    with listening(Receiver()) as one:
        yield one


@pytest.fixture
def hook(receiver, user):
    """A coordinator's hook that wants the timeline and the rounds."""
    from helder.office import hooks

    return hooks.subscribe(user("coordinator"), "ticket system", receiver.url, ["timeline", "rounds"])


@pytest.fixture
def add(hook):
    """Adds an event to the timeline."""
    from helder.office import entries
    from helder.registers.timeline.models import Event

    facts = {"what": "Jan Jansen calls", "party": "lab", "on": dt.date(2025, 7, 6), "source": "letter"}
    return lambda: entries.add(Event, hook.by, facts)


def send(after=dt.timedelta()):
    from django.utils import timezone

    from helder.office import hook_sending

    return hook_sending.send(lambda: timezone.now() + after)


def test_a_signature_is_the_one_that_the_specification_gives(office):
    """The example in the documentation of Svix, from which the specification came."""
    from helder.office.hook_sending import signature

    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    made = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_receiver_can_check_a_notice_and_learns_nothing_about_anybody(hook, add, receiver):
    from helder.office.hooks import shown_secret

    event = add()
    assert send().taken == 1
    ((head, body),) = receiver.got
    uid, at = head["webhook-id"], head["webhook-timestamp"]
    secret = base64.b64decode(shown_secret(hook).removeprefix("whsec_"))
    digest = hmac.new(secret, f"{uid}.{at}.".encode() + body, hashlib.sha256).digest()
    assert head["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"
    assert abs(int(at) - dt.datetime.now().timestamp()) < 600
    told = json.loads(body)
    assert told["type"] == "timeline.added"
    assert told["data"].keys() == {"case", "subject", "audit_line", "entry", "version"}
    assert (told["data"]["entry"], told["data"]["version"]) == (str(event.entry), 1)
    for secret_word in (b"Jansen", b"somebody", b"letter", event.author.name.encode()):
        assert secret_word not in body
    assert send().taken == 0


def test_what_is_not_taken_comes_again_with_the_same_id_and_longer_pauses(hook, add, receiver):
    add()
    receiver.answers += [500, "cut", 301]
    assert [send(after).failed for after in (0 * HOUR, HOUR, 2 * HOUR)] == [1, 1, 1]
    assert send(2 * HOUR + dt.timedelta(minutes=29)).failed == 0  # its third pause is half an hour
    assert send(2 * HOUR + dt.timedelta(minutes=31)).taken == 1
    assert len({head["webhook-id"] for head, _ in receiver.got}) == 1
    assert len({body for _, body in receiver.got}) == 1
    assert len(receiver.got) == 4  # the redirect was not followed


def test_after_three_days_it_is_given_up_and_can_be_asked_for_again(hook, add, receiver, lines):
    from helder.office import hooks

    add()
    receiver.answers += [503] * 10
    outcomes = [send(24 * HOUR * day) for day in range(10)]
    assert [one.failed for one in outcomes] == [1] * 9 + [0]
    assert outcomes[-1].given_up == 1
    assert send(24 * HOUR * 20).taken == 0
    notice = hook.notices.get()
    assert (notice.answer, hooks.state(notice)) == ("503", say("opgegeven", "given up"))
    assert ("timer", "hook.given_up", f"hook/n{hook.pk}") in lines()
    assert hooks.again(hook.by, hook) == 1
    assert send().taken == 1


def test_who_says_gone_is_paused(hook, add, receiver):
    add(), add()
    receiver.answers.append(410)
    assert send().given_up == 1
    hook.refresh_from_db()
    assert hook.paused
    assert len(receiver.got) == 1


def test_an_address_that_is_down_does_not_hold_up_the_others(hook, add, receiver):
    from helder.office import hooks

    with listening(Receiver()) as other:
        hooks.subscribe(hook.by, "other", other.url, ["timeline"])
        receiver.answers.append(500)
        add(), add()
        sent = send()
    assert (sent.taken, sent.failed) == (2, 1)
    assert len(receiver.got) == 1


def test_a_notice_of_what_was_undone_is_never_sent(hook, add):
    from django.db import transaction

    with transaction.atomic():
        add()
        transaction.set_rollback(True)
    assert not hook.notices.exists()


def test_only_topics_that_were_chosen_and_that_its_maker_may_still_read(hook, add, user):
    from helder.office.audit import write

    write(hook.by, "round.approved", "round/one")
    write(hook.by, "measures.added", "measures/x")
    write(hook.by, "person.look", "p-aaaaaaaaaaaaaaaa")
    assert [notice.event for notice in hook.notices.all()] == ["round.approved"]
    type(hook.by).objects.filter(pk=hook.by.pk).update(roles=["desk"])
    add()
    assert hook.notices.filter(event="timeline.added").count() == 1  # a desk worker reads the timeline
    write(hook.by, "round.approved", "round/one")
    assert hook.notices.filter(event="round.approved").count() == 1


def test_two_senders_at_once_send_it_once(hook, add):
    from django.utils import timezone

    from helder.office.hook_sending import _claim

    add()
    key, now = hook.notices.get().pk, timezone.now()
    assert _claim(key, now).pk == key
    assert _claim(key, now) is None


def test_what_was_taken_is_forgotten_after_a_month(hook, add):
    add()
    send()
    send(29 * 24 * HOUR)
    assert hook.notices.count() == 1
    send(31 * 24 * HOUR)
    assert hook.notices.count() == 0


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://tickets.example/told", True),
        ("http://127.0.0.1:9/told", True),
        ("http://localhost/told", True),
        ("http://tickets.example/told", False),
        ("https://me:pw@tickets.example/", False),
        ("ftp://tickets.example/", False),
        ("https://[", False),
        ("https:///told", False),
    ],
)
def test_notices_leave_this_machine_encrypted_only(office, url, good):
    from django.core.exceptions import ValidationError

    from helder.office.hooks import check_address

    if good:
        return check_address(url)
    with pytest.raises(ValidationError) as refused:
        check_address(url)
    assert list(refused.value.error_dict) == ["url"]


@pytest.mark.any_database
def test_the_pages_subscribe_show_pause_and_end(client, user, lines, receiver):
    from helder.office.models import Hook

    somebody = user("coordinator")
    just_logged_in(client, somebody)
    new = {"name": "tickets", "url": receiver.url, "topics": ["measures"]}
    for wrong in ({"url": "http://tickets.example/"}, {"topics": []}, {"topics": ["users"]}):
        assert client.post("/hooks/new/", new | wrong).status_code == 422
    page = client.post("/hooks/new/", new).content.decode()
    assert "whsec_" in page
    assert "whsec_" not in client.get("/hooks/").content.decode()
    hook = Hook.objects.get()
    client.post("/measures/new/", {"name": "m", "words_nl": "w", "words_en": "w", "owner": "Jan", "status": "planned"})
    assert send().taken == 1
    page = client.get(f"/hooks/{hook.pk}/").content.decode()
    assert 'title="measures.added">Maatregelen: toegevoegd<' in page
    assert "204" in page
    for action in ("pause", "resume", "again", "end"):
        assert client.post(f"/hooks/{hook.pk}/{action}/").status_code == 302
    assert client.post(f"/hooks/{hook.pk}/resume/").status_code == 404  # what has ended does not begin again
    assert "tickets" not in client.get("/hooks/").content.decode()
    found = [action for _, action, _ in lines() if action.startswith("hook")]
    assert found == ["hook.subscribed", "hook.paused", "hook.resumed", "hook.tried_again", "hook.ended"]


def test_paused_notices_wait_and_ended_ones_are_never_sent(hook, add, receiver):
    from helder.office import hooks

    hooks.pause(hook.by, hook)
    add()
    assert send().taken == 0
    hooks.resume(hook.by, hook)
    assert send().taken == 1
    receiver.answers.append(500)
    add(), send()
    hooks.end(hook.by, hook)
    add()
    assert send(24 * HOUR).taken == 0


@pytest.mark.any_database
def test_an_auditor_sees_and_changes_nothing(client, user, hook):
    client.force_login(user("auditor"))
    page = client.get(f"/hooks/{hook.pk}/").content.decode()
    assert "formaction" not in page
    assert client.post(f"/hooks/{hook.pk}/pause/").status_code == 403


@pytest.mark.any_database
def test_the_command_sends_and_says_how_many(office, add, receiver):
    receiver.answers.append(500)
    add()
    key = {"HELDER_KEY": "0f" * 32}
    failed = helder("webhooks", office, "--json", env=key)
    assert (failed.code, failed.document) == (14, {"taken": 0, "failed": 1, "given_up": 0})
    assert failed.document.keys() == documented("webhooks")
    assert helder("webhooks", office, env=key).out.strip().startswith("0 taken, 0 failed")
