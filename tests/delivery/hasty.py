"""A print house that takes each file away at once, and whose line then breaks before it has answered the rename."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncssh

from helder.case.channels import SftpChannel
from helder.delivery.sftp import Sftp


@contextmanager
def hasty_print_house(home: Path) -> Iterator[tuple[Sftp, Path]]:
    """Its channel, and the folder to which it takes what arrived: every arrival is a file of its own there."""
    files, taken = home / "files", home / "taken"
    files.mkdir()
    taken.mkdir()
    host, ours = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    ours.write_private_key(home / "key")
    ours.write_public_key(home / "key.pub")

    class House(asyncssh.SFTPServer):
        def __init__(self, chan: asyncssh.SSHServerChannel) -> None:
            super().__init__(chan, chroot=str(files).encode())

        def rename(self, oldpath: bytes, newpath: bytes) -> None:
            super().rename(oldpath, newpath)
            arrived = files / newpath.decode().lstrip("/")
            arrived.rename(taken / f"{len(list(taken.iterdir()))}-{arrived.name}")
            self.channel.get_connection().abort()

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def listening() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1", 0, server_host_keys=[host], authorized_client_keys=str(home / "key.pub"), sftp_factory=House
        )

    server = asyncio.run_coroutine_threadsafe(listening(), loop).result()
    told = {"kind": "sftp", "host": "127.0.0.1", "port": server.get_port(), "user": "lab", "folder": "in"}
    told["host_key"] = host.export_public_key().decode().strip()
    try:
        yield Sftp("house", SftpChannel.model_validate(told), "round", key_file=str(home / "key")), taken
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
