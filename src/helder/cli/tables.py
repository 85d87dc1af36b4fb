"""Tables and numbers for people: thousands parted as the language does, columns of numbers to the right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helder.cli.say import Say
from helder.domain.counted import Counted, grouped

if TYPE_CHECKING:
    from rich.console import Console

    from helder.case import Case


def number(value: int | None, say: Say) -> str:
    """A whole number with its thousands parted; a dot in Dutch, a comma in English. Not shown: '·'."""
    return "·" if value is None else grouped(value, say.lang)


def counted(value: int, say: Say) -> Counted:
    """A number for a sentence, with its singular or plural: f"{counted(rows, say):row|rows}"."""
    return Counted(value, say.lang)


def share(part: int, whole: int, say: Say) -> str:
    """A part of a whole in per cent, one decimal."""
    return f"{100 * part / whole:.1f} %".replace(".", say(",", ".")) if whole else ""


def table(
    console: Console, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()
) -> None:
    """A table with a title; `right` are the positions of columns with numbers. Nothing when there are no rows."""
    from rich import box
    from rich.table import Table

    rows = list(rows)
    if not rows:
        return
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for position, name in enumerate(columns):
        made.add_column(name, justify="right" if position in right else "left", overflow="fold")
    for row in rows:
        made.add_row(*row)
    console.print(made, soft_wrap=False)


def facts(console: Console, pairs: Iterable[tuple[str, str]], *, numbers: bool = True) -> None:
    """Names and values beside each other; numbers to the right."""
    from rich.table import Table

    made = Table.grid(padding=(0, 2))
    made.add_column()
    made.add_column(justify="right" if numbers else "left", overflow="fold")
    for pair in pairs:
        made.add_row(*pair)
    console.print(made, soft_wrap=False)


def group_rows(groups: Mapping[str, int], case: Case, say: Say) -> list[tuple[str, str, str, str]]:
    """Rows of group, label, people and share."""
    labels = {group.id: group.label.get(say.lang, group.id) for group in case.file.groups}
    whole = sum(groups.values())
    return [
        (id, labels.get(id, say("iedereen", "everybody")), number(people, say), share(people, whole, say))
        for id, people in groups.items()
    ]


def state_rows(states: Mapping[str, Mapping[str, int]], case: Case, say: Say) -> list[tuple[str, str, str]]:
    """Rows of item, state in words and people; the item's name stands in its first row only."""
    from helder.domain.states import BY_ID

    return [
        (case.items[item].label.get(say.lang, item) if first else "", BY_ID[state].name(say.lang), number(people, say))
        for item, counts in states.items()
        for first, (state, people) in zip([True, *[False] * len(counts)], counts.items(), strict=False)
    ]


def summary_keys(say: Say) -> dict[str, str]:
    """What each key of `results.counts.summary` holds, for the help of the commands that print it."""
    return {
        "case": say("id van de zaak", "id of the case"),
        "assessment": say("naam van de beoordeling", "name of the assessment"),
        "as_of": say("dag waarop het bewijs bekend was; null: alles", "day on which the evidence was known; null: all"),
        "engine": say("rekenmotor", "database engine"),
        "records": say("gelekte rijen = linked + unlinked + review", "leaked rows = linked + unlinked + review"),
        "linked": say("rijen aan een mens gekoppeld", "rows linked to a person"),
        "unlinked": say("rijen die bij niemand te plaatsen zijn", "rows that could be placed with nobody"),
        "review": say("rijen die op een beslissing wachten", "rows that wait for a decision"),
        "people": say("mensen over wie het gaat = som van groups", "people in scope = sum of groups"),
        "outsiders_found": say("anderen, gevonden in de gelekte gegevens", "others, found in the leaked data"),
        "contradictions": say(
            "mensen van wie het bewijs zichzelf tegenspreekt", "people whose evidence contradicts itself"
        ),
        "groups": say("{groep: mensen}", "{group: people}"),
        "states": say("{gegeven: {toestand: mensen}}", "{item: {state: people}}"),
        "profiles": say("hoeveel verschillende bewijsprofielen", "how many different profiles of evidence"),
        "rejected": say("{bron: terzijde gelegde rijen}", "{source: rows set aside}"),
        "doubts": say(
            "{bron: wat een bestand niet zeker vertelt: [{file, fact, chosen, other, signs}]}",
            "{source: what a file does not tell for sure: [{file, fact, chosen, other, signs}]}",
        ),
        "disclosures_of_nobody": say(
            "{logboek: regels over niemand in het register}", "{log: lines about nobody in the register}"
        ),
        "stray_lines": say(
            "regels van een logboek die over niemand iets bewijzen: [{source, party, rejected, nobody, items, lines, "
            "declared, accepted}]",
            "lines of a log that are evidence about nobody: [{source, party, rejected, nobody, items, lines, declared, "
            "accepted}]",
        ),
        "decisions_not_yet": say(
            "beslissingen met een dag na vandaag: die tellen nog niet",
            "decisions dated after today: they do not count yet",
        ),
        "changed": say("{bron: welk bestand veranderde}", "{source: which file changed}"),
        "seconds": say("{stap: seconden}", "{stage: seconds}"),
        "reused": say("stappen die niet opnieuw gedaan zijn", "stages that were not done again"),
        "peak_memory_mb": say("meeste geheugen, MB", "most memory, MB"),
    }


def summary(console: Console, document: Mapping[str, Any], case: Case, say: Say) -> None:
    """An assessment in numbers: records, people, groups and states."""
    day = document["as_of"]
    title = case.file.case.title.get(say.lang, case.file.case.id)
    when = say(f", met wat bekend was op {day}", f", with what was known on {day}") if day else ""
    console.print(f"{title} ({document['assessment']}{when})", style="bold")
    names = (
        ("records", say("gelekte rijen en regels", "leaked rows and list entries")),
        ("linked", say("  gekoppeld aan een mens", "  linked to a person")),
        ("review", say("  te beslissen door een mens", "  for a person to decide")),
        ("unlinked", say("  niet te koppelen", "  could not be linked")),
        ("people", say("mensen over wie het gaat", "people in scope")),
        ("contradictions", say("  met bewijs dat elkaar tegenspreekt", "  with evidence that contradicts itself")),
    )
    facts(console, [(label, number(document[name], say)) for name, label in names])
    columns = (say("Groep", "Group"), "", say("Mensen", "People"), "")
    table(console, say("Groepen", "Groups"), columns, group_rows(document["groups"], case, say), right=(2, 3))
    columns3 = (say("Gegeven", "Item"), say("Wat we weten", "What is known"), say("Mensen", "People"))
    table(console, say("Gegevens", "Items"), columns3, state_rows(document["states"], case, say), right=(2,))


def difference_lines(console: Console, found: Mapping[str, Any], measured: Mapping[str, Any] | None, say: Say) -> None:
    """What could have been told to those who were told that theft could not be excluded."""
    console.print(say("Het verschil", "The difference"), style="bold")
    names = (
        ("unsure", say("verteld: diefstal niet uit te sluiten", "told: theft cannot be ruled out")),
        ("more", say("  nu bekend: wel in de gelekte gegevens", "  now known: in the leaked data")),
        ("review", say("  misschien; een mens moet beslissen", "  perhaps; a person must decide")),
        ("same", say("  ook nu niet meer te zeggen", "  no more can be said now either")),
        ("ceiling", say("rijen die toen niemand kon plaatsen", "rows that nobody could place then")),
        ("placed", say("  waarvan nu geplaatst", "  of which placed now")),
    )
    facts(console, [(label, number(found[name], say)) for name, label in names])
    links = (measured or {}).get("probabilistic") or {}
    if links.get("links"):
        console.print(
            say(
                f"Van {number(links['links'], say)} nieuwe koppelingen waren er {number(links['wrong'], say)} fout: "
                f"hoogstens 1 op {number(links['one_in'], say)} (95 %).",
                f"Of {number(links['links'], say)} new links {number(links['wrong'], say)} were wrong: at most 1 in "
                f"{number(links['one_in'], say)} (95 %).",
            )
        )
