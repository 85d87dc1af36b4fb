"""What the check finds: rules by id, one finding per rule and place, with the smallest reader it is untrue for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Weight = Literal["stop", "hint"]


class Rule(NamedTuple):
    """A rule of the check in both languages; `hint` when it does not stop a round."""

    nl: str
    en: str
    weight: Weight = "stop"

    def say(self, lang: str) -> str:
        """The rule in Dutch ('nl') or else in English."""
        return self.nl if lang == "nl" else self.en


RULES: dict[str, Rule] = {
    # What every reader is told.
    "untrue": Rule("niet waar voor deze lezer", "not true for this reader"),
    "silent_source": Rule("zegt niet of wij het gegeven gaven", "does not say whether we gave the item"),
    "silent_fate": Rule("zegt niet of het gegeven gestolen is", "does not say whether the item was stolen"),
    "silent_spread": Rule("zegt niet dat het gegeven openbaar is", "does not say that the item was made public"),
    "silent_correction": Rule("verbetert niet wat eerder is verteld", "does not correct what was told before"),
    "silent_person": Rule("zegt niet of er iets van deze lezer gestolen is", "does not say if anything was stolen"),
    "silent_record": Rule("zwijgt over een regel die misschien van de lezer is", "is silent on a possible record"),
    "silent_told": Rule("zegt niet dat de lezer al een brief kreeg", "does not say that the reader was told before"),
    "silent_changed": Rule("zegt niet dat wij nu iets anders weten", "does not say that what we know has changed"),
    "silent_which": Rule("zegt niet dat onbekend is welke gegevens", "does not say that it is unknown which data"),
    "no_warning": Rule("noemt een gevolg niet dat kan", "leaves out what criminals can do"),
    "risks_differ": Rule(
        "noemt andere risico's dan de raad of het gevolg heeft", "names other risks than the advice data"
    ),
    "twice": Rule("zegt twee dingen over hetzelfde", "says two things about one matter"),
    "empty_list": Rule("toont een lege lijst", "prints an empty list"),
    "no_advice": Rule("geeft geen raad bij een risico dat de lezer loopt", "no advice for a risk the reader runs"),
    "needless_advice": Rule("geeft raad bij een risico dat de lezer niet loopt", "advice for a risk not run"),
    "needless_warning": Rule("noemt een gevolg dat bij deze lezer niet kan", "names a consequence that cannot be"),
    "no_answer": Rule("laat een vraag van de lezer open", "leaves a reader's question open"),
    "needless_answer": Rule("antwoordt op een vraag die deze lezer niet heeft", "answers a question not asked"),
    "not_meant": Rule("de brief is niet voor deze lezer bedoeld", "the letter is not meant for this reader"),
    # What the letter is made of.
    "repeated_block": Rule("een blok staat er twee keer", "a block stands there twice"),
    "claims_differ": Rule("het blok belooft andere beweringen dan zijn zinnen doen", "claims differ from sentences'"),
    "no_claim": Rule("een zin zonder bewering tussen beweringen", "a sentence without a claim among claims"),
    "claim_elsewhere": Rule("een bewering buiten een bewerend blok", "a claim outside a claim block"),
    "mixed_force": Rule("zeker en misschien in één zin", "must and may in one sentence"),
    "no_text": Rule("de tekst ontbreekt in deze taal", "the text is missing in this language"),
    "no_language": Rule("van deze taal zijn geen woorden bekend", "no words are known of this language", "hint"),
    "not_reviewed": Rule("geen moedertaallezer heeft dit gezien", "no native reader has seen this", "hint"),
    "not_approved": Rule("deze woorden zijn niet goedgekeurd", "these words are not approved"),
    "no_fact": Rule("het feit is er niet, of niet meer", "the fact is not there, or no longer"),
    "fact_not_yet": Rule("het feit mag nog niet gezegd worden", "the fact may not be said yet"),
    "fact_expired": Rule("het feit mag niet meer gezegd worden", "the fact may no longer be said"),
    "fact_otherwise": Rule(
        "het kantoor zegt dit feit nu anders, of niet meer", "the office says the fact otherwise now, or no longer"
    ),
    "fact_without_value": Rule("het feit heeft geen waarde in deze taal", "the fact has no value in this language"),
    "never_read": Rule("niemand in deze ronde kan dit blok lezen", "nobody in this round can read this block", "hint"),
    "second_sheet": Rule("past niet op één vel", "does not fit one sheet", "hint"),
    # What the words say.
    "typed_number": Rule("een getal of datum is met de hand getypt", "a number or date is typed by hand"),
    "typed_name": Rule("een naam is met de hand getypt", "a name is typed by hand"),
    "certain_words": Rule("klinkt zeker, maar de bewering is 'misschien'", "sounds certain, but the claim is 'may'"),
    "open_words": Rule("klinkt onzeker, maar de bewering is 'zeker'", "sounds open, but the claim is 'must'"),
    "negation": Rule("ontkent vaker of minder vaak dan de bewering", "denies more or less often than the claim"),
    "claim_not_said": Rule("de zin zegt de bewering niet", "the sentence does not say the claim"),
    "other_claim": Rule("de zin zegt iets wat hij niet beweert", "the sentence says what it does not claim"),
    "items_differ": Rule("noemt andere gegevens dan de bewering", "names other items than the claim"),
    "placeholders_differ": Rule("drukt andere feiten af dan bedoeld", "prints other facts than meant"),
    "fact_words": Rule("mist woorden die erin moeten staan", "lacks words that must stand in it"),
    "strange_word": Rule("gebruikt een woord dat niet bij de bewering hoort", "uses a word that is not of this claim"),
    "presupposes": Rule("neemt diefstal als bekend aan", "takes the theft for granted"),
    "asserts": Rule("beweert iets buiten een bewering", "asserts something outside a claim"),
    "absolute": Rule("'altijd', 'alleen', 'zeker' en dergelijke zonder bewijs", "'always', 'only' … without evidence"),
    "weighed": Rule(
        "'waarschijnlijk', 'zelden', 'in theorie': dat weegt geen bewijs",
        "'likely', 'rarely', 'in theory': no evidence",
    ),
    "takes_back": Rule(
        "'maar', 'behalve', 'tenzij': neemt iets terug", "'but', 'except', 'unless': takes something back"
    ),
    "no_can": Rule("een gevolg zonder 'kunnen'", "a consequence without 'can'"),
    "sentences_differ": Rule("andere zinnen dan in de andere talen", "other sentences than in the other languages"),
    "same_text": Rule("twee zinnen hebben dezelfde woorden", "two sentences have the same words"),
}


@dataclass(frozen=True)
class Place:
    """Where something was found: rule, letter, and as far as they matter block, sentence, language, and what of."""

    rule: str
    letter: str
    block: str = ""
    language: str = ""
    of: str = ""
    detail: str = ""


@dataclass
class Finding:
    """A rule broken in one place. `people` are those who would be told something untrue; 0 when nobody now has such
    a profile, though the evidence allows it. `example` is the smallest reader it is untrue for."""

    place: Place
    profiles: int = 0
    people: int = 0
    example: Mapping[str, Any] | None = field(default=None)
    occurs: bool = False

    @property
    def stops(self) -> bool:
        """Whether the round may not go on."""
        return RULES[self.place.rule].weight == "stop"

    def as_dict(self, lang: str) -> dict[str, Any]:
        """The finding for JSON."""
        place = self.place
        return {
            "rule": place.rule,
            "says": RULES[place.rule].say(lang),
            "letter": place.letter,
            "block": place.block,
            "language": place.language,
            "of": place.of,
            "detail": place.detail,
            "profiles": self.profiles,
            "people": self.people,
            "occurs": self.occurs,
            "stops": self.stops,
            "example": dict(self.example) if self.example else None,
        }
