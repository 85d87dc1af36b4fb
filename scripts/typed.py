"""The settings for type checkers, which have no case: an empty one is made for them."""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = Path(__file__).parents[1] / ".mypy_cache" / "empty-case"
_CASE = """[case]
id = "typed"
title = { nl = "typed", en = "typed" }

[[parties]]
id = "we"
name = "we"
own = true

[[parties]]
id = "they"
name = "they"
breached = true
holding_from = 2024-01-01
theft_from = 2025-01-01
theft_until = 2025-01-01

[items.name]
label = { nl = "naam", en = "name" }
"""
_FOLDER.mkdir(parents=True, exist_ok=True)
(_FOLDER / "case.toml").write_text(_CASE, "utf-8")
os.environ["HELDER_CASE"] = str(_FOLDER)
os.environ["HELDER_KEY"] = "00" * 32

from helder.web.settings import *  # noqa: E402, F403
