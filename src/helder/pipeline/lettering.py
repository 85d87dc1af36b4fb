"""The letters of a round: who reads them, whether they are true and plain, and the documents to print."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from helder.case.load import Case, load_case
from helder.case.model import Assessment, Round
from helder.domain.errors import CaseError, RoundError
from helder.domain.letters import Document
from helder.domain.round_tables import VARIANTS
from helder.engines.checksum import arrow_schema
from helder.engines.disk import rename_synced, writing
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.exposure.groups import Profile, predicate
from helder.letters.admissible import WHYS
from helder.letters.check import CORRECTED, Report, check
from helder.letters.findings import Finding, Place
from helder.letters.load import Letter, load_letters, rare_words
from helder.letters.model import Why
from helder.letters.plain import Report as PlainReport
from helder.letters.plain import plain_check
from helder.letters.reader import Box, Reader, Telling
from helder.letters.taken import Office, compare
from helder.letters.typeset.sheets import beyond_a_sheet
from helder.letters.typeset.stationery import PAPER, load_stationery
from helder.letters.variants import Variants, variants
from helder.pipeline.admissible import boxes
from helder.pipeline.standing import Standing, ready
from helder.results.open import ProfileView, Results
from helder.rounds.freeze import DOCUMENTS_FILE, PEOPLE_FILE, VARIANTS_FILE, documents_hash
from helder.rounds.record import RoundRecord, folder_of, planned, write_record

_TOLD = """
SELECT letter, language, profile, coalesce(weakened, '') AS weakened, why, count(*) AS people
FROM people_of_round WHERE outcome = 'letter'
GROUP BY letter, language, profile, coalesce(weakened, ''), why
ORDER BY letter, language, profile, weakened, why
"""


@dataclass(frozen=True)
class Checked:
    """A round whose letters were checked, for truth and for plain language.

    `variants` and `plain` are None while texts are missing; `state` is that of a planned round; `compared` says how many of
    the office's facts were held against what it says now, None when no office was asked.
    """

    round: str
    assessment: str
    letters: Mapping[str, Letter]
    report: Report
    variants: Variants | None
    seconds: float
    state: str | None = None
    plain: PlainReport | None = None
    compared: int | None = None

    @property
    def passed(self) -> bool:
        """Whether nothing stops the round: every letter is true for its readers, and within the hard limits of plain language."""
        return self.report.passed and self.plain is not None and self.plain.holds


def letters_of(case: Case, round: Round) -> dict[str, Letter]:
    """The letters that a round names. Raises `CaseError` for one that is missing."""
    folder = round.letters_of or round.id
    loaded = load_letters(case, folder)
    wanted = [*round.letters.values(), *round.represented.values(), *filter(None, [round.no_longer_in_scope])]
    for id in wanted:
        if id not in loaded:
            known = ", ".join(loaded)
            raise CaseError(f"There is no letter '{id}'.", where=f"letters/{folder}", do=f"Known: {known}.")
        for language in round.languages or case.file.case.languages:
            if language not in loaded[id].languages:
                raise CaseError(
                    f"Round '{round.id}' is in '{language}', and letter '{id}' is not.",
                    where=f"letters/{folder}/{id}/letter.toml",
                    do="Give the letter that language, or the round other 'languages'.",
                )
    return {id: loaded[id] for id in dict.fromkeys(wanted)}


def whys_of(case: Case, round: Round) -> Sequence[Why]:
    """The reasons for which somebody may be told in a round: in the first nobody was told before, nor were the new."""
    if case.file.rounds[0].id == round.id or round.who == "new":
        return ("first",)
    return CORRECTED if round.who == "changed" else WHYS


def admissible(case: Case, assessment: Assessment, round: Round, letters: Iterable[str]) -> dict[str, list[Box]]:
    """Who may read each letter: the round's groups as it names them, for somebody of any group whoever acts for them, and who
    is no longer in scope."""
    found = boxes(case, assessment, round.when, outside=round.no_longer_in_scope is not None)

    def reads(letter: str, box: Box) -> bool:
        if not box.in_scope:
            return letter == round.no_longer_in_scope
        theirs = round.letters.get(box.group)
        return letter == theirs or (theirs is not None and letter in round.represented.values())

    return {letter: [box for box in found if reads(letter, box)] for letter in letters}


def reader_of(profile: ProfileView, why: Why = "first", weakened: frozenset[str] = frozenset()) -> Reader:
    """What a letter may depend on, of the people of one profile."""
    review = any(mark.kind == "review" for mark in profile.marks)
    return Reader(profile.left, profile.group or "", why, review, weakened)


def why_of(word: str) -> Why:
    """The reason that a round's tables write as this word."""
    return next(known for known in WHYS if known == word)


def everybody(results: Results, round: Round, letters: Mapping[str, Letter]) -> list[Telling]:
    """Everybody in the round's groups, told for the first time: for a check before the round is planned."""
    meets = predicate(round.when, results.case.breached[0].id)
    return [
        Telling(letter, language, profile.number, 0 if number else profile.people, reader_of(profile))
        for profile in results.in_scope
        if not profile.contradiction and profile.group in round.letters
        if meets(Profile(profile.number, profile.people, profile.marks, profile.left))
        for letter in [round.letters[profile.group]]
        for number, language in enumerate(letters[letter].languages)
    ]


def tellings_of(found: Standing, keys: Keys) -> list[Telling]:
    """The readers of a planned round, by what they are told: counted from its sealed list of people."""
    engine = DuckEngine(keys)
    try:
        engine.read("people_of_round", [folder_of(found.case.folder, found.round.id) / PEOPLE_FILE])
        rows = engine.rows(_TOLD)
    finally:
        engine.close()
    profiles = found.results.profiles

    def telling(row: Mapping[str, object]) -> Telling:
        weakened = frozenset(filter(None, str(row["weakened"]).split(";")))
        number = int(str(row["profile"]))
        reader = reader_of(profiles[number], why_of(str(row["why"])), weakened)
        return Telling(str(row["letter"]), str(row["language"]), number, int(str(row["people"])), reader)

    return [telling(row) for row in rows]


def check_round(
    folder: Path,
    name: str,
    keys: Keys | None = None,
    *,
    now: dt.datetime | None = None,
    lint_ii: bool = False,
    office: Office | None = None,
) -> Checked:
    """Check the letters of a round; a planned one that passes becomes checked, and its documents are kept beside it.

    The facts of the office that letters state are those that were taken; with `office` it is asked whether it says the same
    now. With `lint_ii` the Dutch letters are measured by LiNT-II too, where it is installed; it loads for some ten seconds.
    Of a planned round (which needs `keys`) the people who get a letter are its readers; before it is planned everybody
    in its groups. Raises `CaseError` when case, round or a letter is not right or nothing was run, `RoundError` when
    the plan no longer holds.
    """
    started = time.monotonic()
    if not planned(folder, name):
        case = load_case(folder)
        results = Results.open(folder, case.round(name).assessment)
        round = results.case.round(name)
        letters = letters_of(results.case, round)
        return _checked(results, round, letters, everybody(results, round, letters), started, lint_ii, office)
    if keys is None:
        raise RoundError(f"Round '{name}' is planned: reading it needs the key.", where=str(folder), do="Give the key.")
    found = ready(folder, name)
    results = found.results
    letters = letters_of(results.case, found.round)
    checked = _checked(results, found.round, letters, tellings_of(found, keys), started, lint_ii, office)
    return _settled(found, checked, now or dt.datetime.now(dt.UTC))


def _checked(
    results: Results,
    round: Round,
    letters: Mapping[str, Letter],
    tellings: Sequence[Telling],
    started: float,
    lint_ii: bool,
    office: Office | None,
) -> Checked:
    case, own = results.case, rare_words(results.case.folder)
    assessment = case.assessment(round.assessment).model_copy(update={"as_of": results.record.as_of})
    report = check(
        case, letters, tellings, admissible(case, assessment, round, letters), round.date, whys_of(case, round)
    )
    compared = compare(case.folder, letters.values(), round.date, office)
    report.findings = [*map(Finding, compared.otherwise), *report.findings]
    gaps = ("no_text", "no_fact", "fact_without_value")
    made = None
    if not any(finding.place.rule in gaps for finding in report.findings):
        made = variants(letters, tellings, list(case.items), [party.id for party in case.breached])
        report.findings += _second_sheets(case, round, made)
    plain = plain_check(made.documents, with_lint_ii=lint_ii, own=own) if made else None
    seconds = time.monotonic() - started
    return Checked(round.id, round.assessment, letters, report, made, seconds, plain=plain, compared=compared.facts)


def _second_sheets(case: Case, round: Round, made: Variants) -> list[Finding]:
    """A hint for each letter and language of which a document takes a second sheet: it costs as much as another letter."""
    path = case.folder / "letters" / PAPER
    if not path.exists():
        return []
    found: dict[Place, Finding] = {}
    paper = load_stationery(path).paper(round.date, specimen=True)
    for number in beyond_a_sheet(made.documents, paper, round.represented.values()):
        document = made.documents[number]
        place = Place("second_sheet", document.letter, language=document.language)
        finding = found.setdefault(place, Finding(place, occurs=True))
        finding.people += made.people[number]
    return list(found.values())


def _settled(found: Standing, checked: Checked, now: dt.datetime) -> Checked:
    """The round's state after the check: checked when it passed, else back to planned; its documents are written."""
    record = found.record
    if checked.passed and checked.variants is not None:
        keep_documents(found.case.folder, checked.round, checked.variants)
        record = _bound_to_documents(found.case.folder, record, now)
        if record.state == "planned":
            record = record.to("checked", now)
    elif record.state in ("checked", "approved", "produced"):
        record = record.to("planned", now, "the letters did not pass the check")
    if record is not found.record:
        write_record(found.case.folder, record)
    return Checked(**{**vars(checked), "state": record.state})


def _bound_to_documents(case: Path, record: RoundRecord, now: dt.datetime) -> RoundRecord:
    """The record with the documents as they are now: others than before are approved anew."""
    documents = documents_hash(folder_of(case, record.round))
    if record.hashes.get("documents") == documents:
        return record
    if record.state != "planned":
        record = record.to("planned", now, "changed: documents")
    return replace(record, hashes={**record.hashes, "documents": documents})


def keep_documents(case: Path, round: str, made: Variants) -> None:
    """Write the documents of a round and the table VARIANTS beside its record, unless they are there. They name nobody."""
    folder = folder_of(case, round)
    columns = list(zip(*made.rows, strict=True)) or [()] * len(VARIANTS.columns)
    shape = arrow_schema(VARIANTS)
    table = pa.table([pa.array(values, field.type) for values, field in zip(columns, shape, strict=True)], schema=shape)
    text = json.dumps([document.as_dict() for document in made.documents], ensure_ascii=False, indent=1) + "\n"
    with writing(folder / DOCUMENTS_FILE):
        if _is_there(folder, text, table):
            return
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{DOCUMENTS_FILE}.draft"
        draft.write_text(text, "utf-8")
        pq.write_table(table, folder / f".{VARIANTS_FILE}.draft")
        rename_synced(folder / f".{VARIANTS_FILE}.draft", folder / VARIANTS_FILE)
        rename_synced(draft, folder / DOCUMENTS_FILE)


def _is_there(folder: Path, text: str, table: pa.Table) -> bool:
    documents, numbers = folder / DOCUMENTS_FILE, folder / VARIANTS_FILE
    if not documents.exists() or documents.read_text("utf-8") != text:
        return False
    try:
        return bool(pq.read_table(numbers).equals(table))
    except (OSError, ValueError):
        return False


def documents_of(case: Path, round: str) -> tuple[Document, ...]:
    """The documents of a checked round, by number. Raises `RoundError` when it was not checked."""
    try:
        text = (folder_of(case, round) / DOCUMENTS_FILE).read_text("utf-8")
        return tuple(Document.from_dict(said) for said in json.loads(text))
    except (OSError, ValueError, KeyError, TypeError):
        raise RoundError(
            f"Round '{round}' has no documents.", where=str(case), do=f"helder round check {case} {round}"
        ) from None
