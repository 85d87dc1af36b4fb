"""The registers of the case office, a folder each. To add one, copy a neighbour."""
