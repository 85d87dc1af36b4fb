"""`[channels.<id>]`: how letters leave. Secrets are never here but in the environment (`delivery.secrets`)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from helder.case.part import Part, Texts

Carries = Literal["post", "email", "sms"]


class _Channel(Part):
    """What every channel has."""

    carries: Carries = Field(description="which letters it takes: the `channel` of the letters of a round")
    at_once: int = Field(default=4, ge=1, le=16, description="how many are sent at the same time")
    attempts: int = Field(default=5, ge=1, le=20, description="how often one is tried before the run goes on")
    pause: float = Field(default=1.0, gt=0, le=60, description="seconds before the second attempt; doubles after")


class SftpChannel(_Channel):
    """`kind = "sftp"`: a print house. It gets the print files, `files.csv` and `manifest.csv`."""

    kind: Literal["sftp"]
    carries: Carries = "post"
    host: str
    port: int = Field(default=22, ge=1, le=65535)
    user: str
    host_key: str = Field(
        pattern=r"^(ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/=]+$",
        description="the server's public key, as in its .pub file, told to you by the print house",
    )
    folder: str = Field(default=".", description="where the files go, in the print house's own folder")
    receipt: str = Field(default="receipt.csv", description="name of the receipt that the print house writes there")
    receipt_wait: float = Field(default=0, ge=0, le=3600, description="seconds to wait for it at the end")
    at_once: int = Field(default=2, ge=1, le=8, description="how many are sent at the same time")


class FolderChannel(_Channel):
    """`kind = "folder"`: opened print files are written into a folder, for whoever takes them from there."""

    kind: Literal["folder"]
    carries: Carries = "post"
    path: str = Field(description="an existing folder outside the case, on encrypted storage")
    at_once: int = Field(default=2, ge=1, le=8, description="how many are sent at the same time")


class NotifyChannel(_Channel):
    """`kind = "notify"`: GOV.UK Notify or NotifyNL; letters as precompiled PDF, e-mail and text by a template there."""

    kind: Literal["notify"]
    base_url: str = Field(default="https://api.notifications.service.gov.uk", pattern=r"^https?://")
    template: str | None = Field(default=None, description="id of the template, for email and sms")
    postage: Literal["first", "second", "economy", "europe", "rest-of-world"] | None = None
    per_day: int = Field(default=20_000, ge=1, description="the service's daily limit for these messages, by UTC day")
    found_after: float | None = Field(
        default=None,
        ge=0,
        le=3600,
        description="seconds after which a message that the service took is surely found there: until then one whose answer "
        "was lost is not sent again; by itself 300, and 0 for a service on this computer",
    )
    kept_days: int = Field(default=7, ge=1, le=90, description="how long the service keeps messages findable")


class SmtpChannel(_Channel):
    """`kind = "smtp"`: an own mail server. The subject says nothing about health: the same for everybody."""

    kind: Literal["smtp"]
    carries: Carries = "email"
    host: str
    port: int = Field(default=587, ge=1, le=65535)
    user: str | None = None
    sender: str = Field(pattern=r"^[^\s@<>]+@[^\s@<>]+$", description="the address that e-mails come from")
    sender_name: str = ""
    reply_to: str | None = Field(default=None, pattern=r"^[^\s@<>]+@[^\s@<>]+$")
    subject: Texts = Field(description="one per language; names no data item and nothing about health")
    attach_pdf: bool = Field(default=False, description="whether the letter goes along as PDF")
    tls: Literal["starttls", "tls"] = Field(default="starttls", description="never without encryption")
    ca_file: str | None = Field(default=None, description="certificates to trust instead of the system's")


Channel = Annotated[SftpChannel | FolderChannel | NotifyChannel | SmtpChannel, Field(discriminator="kind")]
