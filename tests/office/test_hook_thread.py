"""The open office sends notices by itself: a thread with a database of its own, to a receiver on loopback."""

from __future__ import annotations

import threading
import time

import pytest

from office.test_hooks import Receiver, listening


@pytest.fixture
def hook(office):
    """A hook that other threads can see too, so without the transaction that undoes a test; it is cleared away."""
    from helder.office.models import Hook, Notice, User

    with listening(Receiver()) as receiver:
        by = User.objects.create_user("thread-test", "Thread", ["coordinator"])
        made = Hook.objects.create(name="t", url=receiver.url, topics=["timeline"], by=by)
        made.receiver = receiver
        yield made
        Notice.objects.filter(hook=made).delete()
        made.delete()
        by.delete()


def notice(hook):
    from django.utils import timezone

    from helder.office.models import Notice

    return Notice.objects.create(hook=hook, event="timeline.added", body="{}", due=timezone.now())


def wait_for(holds):
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_what_happens_while_the_office_is_open_is_sent_without_a_command(hook):
    from helder.office.hook_thread import at_work

    with at_work(pause=0.02) as thread:
        notice(hook)
        wait_for(lambda: hook.notices.filter(taken=None).count() == 0)
        notice(hook)
        wait_for(lambda: hook.notices.filter(taken=None).count() == 0)
    assert not thread.is_alive()
    assert len(hook.receiver.got) == 2


def test_a_new_run_is_read_before_somebody_asks(case, db, monkeypatch):
    from helder.web import dashboard

    dashboard.read_ahead()
    monkeypatch.setattr(dashboard, "answer", lambda *_: pytest.fail("counted again"))
    assert dashboard.known()[0].people


def test_a_fault_is_told_by_its_kind_and_the_next_look_goes_on(hook, monkeypatch, caplog):
    from helder.office import hook_thread

    real, faults = hook_thread.send, [OSError("secret.example")]

    def sometimes(**named):
        if faults:
            raise faults.pop()
        return real(**named)

    monkeypatch.setattr(hook_thread, "send", sometimes)
    notice(hook)
    with hook_thread.at_work(pause=0.02):
        wait_for(lambda: hook.receiver.got)
    assert "behind the office: OSError" in caplog.text
    assert "secret" not in caplog.text


def test_who_closes_the_office_waits_for_the_try_under_way_only(hook):
    from helder.office import hook_sending

    for _ in range(3):
        notice(hook)
    over = threading.Event()
    real = hook_sending._post

    def last(*words):
        over.set()
        return real(*words)

    hook_sending._post = last
    try:
        assert hook_sending.send(stop=over.is_set).taken == 1
    finally:
        hook_sending._post = real
    assert hook.notices.filter(taken=None).count() == 2


def test_a_second_sender_waits_for_the_first(hook):
    from helder.office import hook_sending

    notice(hook)
    done = []

    def second():
        from django.db import connections

        done.append(hook_sending.send().taken)
        connections.close_all()

    with hook_sending._alone():
        other = threading.Thread(target=second)
        other.start()
        other.join(0.3)
        assert other.is_alive()
        assert not hook.receiver.got
    other.join(60)
    assert done == [1]
