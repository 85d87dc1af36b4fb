"""E-mail over an own mail server: encrypted always, the same subject for everybody, one Message-ID for each letter.

SMTP cannot be asked whether a message arrived. What can be known: until the final dot leaves, the server must not deliver
(RFC 5321, 4.1.1.4); once it answered, it has. Between the two it is unsure (RFC 1047), and a person decides with the
Message-ID and the server's log. The mark `dot` is set just before.
"""

from __future__ import annotations

import hashlib
import smtplib
import socket
import ssl
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, localtime

from helder.case.channels import SmtpChannel
from helder.delivery.outcomes import Mark, RefusedError, RetryError, Trace, UnsureError
from helder.delivery.parcels import Message
from helder.domain.errors import DeliveryError

DOT = "dot"
_TIMEOUT = 60.0
_TRANSIENT = range(400, 500)


class Smtp:
    """The channel. `password` is needed when the settings name a user."""

    def __init__(self, name: str, settings: SmtpChannel, password: str | None = None) -> None:
        self._name, self._settings, self._password = name, settings, password

    def connect(self) -> SmtpConnection:
        """A line of its own."""
        return SmtpConnection(self._name, self._settings, self._password)


class SmtpConnection:
    """One line to the mail server, kept open from letter to letter; used by one thread."""

    def __init__(self, name: str, settings: SmtpChannel, password: str | None) -> None:
        self._name, self._settings, self._password = name, settings, password
        self._server: smtplib.SMTP | None = None

    def send(self, parcel: Message, mark: Mark) -> str:
        """Send it; the receipt is its Message-ID."""
        message = compose(parcel, self._settings)
        try:
            server = self._line()
            self._envelope(server, parcel.to)
            self._content(server, message, mark)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise RetryError(_word(error)) from None
        return str(message["Message-ID"])

    def find(self, parcel: Message, trace: Trace) -> str | None:
        """Before the final dot it was certainly not taken; after it nobody can tell from here."""
        if trace.mark == DOT:
            raise UnsureError("no_answer_after_dot")
        return None

    def close(self) -> None:
        """Hang up."""
        if self._server:
            self._server.close()
        self._server = None

    def _line(self) -> smtplib.SMTP:
        if self._server is None:
            server = self._opened()
            try:
                if self._settings.user is not None:
                    server.login(self._settings.user, self._password or "")
            except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
                server.close()
                raise self._cannot("The mail server does not let us in.", "Look at user and password.") from None
            self._server = server
        return self._server

    def _opened(self) -> smtplib.SMTP:
        """A line that is encrypted, to the server that its certificate says it is."""
        host, port = self._settings.host, self._settings.port
        context = ssl.create_default_context(cafile=self._settings.ca_file)
        try:
            if self._settings.tls == "tls":
                return smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT, context=context)
            server = smtplib.SMTP(host, port, timeout=_TIMEOUT)
            server.starttls(context=context)
            server.ehlo()
        except ssl.SSLCertVerificationError:
            raise self._cannot(
                "The mail server's certificate is not trusted.", "Name its authority with ca_file, or ask its keeper."
            ) from None
        except smtplib.SMTPNotSupportedError:
            raise self._cannot("The mail server offers no encryption.", "Ask its keeper for STARTTLS.") from None
        return server

    def _envelope(self, server: smtplib.SMTP, to: str) -> None:
        code, _ = server.mail(self._settings.sender)
        if code != 250:
            if code in _TRANSIENT:
                raise smtplib.SMTPResponseException(code, "")
            raise self._cannot("The mail server does not take mail from our sender.", "Look at 'sender'.")
        code, _ = server.rcpt(to)
        if code not in (250, 251):
            server.rset()
            if code in _TRANSIENT:
                raise smtplib.SMTPResponseException(code, "")
            raise RefusedError(f"smtp_{code}")

    def _content(self, server: smtplib.SMTP, message: EmailMessage, mark: Mark) -> None:
        """DATA in two steps, so that a failure before the final dot is known for what it is."""
        body = message.as_bytes(policy=SMTP_POLICY)
        server.putcmd("data")
        code, _ = server.getreply()
        if code >= 500:
            raise RefusedError(f"smtp_{code}")
        if code != 354:
            raise smtplib.SMTPResponseException(code, "")
        server.send(smtplib._quote_periods(body))  # type: ignore[attr-defined]
        mark(DOT)
        try:
            server.send(b"" if body.endswith(b"\r\n") else b"\r\n")
            server.send(b".\r\n")
            code, _ = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise UnsureError(_word(error)) from None
        if code in _TRANSIENT:
            raise smtplib.SMTPResponseException(code, "")
        if code != 250:
            raise RefusedError(f"smtp_{code}")

    def _cannot(self, what: str, do: str) -> DeliveryError:
        return DeliveryError(what, where=f"channels.{self._name}", do=do)


def compose(parcel: Message, settings: SmtpChannel) -> EmailMessage:
    """The e-mail of a letter. Its subject is that of the channel; raises `RefusedError` for an address that is none."""
    message = EmailMessage()
    sender_domain = settings.sender.rpartition("@")[2]
    if not parcel.to.isascii():
        raise RefusedError("address_beyond_ascii")
    try:
        message["To"] = Address(addr_spec=parcel.to)
    except (ValueError, IndexError, MessageError):
        raise RefusedError("no_address") from None
    message["From"] = Address(settings.sender_name, addr_spec=settings.sender)
    if settings.reply_to:
        message["Reply-To"] = settings.reply_to
    message["Subject"] = settings.subject.get(parcel.language) or next(iter(settings.subject.values()))
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = f"<{hashlib.sha256(parcel.id.encode()).hexdigest()[:32]}@{sender_domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(parcel.text)
    if settings.attach_pdf and parcel.pdf is not None:
        message.add_attachment(parcel.pdf(), maintype="application", subtype="pdf", filename="letter.pdf")
    message["Content-Language"] = parcel.language
    return message


def _word(error: Exception) -> str:
    """The kind of a failure; never the server's own words, which may repeat an address."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"smtp_{error.smtp_code}"
    if isinstance(error, socket.gaierror):
        return "unknown_host"
    return type(error).__name__.lower()
