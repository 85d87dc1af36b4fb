"""What specifications of the rule declare in case.toml and decisions/: a whole log, and lines of it that nobody can place."""

LOG = """
[[completeness]]
party = "lab"
items = "all"
since = 2017-01-01
until = 2025-07-06
declared_by = "the data protection officer"
declared = 2025-08-10
reason = "the log is made by the system that sends"
"""

LOG_SOURCE = """
[sources.log]
fills = "disclosures"
path = "log.csv"
received = 2025-08-06
"""
STRAYS = """
[[stray_lines]]
source = "log"
party = "lab"
lines = 6
by = "A. Officer"
on = 2025-09-01
reason = "all six were looked up on paper"
"""
