"""Why a channel refused a letter, or a carrier did not deliver it, in words: what the ledger keeps is a word for machines."""

from __future__ import annotations

import re

_WORDS = {
    "no_address": ("geen bruikbaar e-mailadres", "no usable e-mail address"),
    "address_beyond_ascii": ("e-mailadres met letters buiten ASCII", "e-mail address with letters beyond ASCII"),
    "no_pdf": ("er is geen PDF van de brief", "there is no PDF of the letter"),
    "permanent-failure": ("adres of nummer bestaat niet", "address or number does not exist"),
    "temporary-failure": ("postvak of telefoon nam lang niets aan", "mailbox or telephone took nothing for long"),
    "technical-failure": ("storing bij de bezorger", "failure at the carrier"),
    "virus-scan-failed": ("de bezorger ziet een virus in de PDF", "the carrier sees a virus in the PDF"),
    "validation-failed": ("de PDF past niet op het papier van de bezorger", "the PDF does not fit the carrier's paper"),
    "waiting": ("wacht", "waits"),
    "sending": ("wordt verstuurd", "is being sent"),
    "unsure": ("onzeker of het aankwam", "unsure whether it arrived"),
    "cancelled": ("bij de bezorger ingetrokken", "cancelled at the carrier"),
}
_PATTERNS = (
    (re.compile(r"smtp_(\d{3})"), ("de mailserver weigerde (SMTP {})", "the mail server refused (SMTP {})")),
    (re.compile(r"http_(\d{3}_\w+)"), ("Notify weigerde ({})", "Notify refused ({})")),
)  # fmt: skip


def in_words(why: str) -> tuple[str, str]:
    """The word in Dutch and English; itself when it is not known."""
    for pattern, (dutch, english) in _PATTERNS:
        if match := pattern.fullmatch(why):
            what = match[1].replace("_", " ")
            return dutch.format(what), english.format(what)
    return _WORDS.get(why, (why, why))
