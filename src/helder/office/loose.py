"""Numbers in a text that no query bears out: what was typed, where a number should be cited."""

from __future__ import annotations

import re

_MONTHS = (
    "jan(?:uari|uary)?|feb(?:ruari|ruary)?|maart|march|mrt|mar|apr(?:il)?|mei|may|juni?|june?|juli?|july?|aug(?:ustus|ust)?|"
    "sep(?:t|tember)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_LAW = (
    r"art(?:ikel(?:en)?|icles?|\.)?|lid|leden|paragraphs?|paragraaf|par\.|§+|onder|nr\.?|nos?\.|no\.|"
    r"guidelines?|richtsnoeren|verordening|regulation|richtlijn|directive|recital|overweging|bijlage|annex|hoofdstuk|chapter|"
    r"vraag|vragen|questions?|punt(?:en)?|points?|bladzijde|pagina|page|versie|version|iso(?:/iec)?|nen"
)
_NO_COUNT = re.compile(
    "|".join(
        (
            r"\[\[[^\]]*\]\]",  # a number that is cited
            r"\S*(?:://|\w\.[a-z]{2,}/)\S*",  # an address
            r"\bkamerstuk(?:ken)?\s*\d\d\s\d{3}\b",
            rf"(?<!\w)(?:{_LAW})\s*(?:\(?(?:eu|eg|ec|eec)\)?\s*)?\d[\d:./,-]*(?:\s*\(\w+\))*"
            r"(?:\s*(?:,|en|and|t/m)\s*\d+(?:\(\w+\))*(?!\w|[.,]\d))*",
            rf"\b\d{{1,2}}(?:e|st|nd|rd|th)?\s+(?:{_MONTHS})\b(?:\s+\d{{4}}\b)?",
            rf"\b(?:{_MONTHS})\s+\d{{1,2}}\b(?:,?\s+\d{{4}}\b)?",
            r"\b\d{4}-\d{1,2}(?:-\d{1,2})?\b|\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})\b",  # a day in figures
            r"\b\d{1,2}:\d{2}\b|\b\d{1,2}\.\d{2}\s+uur\b",  # a time
            r"\b\d{1,4}/\d{2,4}\b",  # a regulation
            r"(?<![\d.,])(?:19|20|21)\d\d(?![\d%]|[.,]\d)",  # a year
            r"^\s*\d+[.)]\s",  # a place in a list
        )
    ),
    re.IGNORECASE | re.MULTILINE,
)
_NUMBER = re.compile(r"(?<![\w-])\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?(?:\s?%)?(?![\w-])")


def loose(text: str) -> list[str]:
    """Numbers in a text that are not cited, once each, in order. Days, times, years and the numbers of laws are none."""
    return list(dict.fromkeys(match[0] for match in _NUMBER.finditer(_NO_COUNT.sub(" · ", text))))
