"""A round's states, and what it is frozen from, in the words of the screen and the office: (Dutch, English)."""

STATES = {
    "planned": ("gepland", "planned"),
    "checked": ("gecontroleerd", "checked"),
    "approved": ("goedgekeurd", "approved"),
    "produced": ("gemaakt", "produced"),
    "leaving": ("gaat uit handen", "being handed over"),
    "handed_over": ("uit handen gegeven", "handed over"),
    "closed": ("gesloten", "closed"),
}
PARTS = {
    "assessment": ("de beoordeling", "the assessment"),
    "definition": ("de ronde in case.toml", "the round in case.toml"),
    "letters": ("de brieven", "the letters"),
    "documents": ("de teksten om te lezen", "the texts to read"),
    "addresses": ("de adressen", "the addresses"),
    "told": ("wat eerder verteld is", "what was told before"),
    "people": ("de lijst van mensen", "the list of people"),
    "lines": ("de regels van de brieven", "the lines of the letters"),
}
