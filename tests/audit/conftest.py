"""A case folder with a log of ten lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.lines import LOOK
from helder.audit import append, open_log


@pytest.fixture
def case(tmp_path: Path) -> Path:
    with open_log(tmp_path) as cursor:
        for _ in range(10):
            append(cursor, LOOK)
    return tmp_path
