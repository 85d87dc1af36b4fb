"""Hand-made data of the size of the reference case, for the page's tests. All figures are invented but add up."""

from __future__ import annotations

import base64
import datetime as dt

from helder.domain import worlds as w
from helder.results.page.data import (
    Account,
    Claim,
    Computed,
    Contradiction,
    Dataset,
    Difference,
    Evidence,
    Found,
    Gap,
    Letters,
    LetterShown,
    Measured,
    PageData,
    Person,
    PersonItem,
    Reading,
    Reason,
    SameLetter,
    Sample,
    Share,
)

ITEMS = {
    "name": {"nl": "naam", "en": "name"},
    "address": {"nl": "adres en woonplaats", "en": "address and place"},
    "birth_date": {"nl": "geboortedatum", "en": "birth date"},
    "sex": {"nl": "geslacht", "en": "sex"},
    "bsn": {"nl": "burgerservicenummer (BSN)", "en": "citizen service number (BSN)"},
    "test_kind": {"nl": "soort test", "en": "kind of test"},
    "test_result": {"nl": "testuitslag", "en": "test result"},
    "gp": {"nl": "naam van de huisarts", "en": "name of the GP"},
    "email": {"nl": "e-mailadres", "en": "e-mail address"},
    "phone": {"nl": "telefoonnummer", "en": "phone number"},
}
GROUPS = {
    "g1": {"nl": "Groep 1: in dataset 1", "en": "Group 1: in dataset 1"},
    "g2": {"nl": "Groep 2: in dataset 2", "en": "Group 2: in dataset 2"},
    "g3": {"nl": "Groep 3: diefstal niet uit te sluiten", "en": "Group 3: theft cannot be ruled out"},
    "g4": {"nl": "Groep 4: uitstrijkje van vóór 2017", "en": "Group 4: smear from before 2017"},
}
PEOPLE, MORE, REVIEW = 941_000, 51_234, 2_871


def _told_states():
    shared = {item: {"shared_possible": PEOPLE} for item in ITEMS}
    return {**shared, "email": {"other_possible": PEOPLE}, "phone": {"other_possible": PEOPLE}}


def _states():
    taken = {
        "name": 668_120,
        "address": 641_877,
        "birth_date": 661_003,
        "sex": 655_310,
        "bsn": 639_442,
        "test_kind": 621_554,
        "test_result": 402_118,
        "gp": 388_006,
        "email": 0,
        "phone": 0,
    }
    states = {}
    for item, people in taken.items():
        published = people * 53_516 // 715_000
        rest = PEOPLE - people
        clash = 214 if item == "test_result" else 0
        state = "other_possible" if item in ("email", "phone") else "shared_possible"
        all_states = {"contradiction": clash, "published": published, "taken": people - published, state: rest - clash}
        states[item] = {id: n for id, n in all_states.items() if n}
    return states


def reading(id, **changes):
    known = 621_000 + (MORE if id == "current" else 0)
    told = id == "as_told"
    base = {
        "id": id,
        "as_of": dt.date(2025, 9, 12) if told else None,
        "records": 715_000,
        "linked": 621_000 if told else 690_412,
        "unlinked": 94_000 if told else 20_915,
        "review": 0 if told else 3_673,
        "people": PEOPLE,
        "known": known,
        "open": PEOPLE - known - (0 if told else 214),
        "out": 0,
        "contradictions": 0 if told else 214,
        "groups": {"g1": 405_000, "g2": 216_000, "g3": 282_000, "g4": 38_000}
        if told
        else {"g1": 448_902, "g2": 223_332, "g3": 236_205, "g4": 32_561},
        "states": _told_states() if told else _states(),
        "severity": {"very_high": PEOPLE} if told else {"high": 31_220, "very_high": PEOPLE - 31_220 - 214},
    }
    return Reading(**{**base, **changes})


def claim(day, number, unit, issuer, says, evidence=None, verdict="incomparable", why="", **more):
    return Claim(
        dt.date.fromisoformat(day),
        more.pop("week", False),
        number,
        unit,
        issuer,
        {"nl": says, "en": says},
        more.pop("source", "security.nl/904436"),
        evidence,
        verdict,
        {"nl": why, "en": why},
        **more,
    )


CLAIMS = (
    claim(
        "2025-08-11",
        485_000,
        "people",
        "BVO NL",
        "participants in the first leaked data",
        405_000,
        "other",
        "These are records, not people: 405,000 belonged to a participant, 80,000 could not be placed.",
        approximate=True,
    ),
    claim("2025-08-11", 53_516, "records", "RTL", "patients in the posted sample", 53_516, "matches"),
    claim(
        "2025-08-18", 405_000, "records", "BVO NL", "linked to a participant, letter 1", 405_000, "matches", week=True
    ),
    claim("2025-08-18", 80_000, "records", "BVO NL", "could not be linked", 80_000, "matches", week=True),
    claim("2025-08-21", 266, "people", "DJI", "(ex-)prisoners", why="another controller's people"),
    claim(
        "2025-08-25",
        230_000,
        "records",
        "lab",
        "almost this many further records",
        230_000,
        "matches",
        approximate=True,
    ),
    claim(
        "2025-08-29",
        715_000,
        "people",
        "BVO NL",
        "confirmed",
        621_000,
        "other",
        "485,000 + 230,000 records. As people 621,000 were confirmed; nobody could place the other 94,000 records.",
    ),
    claim(
        "2025-08-29",
        226_000,
        "people",
        "press",
        "not established",
        320_000,
        "differs",
        "941,000 - 715,000 mixes people with records",
    ),
    claim(
        "2025-08-29",
        850_000,
        "people",
        "lab",
        "all patients, with GPs and clinics",
        why="other clients' people are in it",
    ),
    claim("2025-08-29", 941_000, "people", "BVO NL", "everyone whose data were ever shared", 941_000, "matches"),
    claim("2025-09-12", 405_000, "letters", "BVO NL", "group 1", 405_000, "matches"),
    claim("2025-09-12", 216_000, "letters", "BVO NL", "group 2", 216_000, "matches"),
    claim("2025-09-12", 282_000, "letters", "BVO NL", "group 3", 282_000, "matches"),
    claim("2025-09-12", 38_000, "letters", "BVO NL", "group 4", 38_000, "matches"),
    claim("2025-09-12", 621_000, "people", "press", "sum of groups 1 and 2", 621_000, "matches"),
    claim("2026-02-17", 855_000, "people", "OM", "total used by the prosecutor", why="other clients' people are in it"),
)

DIFFERENCE = Difference(
    told=320_000,
    more=MORE,
    review=REVIEW,
    rest=320_000 - MORE - REVIEW,
    records=94_000,
    records_placed=69_412,
    records_more=MORE + 1_102,
    records_known=17_076,
    records_review=3_673,
    records_none=20_915,
    groups=(Share("g3", 282_000, 45_795, 2_530), Share("g4", 38_000, 5_439, 341)),
)

_SHARED, _TAKEN = w.DISCLOSED, w.DISCLOSED & w.STOLEN
_OTHER = w.OURS_NOT_THERE

PERSON = Person(
    keyed="p-7f3a91c2e0d4",
    group_before=GROUPS["g3"],
    group_after=GROUPS["g1"],
    whole_before={
        "nl": "onbekend of deze persoon in de gestolen gegevens staat",
        "en": "not known whether in the leaked data",
    },
    whole_after={"nl": "staat in de gestolen gegevens", "en": "is in the leaked data"},
    items=tuple(
        PersonItem(
            label,
            "other_possible" if item in ("email", "phone") else "shared_possible",
            "other_possible" if item in ("email", "phone") else "shared_possible" if item == "gp" else "taken",
            _OTHER if item in ("email", "phone") else _SHARED,
            _OTHER if item in ("email", "phone") else _SHARED if item == "gp" else _TAKEN,
            ({"nl": "wat wij aan het lab gaven", "en": "what we gave the lab"},),
        )
        for item, label in ITEMS.items()
    ),
    evidence=(
        Evidence(
            {"nl": "Deze persoon staat in het register.", "en": "This person stands in the register."},
            True,
            True,
            "register",
            "register.parquet",
            611_204,
            "9c" * 32,
        ),
        Evidence(
            {
                "nl": "BVO NL gaf op 2023-03-14 aan het lab: naam, adres, BSN, testuitslag. Doel: beoordeling.",
                "en": "BVO NL gave the lab on 2023-03-14: name, address, BSN, test result. Purpose: reading.",
            },
            True,
            True,
            "disclosures",
            "disclosures.parquet",
            1_830_022,
            "4e" * 32,
        ),
        Evidence(
            {
                "nl": "Een rij in dataset1 hoort bij deze persoon (op grond van meerdere overeenkomsten). In de rij staat: naam, adres, geboortedatum.",
                "en": "A row of dataset1 is about this person (from several agreements together). The row holds: name, address, birth date.",
            },
            False,
            True,
            "dataset1",
            "dataset1.csv",
            407_311,
            "b1" * 32,
        ),
    ),
    stated=(
        Evidence(
            {
                "nl": "Verklaring 'cannot_confirm' van het lab, ontvangen op 2025-08-29: wij kunnen niet bevestigen dat deze gegevens niet zijn gestolen.",
                "en": "Statement 'cannot_confirm' by the lab, received on 2025-08-29: we cannot confirm that these data were not stolen.",
            },
            False,
            False,
        ),
    ),
)

COMPUTED = Computed(
    stages=(
        ("source-register", 2.4, False),
        ("source-disclosures", 3.1, False),
        ("source-dataset1", 2.0, False),
        ("source-dataset2", 1.2, False),
        ("linkage", 58.7, False),
        ("evidence", 1.9, False),
        ("exposure-current", 1.4, True),
    ),
    memory_mb=2_310,
    engine="duckdb",
    versions={"helder": "0.1.0", "duckdb": "2.0.0", "splink": "5.0.0", "python": "3.11.7"},
    finished=dt.datetime(2026, 11, 23, 16, 40, tzinfo=dt.UTC),
    profiles=1_412,
)


PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")
_SAYS = {"told": "We cannot rule out theft.", "now": "Your data were stolen."}
_WORDS = (
    ("heading", "What happened?"),
    ("paragraph", "<They> broke in."),
    ("point", "your name"),
    ("point", "your BSN"),
)


def shown(when):
    """A letter of two pages, as told or now."""
    return LetterShown(f"The hack: {when}", (PIXEL, PIXEL), (*_WORDS, ("paragraph", _SAYS[when])))


def reason(id, people, unreachable=False):
    """A reason for which people get no letter."""
    return Reason(id, {"nl": f"reden {id}", "en": f"reason {id}"}, {"nl": "anders", "en": "else"}, unreachable, people)


LETTERS = Letters(
    {"nl": "september", "en": "September"},
    Account(
        941_000,
        899_640,
        34_812,
        6_548,
        (reason("deceased", 22_310), reason("staff", 12_502), reason("moved", 6_548, unreachable=True)),
        (reason("abroad", 8_101),),
    ),
    (
        Sample(
            GROUPS["g3"], 281_412, 251_000, 30_412, dict.fromkeys(("nl", "en"), SameLetter(shown("told"), shown("now")))
        ),
        Sample(GROUPS["g4"], 38_000, 38_000, 0, dict.fromkeys(("nl", "en"), SameLetter(shown("told"), None))),
    ),
)


def sample(**changes):
    """The whole page's data."""
    base = {
        "title": {"nl": "De labhack van juli 2025", "en": "The lab hack of July 2025"},
        "made_up": True,
        "told": reading("as_told"),
        "current": reading("current"),
        "items": ITEMS,
        "groups": GROUPS,
        "datasets": (
            Dataset("dataset1", {"nl": "dataset 1", "en": "dataset 1"}, 485_000, 405_000, 80_000, 405_000),
            Dataset("dataset2", {"nl": "dataset 2", "en": "dataset 2"}, 230_000, 216_000, 14_000, 216_000),
        ),
        "difference": DIFFERENCE,
        "computed": COMPUTED,
        "claims": CLAIMS,
        "measured": Measured(
            69_412,
            0.0004,
            0.00027,
            0.00058,
            (
                Found("light", 38_070, 37_404, 0.9825),
                Found("moderate", 29_610, 25_642, 0.866),
                Found("severe", 16_920, 5_922, 0.35),
            ),
        ),
        "person": PERSON,
        "contradictions": (
            Contradiction(
                (
                    {"nl": "leveringen aan het lab", "en": "disclosures to the lab"},
                    {"nl": "wissing 2019", "en": "deletion of 2019"},
                ),
                214,
                False,
            ),
            Contradiction(
                (
                    {"nl": "dataset 1", "en": "dataset 1"},
                    {"nl": "verklaring 'niet aanwezig'", "en": "statement 'not held'"},
                ),
                None,
                True,
            ),
        ),
        "gaps": (
            Gap(
                {
                    "nl": "Vraag om meer gegevens bij de 20.915 rijen die bij niemand te plaatsen zijn.",
                    "en": "Ask for more data with the 20,915 rows that could be placed with nobody.",
                },
                "lab",
                20_915,
                0,
            ),
            Gap(
                {
                    "nl": "Vraag of een andere organisatie dit aan het lab gaf: e-mailadres, telefoonnummer.",
                    "en": "Ask whether another organisation gave this to the lab: e-mail address, phone number.",
                },
                "lab",
                941_000,
                268_766,
            ),
        ),
        "letters": LETTERS,
        "assumptions": "[unplaced]\nnever_confirmed = 0.72\n",
    }
    return PageData(**{**base, **changes})
