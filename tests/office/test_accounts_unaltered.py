"""Accounts are what the audit log says they became: whoever gives themselves a role past the office is found."""

from __future__ import annotations

import datetime as dt

import pytest

from office.conftest import PASSWORD, just_logged_in


@pytest.fixture
def look(db):
    """Holds the accounts against the log: which are not as it says, as (whose, kind, parts), and how many are of before."""
    from django.db import connection

    from helder.audit import rows
    from helder.office.accounts import altered_accounts
    from helder.office.logged import Logged
    from helder.office.models import User

    def now(lines=None, later=list, without=()):
        logged = Logged()
        with connection.cursor() as cursor:
            for row in list(rows(cursor))[:lines]:
                logged.take(_as_before(row) if row[3] in without else row)
        names = {f"n{pk}": name for pk, name in User.objects.values_list("pk", "username")}
        _, before, found = altered_accounts(logged, later)
        return [(names.get(one.entry, "?"), one.kind, one.parts) for one in found], before

    return now


BEFORE = ("roles", "party", "by", "kind", "scopes")


def _as_before(row):
    """A line as Helder wrote it before lines proved what opens an account."""
    import json

    kept = {name: value for name, value in json.loads(row[6]).items() if name in BEFORE}
    return (*row[:6], json.dumps(kept), *row[7:])


@pytest.fixture
def joins(db):
    """Makes accounts as the office does: by a link."""
    from helder.office.invitations import invite, use

    def make(username, *roles, by=None, party=""):
        return use(invite(list(roles), by, party), username, username.title(), PASSWORD)

    return make


@pytest.fixture
def team(joins):
    """Ada and Eve, made with the key; Bo, invited by Ada, confirmed by Eve, with ways to log in and a token; Cor of a supplier; Dan, whose
    log-in Ada set anew."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from allauth.socialaccount.models import SocialAccount

    from helder.office import resets, tokens
    from helder.office.four_eyes import confirm_account

    ada, eve = joins("ada", "coordinator"), joins("eve", "coordinator", "privacy_officer")
    bo, cor = joins("bo", "communication", by=ada), joins("cor", "supplier", by=ada, party="lab")
    dan, gone = joins("dan", "approver", by=eve), joins("gone", "desk", by=ada)
    assert confirm_account(bo.pk, eve)
    TOTP.activate(bo, generate_totp_secret())
    RecoveryCodes.activate(bo)
    SocialAccount.objects.create(user=bo, provider="organisation", uid="1")
    tokens.make(bo, "script", ["timeline:read"])
    assert resets.come_back(resets.offer(dan, ada), "another horse battery staple")
    from helder.office.colleagues import end_account

    assert end_account(gone.pk, ada)
    return {one.username: one for one in (ada, eve, bo, cor, dan, gone)}


def test_all_that_the_office_does_to_accounts_is_right(team, look, client):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    from helder.office import tokens
    from helder.office.four_eyes import confirm_account
    from helder.office.loading import loader
    from helder.office.resets import come_back, offer

    assert look() == ([], 0)
    codes = RecoveryCodes(Authenticator.objects.get(user=team["bo"], type="recovery_codes"))
    assert codes.validate_code(codes.get_unused_codes()[0])
    tokens.end(team["bo"])
    Authenticator.objects.get(type="totp").delete()
    loader("public sources")
    assert confirm_account(team["dan"].pk, team["eve"])
    assert come_back(offer(team["bo"], team["eve"]), PASSWORD)
    assert come_back(offer(team["ada"], None), PASSWORD)
    just_logged_in(client, team["cor"])
    new = "a third horse battery staple"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    client.post("/language/en/")
    assert look() == ([], 0)


@pytest.mark.parametrize(
    ("who", "change", "parts"),
    [
        ("bo", {"roles": ["communication", "coordinator"]}, ("roles",)),
        ("bo", {"roles": []}, ("roles",)),
        ("bo", {"roles": None}, ("roles",)),
        ("bo", {"roles": "coordinator"}, ("roles",)),
        ("gone", {"is_active": True}, ("active",)),
        ("bo", {"is_active": False}, ("active",)),
        ("cor", {"party": "print"}, ("party",)),
        ("cor", {"party": "", "roles": ["coordinator"]}, ("roles", "party")),
        ("bo", {"invited_by": None}, ("invited_by",)),
        ("bo", {"confirmed_by": None}, ("confirmed_by",)),
        ("cor", {"confirmed_by": "eve"}, ("confirmed_by",)),
        ("dan", {"reset_by": None}, ("reset_by",)),
        ("bo", {"name": "Somebody Else"}, ("name",)),
        ("bo", {"password": "argon2$another"}, ("password",)),
    ],
)
def test_an_account_that_was_changed_past_the_office_is_named_with_what_changed(team, look, who, change, parts):
    from django.db import IntegrityError, transaction

    accounts = type(team[who]).objects
    values = {name: team.get(value, value) if name.endswith("_by") else value for name, value in change.items()}
    try:
        with transaction.atomic():
            accounts.filter(pk=team[who].pk).update(**values)
    except IntegrityError:
        pytest.skip("the database keeps such a value out")
    assert look() == ([(who, "changed", parts)], 0)


def test_accounts_that_were_added_renamed_or_deleted_past_the_office_are_named(team, look):
    users = type(team["bo"]).objects
    users.create_user("mole", "Mole", ["auditor"], PASSWORD)
    assert look()[0] == [("mole", "extra", ())]
    users.filter(username="mole").update(
        username="loader-mole"
    )  # an account that only signs what is loaded gives nothing
    assert look()[0] == [("loader-mole", "extra", ())]
    users.filter(username="loader-mole").delete()
    users.filter(pk=team["cor"].pk).update(username="corrie")
    assert sorted(kind for _, kind, _ in look()[0]) == ["extra", "missing"]
    users.filter(pk=team["cor"].pk).delete()
    assert look()[0] == [("?", "missing", ())]


def test_a_link_that_was_changed_or_made_past_the_office_gives_nothing_unseen(team, joins, look):
    from helder.office.invitations import invite, make, use
    from helder.office.models import Invitation
    from helder.office.resets import come_back

    token = invite(["desk"], team["ada"])
    Invitation.objects.filter(used=None).update(roles=["coordinator"])
    use(token, "raised", "Raised", PASSWORD)
    assert look()[0] == [("raised", "changed", ("roles",))]
    forged, _ = make(None, roles=["coordinator"])
    use(forged, "forged", "Forged", PASSWORD)
    opener, _ = make(None, account=team["eve"])
    come_back(opener, PASSWORD)
    assert sorted(look()[0]) == [
        ("eve", "changed", ("resets", "password")), ("forged", "extra", ()), ("raised", "changed", ("roles",)),
    ]  # fmt: skip


def test_a_link_that_was_put_in_the_place_of_one_that_was_given_opens_nothing_unseen(team, look):
    from helder.office.invitations import invite, use
    from helder.office.models import Invitation
    from helder.office.resets import come_back, offer

    invite(["coordinator"], team["ada"])
    offer(team["eve"], None)
    Invitation.objects.filter(used=None, account=None).update(token_hash=Invitation.hash_of("my own link"))
    Invitation.objects.filter(used=None, account=team["eve"]).update(token_hash=Invitation.hash_of("another"))
    assert use("my own link", "mole", "Mole", PASSWORD)
    assert come_back("another", PASSWORD)
    assert sorted(look()[0]) == [("eve", "changed", ("resets", "password")), ("mole", "extra", ())]


def test_what_opens_an_account_is_proved_too(team, look):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from allauth.socialaccount.models import SocialAccount

    from helder.office.models import Invitation, Token

    mine, theirs = Authenticator.objects.filter(user=team["bo"], type="totp"), Token.objects.filter(user=team["bo"])
    was = mine.get().data
    mine.update(data={"secret": TOTP.activate(team["eve"], generate_totp_secret()).instance.data["secret"]})
    assert look()[0] == [("bo", "changed", ("ways",))]
    mine.update(data=was)
    SocialAccount.objects.update(uid="2")
    assert look()[0] == [("bo", "changed", ("ways",))]
    SocialAccount.objects.update(uid="1")
    Authenticator.objects.bulk_create([Authenticator(user=team["ada"], type="totp", data={"secret": "s"})])
    assert look()[0] == [("ada", "changed", ("ways",))]
    Authenticator.objects.filter(user=team["ada"]).update(user=team["bo"], type="webauthn")
    assert look()[0] == [("bo", "changed", ("ways",))]
    Authenticator.objects.filter(type="webauthn")._raw_delete("default")
    for change in (
        {"scopes": ["timeline:read", "scans:decide"]},
        {"until": dt.datetime(2099, 1, 1, tzinfo=dt.UTC)},
        {"token_hash": "0"},
    ):
        before = theirs.values(*change).get()
        theirs.update(**change)
        assert look()[0] == [("bo", "changed", ("tokens",))]
        theirs.update(**before)
    Invitation.objects.filter(account=team["dan"]).update(answered=None)
    assert look()[0] == [("dan", "changed", ("resets",))]


def test_a_role_is_not_made_right_by_what_the_office_does_later(team, look):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    type(team["cor"]).objects.filter(pk=team["cor"].pk).update(roles=["coordinator"], party="")
    team["cor"].refresh_from_db()
    TOTP.activate(team["cor"], generate_totp_secret())
    assert look()[0] == [("cor", "changed", ("roles", "party"))]


def test_an_office_of_before_is_told_as_such_and_its_roles_are_held_against_its_lines(team, look):
    lines = ("user.invited", "user.joined", "user.reset_offered", "user.reset", "account.way_added", "token.made")
    assert look(without=lines) == ([], 6)
    type(team["bo"]).objects.filter(pk=team["bo"].pk).update(roles=["coordinator"])
    assert look(without=lines) == ([("bo", "changed", ("roles",))], 6)


def test_a_password_that_is_only_hashed_anew_is_no_alarm(team, look):
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost += 1
    try:
        assert team["eve"].check_password(PASSWORD)
    finally:
        Argon2PasswordHasher.time_cost -= 1
    assert look() == ([], 0)


def test_what_the_office_does_meanwhile_is_no_alarm(team, look):
    from django.db import connection

    from helder.audit import rows
    from helder.office.colleagues import end_account

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_line")
        lines = cursor.fetchone()[0]

    def later():
        end_account(team["cor"].pk, team["ada"])  # after the accounts were looked at
        with connection.cursor() as cursor:
            return list(rows(cursor, after=lines))

    end_account(team["bo"].pk, team["ada"])
    assert look(lines=lines)[0] == [("bo", "changed", ("active",))]
    assert look(lines=lines, later=later)[0] == []


def test_every_field_of_an_account_is_held_against_the_log_or_gives_nothing(office):
    from helder.office.models import User
    from helder.office.rights import PARTS

    held = {"username", "is_active"} | PARTS.keys() - {"active", "resets", "ways", "tokens"}
    free = {"id", "last_login", "email", "language", "created", "confirmed_at"}
    assert {field.name for field in User._meta.concrete_fields} == held | free


def test_lines_hold_nobodys_name_nor_what_opens_an_account(team):
    from allauth.mfa.models import Authenticator
    from django.db import connection

    from helder.office.models import Token

    with connection.cursor() as cursor:
        cursor.execute("SELECT details FROM audit_line")
        said = "\n".join(row[0] for row in cursor.fetchall())
    opens = [team["bo"].password, Authenticator.objects.get(type="totp").data["secret"], Token.objects.get().token_hash]
    assert not [one for one in (*opens, "Ada", "Bo", "Dan") if one in said]
