"""Channels in case.toml: what may be said of them, and what is refused; secrets have no place there."""

from __future__ import annotations

import pytest

from helder.case import load_case
from helder.domain.errors import CaseError
from pipeline.small_case import CASE

HOUSE = """
[channels.house]
kind = "sftp"
host = "sftp.example"
user = "lab"
host_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGh0dHA="
"""
MAIL = """
[channels.mail]
kind = "smtp"
host = "mail.example"
sender = "post@lab.example"
subject = { nl = "Een bericht van het laboratorium", en = "A message from the laboratory" }
"""
NOTIFY = """
[channels.notify]
kind = "notify"
carries = "sms"
template = "f33517ff-2a88-4f6e-b855-c550268ce08a"
"""


def load(folder, toml):
    (folder / "case.toml").write_text(CASE + toml)
    return load_case(folder)


def test_a_case_can_have_a_channel_for_each_kind_of_letter(tmp_path):
    channels = load(tmp_path, HOUSE + MAIL + NOTIFY).file.channels
    assert {id: (one.kind, one.carries) for id, one in channels.items()} == {
        "house": ("sftp", "post"),
        "mail": ("smtp", "email"),
        "notify": ("notify", "sms"),
    }


@pytest.mark.parametrize(
    ("toml", "what"),
    [
        (HOUSE + '[channels.disk]\nkind = "folder"\npath = "/media/usb"\n', "take the same letters"),
        (HOUSE + 'carries = "email"\n', "takes print files only"),
        (MAIL + 'carries = "sms"\n', "takes e-mail only"),
        (NOTIFY.replace("template", "#"), "needs a template"),
        (NOTIFY.replace('"sms"', '"post"'), "needs a template"),
        (MAIL.replace("A message from the laboratory", "Your E-mail Address was stolen"), "names a data item"),
        (MAIL + 'password = "hunter2"\n', "Extra inputs"),
        (HOUSE.replace("ssh-ed25519 ", "sha256:"), "pattern"),
        (MAIL + 'tls = "none"\n', "starttls"),
    ],
)
def test_a_channel_that_cannot_be_right_is_refused(tmp_path, toml, what):
    with pytest.raises(CaseError) as caught:
        load(tmp_path, toml)
    assert what in caught.value.what
    assert "channels" in caught.value.where
    assert "hunter2" not in str(caught.value)
