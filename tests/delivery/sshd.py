"""Debian's OpenSSH server on loopback, without privileges and with a host key of its own; it can be killed.

As root the tests become `postgres`, whom the PostgreSQL package brings: an account that may log in.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import asyncssh

from helder.case.channels import SftpChannel
from helder.delivery.sftp import Sftp

CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {home}/host_key
AuthorizedKeysFile {home}/authorized_keys
PasswordAuthentication no
UsePAM no
StrictModes no
PidFile none
Subsystem sftp internal-sftp
"""


class Sshd:
    """The server. `files` is where uploads arrive."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.top = home / "files"
        self.files = self.top / "round"
        self.user = "postgres" if os.geteuid() == 0 else os.environ["USER"]
        self._process: subprocess.Popen[bytes] | None = None
        self.files.mkdir(parents=True)
        for name in ("host_key", "client_key"):
            key = asyncssh.generate_private_key("ssh-ed25519")
            key.write_private_key(home / name)
            (home / name).chmod(0o600)
            key.write_public_key(home / f"{name}.pub")
        shutil.copy(home / "client_key.pub", home / "authorized_keys")
        (home / "config").write_text(CONFIG.format(home=home, port=port))
        if os.geteuid() == 0:
            for path in (home, self.files, *home.iterdir()):
                shutil.chown(path, "postgres", "postgres")

    def start(self) -> None:
        """Start it and wait until it listens."""
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        command = [*as_user, "/usr/sbin/sshd", "-D", "-e", "-f", str(self.home / "config")]
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stderr=log)
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.02)
        raise AssertionError((self.home / "log").read_text())

    @property
    def running(self) -> bool:
        """Whether it was started and not killed."""
        return self._process is not None

    def kill(self) -> None:
        """Kill it with all its sessions, as a power cut does."""
        if self._process:
            _kill_tree(self._process.pid)
            self._process.wait(60)
            self._process = None

    def channel(self, **more: object) -> Sftp:
        """The channel to this server."""
        return Sftp("house", self.settings(**more), "round", key_file=str(self.home / "client_key"))

    def settings(self, **more: object) -> SftpChannel:
        """The channel's settings."""
        told = {
            "kind": "sftp", "host": "127.0.0.1", "port": self.port, "user": self.user, "folder": str(self.top),
            "host_key": " ".join((self.home / "host_key.pub").read_text().split()[:2]), "pause": 0.01,
        }  # fmt: skip
        return SftpChannel.model_validate({**told, **more})


def _kill_tree(pid: int) -> None:
    children: list[int] = []
    with suppress(OSError):
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    with suppress(OSError):
        os.kill(pid, signal.SIGKILL)
    for child in children:
        _kill_tree(child)


@contextmanager
def sshd(home: Path) -> Iterator[Sshd]:
    """A running server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = Sshd(home, port)
    server.start()
    try:
        yield server
    finally:
        server.kill()
