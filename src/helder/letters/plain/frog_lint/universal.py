"""Rewrites a parse of Frog into the notation that LiNT-II reads: Universal Dependencies, as spaCy's Dutch model gives.

Frog marks grammar as the Alpino treebank does: function words lead (a preposition its noun, an auxiliary its verb, a
conjunction its clauses). Universal Dependencies let content words lead. LiNT-II measures the distance from a word to its head.
Source: Bouma and Van Noord 2017, Increasing return on annotation investment: the automatic construction of a UD treebank for Dutch.
"""

from __future__ import annotations

from collections.abc import Sequence

from .frog import Token

_AUXILIARIES = frozenset(
    [
        "hebben",
        "zijn",
        "worden",
        "kunnen",
        "zullen",
        "moeten",
        "mogen",
        "willen",
        "hoeven",
        "gaan",
        "blijven",
        "laten",
        "horen",
    ]
)
_COPULAS = frozenset(["zijn", "worden", "blijven", "lijken", "blijken", "heten", "schijnen"])
# With `zijn` these are passives (is gestolen: was stolen); other verbs make their perfect with it (is gebeurd: has happened).
_TRANSITIVE = frozenset(
    [
        "stelen",
        "geven",
        "delen",
        "onderzoeken",
        "lekken",
        "informeren",
        "versturen",
        "sturen",
        "plaatsen",
        "opnemen",
        "nemen",
        "treffen",
        "melden",
        "schorten",
        "opschorten",
        "verzenden",
        "communiceren",
        "buitmaken",
        "maken",
        "betrekken",
        "uitvoeren",
        "opstarten",
        "starten",
        "vernietigen",
        "gebruiken",
        "instellen",
        "aankondigen",
        "omzetten",
        "zetten",
        "besteden",
        "benaderen",
        "verstrekken",
        "leggen",
        "vaststellen",
    ]
)
_RELATIONS = {"su": "nsubj", "obj1": "obj", "obj2": "iobj", "mod": "advmod", "vc": "xcomp"}
_ENTITIES = {"PER": "PERSON", "LOC": "GPE", "ORG": "ORG"}


def rewrite(tokens: list[Token]) -> list[Token]:
    """The same words with heads and relations of Universal Dependencies; one root, which is a verb where there is one."""
    _conjunctions(tokens)
    _function_words(tokens)
    for _ in range(3):  # a cluster such as `zou zijn gestolen` is undone from outside in
        _verb_clusters(tokens)
    _copulas(tokens)
    _question_words(tokens)
    _one_root(tokens)
    return tokens


def _verb(token: Token) -> bool:
    return token.tag.startswith("WW")


def _under(tokens: Sequence[Token], head: int, *relations: str) -> list[int]:
    return [at for at, token in enumerate(tokens) if token.head == head and token.relation in relations]


def _promote(tokens: Sequence[Token], head: int, below: int, relation: str) -> None:
    """`below` takes the place of `head`, which comes to hang under it with everything else that hung there."""
    tokens[below].head, tokens[below].relation = tokens[head].head, tokens[head].relation
    for at, token in enumerate(tokens):
        if at != below and token.head == head:
            token.head = below
    tokens[head].head, tokens[head].relation = below, relation


def _conjunctions(tokens: Sequence[Token]) -> None:
    """The first of the joined parts leads."""
    for at, token in enumerate(tokens):
        if token.tag.startswith(("VG(neven", "LET")) and (parts := _under(tokens, at, "cnj")):
            _promote(tokens, at, parts[0], "cc")
            for part in parts[1:]:
                tokens[part].head, tokens[part].relation = parts[0], "conj"


def _function_words(tokens: Sequence[Token]) -> None:
    """The noun leads its preposition, the verb its `dat` or `om te`."""
    for at, token in enumerate(tokens):
        if token.tag.startswith("VZ") and (below := _under(tokens, at, "obj1", "vc", "body", "se", "predc")):
            _promote(tokens, at, below[0], "mark" if _verb(tokens[below[0]]) else "case")
        elif token.tag.startswith("VG(onder") and (below := _under(tokens, at, "body")):
            _promote(tokens, at, below[0], "mark")


def _verb_clusters(tokens: Sequence[Token]) -> None:
    """The main verb leads its auxiliaries."""
    for at, token in enumerate(tokens):
        if not _verb(token) or token.lemma not in _AUXILIARIES:
            continue
        if main := [below for below in _under(tokens, at, "vc") if _verb(tokens[below])]:
            verb = tokens[main[0]]
            passive = verb.tag.startswith("WW(vd") and (
                token.lemma == "worden" or (token.lemma == "zijn" and verb.lemma in _TRANSITIVE)
            )
            _promote(tokens, at, main[0], "aux:pass" if passive else "aux")


def _copulas(tokens: Sequence[Token]) -> None:
    """What somebody is leads the verb that says so."""
    for at, token in enumerate(tokens):
        copula = _verb(token) and token.lemma in _COPULAS and not token.relation.startswith("aux")
        if copula and (below := _under(tokens, at, "predc")):
            _promote(tokens, at, below[0], "cop")


def _question_words(tokens: Sequence[Token]) -> None:
    """The verb leads the relative or question word of its clause."""
    for at, token in enumerate(tokens):
        if below := _under(tokens, at, "body"):
            _promote(tokens, at, below[0], "advmod" if token.relation == "mod" else "nsubj")


def _one_root(tokens: Sequence[Token]) -> None:
    for start in range(len(tokens)):  # rewriting may close a circle: it is opened where it is found
        seen: set[int] = set()
        at: int | None = start
        while at is not None and at not in seen:
            seen.add(at)
            at = tokens[at].head
        if at is not None:
            tokens[at].head = None
    roots = [at for at, token in enumerate(tokens) if token.head is None]
    root = next((at for at in roots if _verb(tokens[at])), roots[0])
    for at in roots:
        if at != root:
            tokens[at].head, tokens[at].relation = root, "dep"
    tokens[root].relation = "ROOT"


def dependency(token: Token) -> str:
    """The relation by its universal name."""
    return "punct" if token.tag.startswith("LET") else _RELATIONS.get(token.relation, token.relation)


def part_of_speech(token: Token, nouns: frozenset[str] | dict[str, object]) -> str:
    """The universal part of speech. `nouns` are those that LiNT-II knows: Frog takes some of them for foreign words."""
    match token.tag.split("(")[0]:
        case "N":
            return "NOUN" if token.tag.startswith("N(soort") else "PROPN"
        case "SPEC":
            if token.text.islower() and token.text in nouns:
                return "NOUN"
            return "PROPN" if "deeleigen" in token.tag or token.text[:1].isupper() else "X"
        case "WW":
            if token.relation in ("aux", "aux:pass", "cop"):
                return "AUX"
            return "ADJ" if "prenom" in token.tag else "VERB"
        case "VNW":
            return "DET" if "prenom" in token.tag else "PRON"
        case "VG":
            return "CCONJ" if token.tag.startswith("VG(neven") else "SCONJ"
        case kind:
            return {"ADJ": "ADJ", "TW": "NUM", "BW": "ADV", "LET": "PUNCT", "LID": "DET", "VZ": "ADP"}.get(kind, "X")


def fine_tag(token: Token) -> str:
    """The tag as spaCy's model writes it: `WW|pv|tgw|mv`."""
    return token.tag.replace("(", "|").rstrip(")").replace(",", "|").rstrip("|")


def entities(tokens: Sequence[Token]) -> list[str]:
    """Named entities (people, places, organisations) in IOB, each beginning with B."""
    found: list[str] = []
    for token in tokens:
        inside, _, kind = token.entity.partition("-")
        name = _ENTITIES.get(kind, "")
        follows = inside == "I" and found and found[-1][2:] == name
        found.append(f"{'I' if follows else 'B'}-{name}" if name else "O")
    return found
