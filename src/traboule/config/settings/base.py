"""Settings that every place shares. Nothing here is secret and nothing here is lax."""

from typing import Any

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from traboule.config.env import PACKAGE, database, env, state_folder
from traboule.core.languages import MORE_LANG_INFO
from traboule.core.logs import configure_logging

SECRET_KEY: str = env.str("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Before allauth, whose templates it replaces.
    "traboule.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "phonenumber_field",
    "slippers",
    "traboule.core",
    "traboule.apps.branches",
    "traboule.apps.people",
    "traboule.apps.access",
    "traboule.apps.privacy",
    "traboule.apps.steps",
    "traboule.apps.messages",
    "traboule.apps.partners",
    "traboule.apps.applications",
    "traboule.apps.training",
    "traboule.apps.duos",
    "traboule.apps.pairing",
    "traboule.apps.support",
    "traboule.apps.expenses",
    "traboule.apps.endings",
    "traboule.apps.outcomes",
    "traboule.apps.followups",
    "traboule.apps.evaluations",
    "traboule.apps.indicators",
    "traboule.apps.reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # The matching table is 109 kB of HTML, 11 kB packed; Django pads its answers against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "traboule.core.middleware.NothingStoredMiddleware",
    "traboule.apps.people.middleware.IdleSessionMiddleware",
    "traboule.apps.people.middleware.OwnLanguageMiddleware",
    "traboule.apps.people.middleware.StaffSecondFactorMiddleware",
    "traboule.core.reading.ReadingOnlyMiddleware",
]

ROOT_URLCONF = "traboule.config.urls"
WSGI_APPLICATION = "traboule.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["slippers.templatetags.slippers"],
        },
    }
]

DATABASES = {"default": database()}
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://traboule")}

# Language and time. English is the language of the message ids, French the language of the house: what a
# language does not say yet is said in French. Staff pages offer three of them (core.languages.STAFF).
LANGUAGE_CODE = "fr"
LANG_INFO.update(MORE_LANG_INFO)
LANGUAGES = [
    ("fr", _("French")),
    ("en", _("English")),
    ("nl", _("Dutch")),
    ("ar", _("Arabic")),
    ("fa-af", _("Dari")),
    ("uk", _("Ukrainian")),
    ("ti", _("Tigrinya")),
    ("es", _("Spanish")),
]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = state_folder() / "static"
STATICFILES_DIRS = [folder for folder in [PACKAGE / "static"] if folder.is_dir()]
MEDIA_ROOT = state_folder() / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_PERMISSIONS = 0o600

# Who may come in. There are no passwords: a code by e-mail, then a passkey or TOTP for staff.
AUTH_USER_MODEL = "people.Login"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "traboule.apps.people.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Counted by address only: a limit by e-mail lets a stranger lock its owner out. Ours: core.limits.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip", "login_failed": "10/m/ip"}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# The code that opened the session came by e-mail, so the address is proven.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Traboule"
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
TRABOULE_STAFF_IDLE_SECONDS = env.int("TRABOULE_STAFF_IDLE_SECONDS", default=30 * 60)
TRABOULE_STAFF_SECOND_FACTOR = True
TRABOULE_DEMO = False
# Large reads are kept per process as long as nothing was written in the branch (core/remember.py).
TRABOULE_REMEMBER = True
# Who asks is the last address that the proxy adds; without a proxy that header is anybody's invention.
TRABOULE_BEHIND_PROXY = env.bool("TRABOULE_BEHIND_PROXY", default=False)
ALLAUTH_TRUSTED_PROXY_COUNT = int(TRABOULE_BEHIND_PROXY)
# Where people reach this installation; links in messages begin with it.
TRABOULE_ADDRESS = env.str("TRABOULE_ADDRESS", default="http://localhost:8000")

# Headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The attendance page opens without signal through a script of its own that governs this page alone.
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
} | {"publickey-credentials-get": ["self"], "publickey-credentials-create": ["self"]}

# Mail: SMTP by EMAIL_URL (smtp+tls://user:password@host:587). Pages never wait more than ten seconds for it.
globals().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Traboule <traboule@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
TRABOULE_DEV_MAILBOX: str | None = None

# Where a mail program may send an unsubscription instead of a click; its mails reach us at /hooks/mail/.
TRABOULE_STOP_MAIL = env.str("TRABOULE_STOP_MAIL", default="")

# SMS: "http" posts to the address of a provider or of a gateway before it, "twilio" speaks to Twilio; without
# a word nobody gets any.
TRABOULE_SMS_PROVIDER = env.str("TRABOULE_SMS_PROVIDER", default="")
TRABOULE_SMS_ADDRESS = env.str("TRABOULE_SMS_ADDRESS", default="")
TRABOULE_SMS_ACCOUNT = env.str("TRABOULE_SMS_ACCOUNT", default="")
TRABOULE_SMS_KEY = env.str("TRABOULE_SMS_KEY", default="")
TRABOULE_SMS_SENDER = env.str("TRABOULE_SMS_SENDER", default="Traboule")
# Signs what providers tell us (STOP, arrived, came back); without it their doors are closed.
TRABOULE_HOOK_SECRET = env.str("TRABOULE_HOOK_SECRET", default="")

# The audit log refuses DELETE by trigger too; only tests, which empty tables between cases, turn this off.
TRABOULE_AUDIT_DELETE_GUARD = True

LOGGING_CONFIG = None
TRABOULE_LOG_FORMAT = env.str("TRABOULE_LOG_FORMAT", default="console")
configure_logging(style=TRABOULE_LOG_FORMAT, level=env.str("TRABOULE_LOG_LEVEL", default="INFO"))
