"""LiNT-II on Debian's Frog, in a process and a venv of its own: JSON lines in, JSON lines out.

Nothing here imports Helder: the interpreter that runs this package has no Helder (see docs/adr/0022). LiNT-II parses with spaCy's
`nl_core_news_lg`, which is on no package index; Frog parses as well, in another notation, so its parses are rewritten.
"""
