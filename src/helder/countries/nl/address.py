"""Dutch addresses: postcode, street words, second names of places."""

from __future__ import annotations

from helder.countries.base import Postcode, words

# 1234 AB: four digits not beginning with 0, two letters; with a house number it names one address.
POSTCODE = Postcode(pattern=r"([1-9][0-9]{3})[ .-]*([A-Z]{2})", groups=2, area=4)

STREET_WORDS = (
    ("straat", "str"), ("laan", "ln"), ("plein", "pln"), ("weg", "wg"), ("gracht", "gr"), ("singel", "sngl"),
    ("dwarsstr", "dwstr"), ("burgemeester", "burg"), ("burgem", "burg"), ("dokter", "dr"), ("doctor", "dr"),
    ("professor", "prof"), ("sint", "st"), ("koningin", "kon"), ("koning", "kon"), ("prinses", "pr"), ("prins", "pr"),
    ("pastoor", "past"), ("generaal", "gen"), ("noordzijde", "nz"), ("zuidzijde", "zz"),
)  # fmt: skip

CITY_ALIASES = {
    "denhaag": "sgravenhage", "thehague": "sgravenhage", "denbosch": "shertogenbosch", "sbosch": "shertogenbosch",
    "hertogenbosch": "shertogenbosch", "gravenhage": "sgravenhage", "ljouwert": "leeuwarden", "snits": "sneek",
    "adam": "amsterdam", "rdam": "rotterdam", "denhelder": "denhelder", "alphenadrijn": "alphenaandenrijn",
    "alphenaandrijn": "alphenaandenrijn", "capelleadijssel": "capelleaandenijssel",
    "krimpenadijssel": "krimpenaandenijssel",
    "nieuwerkerkadijssel": "nieuwerkerkaandenijssel", "amsterdamzuidoost": "amsterdam",
}  # fmt: skip

PRACTICE_WORDS = words(
    "huisartsenpraktijk huisartspraktijk huisartsenmaatschap huisartsen huisarts praktijk maatschap gezondheidscentrum "
    "medisch centrum dokter dr drs mw mevr dhr ha hap de van der den het"
)
