"""The rule at the scale of a country: one full round, against the ways in which people would otherwise do it."""
