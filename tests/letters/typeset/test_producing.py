"""Producing a round of letters: whole, resumed, the same for any number of processes."""

import hashlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import pyarrow as pa
import pytest

from helder.domain.errors import CaseError, EngineError, StorageError
from helder.domain.manifest import disagreements, read_files, read_manifest
from helder.engines.crew import in_order
from helder.engines.keys import Keys
from helder.letters.typeset.auditing import audit
from helder.letters.typeset.house import PrintHouse
from helder.letters.typeset.output import SINGLES, Output
from helder.letters.typeset.paper import words_of
from helder.letters.typeset.producing import produce
from helder.letters.typeset.rows import portions
from helder.letters.typeset.stationery import load_stationery
from letters.typeset.samples import DOCUMENTS, PAPER, SENDER, edition, letters, table

COUNT = 100
KEYS = Keys(b"k" * 32)
ROWS = table(COUNT)


def batches(rows: pa.Table = ROWS) -> Iterator[pa.RecordBatch]:
    yield from rows.to_batches(max_chunksize=30)


def hashes(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "out"
    told: list[float] = []
    production = produce(edition(), batches(), COUNT, "key", Output(folder, KEYS), processes=1, progress=told.append)
    assert production["letters"] + production["singles"] == COUNT and production["files"] == 4
    assert told == sorted(told) and told[-1] == 1
    return folder


def test_two_processes_make_the_same_bytes_as_one(made: Path, tmp_path: Path) -> None:
    produce(edition(), batches(), COUNT, "key", Output(tmp_path / "out", KEYS), processes=2)
    assert hashes(tmp_path / "out") == hashes(made)


def test_every_letter_of_a_round_is_verified_with_one_process_or_two(made: Path) -> None:
    for processes in (1, 2):
        report = audit(edition(), batches(), COUNT, Output(made, KEYS), processes=processes)
        assert report == {"letters": COUNT, "verified": COUNT, "wrong": 0, "problems": {}, "first": []}


def test_the_lists_agree_and_name_nobody(made: Path) -> None:
    manifest, files = read_manifest((made / "manifest.csv").read_text()), read_files((made / "files.csv").read_text())
    assert disagreements(manifest, files) == []
    by_post = [one for n, one in enumerate(letters(COUNT)) if n % 20 != 7]
    assert [row.reference for row in manifest] == [one.reference for one in by_post]
    text = "".join(path.read_text() for path in made.iterdir() if path.suffix in (".csv", ".json"))
    assert not any(
        one.code in text or line in text for one in letters(COUNT) for line in (*one.address, one.salutation)
    )


def test_print_files_are_sealed_on_the_disk_and_named_as_the_printer_gets_them(made: Path) -> None:
    for file in read_files((made / "files.csv").read_text()):
        assert (made / f"{file.file}.sealed").read_bytes().startswith(b"HELDSEAL")
        pdf = Output(made, KEYS).read_pdf(file.file)
        assert (len(pdf), hashlib.sha256(pdf).hexdigest()) == (file.bytes, file.sha256)
    with pytest.raises(StorageError):
        Output(made, KEYS).read_pdf("00099.pdf")


def test_produced_again_nothing_is_made_again(made: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in made.iterdir()}
    produce(edition(), iter(()), COUNT, "key", Output(made, KEYS))
    assert before == {path: path.stat().st_mtime_ns for path in made.iterdir()}


def test_anything_changed_is_made_anew(tmp_path: Path) -> None:
    output = Output(tmp_path / "out", None)
    produce(edition(), batches(ROWS.slice(0, 40)), 40, "one", output, processes=1)
    assert len(list(output.folder.glob("*.pdf"))) == 2
    production = produce(edition(), batches(ROWS.slice(0, 20)), 20, "two", output, processes=1)
    assert production["files"] == len(list(output.folder.glob("*.pdf"))) == 1
    keys = {edition().key("x"), edition().key("y"), edition(PrintHouse(kix=True)).key("x")}
    assert len(keys) == 3


class _StopError(Exception):
    pass


@pytest.mark.parametrize("finished", [1, 2, 3])
def test_interrupted_it_goes_on_where_it_ended(finished: int, made: Path, tmp_path: Path) -> None:
    output = Output(tmp_path / "out", KEYS)

    def stop(fraction: float) -> None:
        if fraction > 0.2 * finished:
            raise _StopError

    with pytest.raises(_StopError):
        produce(edition(), batches(), COUNT, "key", output, processes=1, progress=stop)
    assert output.production() == {"key": "key", "whole": False}
    kept = {path.name: path.stat().st_mtime_ns for path in output.folder.glob("*.sealed")}
    assert kept
    # A file without its lines is a crash between the two; a cut file with them is a disk that lied.
    cut = output.pdf_path("00001.pdf")
    if finished == 2:
        cut.write_bytes(cut.read_bytes()[:-100])
    produce(edition(), batches(), COUNT, "key", output, processes=1)
    assert hashes(output.folder) == hashes(made)
    same = {path.name: path.stat().st_mtime_ns for path in output.folder.glob("*.sealed") if path.name in kept}
    assert [name for name in kept if same[name] != kept[name]] == ([cut.name] if finished == 2 else [])


KILLED = """
import sys; sys.path[:0] = {paths!r}
from pathlib import Path
from letters.typeset.samples import *
from helder.engines.keys import Keys
from helder.letters.typeset.output import Output
from helder.letters.typeset.producing import produce
if __name__ == "__main__":
    produce(edition(), table({count}).to_batches(30), {count}, "key", Output(Path({out!r}), Keys(b"k" * 32)), processes=2)
"""


def test_killed_in_the_middle_no_letter_is_missing_and_none_is_there_twice(made: Path, tmp_path: Path) -> None:
    script, out = tmp_path / "killed.py", tmp_path / "out"
    paths = [path for path in sys.path if path]
    script.write_text(KILLED.format(paths=paths, count=COUNT, out=str(out)))
    process = subprocess.Popen([sys.executable, str(script)])
    deadline = time.monotonic() + 60
    while not list(out.glob("*.sealed")) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait(60)
    output = Output(out, KEYS)
    assert output.production() == {"key": "key", "whole": False}
    produce(edition(), batches(), COUNT, "key", output, processes=1)
    assert hashes(out) == hashes(made)
    assert audit(edition(), batches(), COUNT, output, processes=1)["verified"] == COUNT


def copied(made: Path, to: Path) -> Output:
    import shutil

    shutil.copytree(made, to)
    return Output(to, KEYS)


def test_a_file_that_changed_after_it_was_made_vouches_for_no_letter(made: Path, tmp_path: Path) -> None:
    output = copied(made, tmp_path / "out")
    path = output.pdf_path("00002.pdf")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    report = audit(edition(), batches(), COUNT, output, processes=1)
    assert (report["wrong"], report["verified"], report["problems"]) == (25, 75, {"file": 1})
    path.unlink()
    assert audit(edition(), batches(), COUNT, output, processes=1)["wrong"] == 25


def test_files_that_changed_places_are_noticed(made: Path, tmp_path: Path) -> None:
    output = copied(made, tmp_path / "out")
    one, other = output.pdf_path("00001.pdf"), output.pdf_path("00002.pdf")
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)
    assert audit(edition(), batches(), COUNT, output, processes=1)["wrong"] == 50


def test_a_single_letter_whose_hash_is_another_is_noticed(made: Path, tmp_path: Path) -> None:
    output = copied(made, tmp_path / "out")
    lines = output.text(SINGLES).splitlines(keepends=True)
    lines[2] = lines[2].replace(lines[2].split(",")[1], "0" * 64)
    (output.folder / SINGLES).write_text("".join(lines))
    report = audit(edition(), batches(), COUNT, output, processes=1)
    assert report["first"] == [{"kind": "single", "sequence": 2, "problem": "hash"}]


def test_more_or_fewer_letters_in_the_lists_than_people_are_noticed(made: Path, tmp_path: Path) -> None:
    fewer = ROWS.slice(0, 80)
    assert audit(edition(), batches(fewer), 80, Output(made, KEYS), processes=1)["problems"]["count"] > 0
    output = copied(made, tmp_path / "out")
    (output.folder / "manifest.csv").write_text("".join(output.text("manifest.csv").splitlines(keepends=True)[:-1]))
    assert audit(edition(), batches(), COUNT, output, processes=1)["wrong"] == 20
    (output.folder / "manifest.csv").write_text("nonsense\n" * 96)
    assert audit(edition(), batches(), COUNT, output, processes=1)["verified"] <= 5


def test_lists_that_cannot_be_read_are_one_clear_error(made: Path, tmp_path: Path) -> None:
    output = copied(made, tmp_path / "out")
    (output.folder / "files.csv").write_text("x\n")
    with pytest.raises(StorageError, match="list of print files"):
        audit(edition(), batches(), COUNT, output)
    (output.folder / "files.csv").unlink()
    with pytest.raises(StorageError, match="cannot be read"):
        audit(edition(), batches(), COUNT, output)


def test_rows_of_before_letters_named_whom_they_are_about_are_letters_that_name_nobody() -> None:
    """A round that has left the house is read as it left."""
    read = edition().variants.letters(ROWS.drop_columns(["about"]))
    assert read == [one._replace(about="") for one in letters(COUNT)] and read != letters(COUNT)


def test_a_row_without_a_variant_stops_the_work(tmp_path: Path) -> None:
    rows = ROWS.slice(0, 10).set_column(ROWS.schema.get_field_index("weakened"), "weakened", pa.array(["bsn"] * 10))
    with pytest.raises(StorageError, match="no variant"):
        produce(edition(), batches(rows), 10, "key", Output(tmp_path / "out", KEYS))


def test_rows_that_do_not_arrive_stop_the_work(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Not every row"):
        produce(edition(), batches(ROWS.slice(0, 10)), 11, "key", Output(tmp_path / "out", KEYS))
    with pytest.raises(StorageError, match=r"cannot be read|Not every"):
        audit(edition(), batches(ROWS.slice(0, 10)), 11, Output(tmp_path / "out", KEYS))


def test_portions_keep_the_order_and_part_print_from_single() -> None:
    found = list(portions(batches(), 25))
    assert [(one.kind, one.number, one.first, len(one.rows)) for one in found if one.kind == "print"] == [
        ("print", 1, 1, 25),
        ("print", 2, 26, 25),
        ("print", 3, 51, 25),
        ("print", 4, 76, 20),
    ]
    printed = [ref for one in found if one.kind == "print" for ref in one.rows["reference"].to_pylist()]
    assert printed == [one.reference for n, one in enumerate(letters(COUNT)) if n % 20 != 7]


def test_without_print_files_every_letter_is_made_and_verified_by_itself(tmp_path: Path) -> None:
    alone, rows = replace(edition(), prints=False), ROWS.slice(0, 40)
    output = Output(tmp_path / "out", KEYS)
    production = produce(alone, batches(rows), 40, "key", output, processes=1)
    assert [production[of] for of in ("prints", "letters", "singles", "files", "bytes")] == [False, 0, 40, 0, 0]
    assert read_manifest(output.text("manifest.csv")) == read_files(output.text("files.csv")) == []
    listed = [line.split(",")[0] for line in output.lines(SINGLES)]
    assert listed == [one.reference for one in letters(40)]
    assert audit(alone, batches(rows), 40, output, processes=1)["verified"] == 40
    assert not list(output.folder.glob("*.pdf*"))
    assert alone.key("x") != edition().key("x")


class _Dying:
    def worker(self):  # type: ignore[no-untyped-def]
        import os

        return lambda task: os._exit(1)


def test_a_worker_that_dies_is_one_clear_error() -> None:
    with pytest.raises(EngineError, match="ended"):
        list(in_order(_Dying(), range(10), 2))
    assert not active_children()


def test_the_letter_paper_is_read_from_toml(tmp_path: Path) -> None:
    path = tmp_path / "paper.toml"
    sender = '[sender]\nname = "Lab"\nreturn_line = "Retour: Postbus 1"\n'
    house = '[print_house]\nname = "Drukwerk"\nkix = true\n[print_house.window]\nx = 110\n'
    path.write_text(f'{sender}{house}[print_house.sheet_code]\nkind = "qr"\n')
    read = load_stationery(path)
    paper = read.paper(PAPER.date, specimen=False)
    assert (paper.sender.name, paper.window.x, paper.specimen) == ("Lab", 110, False)
    assert (read.print_house.name, read.print_house.kix, read.print_house.sheet_code.kind) == ("Drukwerk", True, "qr")
    wrong = (
        (f"{sender}{house}y = 500", "print_house.window.y"),
        (f"{sender}colour = 1", "sender.colour"),
        (house, "sender"),
        ("=", "paper.toml"),
    )
    for text, where in wrong:
        path.write_text(text)
        with pytest.raises(CaseError) as error:
            load_stationery(path)
        assert where in error.value.where
    with pytest.raises(CaseError, match="There is no letter paper"):
        load_stationery(tmp_path / "none.toml")


def test_a_look_up_that_qr_codes_cannot_hold_is_refused() -> None:
    from dataclasses import replace

    with pytest.raises(CaseError, match=r"capitals|QR"):
        replace(SENDER, lookup="https://lower.example/")


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(CaseError, match="no words in 'xx'"):
        words_of("xx")


def test_pictures_of_a_letter_are_made_for_pages_to_show() -> None:
    from helder.letters.typeset.composing import Composer
    from helder.letters.typeset.variant import Codes, lines_of
    from letters.typeset.samples import letter

    lines = lines_of(letter(1), Codes(PAPER))
    png = Composer().pictures(DOCUMENTS[0], lines, PAPER, ppi=40)
    svg = Composer().pictures(DOCUMENTS[1], lines, PAPER, "svg")
    assert [page[:4] for page in png] == [b"\x89PNG"] * 2
    assert len(svg) == 1 and b"<svg" in bytes(svg[0] if isinstance(svg[0], bytes) else svg[0].encode())[:200]
