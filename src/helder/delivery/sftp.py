"""A print house by SFTP: `NAME.part` grows, is renamed when whole, and is never sent again once it was.

The server's key is pinned: any other is refused. A half upload is gone on with after its end is compared with ours. The
mark `whole` is set before the rename: a file that is then gone was taken away by the print house.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

import asyncssh

from helder.case.channels import SftpChannel
from helder.delivery.outcomes import Mark, RetryError, Trace, UnsureError
from helder.delivery.parcels import FileParcel, need_unaltered
from helder.domain.errors import DeliveryError

WHOLE = "whole"
_PIECE = 1 << 18
_COMPARED = 1 << 20
_TIMEOUT = 30
_LARGEST_RECEIPT = 64 << 20
T = TypeVar("T")

# It would print a server's words; what there is to say is raised.
logging.getLogger("asyncssh").addHandler(logging.NullHandler())
logging.getLogger("asyncssh").propagate = False


class Sftp:
    """The channel. `under` is a folder of this round's own, made at the print house: names and receipts never meet others.

    `key_file` is our private key, opened with `passphrase` if it has one; else a `password`.
    """

    def __init__(
        self,
        name: str,
        settings: SftpChannel,
        under: str,
        *,
        key_file: str | None = None,
        passphrase: str | None = None,
        password: str | None = None,
    ) -> None:
        self._name = name
        self._settings = settings
        self._folder = f"{settings.folder.rstrip('/')}/{under}"
        self._options = self._login(key_file, passphrase, password)

    def connect(self) -> SftpConnection:
        """A line of its own."""
        return SftpConnection(self._settings, self._folder, self._options)

    def _login(self, key_file: str | None, passphrase: str | None, password: str | None) -> dict[str, Any]:
        try:
            host_key = asyncssh.import_public_key(self._settings.host_key)
            keys = [asyncssh.read_private_key(key_file, passphrase)] if key_file else []
        except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError, ValueError, OSError):
            raise DeliveryError(
                "A key of this channel cannot be read.",
                where=f"channels.{self._name}",
                do="Look at host_key, at our own key file, and at its passphrase.",
            ) from None
        if not keys and password is None:
            raise DeliveryError(
                "A secret of this channel is not set.",
                where=f"HELDER_CHANNEL_{self._name.upper()}_KEY_FILE",
                do="Set it in the environment.",
            )
        return {"known_hosts": ([host_key], [], []), "client_keys": keys, "password": password, "agent_path": None}


class SftpConnection:
    """One line, with an event loop of its own; used by one thread."""

    def __init__(self, settings: SftpChannel, folder: str, options: dict[str, Any]) -> None:
        self._settings = settings
        self._folder = folder
        self._options = options
        self._runner = asyncio.Runner()
        self._ssh: asyncssh.SSHClientConnection | None = None
        self._sftp: asyncssh.SFTPClient | None = None

    def send(self, parcel: FileParcel, mark: Mark) -> str:
        """Upload the file, going on where an earlier upload stopped, and rename it.

        Raises `UnsureError` when the answer to the rename is lost: the print house may have taken the file at once.
        """
        need_unaltered(parcel)
        marked = []

        def whole(word: str) -> None:
            mark(word)
            marked.append(word)

        try:
            return self._run(self._send(parcel, whole))
        except RetryError as failure:
            if marked:
                raise UnsureError(failure.why) from None
            raise

    def find(self, parcel: FileParcel, trace: Trace) -> str | None:
        """There whole: sent. Still a part: not yet. Neither, though it was whole: the print house took it."""
        return self._run(self._find(parcel, trace))

    def receipt(self) -> bytes | None:
        """The print house's receipt, if it is there; raises `RetryError`."""
        return self._run(self._receipt())

    def close(self) -> None:
        """Hang up."""
        self._hang_up()
        self._runner.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        try:
            return self._runner.run(work)
        except asyncssh.HostKeyNotVerifiable:
            raise DeliveryError(
                "The server shows another host key than the one that is pinned: it may not be the print house.",
                where=f"{self._settings.host}:{self._settings.port}",
                do="Nothing was sent. Ask the print house by telephone; only then change host_key in case.toml.",
            ) from None
        except asyncssh.PermissionDenied:
            raise DeliveryError(
                "The server does not let us in.",
                where=f"{self._settings.host}:{self._settings.port}",
                do="Look at user and key: the print house must know our public key.",
            ) from None
        except (asyncssh.Error, OSError, EOFError, TimeoutError) as error:
            self._hang_up()
            raise RetryError(_word(error)) from None

    def _hang_up(self) -> None:
        if self._ssh:
            self._ssh.abort()
        self._ssh = self._sftp = None

    async def _client(self) -> asyncssh.SFTPClient:
        if self._sftp is None:
            self._ssh = await asyncssh.connect(
                self._settings.host,
                self._settings.port,
                username=self._settings.user,
                config=None,
                connect_timeout=_TIMEOUT,
                login_timeout=_TIMEOUT,
                keepalive_interval=_TIMEOUT,
                **self._options,
            )
            self._sftp = await self._ssh.start_sftp_client()
            await self._sftp.makedirs(self._folder, exist_ok=True)
        return self._sftp

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}"

    async def _send(self, parcel: FileParcel, mark: Mark) -> str:
        sftp = await self._client()
        final, part = self._path(parcel.id), self._path(f"{parcel.id}.part")
        if await sftp.exists(final):
            return await self._same(sftp, parcel)
        await self._upload(sftp, parcel, part)
        mark(WHOLE)
        # The rename of version 3 never replaces a file.
        await sftp.rename(part, final)
        return "uploaded"

    async def _upload(self, sftp: asyncssh.SFTPClient, parcel: FileParcel, part: str) -> None:
        begun = await self._begun(sftp, parcel, part)
        source = parcel.open()
        try:
            async with sftp.open(part, "r+b" if begun else "wb") as file:
                source.seek(begun)
                at = begun
                # One piece after the other: the length of a half upload then says how much of it is right.
                while piece := source.read(_PIECE):
                    await file.write(piece, at)
                    at += len(piece)
        finally:
            source.close()
        attributes = await sftp.stat(part)
        if attributes.size != parcel.size:
            raise RetryError("short_upload")

    async def _begun(self, sftp: asyncssh.SFTPClient, parcel: FileParcel, part: str) -> int:
        """How much of a half upload is ours: all of it when its end is, else nothing."""
        if not await sftp.exists(part):
            return 0
        length = int((await sftp.stat(part)).size or 0)
        if not 0 < length <= parcel.size:
            return 0
        start = max(0, length - _COMPARED)
        source = parcel.open()
        try:
            source.seek(start)
            ours = source.read(length - start)
        finally:
            source.close()
        async with sftp.open(part, "rb") as file:
            theirs = _bytes(await file.read(length - start, start))
        return length if theirs == ours else 0

    async def _find(self, parcel: FileParcel, trace: Trace) -> str | None:
        sftp = await self._client()
        if await sftp.exists(self._path(parcel.id)):
            return await self._same(sftp, parcel)
        if trace.mark == WHOLE and not await sftp.exists(self._path(f"{parcel.id}.part")):
            return "taken"
        return None

    async def _same(self, sftp: asyncssh.SFTPClient, parcel: FileParcel) -> str:
        found = hashlib.sha256()
        async with sftp.open(self._path(parcel.id), "rb") as file:
            while piece := _bytes(await file.read(_PIECE)):
                found.update(piece)
        if found.hexdigest() != parcel.digest:
            raise DeliveryError(
                "A file of this name is there already, with other bytes.",
                where=f"{self._settings.host}: {self._path(parcel.id)}",
                do="Find out whose it is and move it away.",
            )
        return "uploaded"

    async def _receipt(self) -> bytes | None:
        sftp = await self._client()
        path = self._path(self._settings.receipt)
        if not await sftp.exists(path):
            return None
        async with sftp.open(path, "rb") as file:
            return _bytes(await file.read(_LARGEST_RECEIPT))


def _word(error: Exception) -> str:
    """The kind of a failure; never the server's own words."""
    if isinstance(error, asyncssh.SFTPError):
        return f"sftp_{error.code}"
    return type(error).__name__.lower()


def _bytes(data: object) -> bytes:
    """What a file opened as binary gives; asyncssh's types do not say so."""
    assert isinstance(data, bytes)
    return data
