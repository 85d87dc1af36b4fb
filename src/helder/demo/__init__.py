"""The reference case with made-up people: what it assumes, and the folder that `helder demo` runs."""

from helder.demo.assumptions import Assumptions, assumptions, assumptions_text
from helder.demo.claims import expected
from helder.demo.files import Made, made
from helder.demo.make import SEED, make_case
from helder.demo.size import LARGEST, SMALLEST, Size, apportion, size

__all__ = [
    "LARGEST",
    "SEED",
    "SMALLEST",
    "Assumptions",
    "Made",
    "Size",
    "apportion",
    "assumptions",
    "assumptions_text",
    "expected",
    "made",
    "make_case",
    "size",
]
