"""What makes a sentence hard, one finding for each reason; and the words for it in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from helder.letters.plain.lines import Line, length
from helder.letters.plain.lint_ii import SentenceScore
from helder.letters.plain.passive import clauses, passives
from helder.letters.plain.rarity import Own, rare
from helder.letters.plain.report import Finding, Level
from helder.letters.plain.stiff import shortened, stiff

LONGEST, LONG, MOST_CLAUSES = 20, 15, 3
HARD_SCORE, FAR, DENSE = 46.0, 5, 6.0
"""LiNT-II's level 3 begins at 46. Five words between words that belong together, or six content words a clause, cost ten points."""

REASONS: dict[str, tuple[str, str]] = {
    "too_long": (
        "Meer dan 20 woorden. Maak er twee zinnen van: één gedachte per zin.",
        "More than 20 words. Make two sentences of it: one thought each.",
    ),
    "long": ("Meer dan 15 woorden. Kan het in twee zinnen?", "More than 15 words. Can it be two sentences?"),
    "rare_word": (
        "Een woord dat weinig mensen kennen. Neem een gewoner woord, of leg het uit en zet het op de lijst.",
        "A word that few people know. Take a plainer one, or explain it and put it on the list.",
    ),
    "unexplained": (
        "Dit woord moet in de brief één keer worden uitgelegd, met de woorden van de lijst.",
        "This word must be explained once in the letter, with the words of the list.",
    ),
    "stiff": (
        "Zo praat niemand tegen een ander. Zeg het gewoner, of laat het weg.",
        "Nobody says this to another. Say it more plainly, or leave it out.",
    ),
    "shortened": (
        "Schrijf het voluit: niet iedereen kent de afkorting.",
        "Write it out: not everybody knows what it is short for.",
    ),
    "passive": ("Wie doet het? Zeg dat, en begin ermee.", "Who does it? Say so, and begin with it."),
    "many_clauses": ("Veel zinnen in één zin. Haal ze uit elkaar.", "Many clauses in one sentence. Take them apart."),
    "far_apart": (
        "Deze woorden horen bij elkaar en staan ver uit elkaar. Zet ze dichter bij elkaar.",
        "These words belong together and stand far apart. Bring them closer.",
    ),
    "dense": (
        "Veel inhoud in één zin. Verdeel het over twee zinnen, of maak er een lijst van.",
        "Much content in one sentence. Spread it over two, or make a list of it.",
    ),
    "abstract": (
        "Woorden voor iets dat niemand kan zien. Noem wie, wat of waar.",
        "Words for what nobody can see. Name who, what or where.",
    ),
    "uncommon": (
        "Moeilijk door deze minder gewone woorden. Is er een gewoner woord?",
        "Hard by these less common words. Is there a plainer one?",
    ),
}
"""Each reason and what to do about it, in Dutch and English."""

BLIND = (
    "Deze controle telt woorden en zinnen. Zij ziet niet of de tekst klopt, of de volgorde goed is, of de toon past en of iemand "
    "weet wat hij moet doen. Een tekst met de woorden door elkaar krijgt ook een goed cijfer. Dat zien alleen lezers.",
    "This check counts words and sentences. It does not see whether the text makes sense, whether its order and tone are right, or "
    "whether anyone knows what to do after reading. Shuffled words score well too. Only readers can tell.",
)
"""What the check cannot see; said with every report."""


def findings(line: Line, language: str, score: SentenceScore | None = None, own: Own = ()) -> Iterator[Finding]:
    """What is hard about one line, with LiNT-II's view when there is one; `own` are the approved words of the case."""

    def found(level: Level, reason: str, *words: str) -> Finding:
        return Finding(level, reason, line.text, line.place, words)

    if (count := length(line.text)) > LONG:
        yield found("stop", "too_long") if count > LONGEST else found("hint", "long")
    for word in dict.fromkeys(rare(line, language, own)):
        yield found("stop", "rare_word", word)
    for word in stiff(line.text, language):
        yield found("hint", "stiff", word)
    for word in shortened(line.text):
        yield found("hint", "shortened", word)
    if line.kind != "sentence":
        return
    for passive in passives(line.text, language):
        yield found("hint", "passive", passive)
    if clauses(line.text, language) > MOST_CLAUSES:
        yield found("hint", "many_clauses")
    if score is not None and score.score is not None and score.score >= HARD_SCORE:
        yield from _by_lint(found, score)


def _by_lint(found: Callable[..., Finding], score: SentenceScore) -> Iterator[Finding]:
    """Why LiNT-II finds the sentence hard; the plainest words for it when nothing stands out."""
    reasons: list[Finding] = []
    if score.distance is not None and score.distance >= FAR:
        reasons.append(found("hint", "far_apart", *score.apart))
    if score.content_words_per_clause is not None and score.content_words_per_clause >= DENSE:
        reasons.append(found("hint", "dense"))
    if score.abstract and (score.concrete or 0) < 1 / 2:
        reasons.append(found("hint", "abstract", *score.abstract))
    yield from reasons or [found("hint", "uncommon", *score.rarest)]
