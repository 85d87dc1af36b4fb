"""Handing letters over, one module per channel, and what comes back: nothing twice, nothing missed."""
