"""What the office does by itself for as long as it is open, in a thread of its own: it sends notices, and reads ahead."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connections

from helder.office.hook_sending import send

PAUSE = 5.0
"""Seconds between two looks at what is due."""
_LAST = 25.0
"""Seconds that a last try may take when the office closes; longer than one may last (`hook_sending`)."""
_log = logging.getLogger("django.helder")


@contextmanager
def at_work(ahead: Callable[[], None] = lambda: None, pause: float = PAUSE) -> Iterator[threading.Thread]:
    """Send what is due, and call `ahead`, every `pause` seconds in this block.

    At its end the try that is under way is finished, and no other begun.
    """
    over = threading.Event()
    thread = threading.Thread(target=_work, args=(over, ahead, pause), name="office", daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        over.set()
        thread.join(_LAST)


def _work(over: threading.Event, ahead: Callable[[], None], pause: float) -> None:
    while not over.wait(pause):
        try:
            send(stop=over.is_set)
            ahead()
        except Exception as error:  # the next look may go well, and the office stays open
            # Its kind only: what a database says may hold an address.
            _log.error("behind the office: %s", type(error).__name__)
        finally:
            connections.close_all()
