"""The rule as specifications: each sentence of the idea, with evidence in and states out.

`docs/reference/exposure.md` is generated from this file, so write every sentence for a reader who knows no code.
"""

from spec.evidence import LOG
from spec.harness import Spec
from spec.stray_lines import STRAY_LINES

SPECS: tuple[Spec, ...] = (
    Spec(
        "no-evidence",
        "With no evidence every world is left: the state is unknown, which is neither stolen nor safe.",
        "person | kind\np1 | register",
        "person | item | state\np1 | person | open\np1 | bsn | unknown\np1 | result | unknown\np1 | email | unknown",
    ),
    Spec(
        "disclosure",
        "A disclosure line rules out that the party never had our copy.",
        "person | kind | items | day\np1 | sent | bsn result | 2020-05-01",
        "person | item | state\np1 | bsn | shared_possible\np1 | result | shared_possible\np1 | email | unknown",
    ),
    Spec(
        "after-the-theft",
        "Disclosures count up to the last possible moment of theft; what was sent later cannot have been stolen.",
        "person | kind | items | day\np1 | sent | bsn | 2025-07-06\np2 | sent | bsn | 2025-07-07",
        "person | item | state\np1 | bsn | shared_possible\np2 | bsn | unknown",
    ),
    Spec(
        "other-supplier",
        "A line by which another organisation sent the item means that the party held that organisation's copy.",
        "person | kind | items | day\np1 | supplied | email | 2020-05-01",
        "person | item | state\np1 | email | possible\np1 | bsn | unknown",
    ),
    Spec(
        "complete-log",
        "A log that is declared complete rules out our copy for what it lacks; another's copy stays possible.",
        "person | kind | items | day\np1 | sent | bsn | 2020-05-01",
        "person | item | state\np1 | bsn | shared_possible\np1 | result | other_possible\np1 | email | other_possible",
        case=LOG,
    ),
    Spec(
        "log-must-cover",
        "A complete log counts only when it covers all the time in which the party could hold data.",
        "person | kind\np1 | register",
        "person | item | state\np1 | bsn | unknown",
        case=LOG.replace("2017-01-01", "2018-01-01"),
    ),
    Spec(
        "logs-together",
        "Declarations that follow each other without a day between them count as one.",
        "person | kind\np1 | register",
        "person | item | state\np1 | bsn | other_possible",
        case=LOG.replace("2025-07-06", "2020-12-31") + LOG.replace("2017-01-01", "2021-01-01"),
    ),
    Spec(
        "logs-apart",
        "One day between them, of which nobody declares anything, and they count as none.",
        "person | kind\np1 | register",
        "person | item | state\np1 | bsn | unknown",
        case=LOG.replace("2025-07-06", "2020-12-30") + LOG.replace("2017-01-01", "2021-01-01"),
    ),
    Spec(
        "logs-together-scopes",
        "Together they hold for whoever is in the scope of each of them.",
        "person | kind | born\np1 | register | 1950\np2 | register | 1980",
        "person | item | state\np1 | bsn | other_possible\np2 | bsn | unknown",
        case=LOG.replace("2025-07-06", "2020-12-31")
        + LOG.replace("2017-01-01", "2021-01-01")
        + 'scope = "older"\n[scopes.older]\nborn_until = 1960\n',
    ),
    *STRAY_LINES,
    Spec(
        "leaked-row",
        "A leaked row makes the items in its non-empty fields taken; an absent field excludes nothing.",
        "person | kind | items\np1 | row | bsn result",
        "person | item | state\np1 | person | in\np1 | bsn | taken\np1 | result | taken\np1 | email | unknown",
    ),
    Spec(
        "list",
        "A list of affected people makes the person 'in', and no item taken.",
        "person | kind | items\np1 | list | bsn result",
        "person | item | state\np1 | person | in\np1 | bsn | unknown\np1 | result | unknown",
    ),
    Spec(
        "read-as-list",
        "An assessment may read every dataset as a list: then rows say only that the person is in the data.",
        "person | kind | items\np1 | row | bsn result",
        "person | item | state\np1 | person | in\np1 | bsn | unknown",
        assessment={"datasets": "list"},
    ),
    Spec(
        "posted",
        "A row that was seen posted makes its items published from the day it was seen.",
        "person | kind | items | day\np1 | row | bsn | 2025-08-01\np2 | row | bsn | 2025-10-01",
        "person | item | state\np1 | bsn | published\np2 | bsn | taken",
        assessment={"as_of": "2025-09-12"},
    ),
    Spec(
        "not-in-sample",
        "Not being in the posted sample is no evidence: the item stays taken, and may have been published.",
        "person | kind | items | day\np1 | row | bsn | -\np2 | row | bsn | 2025-08-01",
        "person | item | state\np1 | bsn | taken\np2 | bsn | published",
    ),
    Spec(
        "supplied-by-us",
        "A row that we supplied was our copy; with a complete log that lacks the item, the evidence contradicts itself.",
        "person | kind | items | by\np1 | row | bsn | us\np2 | row | bsn | gp\np3 | row | bsn | -",
        "person | item | state\np1 | bsn | contradiction\np2 | bsn | taken\np3 | bsn | taken",
        case=LOG,
    ),
    Spec(
        "review",
        "An uncertain link rules nothing out until a person decides; no link is never absence.",
        "person | kind | items\np1 | review-row | bsn",
        "person | item | state\np1 | person | open\np1 | bsn | unknown",
    ),
    Spec(
        "decided-later",
        "What a person decides about an uncertain link counts from that day; until then the link was uncertain.",
        "person | kind | items | known | until\np1 | row | bsn | 2025-09-12 | -\np1 | review-row | bsn | - | 2025-09-12\n"
        "p2 | row | bsn | 2025-09-13 | -\np2 | review-row | bsn | - | 2025-09-13",
        "person | item | state\np1 | person | in\np1 | bsn | taken\np2 | person | open\np2 | bsn | unknown",
        assessment={"as_of": "2025-09-12"},
    ),
    Spec(
        "exact-only",
        "An assessment may read exact links only: probabilistic ones then say nothing, either way.",
        "person | kind | items\np1 | exact-row | bsn\np2 | row | bsn",
        "person | item | state\np1 | bsn | taken\np2 | bsn | unknown\np2 | person | open",
        assessment={"links": "exact"},
    ),
    Spec(
        "cannot-confirm",
        "'We cannot confirm that it was not taken' is kept word for word and rules out nothing.",
        "person | kind | items | day\np1 | sent | bsn | 2020-05-01",
        "person | item | state\np1 | bsn | shared_possible\np1 | person | open",
        case="""
[[statements]]
id = "s1"
issuer = "lab"
about = "lab"
received = 2025-08-29
items = ["bsn"]
leaves = "cannot_confirm"
words = "We cannot confirm that these data were not taken."
""",
    ),
    Spec(
        "excluding-waits",
        "Evidence that excludes theft rules out nothing until a named person accepts it, with scope and reason.",
        "person | kind | items | day\np1 | sent | bsn | 2020-05-01",
        "person | item | state\np1 | bsn | shared_possible",
        case='\n[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-29\n'
        'items = ["bsn"]\nleaves = "not_taken"\n',
    ),
    Spec(
        "excluding-accepted",
        "Accepted by a named person, it counts from the day of acceptance.",
        "person | kind | items | day\np1 | sent | bsn | 2020-05-01",
        "person | item | state\np1 | bsn | not_taken",
        case='\n[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-29\n'
        'items = ["bsn"]\nleaves = "not_taken"\n',
        decisions='[[acceptances]]\nevidence = "s1"\nby = "A. Officer"\non = 2025-09-01\nreason = "logs seen"\n',
    ),
    Spec(
        "accepted-later",
        "An acceptance after the as-of date does not count yet.",
        "person | kind | items | day\np1 | sent | bsn | 2020-05-01",
        "person | item | state\np1 | bsn | shared_possible",
        case='\n[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-29\n'
        'items = ["bsn"]\nleaves = "not_taken"\n',
        decisions='[[acceptances]]\nevidence = "s1"\nby = "A. Officer"\non = 2025-09-20\nreason = "logs seen"\n',
        assessment={"as_of": "2025-09-12"},
    ),
    Spec(
        "acceptance-scope",
        "An acceptance counts only for the people in its scope.",
        "person | kind | items | day\np1 | sent | bsn | 2016-12-31\np2 | sent | bsn | 2020-05-01",
        "person | item | state\np1 | bsn | not_taken\np2 | bsn | shared_possible",
        case='\n[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-29\n'
        'items = ["bsn"]\nleaves = "not_taken"\n[scopes.old]\nparty = "lab"\nsent_until = 2016-12-31\n',
        decisions='[[acceptances]]\nevidence = "s1"\nby = "A. Officer"\non = 2025-09-01\nreason = "logs seen"\n'
        'scope = "old"\n',
    ),
    Spec(
        "statement-scope",
        "A statement speaks of the people in its scope, expanded on the as-of date.",
        "person | kind | items | day | purpose\np1 | sent | bsn | 2020-05-01 | smear\np2 | sent | bsn | 2020-05-01 | self-test",
        "person | item | state\np1 | bsn | taken\np2 | bsn | shared_possible",
        case='\n[scopes.smears]\nparty = "lab"\npurposes = ["smear"]\n[[statements]]\nid = "s1"\nissuer = "lab"\n'
        'about = "lab"\nreceived = 2025-08-29\nscope = "smears"\nitems = ["bsn"]\nleaves = "taken"\n',
    ),
    Spec(
        "register-scope",
        "A scope may look at the register: year of birth, an address abroad.",
        "person | kind | born | abroad\np1 | register | 1950 | -\np2 | register | 1980 | -\np3 | register | 0 | yes",
        "person | item | state\np1 | person | in\np2 | person | open\np3 | person | open",
        case='\n[scopes.older]\nborn_until = 1960\n[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\n'
        'received = 2025-08-29\nscope = "older"\nleaves = "in"\n',
    ),
    Spec(
        "as-of",
        "As-of means received by then.",
        "person | kind | items\np1 | row | bsn",
        "person | item | state\np1 | bsn | unknown\np1 | person | open",
        assessment={"as_of": "2025-08-05"},
    ),
    Spec(
        "superseded",
        "A later version replaces the statement of the same issuer.",
        "person | kind\np1 | register",
        "person | item | state\np1 | email | unknown",
        case='\n[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-12\nitems = ["email"]\n'
        'leaves = "held_by_other"\n[[statements]]\nid = "s2"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-20\n'
        'items = ["email"]\nleaves = "other_may_have"\nsupersedes = "s1"\n',
    ),
    Spec(
        "not-yet-superseded",
        "Before the successor was received the first version still stands.",
        "person | kind\np1 | register",
        "person | item | state\np1 | email | possible",
        case='\n[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-12\nitems = ["email"]\n'
        'leaves = "held_by_other"\n[[statements]]\nid = "s2"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-20\n'
        'items = ["email"]\nleaves = "other_may_have"\nsupersedes = "s1"\n',
        assessment={"as_of": "2025-08-15"},
    ),
    Spec(
        "no-revival",
        "Taking back a successor does not revive its predecessor.",
        "person | kind\np1 | register",
        "person | item | state\np1 | email | unknown",
        case='\n[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-12\nitems = ["email"]\n'
        'leaves = "held_by_other"\n[[statements]]\nid = "s2"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-20\n'
        'items = ["email"]\nleaves = "taken"\nsupersedes = "s1"\n[[statements]]\nid = "s3"\nissuer = "lab"\n'
        'about = "lab"\nreceived = 2025-08-25\nleaves = "unknown"\nretracts = "s2"\n',
    ),
    Spec(
        "deletion",
        "A deletion, once accepted, rules out our copy, and never touches another's.",
        "person | kind | items | day\np1 | sent | bsn | 2020-05-01",
        "person | item | state\np1 | bsn | other_possible",
        case='\n[[deletions]]\nid = "d1"\nparty = "lab"\nitems = ["bsn"]\ndeleted = 2024-01-01\nreceived = 2025-08-20\n',
        decisions='[[acceptances]]\nevidence = "d1"\nby = "A. Officer"\non = 2025-09-01\nreason = "certificate seen"\n',
    ),
    Spec(
        "deletion-all-copies",
        "A deletion counts only if it covers every copy: one line sent afterwards, or on the day, leaves all open.",
        "person | kind | items | day\np1 | sent | bsn | 2020-05-01\np1 | sent | bsn | 2024-01-01\n"
        "p2 | sent | bsn | 2020-05-01\np2 | sent | bsn | 2023-12-31",
        "person | item | state\np1 | bsn | shared_possible\np2 | bsn | other_possible",
        case='\n[[deletions]]\nid = "d1"\nparty = "lab"\nitems = ["bsn"]\ndeleted = 2024-01-01\nreceived = 2025-08-20\n',
        decisions='[[acceptances]]\nevidence = "d1"\nby = "A. Officer"\non = 2025-09-01\nreason = "certificate seen"\n',
    ),
    Spec(
        "deletion-assumes",
        "That nothing was sent after an accepted deletion is assumed where no log of that time is declared complete: who "
        "accepts it answers for that, and `helder gaps` asks.",
        "person | kind | items | day\np1 | register | - | -\np2 | sent | bsn | 2020-05-01",
        "person | item | state\np1 | bsn | other_possible\np2 | bsn | other_possible",
        case='\n[[deletions]]\nid = "d1"\nparty = "lab"\nitems = ["bsn"]\ndeleted = 2020-06-01\nreceived = 2025-08-20\n',
        decisions='[[acceptances]]\nevidence = "d1"\nby = "A. Officer"\non = 2025-09-01\nreason = "certificate seen"\n',
    ),
    Spec(
        "deletion-too-late",
        "A deletion on or after the first possible day of theft changes nothing.",
        "person | kind | items | day\np1 | sent | bsn | 2020-05-01",
        "person | item | state\np1 | bsn | shared_possible",
        case='\n[[deletions]]\nid = "d1"\nparty = "lab"\nitems = ["bsn"]\ndeleted = 2025-07-03\nreceived = 2025-08-20\n',
        decisions='[[acceptances]]\nevidence = "d1"\nby = "A. Officer"\non = 2025-09-01\nreason = "certificate seen"\n',
    ),
    Spec(
        "part-needs-complete-log",
        "An exclusion of a part covers every value the party could hold only where our log is complete.",
        "person | kind | items | day\np1 | sent | result | 2018-05-01",
        "person | item | state\np1 | result | shared_possible",
        case='\n[scopes.old]\nparty = "lab"\nsent_until = 2019-12-31\n[[deletions]]\nid = "d1"\nparty = "lab"\n'
        'items = ["result"]\ncopies = "old"\ndeleted = 2024-01-01\nreceived = 2025-08-20\n',
        decisions='[[acceptances]]\nevidence = "d1"\nby = "A. Officer"\non = 2025-09-01\nreason = "certificate seen"\n',
    ),
    Spec(
        "several-values",
        "An item with several values is excluded only when every value is covered.",
        "person | kind | items | day\np1 | sent | result | 2018-05-01\np2 | sent | result | 2018-05-01\n"
        "p2 | sent | result | 2022-05-01",
        "person | item | state\np1 | result | other_possible\np2 | result | shared_possible",
        case=LOG + '\n[scopes.old]\nparty = "lab"\nsent_until = 2019-12-31\n[[deletions]]\nid = "d1"\nparty = "lab"\n'
        'items = ["result"]\ncopies = "old"\ndeleted = 2024-01-01\nreceived = 2025-08-20\n',
        decisions='[[acceptances]]\nevidence = "d1"\nby = "A. Officer"\non = 2025-09-01\nreason = "certificate seen"\n',
    ),
    Spec(
        "part-leaves-others",
        "A statement that covers our own values only leaves another's copy open.",
        "person | kind | items | day\np1 | sent | result | 2018-05-01",
        "person | item | state\np1 | result | shared_possible",
        case=LOG + '\n[scopes.old]\nparty = "lab"\nsent_until = 2019-12-31\n[[statements]]\nid = "s1"\nissuer = "lab"\n'
        'about = "lab"\nreceived = 2025-08-20\nitems = ["result"]\nleaves = "not_taken"\ncovers = "old"\n',
        decisions='[[acceptances]]\nevidence = "s1"\nby = "A. Officer"\non = 2025-09-01\nreason = "logs seen"\n',
    ),
    Spec(
        "never-held",
        "With a complete log, and another's copy excluded, an item was never held and cannot have been taken.",
        "person | kind | items | day\np1 | sent | bsn | 2020-05-01",
        "person | item | state\np1 | email | not_held\np1 | bsn | shared_possible",
        case=LOG + '\n[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-20\n'
        'items = ["email"]\nleaves = "no_other_copy"\n',
        decisions='[[acceptances]]\nevidence = "s1"\nby = "A. Officer"\non = 2025-09-01\nreason = "logs seen"\n',
    ),
    Spec(
        "tie-taken-in",
        "An item taken means that the person is in the leaked data.",
        "person | kind\np1 | register",
        "person | item | state\np1 | person | in\np1 | bsn | taken",
        case='\n[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-20\nitems = ["bsn"]\n'
        'leaves = "taken"\n',
    ),
    Spec(
        "tie-out",
        "A person who is not in the data has nothing taken.",
        "person | kind | items | day\np1 | sent | bsn | 2020-05-01",
        "person | item | state\np1 | person | out\np1 | bsn | not_taken\np1 | email | not_taken",
        case='\n[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-20\nleaves = "not_in"\n',
        decisions='[[acceptances]]\nevidence = "s1"\nby = "A. Officer"\non = 2025-09-01\nreason = "logs seen"\n',
    ),
    Spec(
        "tie-last-item",
        "A person who is in the data with one item possible has had that item taken.",
        "person | kind\np1 | list",
        "person | item | state\np1 | person | in\np1 | bsn | taken\np1 | result | not_taken\np1 | email | not_taken",
        case='\n[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-20\n'
        'items = ["result", "email"]\nleaves = "not_taken"\n',
        decisions='[[acceptances]]\nevidence = "s1"\nby = "A. Officer"\non = 2025-09-01\nreason = "logs seen"\n',
    ),
    Spec(
        "tie-nothing-possible",
        "A person who is in the data with nothing possible is a contradiction.",
        "person | kind\np1 | list\np2 | register",
        "person | item | state\np1 | person | contradiction\np2 | person | out",
        case='\n[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-20\n'
        'items = ["bsn", "result", "email"]\nleaves = "not_taken"\n',
        decisions='[[acceptances]]\nevidence = "s1"\nby = "A. Officer"\non = 2025-09-01\nreason = "logs seen"\n',
    ),
    Spec(
        "contradiction",
        "A leaked row against an accepted exclusion leaves nothing: a contradiction, which stops nobody else.",
        "person | kind | items\np1 | row | bsn\np2 | register | -",
        "person | item | state\np1 | bsn | contradiction\np1 | result | unknown\np2 | bsn | not_taken",
        case='\n[[statements]]\nid = "s1"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-20\nitems = ["bsn"]\n'
        'leaves = "not_taken"\n',
        decisions='[[acceptances]]\nevidence = "s1"\nby = "A. Officer"\non = 2025-09-01\nreason = "logs seen"\n',
    ),
)
