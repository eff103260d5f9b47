"""One settings file, read from the environment (and from .env beside manage.py).

Safe by default: DEBUG is off, HTTPS is on, SECRET_KEY must be set. See docs/deploying.md.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is unset: run script/setup, which writes one into .env, or set it in the environment.")

SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
DEBUG = env.bool("DEBUG", False)
HTTPS = env.bool("HTTPS", True)  # off only on one's own machine: script/server and the tests say so
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
# As others reach the site. Those whose pages the link checker asks for find us here.
SITE_ADDRESS = env.str("SITE_ADDRESS", f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0] if ALLOWED_HOSTS else 'localhost'}").rstrip("/")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "django_filters",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks_db",
    "conditions",
    "resources",
    "resources.people",
]

MIDDLEWARE = [
    "caregiver_finder.middleware.only_text_codecs",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "resources.people.middleware.WorkMiddleware",
]

ROOT_URLCONF = "caregiver_finder.urls"
WSGI_APPLICATION = "caregiver_finder.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
CRISPY_TEMPLATE_PACK = "caregiver"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("caregiver",)

DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a writer waits its turn instead of failing half-way. Reopening a file costs 1 ms, so connections are kept.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # the pool keeps them
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = True  # beside what the URL says, sslmode above all
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
AUTHENTICATION_BACKENDS = ["resources.people.backend.RoleBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "work"
SESSION_COOKIE_AGE = 12 * 3600  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Accounts: by invitation, with a second step at sign-in (docs/adr/0020).
SECOND_FACTOR = env.bool("SECOND_FACTOR", True)
if HTTPS and not SECOND_FACTOR:
    raise ImproperlyConfigured("SECOND_FACTOR=off is for one's own machine alone, with HTTPS=off: leave it unset in production.")
ACCOUNT_ADAPTER = "resources.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; allauth wants the two to agree
ACCOUNT_EMAIL_VERIFICATION = "none"  # there is no mail server
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {"report": "10/h/ip", "suggest": "10/h/ip", "verify": "20/h/ip", "ask_links": "30/10m/user"}  # beside allauth's own
ACCOUNT_FORMS = {
    "login": "resources.people.forms.SignInForm",
    "reauthenticate": "resources.people.forms.ConfirmForm",
    "change_password": "resources.people.forms.ChangePasswordForm",
}
MFA_ADAPTER = "resources.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Caregiver Finder"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_FORMS = {
    "authenticate": "resources.people.forms.CodeForm",
    "reauthenticate": "resources.people.forms.ConfirmCodeForm",
    "authenticate_webauthn": "resources.people.forms.PasskeyForm",
    "activate_totp": "resources.people.forms.ActivateForm",
    "add_webauthn": "resources.people.forms.AddPasskeyForm",
}

# Shared by every process: it counts tries at sign-in, reports from readers and codes already used.
CACHES = {"default": {"BACKEND": "caregiver_finder.cache.ForgetfulCache", "LOCATION": "cache", "OPTIONS": {"MAX_ENTRIES": 100_000}}}

LANGUAGE_CODE = "en-us"
TIME_ZONE = "America/New_York"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# The manifest raises where collectstatic has not run, so development and tests serve the plain files.
HASHED_STATIC = env.bool("HASHED_STATIC", not DEBUG)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # the editor sends a row of fields for each place, phone and source; some bodies have hundreds

# Headers: nothing leaves the site (requirements P1, P2).
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)  # a proxy of ours sets X-Forwarded-Proto and X-Forwarded-For
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "payment", "usb")
}

# Links are asked in the background where a worker runs, `manage.py db_worker` (docs/adr/0017). Off: `check_links` asks them itself.
LINK_WORKER = env.bool("LINK_WORKER", False)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# `(number, port)` of servers that the link checker's tests start on this machine. Anywhere else only public addresses are asked.
LINKS_TEST_SERVERS: list[tuple[str, int]] = []

# No address or query is written down (requirement P3): errors go to standard error, requests are not logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_address": {"()": "caregiver_finder.logs.WithoutAddress"}},
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        name: {"filters": ["without_address"]} for name in ("django.request", "django.security.csrf", "django.security.DisallowedHost")
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
