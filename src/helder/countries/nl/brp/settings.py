"""How to reach the BRP: from the environment, so that no secret stands in a file of the case or in a command line."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from helder.domain.errors import RegisterError

URL = "HELDER_BRP_URL"
API_KEY = "HELDER_BRP_API_KEY"
TOKEN = "HELDER_BRP_TOKEN"  # noqa: S105  the name of a variable
CERTIFICATE = "HELDER_BRP_CERT"
PRIVATE_KEY = "HELDER_BRP_CERT_KEY"
AUTHORITY = "HELDER_BRP_CA"
VARIABLES = (URL, API_KEY, TOKEN, CERTIFICATE, PRIVATE_KEY, AUTHORITY)


@dataclass(frozen=True)
class Settings:
    """`url` ends before `/personen`. `certificate` and `private_key` are files, for mutual TLS; `authority` is a file with
    the certificates to trust instead of the usual ones."""

    url: str
    headers: Mapping[str, str] = field(repr=False)
    certificate: str = ""
    private_key: str = ""
    authority: str = ""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Settings:
        """The settings in an environment. Raises `RegisterError` when they are not enough, or not safe."""
        url = environ.get(URL, "").rstrip("/")
        if not url:
            raise RegisterError(
                "Nothing says where the BRP API is.", where=URL, do=f"Set {URL}, and {API_KEY} or {TOKEN}."
            )
        parts = urlsplit(url)
        local = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if parts.scheme != "https" and not (parts.scheme == "http" and local):
            raise RegisterError("Numbers of people go over TLS only.", where=URL, do="Give an address with https://.")
        if parts.username or parts.password or parts.query:
            raise RegisterError(
                "The address holds a name, password or query.", where=URL, do=f"Use {API_KEY} or {TOKEN}."
            )
        headers = {}
        if key := environ.get(API_KEY):
            headers["X-API-KEY"] = key
        if token := environ.get(TOKEN):
            headers["Authorization"] = f"Bearer {token}"
        if not all(value.isascii() and value.isprintable() for value in headers.values()):
            raise RegisterError("The key or token has signs that no header may have.", where=f"{API_KEY}, {TOKEN}")
        files = (environ.get(CERTIFICATE, ""), environ.get(PRIVATE_KEY, ""), environ.get(AUTHORITY, ""))
        return cls(url, headers, *files)

    def tls(self) -> ssl.SSLContext:
        """What connections trust and show. Raises `RegisterError` when a file cannot be used."""
        try:
            context = ssl.create_default_context(cafile=self.authority or None)
            context.minimum_version = ssl.TLSVersion.TLSv1_2
            if self.certificate:
                context.load_cert_chain(self.certificate, self.private_key or None)
        except OSError as error:
            names = f"{CERTIFICATE}, {PRIVATE_KEY}, {AUTHORITY}"
            raise RegisterError(
                f"A certificate cannot be used ({type(error).__name__}).", where=names, do="Name files in PEM format."
            ) from None
        return context
