"""The tables that stages hand to each other: their columns, types and order.

Types are logical (`int64`, `text`, `date` …): each engine maps them to its own. `personal` tables hold data about
people and are published encrypted. `order` makes published bytes the same for the same inputs.
"""

from __future__ import annotations

from helder.domain.address_tables import ADDRESS_PARTS, ADDRESSES, SAFE_ADDRESSES
from helder.domain.table import PLACE
from helder.domain.table import Column as Column
from helder.domain.table import Table as Table
from helder.domain.table import Type as Type
from helder.domain.table import column as column

_c = column


# What may identify a person, as a register or a leaked file has it. All text: nothing is thought away on reading.
_IDENTITY = (
    _c("national_id", "text", "national identification number"),
    _c("full_name", "text", "a name in one field, when the source does not split it"),
    _c("given_names", "text", "given names"),
    _c("initials", "text", "initials"),
    _c("prefix", "text", "name prefix such as 'van der'"),
    _c("surname", "text", "surname at birth, or the only one known"),
    _c("partner_prefix", "text", "prefix of the partner's surname"),
    _c("partner_surname", "text", "partner's surname"),
    _c("sex", "text", "F, M, X or empty"),
    _c("birth_date", "text", "YYYY-MM-DD; 00 or 0000 for parts that are not known"),
    _c("street", "text", "street"),
    _c("house_number", "text", "house number"),
    _c("house_addition", "text", "letter or addition to the house number"),
    _c("postcode", "text", "postcode"),
    _c("city", "text", "place"),
    _c("country", "text", "country of the address, ISO 3166-1 alpha-2; empty is the case's own country"),
    _c("phone", "text", "phone number"),
    _c("email", "text", "e-mail address"),
    _c("gp_name", "text", "name of the general practitioner or practice"),
)

IDENTITY_FIELDS: tuple[str, ...] = tuple(column.name for column in _IDENTITY)

# Whether a letter may go to this person at this address. A word that is not known here holds the letter, as it must.
_STANDING = (
    _c("address_status", "text", "ok, in_question, moved or unclear; empty is ok"),
    _c("legal_status", "text", "none, curatorship, administration or mentorship; empty is none"),
)

PEOPLE = Table(
    "people",
    (
        _c(
            "person",
            "int64",
            "the person's number inside this case, dense from 0 in the order of person_id",
            True,
        ),
        _c("person_id", "text", "the register's own id; leaves a table only as a keyed hash", True),
        *_IDENTITY,
        _c("name_use", "text", "which names the person uses: own, partner, partner_own, own_partner"),
        _c("deceased_on", "date", "date of death; 0001-01-01: dead, the day is not known"),
        _c("secret_address", "bool", "the address may not be given to third parties"),
        _c("language", "text", "language for letters, ISO 639-1"),
        _c("address_lines", "text", "a foreign address as written, lines parted by ' / '"),
        _c("title", "text", "code of a noble title or predicate, as the country's register writes it"),
        _c("partner_title", "text", "the partner's"),
        _c("partner_sex", "text", "the partner's sex: F, M, X or empty"),
        _c("partnership", "text", "current or ended; empty: current when a partner is known"),
        *ADDRESS_PARTS,
        *_STANDING,
        _c("representative_name", "text", "parent, guardian, curator or next of kin who gets letters instead"),
        _c("representative_address", "text", "their address as written on an envelope, lines parted by ' / '"),
        _c("staff", "bool", "works for the organisation that writes"),
        _c("no_post", "bool", "does not want post"),
        *PLACE,
    ),
    order=("person",),
    personal=True,
)

DISCLOSURES = Table(
    "disclosures",
    (
        _c("person_id", "text", "the register's id of the person the data are about", True),
        _c("from_party", "text", "who sent", True),
        _c("to_party", "text", "who received", True),
        _c("sent_on", "date", "when it was sent", True),
        _c("items", "text", "data items sent, their ids sorted and parted by ';'", True),
        _c("purpose", "text", "why it was sent"),
        _c("received_on", "date", "when this line became known to us; empty: when the source was received"),
        *PLACE,
    ),
    order=("person_id", "sent_on", "file", "row"),
    personal=True,
)

# Leaked rows and lists of affected people have one shape; which of the two a dataset is, is the case's word.
LEAKED = Table(
    "leaked",
    (
        _c(
            "record",
            "int64",
            "number of the record inside this case: dataset ordinal * 2**40 + position",
            True,
        ),
        *_IDENTITY,
        _c(
            "items",
            "text",
            "data items in the non-empty fields of this row, ids sorted and parted by ';'",
            True,
        ),
        _c(
            "supplied_by",
            "text",
            "party that supplied the row to the breached party; empty: unknown; no party of the case: unknown, and not linked",
        ),
        _c(
            "owed_by",
            "text",
            "controller that owes the person a letter; empty: ourselves; rows of another are not linked without a basis",
        ),
        _c("published_on", "date", "when this row was seen posted; empty: not seen"),
        *PLACE,
    ),
    order=("record",),
    personal=True,
)

STATEMENTS = Table(
    "statements",
    (
        _c("statement_id", "text", "the statement's id", True),
        _c("issuer", "text", "the party that states it", True),
        _c("about", "text", "the breached party it speaks of", True),
        _c("received_on", "date", "when we received it", True),
        _c("scope", "text", "name of a scope of case.toml; empty: everyone"),
        _c("items", "text", "items it speaks of, sorted, parted by ';'; 'person' for the person as a whole"),
        _c("leaves", "text", "what it leaves possible: a word of domain.worlds.LEAVES", True),
        _c("covers", "text", "which values it covers: 'all', or a scope over disclosures"),
        _c("supersedes", "text", "statement it replaces, of the same issuer"),
        _c("retracts", "text", "statement it takes back, of the same issuer"),
        _c("words", "text", "the statement word for word"),
        _c("document", "text", "where it stands"),
        *PLACE,
    ),
    order=("received_on", "statement_id"),
    personal=False,
)

DELETIONS = Table(
    "deletions",
    (
        _c("deletion_id", "text", "the deletion's id", True),
        _c("party", "text", "the party that says it deleted", True),
        _c("items", "text", "items deleted, sorted, parted by ';'", True),
        _c("copies", "text", "'all', or a scope over disclosures: which copies", True),
        _c("deleted_on", "date", "when they were deleted", True),
        _c("received_on", "date", "when we were told", True),
        _c("scope", "text", "name of a scope over people; empty: everyone"),
        _c("document", "text", "where it stands"),
        *PLACE,
    ),
    order=("received_on", "deletion_id"),
    personal=False,
)

# The result of linkage: one row for each leaked record, whatever became of it.
LINKS = Table(
    "links",
    (
        _c("record", "int64", "the leaked record", True),
        _c("person", "int64", "the person it is about; for a review the best candidate; empty: none"),
        _c("outcome", "text", "accepted, review or none", True),
        _c("method", "text", "exact, probabilistic or decision; empty for none"),
        _c(
            "weight",
            "float64",
            "match weight in bits (log2 of the Bayes factor, prior included), two decimals",
        ),
        _c(
            "margin",
            "float64",
            "bits between the best and the second-best person, two decimals; empty: only one",
        ),
        _c("agrees", "text", "for an exact link: the attributes that agree beside the number, parted by ';'"),
        _c(
            "levels",
            "text",
            "comparison levels as 'column:level' parted by ';', to explain the link in words",
        ),
        _c("reason", "text", "why it is a review or none: a word of linkage's list"),
        _c("decided_on", "date", "when a person changed what linkage made of it; the link is known since then"),
    ),
    order=("record",),
    personal=True,
)

# Candidates of records under review, best first.
CANDIDATES = Table(
    "candidates",
    (
        _c("record", "int64", "the leaked record", True),
        _c("rank", "int16", "1 is the best", True),
        _c("person", "int64", "the candidate", True),
        _c("weight", "float64", "match weight in bits, two decimals", True),
        _c("levels", "text", "comparison levels as 'column:level' parted by ';'", True),
    ),
    order=("record", "rank"),
    personal=True,
)

# All evidence about people in one narrow table, sorted by person; what a row means is in its class.
EVIDENCE = Table(
    "evidence",
    (
        _c("person", "int64", "the person", True),
        _c("class", "int32", "position in the table of evidence classes", True),
        _c("source", "int16", "position of the source in case.toml, from 0", True),
        _c("file", "int16", "which file of the source", True),
        _c("row", "int64", "record number in that file", True),
    ),
    order=("person", "source", "file", "row"),
    personal=True,
)

# The result of the rule: each person's profile. What a profile means stands in the profile tables, which name nobody.
ASSESSED = Table(
    "assessed",
    (
        _c("person", "int64", "the person", True),
        _c("profile", "int32", "position in the table of profiles", True),
    ),
    order=("person",),
    personal=True,
)

# Classes of evidence: what a number in EVIDENCE.class means. Dates of year 1 and empty texts mean "not said".
CLASSES = Table(
    "classes",
    (
        _c("class", "int32", "the class's number", True),
        _c("kind", "text", "register, disclosure or link", True),
        _c("received", "date", "known since", True),
        _c("party", "text", "who received, for a disclosure", True),
        _c("from_party", "text", "who sent", True),
        _c("items", "text", "items, sorted, parted by ';'", True),
        _c("day", "date", "when sent, or when a leaked row was seen posted", True),
        _c("purpose", "text", "why it was sent", True),
        _c("dataset", "text", "leaked dataset, for a link", True),
        _c("outcome", "text", "accepted or review, for a link", True),
        _c("method", "text", "exact, probabilistic or decision, for a link", True),
        _c("supplied_by", "text", "who supplied the leaked row", True),
        _c("until", "date", "no longer so since this day: a review that a person has decided", True),
        _c("born", "int32", "year of birth in the register; 0 is not known", True),
        _c("abroad", "bool", "address abroad in the register", True),
        _c("deceased", "bool", "deceased in the register", True),
    ),
    order=("class",),
    personal=False,
)

# What the linked rows of one source say of people, as numbers: by them it is seen whose evidence changed.
TRACES = Table(
    "traces",
    (
        _c("person", "int64", "the person", True),
        _c("trace", "int64", "a number for what a linked row says: equal for equal classes of evidence", True),
    ),
    order=("person",),
    personal=True,
)

# Links, counted: enough for every total, and nobody in it.
LINK_COUNTS = Table(
    "link_counts",
    (
        _c("dataset", "text", "the leaked dataset", True),
        _c("outcome", "text", "accepted, review or none", True),
        _c("method", "text", "exact, probabilistic or decision; empty for none", True),
        _c("reason", "text", "why a review or none", True),
        _c("supplied_by", "text", "who supplied the rows; empty: unknown", True),
        _c("posted", "bool", "whether the rows were seen posted", True),
        _c("decided_on", "date", "when a person changed what linkage made of them; before that day they were reviews"),
        _c("records", "int64", "how many rows", True),
        _c("people", "int64", "how many different people they are linked to", True),
    ),
    order=("dataset", "outcome", "method", "reason", "supplied_by", "posted", "decided_on"),
    personal=False,
)

# What a profile is: people whose evidence says the same.
PROFILES = Table(
    "profiles",
    (
        _c("profile", "int32", "the profile's number", True),
        _c("people", "int64", "how many people have it", True),
        _c("marks", "text", "the marks its people have: a hexadecimal number, bits as in MARKS", True),
        _c("in_scope", "bool", "whether they are in the declared scope of the case", True),
        _c("group", "text", "the group that takes them; empty outside the scope"),
        _c("contradiction", "bool", "whether nothing is left somewhere", True),
        _c("severity", "float64", "ENISA 2013 severity, two decimals; empty when nothing is at risk"),
    ),
    order=("profile",),
    personal=False,
)

# What each bit of PROFILES.marks says.
MARKS = Table(
    "marks",
    (
        _c("bit", "int32", "the bit, from 0", True),
        _c("kind", "text", "kind of mark", True),
        _c("of", "text", "party, dataset, scope or exclusion it is about", True),
        _c("item", "text", "item it is about, or empty", True),
        _c("supplier", "text", "for rows: own, other or empty", True),
        _c("posted", "text", "for rows: 'posted' or empty", True),
    ),
    order=("bit",),
    personal=False,
)

PROFILE_WORLDS = Table(
    "profile_worlds",
    (
        _c("profile", "int32", "the profile", True),
        _c("party", "text", "the breached party", True),
        _c("item", "text", "the item; 'person' for the person as a whole", True),
        _c("worlds", "int32", "the worlds left, one bit each", True),
        _c("state", "text", "the named state (for 'person': in, out, open or contradiction)", True),
    ),
    order=("profile", "party", "item"),
    personal=False,
)

CLASHES = Table(
    "clashes",
    (
        _c("profile", "int32", "a profile with a contradiction", True),
        _c("clash", "text", "the pieces of evidence that clash, sorted, parted by ' × '", True),
        _c("settled", "bool", "whether a decision has set one of them aside", True),
    ),
    order=("profile", "clash"),
    personal=False,
)

REJECTS = Table(
    "rejects",
    (
        _c("file", "int16", "which file of the source", True),
        _c("row", "int64", "record number in that file", True),
        _c("column", "text", "the column at fault; empty: the whole row", False),
        _c("reason", "text", "what was expected; never the value itself", True),
    ),
    order=("file", "row", "column"),
    personal=False,
)

SOURCE_TABLES: dict[str, Table] = {
    table.name: table for table in (PEOPLE, DISCLOSURES, LEAKED, STATEMENTS, DELETIONS, ADDRESSES, SAFE_ADDRESSES)
}
