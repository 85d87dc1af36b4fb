"""The append-only log of who did what, to which person or thing, and why.

Whoever changes something calls `append` with the cursor of the same transaction, so that the act and its line are
kept or lost together. The lines are the leaves of a Merkle tree (RFC 6962): `verify` finds every change, deletion,
reordering and gap, and a signed `checkpoint` that an outsider keeps proves later that nothing was rewritten.
Nothing can be taken out of this log, so nothing personal may go in: people are named by keyed id.
"""

from helder.audit.checkpoint import checkpoint, signing_key, verifier_key
from helder.audit.line import Line
from helder.audit.log import append, create, export, rows
from helder.audit.opening import holds, open_log, read_log, record
from helder.audit.verify import Problem, Verdict, verify

__all__ = [
    "Line",
    "Problem",
    "Verdict",
    "append",
    "checkpoint",
    "create",
    "export",
    "holds",
    "open_log",
    "read_log",
    "record",
    "rows",
    "signing_key",
    "verifier_key",
    "verify",
]
