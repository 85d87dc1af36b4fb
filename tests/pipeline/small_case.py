"""A case of a handful of made-up people as text files: small enough to work out every answer by hand."""

from pathlib import Path

CASE = """
counts = "counts.csv"
[case]
id = "small"
title = { nl = "klein", en = "small" }
[[parties]]
id = "us"
name = "Our organisation"
own = true
[[parties]]
id = "lab"
name = "The laboratory"
breached = true
holding_from = 2017-01-01
theft_from = 2025-07-03
theft_until = 2025-07-06
[[parties]]
id = "clinic"
name = "A clinic"

[items.bsn]
label = { nl = "BSN", en = "BSN" }
fields = ["national_id"]
identifies = 1.0
[items.name]
label = { nl = "naam", en = "name" }
fields = ["surname"]
[items.result]
label = { nl = "uitslag", en = "result" }
category = "sensitive"
[items.email]
label = { nl = "e-mailadres", en = "e-mail address" }
fields = ["email"]

[people_in_scope]
disclosed_to = "lab"

[scopes.recent]
party = "lab"
sent_from = 2020-01-01

[sources.register]
fills = "people"
path = "sources/register.csv"
received = 2025-08-06
[sources.register.columns]
person_id = "id"
national_id = "bsn"
surname = "surname"
initials = "initials"
birth_date = "born"
postcode = "postcode"
house_number = "number"
[sources.log]
fills = "disclosures"
path = "sources/log.csv"
received = 2025-08-06
[sources.log.columns]
person_id = "id"
from_party = { value = "us" }
to_party = { value = "lab" }
sent_on = "sent"
items = "items"
[sources.rows]
fills = "leaked"
path = "sources/rows.csv"
received = 2025-08-06
party = "lab"
[sources.rows.columns]
national_id = "bsn"
surname = "surname"
initials = "initials"
birth_date = "born"
supplied_by = "by"
published_on = "posted"
"item:result" = "result"

[[statements]]
id = "s1"
issuer = "lab"
about = "lab"
received = 2025-08-29
items = ["email"]
leaves = "no_other_copy"
words = "We never had e-mail addresses."
[[completeness]]
party = "lab"
items = "all"
since = 2017-01-01
until = 2025-07-06
declared_by = "the data protection officer"
declared = 2025-08-10
reason = "the log is made by the system that sends"

[[groups]]
id = "leaked"
label = { nl = "gelekt", en = "leaked" }
when = { found_in = ["rows"] }
[[groups]]
id = "recent"
label = { nl = "recent", en = "recent" }
when = { scopes = ["recent"] }
[[groups]]
id = "others"
label = { nl = "anderen", en = "others" }

[assessments.as_told]
links = "exact"
datasets = "list"
as_of = 2025-09-12
"""

# Four people whose data went to the laboratory, and one whose data never did. Numbers pass the 11-test and are made up.
REGISTER = """id,bsn,surname,initials,born,postcode,number
A1,999990019,Alder,A,1960-02-03,1011AB,1
B2,999990020,Birch,B,1970-04-05,1012AB,2
C3,999990032,Cedar,C,1980-06-07,1013AB,3
D4,999990044,Damson,D,1990-08-09,1014AB,4
E5,999990056,Elm,E,1955-10-11,1015AB,5
"""
LOG = """id,sent,items
A1,2019-01-01,bsn;name;result
B2,2021-01-01,bsn;name;result
C3,2022-01-01,bsn;name
D4,2018-01-01,bsn;name
Z9,2018-01-01,bsn;name
"""
# The log is complete despite its line about Z9.
ACCEPTED = """[[stray_lines]]
source = "log"
party = "lab"
lines = 1
by = "the data protection officer"
on = 2025-08-10
reason = "Z9 asked to be taken out of the register"
"""
# One row of A1 (posted), one of E5 (outside the scope), one of nobody, one that a clinic supplied.
ROWS = """bsn,surname,initials,born,result,by,posted
999990019,Alder,A,1960-02-03,neg,us,2025-07-08
999990056,Elm,E,1955-10-11,,,
,Nobody,X,1933-03-03,pos,,
999990020,Birch,B,1970-04-05,neg,clinic,
"""
COUNTS = """published,number,unit,meaning,issuer,exactness,source,compare,equals
2025-08-29,4,people,everyone,us,exact,site,in_scope,
2025-08-29,2,people,linked,us,exact,site,found rows,linked rows
2025-08-29,9,people,guess,press,exact,paper,found rows,
2025-08-29,3,people,patients,press,exact,paper,,
"""


def write(folder: Path) -> Path:
    """The case, written into `folder`."""
    (folder / "sources").mkdir(parents=True)
    (folder / "decisions").mkdir()
    (folder / "case.toml").write_text(CASE)
    (folder / "decisions" / "log.toml").write_text(ACCEPTED)
    for name, text in (("register", REGISTER), ("log", LOG), ("rows", ROWS)):
        (folder / "sources" / f"{name}.csv").write_text(text)
    (folder / "counts.csv").write_text(COUNTS)
    return folder
