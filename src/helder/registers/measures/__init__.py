"""Measures: what is done about it, by whom, since when, until when, and what proves it."""
