"""Rounds: who is told what, now; who is not written to and what happens instead; what was told before."""
