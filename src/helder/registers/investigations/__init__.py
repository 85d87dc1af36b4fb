"""Investigations: what is being found out, by whom, with what mandate, and what came of it."""
