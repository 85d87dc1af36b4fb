"""What can go wrong in the words of a sentence, by language: pairs of words exchanged, and changes of any sentence.

Written from what writers and translators do, not from the rules: many of these no rule looks for.
"""

from __future__ import annotations

import re

SWAPS = {
    "nl": {
        "negation dropped": [("niet", ""), ("geen", ""), ("nooit", ""), ("nergens", "ergens")],
        "may made certain": [
            ("misschien", ""),
            ("misschien", "zeker"),
            ("kunnen", "zullen"),
            ("kan", "zal"),
            ("weten nog niet", "weten al"),
            ("soms", "altijd"),
            ("kunnen", "gaan"),
        ],
        "watered down": [
            ("kunnen", "kunnen zelden"),
            ("kunnen", "kunnen in theorie"),
            ("kunt", "kunt nauwelijks"),
            ("bel ons", "bel ons zelden"),
        ],
        "weighed": [
            ("misschien", "waarschijnlijk"),
            ("misschien", "misschien vermoedelijk"),
            ("gestolen", "vast gestolen"),
        ],
        "fate undone": [
            ("gestolen", "gestolen en teruggegeven"),
            ("gestolen", "gestolen door onderzoekers"),
            ("op internet", "achter slot op internet"),
            ("op internet", "even op internet"),
        ],
        "open word elsewhere": [
            ("misschien", "zoals u misschien weet,"),
            ("misschien", "zoals u misschien hoorde"),
            ("misschien", "misschien weet u dat"),
        ],
        "must made open": [
            ("zijn daar gestolen", "zijn daar misschien gestolen"),
            ("gaven wij", "gaven wij mogelijk"),
            ("er zijn", "mogelijk zijn er"),
        ],
        "antonym": [
            ("gestolen", "veilig"),
            ("gestolen", "gevonden"),
            ("gaven", "vroegen"),
            ("meer", "minder"),
            ("eerder", "later"),
            ("voorlopig", "voorgoed"),
            ("later", "eerder"),
            ("veel", "weinig"),
            ("ontdekte", "meldde"),
            ("ingebroken", "gewerkt"),
            ("klein", "groot"),
            ("andere", "dezelfde"),
            ("hoorden", "wisten"),
            ("moeilijk", "makkelijk"),
            ("wissen", "bewaren"),
            ("erg", "goed"),
            ("vertrouwt", "herkent"),
            ("ophangen", "opnemen"),
            ("hang", "praat"),
            ("kwijt", "rijk"),
            ("te zeker", "te voorzichtig"),
            ("nu", "nog niet"),
            ("gemeld", "verteld"),
        ],
        "other actor": [
            ("wij", "zij"),
            ("criminelen", "medewerkers"),
            ("het laboratorium", "de huisarts"),
            ("politie", "bank"),
            ("bank", "verzekeraar"),
            ("de politie", "niemand"),
            ("een andere organisatie", "uw huisarts"),
            ("u", "iemand"),
            ("criminelen", "onderzoekers"),
            ("criminelen", "wij"),
            ("wij", "anderen"),
        ],
        "other item": [
            ("gegevens", "adressen"),
            ("gegevens", "uitslagen"),
            ("naam", "telefoonnummer"),
            ("codes", "namen"),
            ("gegevens", "namen"),
            ("gegevens van u", "uitslag"),
        ],
        "other place": [
            ("op internet", "in de krant"),
            ("daar", "hier"),
            ("computers", "auto's"),
            ("hack", "brand"),
            ("daar", "bij ons"),
        ],
        "exclusive": [
            ("deze gegevens", "alleen deze gegevens"),
            ("gegevens van u", "alle gegevens van u"),
            ("de rest", "alles"),
            ("ze", "ze allemaal"),
            ("een klein deel", "alle gegevens"),
        ],
        "published": [("gestolen", "gepubliceerd"), ("gestolen", "verkocht")],
        "tense": [
            ("gaven", "geven"),
            ("zijn", "worden"),
            ("stalen", "stelen"),
            ("deed mee", "doet mee"),
            ("schreven", "schrijven"),
            ("werken", "werkten"),
            ("onderzoekt", "onderzocht"),
        ],
    },
    "en": {
        "negation dropped": [("not", ""), ("no", ""), ("never", ""), ("never", "always"), ("cannot", "can")],
        "may made certain": [
            ("may have been", "were"),
            ("may have", "have"),
            ("may", "will"),
            ("can", "will"),
            ("do not know yet", "know"),
            ("sometimes", "always"),
            ("can", ""),
        ],
        "watered down": [
            ("can", "can rarely"),
            ("can", "can in theory"),
            ("can", "can hardly"),
            ("call us", "call us at most"),
        ],
        "weighed": [
            ("may have", "have probably"),
            ("may have", "may, though it is unlikely, have"),
            ("stolen", "clearly stolen"),
        ],
        "fate undone": [
            ("stolen", "stolen and given back"),
            ("stolen", "stolen by researchers"),
            ("on the internet", "under lock and key on the internet"),
            ("on the internet", "briefly on the internet"),
        ],
        "open word elsewhere": [
            ("may have", "have, as you may know,"),
            ("may have", "have as you may recall"),
            ("may", "as you may know,"),
        ],
        "must made open": [
            ("were stolen", "may have been stolen"),
            ("we gave", "we might have given"),
            ("were", "were perhaps"),
        ],
        "antonym": [
            ("stolen", "safe"),
            ("stolen", "found"),
            ("gave", "asked"),
            ("more", "less"),
            ("before", "after"),
            ("for now", "forever"),
            ("later", "earlier"),
            ("many", "few"),
            ("found out", "reported"),
            ("broke into", "worked on"),
            ("small", "large"),
            ("other", "the same"),
            ("told", "asked"),
            ("difficult", "easy"),
            ("delete", "keep"),
            ("sorry", "glad"),
            ("trust", "know"),
            ("hang up", "keep talking"),
            ("lost", "won"),
            ("too sure", "too careful"),
            ("now", "not yet"),
            ("reported", "mentioned"),
        ],
        "other actor": [
            ("we", "they"),
            ("criminals", "employees"),
            ("the laboratory", "the GP"),
            ("police", "bank"),
            ("bank", "insurer"),
            ("the police are", "nobody is"),
            ("another care organisation", "your GP"),
            ("you", "someone"),
            ("criminals", "researchers"),
            ("criminals", "we"),
            ("we", "others"),
        ],
        "other item": [
            ("data", "addresses"),
            ("data", "results"),
            ("name", "phone number"),
            ("codes", "names"),
            ("data", "names"),
            ("data about you", "result"),
        ],
        "other place": [
            ("on the internet", "in the newspaper"),
            ("there", "here"),
            ("computers", "cars"),
            ("hack", "fire"),
            ("there", "at our office"),
        ],
        "exclusive": [
            ("these data", "only these data"),
            ("data about you", "all data about you"),
            ("the rest", "everything"),
            ("they", "they all"),
            ("a small part", "all"),
        ],
        "published": [("stolen", "published"), ("stolen", "sold")],
        "tense": [
            ("gave", "give"),
            ("were", "are being"),
            ("stole", "steal"),
            ("took part", "take part"),
            ("wrote", "write"),
            ("do not work", "did not work"),
            ("are investigating", "investigated"),
        ],
    },
}


def _number(text, words):
    """A number put before the first of these words."""
    for word in words:
        if re.search(rf"(?<!\w){word}(?!\w)", text):
            return re.sub(
                rf"(?<!\w){word}(?!\w)", f"vijf {word}" if words[0] == "gegevens" else f"five {word}", text, count=1
            )
    return None


def _second_dropped(text):
    parts = re.split(r"(?<=[.?])\s", text)
    return parts[0] if len(parts) > 1 else None


def _question_made_statement(text):
    return text.replace("?", ".", 1) if "?" in text else None


GENERAL = {
    "nl": {
        "negation added": lambda t: t.replace(" wij ", " wij niet ", 1) if " wij " in t else None,
        "number added": lambda t: _number(t, ["gegevens", "brief", "codes"]),
        "sentence dropped": _second_dropped,
        "question answered": _question_made_statement,
        "reassurance added": lambda t: t + " U hoeft niets te doen.",
        "certainty added": lambda t: t + " Dat is zeker.",
        "taken back": lambda t: t.replace(".", ", maar dat viel mee.", 1) if t.endswith(".") else None,
        "theft added": lambda t: t + " Uw e-mailadres is ook gestolen.",
        "name typed": lambda t: t.replace("{authority}", "Autoriteit Persoonsgegevens") if "{authority}" in t else None,
    },
    "en": {
        "negation added": lambda t: t.replace(" can ", " cannot ", 1) if " can " in t else None,
        "number added": lambda t: _number(t, ["data", "letter", "codes"]),
        "sentence dropped": _second_dropped,
        "question answered": _question_made_statement,
        "reassurance added": lambda t: t + " You do not have to do anything.",
        "certainty added": lambda t: t + " This is certain.",
        "taken back": lambda t: t.replace(".", ", except for some.", 1) if t.endswith(".") else None,
        "theft added": lambda t: t + " Your email address was stolen too.",
        "name typed": lambda t: t.replace("{authority}", "Data Protection Authority") if "{authority}" in t else None,
    },
}
