"""A BRP API of our own on loopback: checks every question as the published OpenAPI does, and answers as it says.

It can also misbehave: `moods` says how the next questions are treated, in order; after that everything is well.
"""

from __future__ import annotations

import json
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

KEY = "made-up-key"
_FIELD = re.compile(r"[a-zA-Z0-9._]{1,200}")
_NUMBER = re.compile(r"[0-9]{9}")
_KNOWN = {"type", "burgerservicenummer", "fields", "gemeenteVanInschrijving"}
_AUTOMATIC = ("geheimhoudingPersoonsgegevens", "opschortingBijhouding", "inOnderzoek")


@dataclass
class Brp:
    """The register: people by number as the API shows them; what it was asked; and its moods."""

    people: dict[str, dict[str, Any]]
    moods: list[str] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    seen: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    def numbers(self) -> list[str]:
        """All numbers asked, in order."""
        return [number for question in self.asked for number in question["burgerservicenummer"]]


def person(number: str, place: dict[str, Any] | None = None, born: str = "1980-02-03", **more: Any) -> dict[str, Any]:
    """A person as the API shows one, with every field it has; the server leaves out what is not asked."""
    shown: dict[str, Any] = {
        "burgerservicenummer": number,
        "geboorte": {"datum": {"type": "Datum", "datum": born, "langFormaat": "3 februari 1980"}},
        "naam": {"geslachtsnaam": "Verzonnen"},
        "gemeenteVanInschrijving": {"code": "9999", "omschrijving": "Gemeentedorp"},
    }
    if place is not None:
        shown["verblijfplaats"] = place
    return shown | more


def home(street: str = "Lindenlaan", number: int = 7, **inside: Any) -> dict[str, Any]:
    """A Dutch address."""
    at = {
        "officieleStraatnaam": street, "korteStraatnaam": street[:24], "huisnummer": number, "postcode": "1234AB",
        "woonplaats": "Ons Dorp",
    }  # fmt: skip
    return {"type": "Adres", "verblijfadres": at | inside, "functieAdres": {"code": "W", "omschrijving": "woonadres"}}


def _shown(whole: Any, fields: list[str]) -> Any:
    """The fields asked for, and those that the API adds itself."""
    if not isinstance(whole, dict):
        return whole
    found = {}
    for key, value in whole.items():
        below = [f.removeprefix(f"{key}.") for f in fields if f.startswith(f"{key}.")]
        if key in fields or key in (*_AUTOMATIC, "type", "datum", "indicatieVastgesteldVerblijftNietOpAdres"):
            found[key] = value
        elif below:
            found[key] = _shown(value, below)
    return found


def _faults(question: Any, key: str | None) -> tuple[int, str] | None:
    """Status and code of the error that the published API gives for this question."""
    if key != KEY:
        return 401, "authentication"
    if not isinstance(question, dict) or question.get("type") != "RaadpleegMetBurgerservicenummer":
        return 400, "paramsRequired"
    numbers, fields = question.get("burgerservicenummer"), question.get("fields")
    sound = (
        isinstance(numbers, list) and 1 <= len(numbers) <= 20 and all(_NUMBER.fullmatch(str(n)) for n in numbers)
        and isinstance(fields, list) and 1 <= len(fields) <= 130 and all(_FIELD.fullmatch(str(f)) for f in fields)
        and not set(fields) & set(_AUTOMATIC) and set(question) <= _KNOWN
    )  # fmt: skip
    return None if sound else (400, "paramsValidation")


def _handler(brp: Brp) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one packet for an answer: without it each waits 40 ms for the client to acknowledge its head

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            question = json.loads(body)
            brp.seen.append({"path": self.path, **dict(self.headers)})
            fault = _faults(question, self.headers.get("X-API-KEY"))
            if self.path != "/haalcentraal/api/brp/personen":
                self.answer(404, {"status": 404})
            elif fault:
                self.answer(fault[0], {"status": fault[0], "code": fault[1], "title": f"over {body.decode()}"})
            else:
                brp.asked.append(question)
                self.well(question, brp.moods.pop(0) if brp.moods else "well")

        def well(self, question: dict[str, Any], mood: str) -> None:
            found = [brp.people[n] for n in question["burgerservicenummer"] if n in brp.people]
            people = [_shown(one, question["fields"]) for one in found]
            whole: Any = {"type": question["type"], "personen": people}
            name, _, detail = mood.partition(" ")
            if name.isdigit():
                extra = {"Retry-After": detail} if detail else {}
                self.answer(int(name), {"status": int(name), "title": "made up"}, **extra)
            elif name == "redirect":
                self.answer(307, {}, Location=f"{brp.url}/personen")
            elif name == "html":
                self.send(200, b"<html>log in</html>", **{"Content-Type": "text/html"})
            elif name == "cut":
                self.send(200, json.dumps(whole).encode()[:-9])
            elif name == "deep":
                self.send(200, b"[" * 100_000)
            elif name == "huge":
                self.send(200, b'{"type": "' + b"x" * 3_000_000 + b'"}')
            elif name == "packed":
                self.send(200, b"\x1f\x8b" + b"0" * 40, **{"Content-Encoding": "gzip"})
            elif name == "stranger":
                whole["personen"].append(person("999999990", home()))
                self.answer(200, whole)
            elif name == "nameless":
                self.answer(200, whole | {"personen": [{"verblijfplaats": home()}]})
            elif name == "twice":
                self.answer(200, whole | {"personen": people + people})
            elif name == "shape":
                self.answer(200, json.loads(detail))
            elif name == "hangup":
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
            elif name == "wait":
                threading.Event().wait(float(detail))
                self.close_connection = True
            else:
                self.answer(200, whole)

        def answer(self, status: int, document: Any, **headers: str) -> None:
            self.send(status, json.dumps(document).encode(), **headers)

        def send(self, status: int, body: bytes, **headers: str) -> None:
            self.send_response(status)
            for key, value in {"Content-Type": "application/json; charset=utf-8", **headers}.items():
                self.send_header(key.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def serving(people: dict[str, dict[str, Any]], tls: tuple[Path, Path, Path] | None = None) -> Iterator[Brp]:
    """The API with these people. `tls`: its certificate, its key, and the authority whose clients it admits."""
    brp = Brp(people)
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(brp)) as server:
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients that leave are expected here
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls[0], tls[1])
            context.load_verify_locations(tls[2])
            context.verify_mode = ssl.CERT_REQUIRED
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        scheme = "https" if tls else "http"
        brp.url = f"{scheme}://127.0.0.1:{server.server_port}/haalcentraal/api/brp"
        try:
            yield brp
        finally:
            server.shutdown()
            thread.join()
