"""What can be known of the storage that a folder lies on: whether it is encrypted, and who may read it. Linux."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

_MOUNTS = Path("/proc/mounts")
_BLOCK = Path("/sys/block")
_ENCRYPTED_FILE_SYSTEMS = {"ecryptfs", "fuse.encfs", "fuse.gocryptfs", "fuse.cryfs", "fuse.securefs"}
_OTHERS = 0o007


def known_encrypted(path: Path, mounts: Path = _MOUNTS, block: Path = _BLOCK) -> bool:
    """Whether `path` lies on dm-crypt (LUKS), or on a file system that encrypts by itself.

    False says only that nothing of the kind was found: an encrypted disk of a virtual machine is not seen from inside.
    """
    device, kind = _mounted(path.resolve(), mounts)
    if kind in _ENCRYPTED_FILE_SYSTEMS:
        return True
    if not device.startswith("/dev/"):
        return False
    return _on_crypt(Path(device).resolve().name, block)


def _mounted(path: Path, mounts: Path) -> tuple[str, str]:
    """The device and kind of the file system with the longest mount point above `path`; of equals the latest."""
    best = ("", "", Path("/"))
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return "", ""
    for line in lines:
        device, point, kind = (part.encode().decode("unicode_escape") for part in line.split(" ")[:3])
        if path.is_relative_to(point) and len(Path(point).parts) >= len(best[2].parts):
            best = (device, kind, Path(point))
    return best[0], best[1]


def _on_crypt(name: str, block: Path) -> bool:
    """Whether a block device is dm-crypt, or made only of such (LVM on LUKS)."""
    try:
        if (block / name / "dm" / "uuid").read_text("ascii").startswith("CRYPT-"):
            return True
    except OSError:
        pass
    try:
        below = [slave.name for slave in (block / name / "slaves").iterdir()]
    except OSError:
        return False
    return bool(below) and all(_on_crypt(slave, block) for slave in below)


def open_to_others(folder: Path) -> Iterator[Path]:
    """Files below `folder` that every user of the machine can read."""
    if stat.S_IMODE(folder.stat().st_mode) & _OTHERS == 0:
        return
    for path in sorted(folder.rglob("*")):
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) & _OTHERS:
            yield path
