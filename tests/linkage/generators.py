"""The generators and measurements of bench/linkage, for tests."""

import sys

from project import ROOT

sys.path.append(str(ROOT / "bench" / "linkage"))

import heldout_case
import measure_case
import tables

__all__ = ["heldout_case", "measure_case", "tables"]
