"""The rule: from evidence to the worlds left for every person, item and breached party.

Evidence about a person sets *marks* (bits); people with equal marks have one *profile*; *rules* say which worlds
a mark leaves, and are ANDed once per profile. `reference.py` is the same rule in plain Python, the tests' oracle.
"""
