"""Django's settings for a process that serves: what no command needs, and would wait for."""

from csp.constants import NONE, SELF

from regulars.site.databases import POOLED_SQLITE, SQLITE
from regulars.site.environment import is_demo, proxies, served_hosts
from regulars.site.locations import HERE
from regulars.site.settings import *  # noqa: F403 - the very settings, and some more
from regulars.site.settings import DATABASES
from regulars.site.settings import INSTALLED_APPS as COMMON_APPS
from regulars.site.settings import MIDDLEWARE as COMMON_MIDDLEWARE

INSTALLED_APPS = [
    "regulars.faces.shared",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "lucide",
    "ninja",
    "template_partials",
    *COMMON_APPS,
]
MIDDLEWARE = [
    *COMMON_MIDDLEWARE,
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "regulars.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # A page's template stands beside its view; those that packages ask for by a name of
        # theirs, of signing in and of errors, have folders of their own.
        "DIRS": [
            HERE / "faces",
            HERE / "faces" / "shared" / "sign_in",
            HERE / "faces" / "shared" / "errors",
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            # Ours last: its blocktrans writes numbers as the language does.
            "builtins": ["django.templatetags.i18n", "regulars.faces.shared.templatetags.desk"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "regulars.faces.shared.fields.Renderer"

# -- what browsers may do --------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    # The API's documents bring a script of their own, from this server.
    "EXCLUDE_URL_PREFIXES": ["/api/v1/docs"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # the square code of a second factor
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# Who names hosts is reached from elsewhere, through a server that speaks HTTPS.
_is_public = bool(served_hosts())
CSRF_TRUSTED_ORIGINS = [f"https://{host.removeprefix('.')}" for host in served_hosts()]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _is_public
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "regulars_session", "regulars_csrf"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What these say of a client's address and scheme is believed, and nobody else's word.
PROXIES = proxies()

# -- signing in ------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"django.contrib.auth.password_validation.{name}",
        "OPTIONS": options,
    }
    for name, options in {
        "MinimumLengthValidator": {"min_length": 10},
        "CommonPasswordValidator": {},
        "UserAttributeSimilarityValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
# One click instead of a password; only ever for the invented staff of the invented company.
DEMO = is_demo()
LOGIN_URL = "/demo" if DEMO else "/account/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "regulars.faces.shared.signing_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation comes by mail, and that is the proof
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _is_public else "http"
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Regulars"
USERSESSIONS_TRACK_ACTIVITY = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Failed sign-ins are counted by all processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "records_cacheentry",
    }
}

# -- files -----------------------------------------------------------------------------------

# All that a page loads comes from this server, never from elsewhere, and out of the packages:
# there is no step that collects it.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# A session is kept for the requests to come: opening one costs more than most of them do.
if DATABASES["default"]["ENGINE"] == SQLITE:
    DATABASES["default"] |= {"ENGINE": POOLED_SQLITE, "CONN_MAX_AGE": 0}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
