"""The line that most tests of the log write."""

from __future__ import annotations

from helder.audit import Line

LOOK = Line("a.coordinator", "person.look", "p-abcdefgh234567ab", "asks which data of hers were taken", {"items": 7})
