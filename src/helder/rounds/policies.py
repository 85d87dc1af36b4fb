"""Who is not written to, and what happens instead: every rule with its name, its source and its words, in order.

The first rule that applies decides. A rule that looks at fewer things stands lower only when a letter by it could do
less harm: a secret address goes before death, because whoever acts for the dead may be whom they hid from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["letter", "suppressed", "unreachable"]
Age = Literal["own", "minor", "unknown"]
Where = Literal["ok", "in_question", "moved", "unconfirmed", "none"]
Double = Literal["", "same", "unclear"]
CameBack = Literal["", "deceased", "done", "email", "other_channel"]


@dataclass(frozen=True)
class Facts:
    """What the rules look at. Many people share the same facts, so rules meet these and not people.

    `shelter`: the address is on the list of addresses to be careful with, or cannot be held against it. `checked`:
    somebody has checked that a letter to this person at this very address does no harm. `represented`: name and address of
    who acts for them are known, and that address is on no list. `came_back`: what the last letter, which did not arrive,
    asks for; `email` when it was an e-mail.
    """

    contradiction: bool = False
    double: Double = ""
    secret: bool = False
    shelter: bool = False
    checked: bool = False
    deceased: bool = False
    age: Age = "own"
    legal: bool = False
    represented: bool = False
    staff: bool = False
    in_scope: bool = True
    where: Where = "ok"
    abroad: bool = False
    no_post: bool = False
    email: bool = False
    came_back: CameBack = ""


@dataclass(frozen=True)
class Explicit:
    """What the round has decided: the letters to who acts for somebody (deceased, minor, curatorship), and the rest."""

    represented: Mapping[str, str] = field(default_factory=dict)
    no_longer_in_scope: str = ""
    unknown_age: Literal["hold", "adult"] = "hold"
    unconfirmed_address: Literal["hold", "send"] = "hold"


@dataclass(frozen=True)
class Policy:
    """A rule: its id, the law or reason it rests on, what it says and what happens instead, and whom it is about."""

    id: str
    source: str
    nl: str
    en: str
    instead_nl: str
    instead_en: str
    applies: Callable[[Facts, Explicit], bool]
    outcome: Outcome = "suppressed"
    channel: Literal["post", "email"] = "post"
    """For a letter: how it goes."""
    acts_for: str = ""
    """The word of `Explicit.represented` under which a letter to whoever acts for them may be allowed."""


@dataclass(frozen=True)
class Verdict:
    """What becomes of a person's letter. `letter` is empty for that of their group; `to` says whose name is on it."""

    outcome: Outcome
    policy: str = ""
    channel: Literal["", "post", "email"] = ""
    letter: str = ""
    to: Literal["self", "representative"] = "self"


def decide(facts: Facts, explicit: Explicit) -> Verdict:
    """What becomes of the letter of people with these facts."""
    for policy in POLICIES:
        if policy.id not in LATE and policy.applies(facts, explicit):
            return _by(policy, facts, explicit)
    letter = "" if facts.in_scope else explicit.no_longer_in_scope
    return Verdict("letter", channel="post", letter=letter)


def _by(policy: Policy, facts: Facts, explicit: Explicit) -> Verdict:
    letter = "" if facts.in_scope else explicit.no_longer_in_scope
    # A curator acts for the living only: who the next of kin are is then not known.
    known = facts.represented and facts.in_scope and not (facts.deceased and facts.legal)
    acting = explicit.represented.get(policy.acts_for, "") if policy.acts_for and known else ""
    if acting:
        return Verdict("letter", policy.id, "post", acting, "representative")
    if policy.outcome == "letter":
        return Verdict("letter", policy.id, policy.channel, letter)
    return Verdict(policy.outcome, policy.id)


POLICIES: tuple[Policy, ...] = (
    Policy(
        "contradiction",
        "GDPR Art. 5(1)(d) (accuracy)",
        "het bewijs over deze mens spreekt elkaar tegen",
        "the evidence about this person contradicts itself",
        "iemand beslist over het bewijs, vóór de dag die in de ronde staat; daarna een brief",
        "somebody decides on the evidence by the day that the round names; then a letter",
        lambda f, e: f.contradiction,
    ),
    Policy(
        "duplicate_unclear",
        "GDPR Art. 5(1)(d) (accuracy)",
        "regels van het register zijn van één mens en zeggen niet hetzelfde, of dat is niet te zien",
        "rows of the register are one person and do not agree, or it cannot be told whether they are",
        "het register wordt nagekeken; daarna één brief",
        "the register is looked into; then one letter",
        lambda f, e: f.double == "unclear",
    ),
    Policy(
        "duplicate",
        "GDPR Art. 5(1)(c) (no more than needed)",
        "dezelfde mens staat nog eens in het register",
        "the same person stands in the register once more",
        "de brief van de andere regel",
        "the letter of the other row",
        lambda f, e: f.double == "same",
    ),
    Policy(
        "shelter",
        "GDPR Art. 32 (security); UN CEDAW general recommendation 35; Istanbul Convention Art. 11, 23",
        "het adres staat op de lijst van adressen waar een brief kwaad kan doen, of is daar niet aan te toetsen",
        "the address is on the list of addresses where a letter may do harm, or cannot be held against it",
        "een medewerker zoekt met de opvang een veilige weg",
        "a member of staff finds a safe way together with the shelter",
        lambda f, e: f.shelter and not f.checked,
    ),
    Policy(
        "secret_address",
        "Wet BRP Art. 2.59 (secrecy at request); GDPR Art. 32",
        "het adres is geheim en niet nagekeken",
        "the address is secret and was not checked",
        "een medewerker kijkt het adres na; daarna een brief zonder gegevens in het venster, of een andere weg",
        "a member of staff checks the address; then a letter with nothing to be seen in the window, or another way",
        lambda f, e: f.secret and not f.checked,
    ),
    Policy(
        "deceased",
        "GDPR recital 27 (not about the deceased); the round's own rule for next of kin",
        "overleden",
        "deceased",
        "geen brief; nabestaanden alleen als de ronde dat regelt en bekend is wie",
        "no letter; next of kin only when the round says so and who they are is known",
        lambda f, e: f.deceased,
        acts_for="deceased",
    ),
    Policy(
        "returned_deceased",
        "GDPR Art. 5(1)(d) (accuracy); recital 27",
        "een eerdere brief kwam terug: overleden",
        "an earlier letter came back: deceased",
        "het register wordt nagekeken; bij overlijden geen brief, nabestaanden alleen als de ronde dat regelt",
        "the register is looked into; no letter to the dead, next of kin only when the round says so",
        lambda f, e: f.came_back == "deceased",
    ),
    Policy(
        "returned_done",
        "GDPR Art. 34(1): told another way",
        "een eerdere brief kwam terug, en iemand heeft het daarna afgehandeld",
        "an earlier letter came back, and somebody dealt with it since",
        "geen brief: het is al op een andere manier verteld",
        "no letter: it was told another way",
        lambda f, e: f.came_back == "done",
    ),
    Policy(
        "minor",
        "GDPR Art. 8; UAVG Art. 5 (Dutch implementation act)",
        "te jong voor een eigen brief",
        "too young for a letter of their own",
        "een brief aan ouder of voogd als de ronde dat regelt; anders zoekt een medewerker wie dat is",
        "a letter to parent or guardian when the round says so; else a member of staff finds out who that is",
        lambda f, e: f.age == "minor",
        acts_for="minor",
    ),
    Policy(
        "unknown_age",
        "GDPR Art. 8; UAVG Art. 5",
        "de leeftijd is niet bekend, dus ook niet of dit een kind is",
        "the age is not known, so neither is whether this is a child",
        "de leeftijd wordt nagekeken; of de ronde zegt dat er geen kinderen bij zijn (unknown_age)",
        "the age is looked into; or the round says that there are no children among them (unknown_age)",
        lambda f, e: f.age == "unknown" and e.unknown_age == "hold",
    ),
    Policy(
        "curatorship",
        "UAVG Art. 5; Dutch Civil Code 1:378, 1:431, 1:450",
        "onder curatele, bewind of mentorschap, of met een aantekening die Helder niet kent",
        "under curatorship, administration or mentorship, or with a note that Helder does not know",
        "een brief aan wie hen vertegenwoordigt als de ronde dat regelt; anders zoekt een medewerker wie dat is",
        "a letter to whoever represents them when the round says so; else a member of staff finds out who that is",
        lambda f, e: f.legal,
        acts_for="curatorship",
    ),
    Policy(
        "staff",
        "GDPR Art. 5(1)(f) and 32 (colleagues handle the letters)",
        "werkt voor de organisatie die schrijft",
        "works for the organisation that writes",
        "een gesprek buiten de eigen afdeling om, op dezelfde dag",
        "is told in person, outside their own department, on the same day",
        lambda f, e: f.staff,
    ),
    Policy(
        "out_of_scope",
        "GDPR Art. 5(1)(d) (what was told and is no longer so is corrected)",
        "eerder iets verteld, en de zaak gaat niet meer over deze mens",
        "was told something before, and the case is not about this person any more",
        "een medewerker herstelt wat verteld is; of de ronde noemt een brief (no_longer_in_scope)",
        "a member of staff corrects what was told; or the round names a letter (no_longer_in_scope)",
        lambda f, e: not f.in_scope and not e.no_longer_in_scope,
    ),
    Policy(
        "no_post",
        "GDPR Art. 34(1): a wish not to get post never cancels the duty to tell",
        "wil geen post: per e-mail",
        "does not want post: by e-mail",
        "",
        "",
        lambda f, e: f.no_post and f.email and f.came_back != "email",
        "letter",
        "email",
    ),
    Policy(
        "returned_email",
        "GDPR Art. 34(1): a letter that nobody takes in does not end the duty to tell",
        "een eerdere brief is geweigerd of niet te bezorgen: per e-mail",
        "an earlier letter was refused or could not be delivered: by e-mail",
        "",
        "",
        lambda f, e: f.came_back == "other_channel" and f.email,
        "letter",
        "email",
    ),
    Policy(
        "returned_other",
        "GDPR Art. 34(1): a letter that nobody takes in does not end the duty to tell",
        "een eerdere brief is geweigerd of niet te bezorgen, en een e-mailadres is niet bekend",
        "an earlier letter was refused or could not be delivered, and no e-mail address is known",
        "een medewerker zoekt een andere weg",
        "a member of staff finds another way",
        lambda f, e: f.came_back == "other_channel",
    ),
    Policy(
        "address_in_question",
        "Wet BRP Art. 2.26 (address under investigation)",
        "het adres is in onderzoek of het antwoord daarover is niet duidelijk",
        "the address is under investigation, or the answer about it is not clear",
        "het adres wordt nagekeken; daarna een brief",
        "the address is looked into; then a letter",
        lambda f, e: f.where == "in_question",
    ),
    Policy(
        "address_unconfirmed",
        "GDPR Art. 5(1)(d): no answer is not a confirmation",
        "het register antwoordde niets over deze mens",
        "the register answered nothing about this person",
        "het adres wordt nagekeken; of de ronde schrijft naar het oude adres (unconfirmed_address)",
        "the address is looked into; or the round writes to the old one (unconfirmed_address)",
        lambda f, e: f.where == "unconfirmed" and e.unconfirmed_address == "hold",
    ),
    Policy(
        "moved",
        "Wet BRP Art. 2.22 (left, where to is not known)",
        "woont niet meer op het adres dat bekend is",
        "does not live any more at the address that is known",
        "het nieuwe adres wordt opgezocht; anders telt openbaar melden (AVG art. 34 lid 3 onder c)",
        "the new address is looked up; else what counts is telling in public (GDPR Art. 34(3)(c))",
        lambda f, e: f.where == "moved",
        "unreachable",
    ),
    Policy(
        "no_address",
        "GDPR Art. 34(3)(c)",
        "er is geen adres bekend",
        "no address is known",
        "het adres wordt opgezocht; anders telt openbaar melden (AVG art. 34 lid 3 onder c)",
        "the address is looked up; else what counts is telling in public (GDPR Art. 34(3)(c))",
        lambda f, e: f.where == "none",
        "unreachable",
    ),
    Policy(
        "unaddressable",
        "PostNL's rules for addressing; GDPR Art. 34(3)(c)",
        "van naam en adres is geen adressering te maken die de post bezorgt",
        "name and address do not make an address that the post delivers to",
        "naam en adres worden nagekeken; daarna een brief",
        "name and address are looked into; then a letter",
        lambda f, e: False,
        "unreachable",
    ),
    Policy(
        "returned_address",
        "GDPR Art. 5(1)(d) (accuracy) and 34(3)(c)",
        "een eerdere brief kwam van ditzelfde adres terug",
        "an earlier letter came back from this very address",
        "het nieuwe adres wordt opgezocht; anders telt openbaar melden (AVG art. 34 lid 3 onder c)",
        "the new address is looked up; else what counts is telling in public (GDPR Art. 34(3)(c))",
        lambda f, e: False,
        "unreachable",
    ),
    Policy(
        "window_detail",
        "GDPR Art. 9 and 32 (health)",
        "in het venster zou iets te lezen zijn dat niemand anders mag zien",
        "through the window something could be read that nobody else may see",
        "een medewerker stuurt de brief in een gesloten envelop",
        "a member of staff sends the letter in a closed envelope",
        lambda f, e: False,
    ),
    Policy(
        "no_post_only_post",
        "GDPR Art. 34(1): a wish not to get post never cancels the duty to tell",
        "wil geen post, en een andere weg is niet bekend",
        "does not want post, and no other way is known",
        "",
        "",
        lambda f, e: f.no_post,
        "letter",
    ),
    Policy(
        "checked_address",
        "Wet BRP Art. 2.59; GDPR Art. 32: checked by a named person",
        "geheim adres, nagekeken",
        "secret address, checked",
        "",
        "",
        lambda f, e: (f.secret or f.shelter) and f.checked,
        "letter",
    ),
    Policy(
        "abroad",
        "GDPR Art. 34(1): the duty does not end at the border",
        "woont in het buitenland",
        "lives abroad",
        "",
        "",
        lambda f, e: f.abroad,
        "letter",
    ),
)

LATE = frozenset({"unaddressable", "window_detail", "returned_address"})
"""Rules that are found only when the lines of the window are made."""
BY_ID = {policy.id: policy for policy in POLICIES}
