"""The reference is what the code says."""

from __future__ import annotations

import subprocess
import sys

from project import ROOT


def test_generated_pages_are_up_to_date():
    command = [sys.executable, "scripts/reference.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
