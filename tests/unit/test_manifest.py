"""The two lists of a round's print files are read strictly: what is not right names its line and nothing else."""

from __future__ import annotations

import pytest

from helder.domain.manifest import (
    ManifestError,
    PrintedFile,
    PrintedLetter,
    disagreements,
    files_text,
    manifest_text,
    read_files,
    read_manifest,
)

LETTERS = [
    PrintedLetter(1, "R-AAAA", "post-0001.pdf", 1, 2, "aa"),
    PrintedLetter(2, "R-BBBB", "post-0001.pdf", 2, 3, "bb"),
    PrintedLetter(3, "R-CCCC", "post-0002.pdf", 1, 2, "cc"),
]
FILES = [
    PrintedFile("post-0001.pdf", 2, 3, 5, 1000, "11"),
    PrintedFile("post-0002.pdf", 1, 1, 2, 900, "22"),
]


def test_what_is_written_is_read_back():
    assert read_manifest(manifest_text(LETTERS)) == LETTERS
    assert read_files(files_text(FILES)) == FILES


def test_both_lists_agree_or_the_file_is_named():
    assert disagreements(LETTERS, FILES) == []
    assert disagreements(LETTERS[:1], FILES) == ["post-0001.pdf", "post-0002.pdf"]
    assert disagreements(LETTERS, FILES[:1]) == ["post-0002.pdf"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("sequence", "number", "first line"),
        ("post-0002.pdf", "../post-0002.pdf", "line 4"),
        ("post-0002.pdf", "/etc/passwd", "line 4"),
        ("3,R-CCCC", "4,R-CCCC", "numbered"),
        ("R-CCCC", "R-AAAA", "twice"),
        (",2,3,bb", ",two,3,bb", "line 3"),
        (",2,3,bb", ",2,3", "line 3"),
        ("R-BBBB", '"R-BBBB', "CSV"),
    ],
)
def test_a_manifest_that_was_spoilt_is_refused(old, new, why):
    with pytest.raises(ManifestError, match=why):
        read_manifest(manifest_text(LETTERS).replace(old, new))


def test_an_empty_list_is_refused_and_a_file_stands_once():
    with pytest.raises(ManifestError, match="first line"):
        read_files("")
    with pytest.raises(ManifestError, match="twice"):
        read_files(files_text([FILES[0], FILES[0]]))
