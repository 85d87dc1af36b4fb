"""The case folder: `case.toml`, its model, its JSON Schema, and loading it."""

from helder.case.load import Case, load_case
from helder.case.model import CaseFile

__all__ = ["Case", "CaseFile", "load_case"]
