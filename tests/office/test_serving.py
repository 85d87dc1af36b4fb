"""`helder serve`: it says where the office is and how to log in first, answers, and stops when asked."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import urllib.request

import pytest

from cli.run import helder
from cli.test_json import documented

KEY = {"HELDER_KEY": "0f" * 32}


@pytest.fixture
def visitor(monkeypatch):
    """Somebody who looks at the office as soon as it is open, and then presses Ctrl-C."""
    import waitress.server

    create, seen, visits = waitress.server.create_server, {"pressing": True}, []

    def watched(*words, **named):
        server = create(*words, **named)
        run, over = server.run, threading.Event()

        def running():
            try:
                run()
            finally:
                over.set()

        server.run = running

        def visit():
            try:
                address = f"http://127.0.0.1:{server.effective_port}/account/login/"
                with urllib.request.urlopen(address, timeout=60 if seen["pressing"] else 1) as answer:
                    seen.update(address=address, status=answer.status, page=answer.read().decode())
            except OSError:
                assert not seen["pressing"]
            finally:
                # Python drops what a signal raises when it comes in the middle of tidying memory: press once more.
                while seen["pressing"]:
                    os.kill(os.getpid(), signal.SIGINT)
                    if over.wait(10):
                        break

        visits.append(threading.Thread(target=visit))
        visits[-1].start()
        return server

    monkeypatch.setattr(waitress.server, "create_server", watched)
    yield seen
    for one in visits:
        one.join()


def test_it_opens_answers_and_stops_at_ctrl_c(office, db, visitor):
    done = helder("serve", office, "--port", 0, "--json", env=KEY)
    assert done.code == 0
    said = json.loads(done.out)
    assert said.keys() == documented("serve")
    assert visitor["status"] == 200
    assert "Helder" in visitor["page"]
    assert visitor["address"].startswith(said["address"])
    assert said["welcome"].startswith(said["address"] + "welcome/")


@pytest.mark.any_database
def test_it_shows_who_can_no_longer_log_in_a_way_back_and_no_way_to_an_account_that_is_not_there(office, user, visitor):
    user("coordinator", username="lot")
    said = json.loads(helder("serve", office, "--port", 0, "--json", "--reset-login", "lot", env=KEY).out)
    assert said["reset"].startswith(said["address"] + "welcome/")
    assert said["welcome"] is None
    refused = helder("serve", office, "--port", 0, "--reset-login", "nobody", env={**KEY, "HELDER_LANG": "nl"})
    assert refused.code == 2
    assert "Geen account dat te gebruiken is" in refused.err


@pytest.mark.any_database
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_also_stops_when_it_is_asked_to_in_the_middle_of_a_request(office, db, visitor, monkeypatch, number):
    from waitress.channel import HTTPChannel

    received = HTTPChannel.received

    def interrupted(channel, data):
        os.kill(os.getpid(), number)
        return received(channel, data)

    monkeypatch.setattr(HTTPChannel, "received", interrupted)
    visitor["pressing"] = False
    assert helder("serve", office, "--port", 0, env=KEY).code == 0
    assert "status" not in visitor


@pytest.mark.any_database
def test_who_has_an_account_gets_no_other_welcome(office, user, visitor):
    user("coordinator")
    done = helder("serve", office, "--port", 0, "--lang", "nl", env=KEY)
    assert "Het kantoor is open op http://127.0.0.1:" in done.out
    assert "Maak uw account" not in done.out
    assert "Ctrl+C" in done.out


@pytest.mark.any_database
def test_a_second_person_gets_a_welcome_when_it_is_asked_for(office, user, visitor):
    user("coordinator")
    assert json.loads(helder("serve", office, "--port", 0, "--welcome", "--json", env=KEY).out)["welcome"]


@pytest.mark.any_database
def test_the_first_one_is_told_how_to_come_in(office, db, visitor):
    assert "Make your account (once, within a day): http://" in helder("serve", office, "--port", 0, env=KEY).out


@pytest.mark.any_database
def test_a_port_that_is_taken_is_said(office, db):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = helder("serve", office, "--port", port, "--json", env=KEY)
    assert done.code == 6
    assert done.document["where"] == f"127.0.0.1:{port}"
    assert "--port" in done.document["do"]
