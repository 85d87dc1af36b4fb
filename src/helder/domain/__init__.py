"""The words Helder thinks in. Standard library only; names no country's items."""
