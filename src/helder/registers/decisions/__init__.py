"""The log of decisions: who decided what, on what information, and when."""
