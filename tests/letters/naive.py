"""The truth check once more, written to be obviously right and slow: every reader is made, every rule read aloud."""

from __future__ import annotations

from itertools import product

from helder.domain.worlds import PERSON_ALL, PERSON_IN, PERSON_OUT, WORLDS, Fate, Other, Ours
from helder.letters.reader import Reader

MEANS = {
    "shared": lambda w: w.ours is not Ours.NEVER,
    "not_shared": lambda w: w.ours is Ours.NEVER,
    "from_other": lambda w: w.other is Other.YES,
    "taken": lambda w: w.fate is not Fate.NOT_TAKEN,
    "not_taken": lambda w: w.fate is Fate.NOT_TAKEN,
    "published": lambda w: w.fate is Fate.PUBLISHED,
}
QUESTIONS = [
    "which_data",
    "certain",
    "where_now",
    "what_can_criminals_do",
    "what_can_i_do",
    "why_me",
    "what_happened",
    "what_is_done",
    "why_given",
    "record",
    "what_next",
    "is_it_you",
    "apology",
    "contact",
]


def worlds(mask):
    return [world for bit, world in enumerate(WORLDS) if mask >> bit & 1]


def readers(box, items, parties, whys):
    """Every reader of a box: the tie worked out by telling every story, at each party by itself."""
    names = (*items, "person")
    stories = []
    for party in parties:
        choices = product(*(sorted(box.items[party, item]) for item in items))
        told = [tied(masks, raw) for masks, raw in product(choices, sorted(box.persons[party]))]
        stories.append(
            [dict(zip([(party, name) for name in names], (*one[0], one[1]), strict=True)) for one in told if one]
        )
    for chosen in product(*stories):
        left = {slot: mask for known in chosen for slot, mask in known.items()}
        if any(left[slot] not in masks for slot, masks in box.only.items()):
            continue
        told = [why for why in whys if box.in_scope or why in ("changed", "weakened")]
        for review, why in product(sorted(box.reviews), told):
            flags = product((False, True), repeat=len(names)) if why == "weakened" else [(False,) * len(names)]
            for flag in flags:
                weakened = frozenset(name for name, less in zip(names, flag, strict=True) if less)
                if weakened or why != "weakened":
                    yield Reader(left, box.group, why, review, weakened)


def tied(masks, raw):
    """The worlds left when only whole stories are kept: in the data if and only if something was taken."""
    options = [sorted({MEANS["taken"](world) for world in worlds(mask)}) for mask in masks]
    stories = [s for s in product(*options) if raw & (PERSON_IN if any(s) else PERSON_OUT)]
    if not stories or not all(masks):
        return None
    person = 0
    for story in stories:
        person |= PERSON_IN if any(story) else PERSON_OUT
    kept = []
    for place, mask in enumerate(masks):
        told = {story[place] for story in stories}
        kept.append(sum(1 << bit for bit, w in enumerate(WORLDS) if mask >> bit & 1 and MEANS["taken"](w) in told))
    return tuple(kept), person


def true(word, mask):
    return [MEANS[word](world) for world in worlds(mask)]


def selected(selection, item, mask, weakened):
    return (
        (selection.items is None or item in selection.items)
        and (selection.weakened is None or selection.weakened == weakened)
        and all(all(true(word, mask)) for word in selection.must)
        and all(any(true(word, mask)) and not all(true(word, mask)) for word in selection.may)
        and not any(any(true(word, mask)) for word in selection.cannot)
        and not any(all(true(word, mask)) for word in selection.not_must)
    )


class Naive:
    """What is wrong for one reader of one letter about these parties, as (rule, block, of, detail)."""

    def __init__(self, letter, items, parties):
        self.letter, self.items, self.parties = letter, items, parties

    def party(self, id):
        return self.letter.blocks[id].party or self.letter.party

    def picked(self, id, name, reader):
        """What a selection that a block names picks: of the party that the block speaks of."""
        selection, party = self.letter.selections[name], self.party(id)
        return [
            item for item in self.items if selected(selection, item, reader.left[party, item], item in reader.weakened)
        ]

    def surely(self, word, reader, party):
        return any(all(true(word, reader.left[party, item])) for item in self.items)

    def risks(self, reader):
        can = {item for item in self.items for party in self.parties if any(true("taken", reader.left[party, item]))}
        return {id for id, risk in self.letter.advice.risks.items() if any(set(n) <= can for n in risk.needs)}

    def reads(self, id, reader):
        when = self.letter.blocks[id].when
        person = {PERSON_IN: "in", PERSON_OUT: "out", PERSON_ALL: "open"}[reader.left[self.party(id), "person"]]
        return (
            all(self.picked(id, name, reader) for name in when.some)
            and (not when.any or any(self.picked(id, name, reader) for name in when.any))
            and not any(self.picked(id, name, reader) for name in when.none)
            and (not when.risks or bool(self.risks(reader) & set(when.risks)))
            and (when.person is None or person in when.person)
            and (when.review is None or when.review == reader.review)
            and (when.weakened is None or when.weakened == ("person" in reader.weakened))
            and (when.groups is None or reader.group in when.groups)
            and (when.why is None or reader.why in when.why)
        )

    def meant(self, reader):
        head = self.letter.file.letter
        return (not head.groups or reader.group in head.groups) and (not head.why or reader.why in head.why)

    def wrong(self, reader):
        if not self.meant(reader):
            return {("not_meant", "", reader.group, reader.why)}
        shown = [id for id in self.letter.order() if self.reads(id, reader)]
        of_items = {wrong for party in self.parties for wrong in self.of_items(reader, shown, party)}
        return {*of_items, *self.of_person(reader, shown), *self.of_whole(reader, shown)}

    def of_items(self, reader, shown, party):
        for item in self.items:
            mask, axes = reader.left[party, item], {}
            for id in shown:
                if self.party(id) != party:
                    continue
                listed = self.letter.blocks[id].lists and item in self.picked(id, self.letter.blocks[id].lists, reader)
                for claim in self.letter.claims(id):
                    if claim.is_fact or not (claim.about == item or (claim.about == "list" and listed)):
                        continue
                    axes.setdefault(claim.axis, []).append(id)
                    if claim.word == "weakened":
                        holds = item in reader.weakened
                    else:
                        said = true(claim.word, mask)
                        holds = all(said) if claim.force == "must" else any(said) and not all(said)
                    if not holds:
                        yield "untrue", id, item, str(claim)
            for axis, ids in axes.items():
                if len(ids) > 1:
                    yield "twice", ids[-1], item, axis
            if not all(w.ours is Ours.NEVER and w.fate is Fate.NOT_TAKEN for w in worlds(mask)):
                for axis in ("source", "fate"):
                    if axis not in axes:
                        yield f"silent_{axis}", "", item, ""
                if all(true("published", mask)) and "spread" not in axes:
                    yield "silent_spread", "", item, ""
            # What we said before is corrected once, where the first party is spoken of.
            if party == self.parties[0] and item in reader.weakened and "correction" not in axes:
                yield "silent_correction", "", item, ""

    def holds(self, claim, reader, party):
        """Whether a claim about the reader as a whole holds; what is the same for every party does not ask for one."""
        person = reader.left[party, "person"]
        return {
            "must in": person == PERSON_IN,
            "may in": person == PERSON_ALL,
            "must out": person == PERSON_OUT,
            "may out": person == PERSON_ALL,
            "may record": reader.review,
            "must weakened": "person" in reader.weakened,
            "must told": reader.why != "first",
            "must changed": reader.why in ("changed", "weakened"),
            "must given": self.surely("shared", reader, party),
            "may which": person == PERSON_IN and not self.surely("taken", reader, party),
        }[claim]

    def of_person(self, reader, shown):
        axes = {}
        for id in shown:
            for claim in self.letter.claims(id):
                if not claim.is_fact and claim.about == "person":
                    axes.setdefault((claim.axis, self.party(id) if claim.axis == "person" else ""), []).append(id)
                    if not self.holds(f"{claim.force} {claim.word}", reader, self.party(id)):
                        yield "untrue", id, "person", str(claim)
        for (axis, _), ids in axes.items():
            if len(ids) > 1:
                yield "twice", ids[-1], "person", axis
        if not all(("person", party) in axes for party in self.parties):
            yield "silent_person", "", "person", ""
        said = {axis for axis, _ in axes}
        if reader.review and "record" not in said:
            yield "silent_record", "", "person", ""
        for axis, claim in (("told", "must told"), ("changed", "must changed"), ("correction", "must weakened")):
            if self.holds(claim, reader, self.parties[0]) and axis not in said:
                yield f"silent_{axis}", "", "person", ""
        if any(self.holds("may which", reader, party) for party in self.parties) and "which" not in said:
            yield "silent_which", "", "person", ""

    def of_whole(self, reader, shown):
        run, blocks = self.risks(reader), self.letter.blocks
        for question in QUESTIONS:
            asks = {
                "what_can_criminals_do": bool(run),
                "what_can_i_do": bool(run),
                "is_it_you": bool(run),
                "record": reader.review,
                "why_given": any(self.surely("shared", reader, party) for party in self.parties),
            }
            if asks.get(question, True) and not any(question in blocks[id].answers for id in shown):
                yield "no_answer", "", question, ""
            if question in ("why_given", "record") and not asks[question]:
                for id in shown:
                    if question in blocks[id].answers:
                        yield "needless_answer", id, question, ""
        for tip, of in self.letter.advice.tips.items():
            if run & set(of.answers) and not any(f"do_{tip}" in blocks[id].says for id in shown):
                yield "no_advice", "", tip, ""
        for risk in run:
            if not any(blocks[id].kind == "advice" and risk in blocks[id].risks for id in shown):
                yield "no_advice", "", risk, ""
            if not any(blocks[id].kind == "consequence" and risk in blocks[id].risks for id in shown):
                yield "no_warning", "", risk, ""
        for id in shown:
            block = blocks[id]
            if block.kind == "advice" and block.risks and not run & set(block.risks):
                yield "needless_advice", id, ",".join(block.risks), ""
            if block.kind == "consequence":
                for risk in set(block.risks) - run:
                    yield "needless_warning", id, risk, ""
            if block.lists and not self.picked(id, block.lists, reader):
                yield "empty_list", id, block.lists, ""
