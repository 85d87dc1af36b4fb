"""What lines of the audit log say, in words: who acted, what was done, and the details that are shown beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from helder.office.announcing import topic_of
from helder.office.words import say
from helder.web.account_lines import STRANGER
from helder.web.hook_pages import happened, topic_names

_ABOUT = {
    "account": ("Inloggen", "Logging in"),
    "addresses": ("Adressen", "Addresses"),
    "audit": ("Logboek", "Audit log"),
    "case": ("Zaak", "Case"),
    "export": ("Uitkomsten", "Results"),
    "facts": ("Feiten", "Facts"),
    "hook": ("Berichten aan systemen", "Notices to systems"),
    "person": ("Mensen", "People"),
    "review": ("Twijfelgevallen", "Reviews"),
    "told": ("Wat verteld is", "What was told"),
    "token": ("Programma’s", "Programs"),
    "user": ("Collega’s", "Colleagues"),
}
_DONE = {
    "account.locked": ("te vaak geprobeerd", "tried too often"),
    "account.log_in_failed": ("inloggen mislukt", "log-in failed"),
    "account.logged_in": ("ingelogd", "logged in"),
    "account.logged_out": ("uitgelogd", "logged out"),
    "account.password_changed": ("wachtwoord gewijzigd", "password changed"),
    "account.password_hashed": ("hetzelfde wachtwoord, sterker bewaard", "the same password, kept more safely"),
    "account.way_added": ("manier van inloggen toegevoegd", "way of logging in added"),
    "account.way_removed": ("manier van inloggen verwijderd", "way of logging in removed"),
    "addresses.answered": ("antwoord ontvangen", "answer received"),
    "addresses.ask": ("opgevraagd", "asked for"),
    "audit.export": ("meegenomen", "taken along"),
    "audit.verified": ("nagerekend, het klopte", "verified, it was right"),
    "case.backup": ("reservekopie gemaakt", "backup made"),
    "case.restore": ("reservekopie teruggezet", "backup restored"),
    "export.evidence": ("bewijs per mens gemaakt", "evidence about people made"),
    "export.people": ("uitkomsten per mens gemaakt", "results about people made"),
    "facts.site": ("naar de website gebracht", "taken to the website"),
    "facts.taken": ("naar de brieven gebracht", "taken to the letters"),
    "hook.ended": ("beëindigd", "ended"),
    "hook.given_up": ("opgegeven", "given up"),
    "hook.paused": ("gepauzeerd", "paused"),
    "hook.resumed": ("hervat", "resumed"),
    "hook.subscribed": ("aangemeld", "subscribed"),
    "hook.tried_again": ("opnieuw geprobeerd", "tried again"),
    "person.look": ("iemand opgezocht", "somebody looked up"),
    "review.export": ("meegenomen om te beoordelen", "taken along to be decided"),
    "review.import": ("besluiten ingelezen", "decisions taken in"),
    "round.ask": ("gevraagd wat er bezorgd is", "asked what was delivered"),
    "round.close": ("gesloten", "closed"),
    "round.handed_over": ("overgedragen", "handed over"),
    "round.handover": ("overdragen begonnen", "handing over begun"),
    "round.letter": ("een brief bekeken", "a letter looked at"),
    "round.missed": ("gekeken wie geen brief kreeg", "looked at who got no letter"),
    "round.plan": ("gepland", "planned"),
    "round.produce": ("brieven gemaakt", "letters made"),
    "round.returns": ("retourpost ingelezen", "returned mail taken in"),
    "round.show": ("brieven bekeken", "letters looked at"),
    "round.verify": ("brieven teruggelezen", "letters read back"),
    "told.erased": ("gewist na de bewaartermijn", "erased after the term of keeping"),
    "token.ended": ("beëindigd", "ended"),
    "token.made": ("gemaakt", "made"),
    "user.confirmed": ("bevestigd dat een ander ermee werkt", "confirmed that somebody else works with it"),
    "user.invited": ("uitgenodigd", "invited"),
    "user.joined": ("account gemaakt", "account made"),
    "user.left": ("account beëindigd", "account ended"),
    "user.reminders": ("herinneringen ingesteld", "reminders set"),
    "user.reset": ("inloggen opnieuw ingesteld", "log-in set anew"),
    "user.reset_offered": ("koppeling om opnieuw in te loggen gemaakt", "link to log in again made"),
    "user.uninvited": ("uitnodiging ingetrokken", "invitation taken back"),
}
"""What is done by programs and on pages of their own; what is done to entries and by approvers, `hook_pages` has words for."""
_MOST = 12
"""Characters of a hash that are shown, and parts of a list; a file has them whole."""
_HASH = 32


def who(actor: str) -> str:
    """Who acted, as people say it."""
    kind, _, name = actor.partition(":")
    if actor == STRANGER:
        return say("niemand die ingelogd was", "nobody who was logged in")
    if actor == "timer":
        return say("het uurwerk", "the timer")
    if kind == "cli":
        return (
            say(f"{name} (opdrachtregel)", f"{name} (command line)") if name else say("opdrachtregel", "command line")
        )
    return name if kind == "user" and name else actor


def about(action: str) -> str:
    """What an action is about, by its first word: a register, the rounds, or a part of the office."""
    first = action.partition(".")[0]
    return say(*_ABOUT[first]) if first in _ABOUT else topic_names().get(topic_of(action), first)


def done(action: str) -> str:
    """What was done, without what it is about; what has no words stays as the log has it."""
    if action in _DONE:
        return say(*_DONE[action])
    return happened(action, topic_names()).partition(": ")[2]


def choices(actions: Iterable[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The actions for a list to choose from, by what they are about; the first of each is all of that."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for action in actions:
        name = about(action)
        first = (f"{action.partition('.')[0]}.", say(f"{name}: alles", f"{name}: everything"))
        groups.setdefault(name, [first]).append((action, f"{name}: {done(action)}"))
    return sorted((name, [found[0], *sorted(found[1:], key=lambda one: one[1])]) for name, found in groups.items())


def details(text: str) -> list[tuple[str, str]]:
    """What a line's details say, name by name; hashes by how they begin. What is no JSON is shown as it is."""
    try:
        found = json.loads(text)
    except ValueError:
        return [("", text)]
    return [(str(name), _short(value)) for name, value in found.items()] if isinstance(found, Mapping) else [("", text)]


def _short(value: object) -> str:
    if isinstance(value, list):
        more = len(value) - _MOST
        shown = ", ".join(_short(one) for one in value[:_MOST])
        return shown if more <= 0 else say(f"{shown} en nog {more}", f"{shown} and {more} more")
    if isinstance(value, bool):
        return say("ja", "yes") if value else say("nee", "no")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    long = len(text) >= _HASH and all(char in "0123456789abcdef" for char in text)
    return f"{text[:_MOST]}…" if long else text
