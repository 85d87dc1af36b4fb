"""Helder: after a data breach, what do we know, about whom, how surely, and who has been told?"""

__version__ = "0.1.0"
