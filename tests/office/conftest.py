"""A case office for tests: Django set up once with a case of its own, every test in a transaction that is undone."""

from __future__ import annotations

import os

import pytest

from office.checked import checked, checked_once  # noqa: F401 (fixtures)
from office.evidence import case, computed, number  # noqa: F401 (fixtures)
from office.served import filled, served  # noqa: F401 (fixtures)
from pipeline import small_case

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """Django, set up for a small case; on SQLite, or on the PostgreSQL that DATABASE_URL names."""
    folder = small_case.write(tmp_path_factory.mktemp("office") / "case")
    os.environ.update(HELDER_CASE=str(folder), HELDER_KEY="0f" * 32, DJANGO_SETTINGS_MODULE="helder.web.settings")
    os.environ.pop("HELDER_KEY_FILE", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    _hash_quickly()
    return folder


def _hash_quickly():
    """Argon2 still, but as little work as it allows: a test makes users by the hundred, and guards none of them."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1


@pytest.fixture
def db(office):
    """The database, as it was before the test when the test is over."""
    from django.core.cache import cache
    from django.db import transaction

    # Limits on guessing are counted in the cache, which no transaction undoes: tries of other tests are forgotten.
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def user(db):
    """Makes users: `user("desk")` is somebody with that role, `user("supplier", party="lab")` somebody of that party."""
    from helder.office.models import User

    def make(*roles, username=None, party=""):
        name = username or f"somebody-{'-'.join(roles) or 'none'}"
        made = User.objects.create_user(name, name.title(), list(roles), PASSWORD)
        if party:
            User.objects.filter(pk=made.pk).update(party=party)
            made.refresh_from_db()
        return made

    return make


@pytest.fixture
def client(db, settings_changed):
    """Django's client; a second factor is not asked for unless a test says so."""
    from django.test import Client

    settings_changed(HELDER_SECOND_FACTOR=False)
    return Client(SERVER_NAME="localhost")


def just_logged_in(client, somebody):
    """As a log-in a moment ago leaves the session; `force_login` alone leaves one that proved nothing lately."""
    from types import SimpleNamespace

    from allauth.account.internal.flows.login import record_authentication

    client.force_login(somebody)
    session = client.session
    record_authentication(SimpleNamespace(session=session), somebody, "password")
    session.save()


@pytest.fixture
def settings_changed(office):
    """Changes settings until the test is over."""
    from django.test import override_settings

    changes = []

    def change(**values):
        changes.append(override_settings(**values))
        changes[-1].enable()

    yield change
    for one in reversed(changes):
        one.disable()


@pytest.fixture
def lines(db):
    """Audit lines written so far, as (actor, action, subject)."""
    from django.db import connection

    def read():
        with connection.cursor() as cursor:
            cursor.execute("SELECT actor, action, subject FROM audit_line ORDER BY seq")
            return cursor.fetchall()

    return read
