"""Users, invitations and approvals, and the entry that every register's table is made of."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from helder.office.roles import may, own_only
from helder.office.words import later, say

YEARS = range(1900, 2200)
"""The years of which an entry may tell. Terms, weeks and time zones are reckoned a little further, and calendars end at 9999."""


class Users(BaseUserManager["User"]):
    """Makes users. There is no superuser: what someone may do, their roles say."""

    def create_user(self, username: str, name: str, roles: list[str], password: str | None = None) -> User:
        """A new user; without a password nobody can log in as them."""
        user = self.model(username=username.strip().lower(), name=name.strip(), roles=sorted(roles))
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody of the crisis team."""

    username = models.SlugField(later("gebruikersnaam", "user name"), max_length=60, unique=True)
    name = models.CharField(later("naam", "name"), max_length=120)
    email = models.EmailField(later("e-mailadres", "e-mail address"), blank=True)
    roles = models.JSONField(later("rollen", "roles"), default=list, blank=True)
    party = models.SlugField(later("partij", "party"), max_length=40, blank=True)
    language = models.CharField(
        later("taal", "language"), max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl"
    )
    is_active = models.BooleanField(later("actief", "active"), default=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    invited_by = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    """Empty: made with the case's key."""
    confirmed_by = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    """Who said that somebody else than the inviter works with this account (`office.four_eyes`)."""
    confirmed_at = models.DateTimeField(null=True, editable=False)
    reset_by = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    """Whose link last set the log-in anew (`office.resets`), but for those of the case's key; empty: nobody's."""

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def may(self, register: str, verb: str) -> bool:
        """Whether this user may do this. Somebody who is not active may do nothing."""
        return self.is_active and may(self.roles, register, verb, self.party)

    @property
    def own_only(self) -> bool:
        """Whether this user works for one party, and sees only what concerns it (`office.rows`)."""
        return own_only(self.roles)


class Secret(models.Model):
    """Something known by a random text that is shown once: only the hash of it is kept."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    class Meta:
        abstract = True

    @staticmethod
    def hash_of(token: str) -> str:
        """What is kept of a token. It is random, so a plain hash is enough."""
        return hashlib.sha256(token.encode()).hexdigest()


class Invitation(Secret):
    """A link by which a colleague makes their account, or sets the log-in of `account` anew: once, and for a short time."""

    roles = models.JSONField(default=list)
    party = models.SlugField(max_length=40, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    used = models.DateTimeField(null=True, blank=True)
    account = models.ForeignKey(User, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    answered = models.ForeignKey(User, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    """Who answered for `account` until the link was used (`office.four_eyes`)."""


class Token(Secret):
    """What a program shows to use the API as a user, within its scopes ("timeline:read")."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(later("waarvoor", "what for"), max_length=80)
    scopes = models.JSONField(default=list)


@dataclass(frozen=True)
class Naming:
    """A `field` that names entries of a `register` by their short names; `back` is what such an entry says of what names it."""

    field: str
    register: str
    back: tuple[str, str]


class Entry(models.Model):
    """One version of one entry of a register. A correction is a new version; nothing is ever written over.

    `withdrawn` is a version too: an entry that should not have been made keeps its history.
    """

    entry = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    current = models.BooleanField(default=True, editable=False)
    withdrawn = models.BooleanField(default=False, editable=False)
    author = models.ForeignKey(User, null=True, on_delete=models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    why = models.CharField(later("reden van de wijziging", "reason for the change"), max_length=400, blank=True)

    whose: ClassVar[str | None]
    """The field with the party whom an entry concerns, whose people may see it; None: nobody but the team does.

    Every register decides: there is no default, so that one that forgot shows nothing and fails the tests.
    """

    names_others: ClassVar[Naming | None] = None
    """The field that names entries of a register, if it has one (`office.naming`)."""

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "version"], name="%(class)s_version_once"),
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(current=True), name="%(class)s_one_current_version"
            ),
        ]

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Each field by itself; a day or moment lies in `YEARS`. Forms, API and files all come past here."""
        problems = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            problems = error.error_dict
        for field in self.fields():
            value = getattr(self, field.attname)
            if isinstance(value, dt.date) and value.year not in YEARS and field.name not in (exclude or ()):
                words = say("Het jaar ligt van {} tot en met {}.", "The year lies from {} through {}.")
                problems[field.name] = [ValidationError(words.format(YEARS[0], YEARS[-1]))]
        if problems:
            raise ValidationError(problems)

    def content(self) -> dict[str, Any]:
        """What people filled in, by field name, as JSON can hold it."""
        return self._values(self.fields())

    def row(self) -> dict[str, Any]:
        """What goes out: what people filled in, and with it what was taken (`taken`), as JSON can hold it."""
        return self._values([*self.fields(), *self.taken()])

    def _values(self, fields: Iterable[models.Field[Any, Any]]) -> dict[str, Any]:
        found = {}
        for field in fields:
            value = getattr(self, field.attname)
            if isinstance(value, dt.datetime):
                value = value.astimezone(dt.UTC)  # as the database gives it back
            found[field.name] = value if value is None or isinstance(value, bool | int | list) else str(value)
        return found

    @classmethod
    def taken(cls) -> list[models.Field[Any, Any]]:
        """Fields that nobody fills in, shown with those that people do."""
        return []

    def explained(self) -> list[tuple[str, str]]:
        """What the page of an entry says beside what people filled in: (what, words)."""
        return []

    def whole(self) -> dict[str, Any]:
        """What the log's hash proves: what people filled in, and what a register adds of its own."""
        return self.content()

    @classmethod
    def fields(cls) -> list[models.Field[Any, Any]]:
        """The fields that people fill in: those of the register, not those of the version."""
        return [field for field in cls._meta.concrete_fields if field.editable and field.name not in ("id", "why")]


class Hook(models.Model):
    """A web address that is told what happens in the office. Its secret is derived from the case's key, not kept."""

    name = models.CharField(later("van wie", "whose"), max_length=80)
    url = models.URLField(later("adres", "address"), max_length=300)
    topics = models.JSONField(default=list)
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    paused = models.BooleanField(default=False)
    ended = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made = models.DateTimeField(default=timezone.now)


class Notice(models.Model):
    """One message to one hook: kept until it was taken or given up, and then for a while, to be looked at."""

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="notices")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.CharField(max_length=80)
    body = models.TextField()
    made = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(null=True, blank=True, db_index=True)
    """When it is tried next; empty: taken, or given up."""
    taken = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=60, blank=True)
    """What the last try met: a status such as "503", or a kind of failure."""


class Approval(models.Model):
    """Somebody's approval of a content, named by its hash: it falls when the content changes."""

    register = models.SlugField(max_length=40)
    subject = models.CharField(max_length=80)
    content_hash = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["register", "subject", "content_hash", "by"], name="approval_once_each")
        ]
