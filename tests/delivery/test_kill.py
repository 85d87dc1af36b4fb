"""Killed again and again, a handover still brings every letter once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

from cli.run import ROOT
from delivery.notify_server import API_KEY, notify_server
from helder.delivery.ledger import Ledger, State

CHILD = """
import sys
from pathlib import Path
from helder.case.channels import NotifyChannel
from helder.delivery.ledger import Ledger
from helder.delivery.notify import Notify
from helder.delivery.parcels import Message
from helder.delivery.sending import Pace, Sending

settings = NotifyChannel(kind="notify", carries="post", base_url=sys.argv[2])
ledger = Ledger(Path(sys.argv[1]))
letters = [Message(f"R2-{n:04d}", "h", "", "nl", "", lambda: b"%PDF-1.7") for n in range(200)]
with ledger.alone():
    Sending("notify", Notify("notify", settings, sys.argv[3]), ledger, Pace(3, 5, 0.01)).run(letters)
"""


def test_every_letter_arrives_once_whenever_the_process_is_killed(tmp_path):
    chance, path = random.Random(7), tmp_path / "delivery.db"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    kills = 0
    with notify_server() as server:
        command = [sys.executable, "-c", CHILD, str(path), server.url, API_KEY]
        for _ in range(40):
            taken = len(server.taken)
            child = subprocess.Popen(command, env=environment)
            while child.poll() is None and len(server.taken) < taken + chance.randint(15, 60):
                time.sleep(0.002)
            if child.poll() == 0:
                break
            child.send_signal(signal.SIGKILL)
            kills += child.wait(60) == -signal.SIGKILL
        assert child.returncode == 0
        assert kills >= 2
        assert sorted(server.references()) == [f"R2-{n:04d}" for n in range(200)]
    ledger = Ledger(path)
    assert ledger.counts() == {State.SENT: 200}
    ledger.close()
