"""Clocks: which legal terms run, for whom, until when, and whether they were met."""
