"""The dossier of a request: answers with their numbers, as PDF/UA and ODT, flagged when the evidence changed."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess

import odfdo
import pikepdf
import pytest

from office.evidence import more_evidence

REQUEST = "Ombudsman, 2025-09-02"


@pytest.fixture
def points(number):
    """Three points of one request: one cites a number, one is open, one has text that looks like markup."""
    from helder.office import entries
    from helder.registers.points.models import Point

    rows = [
        {"number": "2", "answer": "In all [[leaked]] records.", "evidence": "count [[leaked]]", "state": "answered"},
        {"number": "10", "asked": "When?"},
        {"number": "1", "answer": "#emph[no] <b>markup</b> *at* $all$ & [[unknown]]", "state": "drafted"},
    ]
    for row in rows:
        entries.add(Point, number.author, {"request": REQUEST, "asked": "How many?", "owner": "privacy officer"} | row)
    entries.add(Point, number.author, {"request": "Other", "number": "1", "asked": "Else?", "owner": "o"})
    return number.author


def test_a_number_that_was_typed_is_flagged_for_its_author_and_stops_nothing(points, client, taken):
    from helder.office import entries
    from helder.registers.points.models import Point

    one = Point.objects.get(number="10")
    content = {"answer": "On 6 August 2025, by art. 34: 941.000 letters, [[leaked]] records.", "state": "drafted"}
    entries.correct(Point, points, one.entry, content, "an answer", 1)
    assert "Getallen zonder telling: 941.000." in " ".join(pdf_text(taken("pdf")).split())
    page = client.get(f"/points/{one.entry}/").content.decode()
    assert "<dt>Getallen zonder telling</dt><dd>941.000 (haal ze aan" in page
    other = Point.objects.get(number="2")
    assert "Getallen zonder telling" not in client.get(f"/points/{other.entry}/").content.decode()


@pytest.fixture
def taken(client, points):
    """Downloads the dossier: `taken("pdf")` gives its bytes."""
    from helder.registers.points.dossier import offers

    client.force_login(points)
    name = next(offer.name for offer in offers() if REQUEST in offer.label)

    def get(format):
        answer = client.get(f"/points/documents/{name}.{format}")
        assert answer.status_code == 200
        return answer.content

    return get


def pdf_text(data):
    """The text of a PDF, as another program reads it."""
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()


def odt_text(data):
    return odfdo.Document(io.BytesIO(data)).get_formatted_text()


def test_the_dossier_has_every_point_in_order_with_its_numbers_filled_in(taken):
    for text in (pdf_text(taken("pdf")), odt_text(taken("odt"))):
        assert text.index("Punt 1") < text.index("Punt 2") < text.index("Punt 10")
        assert "In all 4 records." in text
        assert "records · current" in text  # where the number comes from
        assert "#emph[no] <b>markup</b> *at* $all$ &" in text
        assert "Nog geen antwoord" in text
        assert "Getal “unknown” bestaat niet." in text
        assert "Else?" not in text
        assert "verouderd" not in text


@pytest.mark.any_database
def test_changed_evidence_flags_the_stale_number_in_both_formats(taken, case):
    more_evidence(case)
    for text in (pdf_text(taken("pdf")), odt_text(taken("odt"))):
        assert "In all 4 records." in text  # what was said, unchanged
        assert text.count("Getal “leaked” is verouderd: nu 5.") >= 2  # at the top and at the point
        assert "verouderd: het bewijs zegt nu iets anders" in " ".join(text.split())


@pytest.mark.any_database
def test_the_pdf_is_accessible(taken):
    with pikepdf.open(io.BytesIO(taken("pdf"))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "nl"
        assert str(pdf.open_metadata()["pdfuaid:part"]) == "1"
        assert str(pdf.open_metadata()["dc:title"]) == f"Dossier bij: {REQUEST}"
        kinds = set()

        def walk(node):
            if isinstance(node, pikepdf.Array):
                for child in node:
                    walk(child)
            elif isinstance(node, pikepdf.Dictionary):
                kinds.add(str(node.get("/S", "")))
                walk(node.get("/K", pikepdf.Array()))

        walk(pdf.Root.StructTreeRoot)
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/P"} <= kinds


@pytest.mark.any_database
def test_the_dossier_is_in_the_readers_language(taken, points):
    type(points).objects.filter(pk=points.pk).update(language="en")
    assert "Where the numbers come from" in pdf_text(taken("pdf"))


def test_the_same_dossier_is_the_same_bytes_and_its_hash_stands_in_the_log(taken, db):
    from django.db import connection

    first = taken("pdf")
    assert taken("pdf") == first
    with connection.cursor() as cursor:
        cursor.execute("SELECT details FROM audit_line WHERE action = 'points.document'")
        logged = [row[0] for row in cursor.fetchall()]
    assert len(logged) == 2
    assert all(hashlib.sha256(first).hexdigest() in str(details) for details in logged)


@pytest.mark.any_database
def test_what_is_not_offered_is_not_found_and_who_may_not_export_gets_none(client, points, user):
    from helder.registers.points.dossier import offers

    client.force_login(points)
    name = offers()[0].name
    page = client.get("/points/").content.decode()
    assert f"/points/documents/{name}.pdf" in page
    assert client.get(f"/points/documents/{name}.exe").status_code == 404
    assert client.get("/points/documents/none.pdf").status_code == 404
    client.force_login(user("approver"))
    assert client.get(f"/points/documents/{name}.pdf").status_code == 403
    assert "/documents/" not in client.get("/points/").content.decode()


def test_without_a_register_of_numbers_texts_stay_as_they_are(office, monkeypatch):
    from helder.office import register

    monkeypatch.setattr(register, "registers", dict)
    assert register.citer()("[[leaked]]").text == "[[leaked]]"


@pytest.mark.any_database
def test_a_page_offers_the_dossiers_of_the_requests_that_it_shows(client, user, monkeypatch):
    from helder.office import entries, views
    from helder.registers.points.models import Point

    monkeypatch.setattr(views, "PAGE", 1)
    somebody = user("coordinator")
    client.force_login(somebody)
    for request in ("first letter", "second letter"):
        entries.add(Point, somebody, {"request": request, "number": "1", "asked": "a", "owner": "o"})
    page = client.get("/points/?page=2").content.decode()
    assert "Dossier: second letter" in page
    assert "Dossier: first letter" not in page


@pytest.mark.any_database
def test_a_row_stays_on_one_page_and_one_that_fits_on_none_is_printed_whole(office):
    from helder.office.paper import Paper, pdf

    words = " ".join(f"word{n}" for n in range(40))
    for lines in range(30, 50):  # at some of these a row would be cut in two
        paper = Paper("T", "a", "en")
        paper.text("line\n" * lines)
        paper.table("CAPTION", ("Head", "Other", "Third"), [(f"begin {words} end", "x", "y")])
        paper.flag(f"wrong {words} mended")
        pages = pdf_text(pdf(paper)).split("\f")
        for first, last in (("begin", "end"), ("wrong", "mended")):
            assert len({next(n for n, page in enumerate(pages) if word in page) for word in (first, last)}) == 1
    paper = Paper("T", "a", "en")
    long = " ".join(f"word{n}" for n in range(4_000))
    paper.table("CAPTION", ("Head", "Other"), [("row", long), (long, "row")])
    printed = pdf_text(pdf(paper))
    assert all(len(re.findall(rf"\bword{n}\b", printed)) == 2 for n in (0, 2_000, 3_999))


@pytest.mark.any_database
def test_a_table_stays_with_its_heading_and_caption(office):
    from helder.office.paper import Paper, pdf

    for lines in range(36, 48):  # at one of these the table would begin on the next page
        paper = Paper("T", "a", "en")
        paper.text("line\n" * lines)
        paper.heading("HEADING")
        paper.table("CAPTION", ("HEAD", "Other"), [("first row", "x"), ("second row", "y")] * 3)
        pages = pdf_text(pdf(paper)).split("\f")
        assert len({next(n for n, page in enumerate(pages) if word in page) for word in ("CAPTION", "first row")}) == 1
