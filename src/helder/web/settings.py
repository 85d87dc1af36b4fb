"""Django's settings: safe by default, and everything secret from the environment.

HELDER_CASE names the case folder; its office.db (SQLite) is the database unless DATABASE_URL names a PostgreSQL.
The signing secret comes from the case's key (HELDER_KEY_FILE or HELDER_KEY), so there is no second secret to keep.
"""

from __future__ import annotations

import os
import pkgutil
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import helder.registers
from helder.case import load_case
from helder.delivery.callbacks import receipts_token
from helder.engines.keys import load_keys
from helder.web.database import database
from helder.web.mail import mail_settings
from helder.web.organisation import organisation_log_in

HELDER_CASE = Path(os.environ["HELDER_CASE"])
HELDER_REGISTERS = [f"helder.registers.{found.name}" for found in pkgutil.iter_modules(helder.registers.__path__)]
_FILE = load_case(HELDER_CASE).file
HELDER_HEAD = _FILE.case
HELDER_PARTIES = {party.id: party.name for party in _FILE.parties}
HELDER_COUNTRY = HELDER_HEAD.country
HELDER_ZONE = ZoneInfo(os.environ.get("HELDER_ZONE", "Europe/Amsterdam"))
_KEYS = load_keys()

# On loopback the browser speaks plain HTTP; behind a name everything is HTTPS.
_HOST = os.environ.get("HELDER_HOST", "")
LOCAL = not _HOST
HELDER_HOST = _HOST
SECRET_KEY = _KEYS.derive("web signing").hex()
HELDER_KEYS = _KEYS
HELDER_SEAL = _KEYS.derive("web second factors")
DEBUG = False
ALLOWED_HOSTS = [_HOST] if _HOST else ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "helder.office",
    *HELDER_REGISTERS,
    "helder.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "helder.web.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "helder.web.middleware.language",
    "helder.web.middleware.names",
    "helder.web.middleware.problems",
    "helder.web.middleware.decided",
    "helder.web.middleware.second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "helder.web.urls"
WSGI_APPLICATION = "helder.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "helder.web.context.everywhere",
            ],
            "builtins": ["helder.web.templatetags.words"],
        },
    }
]
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), HELDER_CASE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

globals().update(mail_settings(os.environ.get("HELDER_SMTP", ""), os.environ.get("HELDER_MAIL_FROM", "")))

AUTH_USER_MODEL = "office.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "helder.web.login.Accounts"
SOCIALACCOUNT_ADAPTER = "helder.web.login.SocialAccounts"
MFA_ADAPTER = "helder.web.login.SecondFactors"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
# Who changes how they come in shows the password or second factor once more: a stolen session is not enough.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
# A program that asks more often with one token waits until the next minute.
HELDER_API_PER_MINUTE = 600
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "login_webauthn": "helder.web.passkeys.PasskeyForm",
    "add_webauthn": "helder.web.passkeys.AddKey",
    "edit_webauthn": "helder.web.passkeys.RenameKey",
}
MFA_TOTP_ISSUER = "Helder"
# A code is good for half a minute before and after its own: clocks differ, and people type (RFC 6238, section 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = organisation_log_in(os.environ)
# Everybody has a second factor, unless the environment says otherwise (for a try on one's own machine).
HELDER_SECOND_FACTOR = os.environ.get("HELDER_SECOND_FACTOR", "required") == "required"

# Notify posts delivery receipts with this token; without one that address is closed.
HELDER_RECEIPTS_TOKEN = receipts_token(os.environ)

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
USE_I18N = True
LOCALE_PATHS = [Path(__file__).parent / "locale"]  # before what allauth says itself
FORMAT_MODULE_PATH = "helder.web.formats"
USE_TZ = True
TIME_ZONE = str(HELDER_ZONE)

STATIC_URL = "/static/"
STATIC_ROOT = None
STATICFILES_DIRS = [("helder/fonts", str(files("helder.letters") / "typeset" / "fonts"))]  # the letters' own
WHITENOISE_USE_FINDERS = True
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not LOCAL
SECURE_HSTS_SECONDS = 0 if LOCAL else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_PROXY_SSL_HEADER = None if LOCAL else ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [f"https://{_HOST}"] if _HOST else []
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# What broke is logged with the address it broke at, never with what people typed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR"}, "django.request": {"level": "ERROR"}},
}
