"""Numbers that leave the house: each bound to its query, its as-of date and the result that it was read from."""
