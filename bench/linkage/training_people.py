"""Made-up people for training the shipped model: households in a made-up country with Dutch-like names.

Nothing here is shared with the held-out generator (`heldout_people.py`): no code, no list of names.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import accumulate

COMMON = """de Jong|Jansen|de Vries|van den Berg|van Dijk|Bakker|Janssen|Visser|Smit|Meijer|de Boer|Mulder|de Groot|Bos|Vos
Peters|Hendriks|van Leeuwen|Dekker|Brouwer|de Wit|Dijkstra|Smits|de Graaf|van der Meer|van der Linden|Kok|Jacobs
de Haan|Vermeulen|van den Heuvel|van der Veen|van den Broek|de Bruijn|de Bruin|van der Heijden|Schouten|van Beek|Willems
van Vliet|van de Ven|Hoekstra|Maas|Verhoeven|Koster|van Dam|van der Wal|Prins|Blom|Huisman|Peeters|de Jonge|Kuipers
van Veen|Post|Kuiper|Veenstra|Kramer|van den Brink|Scholten|van Wijk|Postma|Martens|Vink|de Ruiter|Timmermans|Groen
Gerritsen|Jonker|van Loon|Boer|van der Velde|Willemsen|Smeets|de Lange|de Vos|van Dongen|Schipper|de Koning|van der Laan
Koning|van der Velden|Driessen|van Doorn|Hermans|Evers|van den Bosch|van der Meulen|Hofman|Bosman|Wolters|Sanders
van der Horst|Mol|Kuijpers|Molenaar|van de Pol|de Leeuw|Verbeek|Wagenaar|Schuurman|Hoogland|Zijlstra|Bouwman|Boersma
Ali|Yilmaz|Kaya|Mohamed|Demir|Ahmed|Öztürk|Çelik|El Idrissi|Benali|Chen|Nguyen|Kowalski|Nowak|Müller|Schmidt|Singh
Şahin|Aydin|El Amrani|Bouzid|Hoang|Wiśniewski|Ramdin|Martina|da Silva|Lopez Garcia""".replace("\n", "|").split("|")
ROOTS = """Berk Boom Bloem Brand Dorp Eik Els Gras Haag Hof Hoog Kamp Kerk Klaver Koren Land Linden Lood Maan Meer Molen Noord
Oever Olden Roos Rozen Schaap Steen Ster Storm Val Vree Water Weste Wilde Winter Zand Zee Zomer Zuider Groene Witte Roode
Blauw Gouden Zilver Ijzer Hazel Iepen Popu Vlinder Vogel Valke Reiger Zwaan Leeuwe Beren Hert Otter Das Bever""".split()
ENDS = """berg veld man stra inga ma kamp huis dijk beek broek daal horst hout mans meijer rijk sen sma steeg stein
waard woude zaal zicht huizen laar ink ers hoven""".split()
PARTICLES = ("", "", "", "", "van", "van de", "van der", "van den", "de", "ten", "ter", "in 't", "op den", "te")
WOMEN = """Maria Johanna Anna Elisabeth Cornelia Catharina Wilhelmina Hendrika Margaretha Petronella Adriana Jacoba Helena
Geertruida Antonia Francisca Theodora Christina Susanna Ingrid Yvonne Monique Sandra Linda Esther Mirjam Karin Marjan
Saskia Wendy Chantal Kim Lisa Sanne Laura Eva Fleur Naomi Fatima Khadija Ayşe Zeynep Aicha Emine Malgorzata Ewa Priya
Mei Linh Renée Zoë Chloë Noor Lotte Femke Iris Roos Julia Sophie Emma Anouk Merel Britt Nina Denise Patricia""".split()
MEN = """Johannes Cornelis Willem Hendrik Petrus Jacobus Antonius Adrianus Franciscus Theodorus Gerardus Martinus Lambertus
Robert Peter Erik Marco Richard Ronald Dennis Jeroen Bas Tim Thomas Daan Lars Sem Mohamed Ahmed Mustafa Youssef Hassan
Piotr Krzysztof Wei Ravi René André Jürgen Stefan Rob Frank Hans Kees Jaap Bart Koen Niels Ruben""".split()
STREETS = """Dorps Kerk Molen Haven Station Nieuw Oude School Park Beatrix Juliana Wilhelmina Emma Oranje Eiken Beuken Linden
Kastanje Rozen Tulpen Mozart Bach Rembrandt Vermeer Hugo-de-Groot Jan-Steen Industrie Markt Ring Zuider Noorder Wester""".split()
STREET_ENDS = ("straat", "weg", "laan", "plein", "gracht", "singel", "hof", "kade", "dreef")
CITY_STARTS = "Nieuw Oud Zuid Noord Hoog Laag Groot Klein Ooster Wester".split()
CITY_ENDS = "dam burg kerk veen hoven wijk dijk drecht loo rade haven um stad".split()


@dataclass(slots=True)
class Person:
    """One made-up person; `home` is shared by a household."""

    number: str
    given: str
    particle: str
    surname: str
    partner: tuple[str, str] | None
    born: tuple[int, int, int]
    sex: str
    home: Home
    initials: str = ""


@dataclass(slots=True)
class Home:
    """An address with its practice."""

    street: str
    house: str
    addition: str
    postcode: str
    city: str
    practice: str
    phone: str
    moved: Home | None = field(default=None)


class Population:
    """Draws households until enough people are registered; everyone else is a stranger who may yet be leaked."""

    def __init__(self, seed: int, registered: int, register_share: float = 0.6) -> None:
        self.random = random.Random(f"training {seed}")
        self._prepare()
        self.people: list[Person] = []
        self.strangers: list[Person] = []
        while len(self.people) < registered:
            for person in self._household():
                if self.random.random() < register_share and len(self.people) < registered:
                    self.people.append(person)
                else:
                    self.strangers.append(person)

    def _prepare(self) -> None:
        rng = self.random
        rare = [(rng.choice(PARTICLES), rng.choice(ROOTS) + rng.choice(ENDS)) for _ in range(12_000)]
        common = [self._split(name) for name in COMMON]
        self._surnames = [*common, *dict.fromkeys(rare)]
        self._surname_weights = list(accumulate(1 / (rank + 12) ** 0.95 for rank in range(len(self._surnames))))
        self._given = {}
        for sex, names in (("F", WOMEN), ("M", MEN)):
            shuffled = names[:]
            self._given[sex] = (shuffled, list(accumulate(1 / (rank + 4) for rank in range(len(shuffled)))))
        self._cities = []
        for _ in range(400):
            name = rng.choice(["", *CITY_STARTS]) + " " + rng.choice(ROOTS) + rng.choice(CITY_ENDS)
            area = rng.randint(1000, 9800)
            streets = [rng.choice(STREETS) + rng.choice(STREET_ENDS) for _ in range(60)]
            practices = [f"Huisartsenpraktijk {self._surname()[1]}" for _ in range(4)]
            self._cities.append((name.strip().title(), area, streets, practices))
        self._city_weights = list(accumulate(1 / (rank + 5) ** 0.8 for rank in range(400)))

    @staticmethod
    def _split(name: str) -> tuple[str, str]:
        first = name.split()
        cut = 0
        while cut < len(first) - 1 and first[cut].islower():
            cut += 1
        if first[0] in ("El", "da"):
            cut = 1
        return " ".join(first[:cut]), " ".join(first[cut:])

    def _surname(self) -> tuple[str, str]:
        return self.random.choices(self._surnames, cum_weights=self._surname_weights)[0]

    def home(self) -> Home:
        """A new address."""
        rng = self.random
        city, area, streets, practices = rng.choices(self._cities, cum_weights=self._city_weights)[0]
        index = int(rng.random() ** 1.5 * len(streets))
        letters = chr(65 + index % 26) + chr(65 + (index * 7 + rng.randrange(4)) % 26)
        return Home(
            streets[index],
            str(rng.randint(1, 200)),
            rng.choice(["", "", "", "", "", "a", "B", "2", "hs", "bis"]),
            f"{area + index // 20}{letters}",
            city,
            rng.choice(practices),
            f"06{rng.randrange(10**8):08d}",
        )

    def _number(self) -> str:
        while True:
            digits = [self.random.randrange(10) for _ in range(8)]
            last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
            if last < 10 and any(digits):
                return "".join(map(str, [*digits, last]))

    def _person(self, name: tuple[str, str], sex: str, born: tuple[int, int, int], home: Home) -> Person:
        names, weights = self._given[sex]
        count = self.random.choices((1, 2, 3), (45, 40, 15))[0]
        given = list(dict.fromkeys(self.random.choices(names, cum_weights=weights)[0] for _ in range(count)))
        person = Person(self._number(), " ".join(given), *name, None, born, sex, home)
        person.initials = "".join(f"{one[0]}." for one in given)
        return person

    def _date(self, low: int, high: int) -> tuple[int, int, int]:
        rng = self.random
        year = rng.randint(low, high)
        if rng.random() < 0.015:
            return year, 1, 1
        return year, rng.randint(1, 12), rng.randint(1, 28)

    def _household(self) -> list[Person]:
        rng = self.random
        home, name = self.home(), self._surname()
        first = self._person(name, rng.choice("FM"), self._date(1935, 1995), home)
        members = [first]
        if rng.random() < 0.6:
            second = self._person(self._surname(), "F" if first.sex == "M" else "M", self._date(1935, 1995), home)
            for one, other in ((first, second), (second, first)):
                if one.sex == "F" and rng.random() < 0.6:
                    one.partner = (other.particle, other.surname)
            members.append(second)
        year = first.born[0] + 24
        while len(members) < 7 and rng.random() < 0.45 and year < 2007:
            born = self._date(year, year + 4)
            child = self._person(name, rng.choice("FM"), born, home)
            if rng.random() < 0.06:
                child.given, child.initials = first.given, first.initials
            members.append(child)
            if rng.random() < 0.03:
                members.append(self._person(name, child.sex if rng.random() < 0.6 else rng.choice("FM"), born, home))
            year = born[0] + 1
        return members
