"""What carriers say became of a message, and what that means."""

from __future__ import annotations

# Status words of Notify's API: of letters, e-mails and text messages.
ARRIVED = frozenset({"delivered", "received"})
FAILED = frozenset(
    {
        "permanent-failure", "temporary-failure", "technical-failure", "virus-scan-failed", "validation-failed",
        "cancelled",
    }
)  # fmt: skip
UNDERWAY = frozenset({"created", "sending", "pending", "sent", "accepted", "pending-virus-check"})
FATES = ARRIVED | FAILED | UNDERWAY


def settled(fate: str) -> bool:
    """Whether nothing else can come after."""
    return fate in ARRIVED | FAILED
