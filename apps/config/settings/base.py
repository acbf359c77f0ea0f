"""Settings. Everything that differs between machines is read from the environment (variables.py explains each)."""

from __future__ import annotations

import base64
import hashlib
import os
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from apps.config.settings.env import env, read, stored_secret
from apps.config.settings.variables import VARIABLES
from apps.config.state import ROOT, last_address, state_dir
from apps.core.logs import log_settings
from apps.core.static_files import NEVER_CHANGES

EMBEDDED = not (read("DATABASE_URL") or read("REDIS_URL"))
BASE_DIR = ROOT
DEBUG = read("DEBUG")
KNOWN_VARIABLES = frozenset(VARIABLES)
STATE_DIR = state_dir() if EMBEDDED or "QUADBOX_STATE" in os.environ else None
if EMBEDDED:
    # A command beside a running `make run` uses the address that this has; PORT and PUBLIC_URL set another.
    LAST = {} if read("PORT", "") or read("PUBLIC_URL", "") else last_address()
    LOCAL_URL = f"http://127.0.0.1:{read('PORT', '') or LAST.get('port', '8000')}"  # where this server reaches itself
    PUBLIC_URL = (read("PUBLIC_URL", "") or LAST.get("public_url") or LOCAL_URL).rstrip("/")
else:
    LOCAL_URL = ""
    PUBLIC_URL = read("PUBLIC_URL").rstrip("/")

# --- secrets -------------------------------------------------------------------------------------------------------
if EMBEDDED:
    SECRET_KEY = read("SECRET_KEY") or stored_secret("secret_key")
    ENCRYPTION_KEYS = read("ENCRYPTION_KEYS") or [
        base64.urlsafe_b64encode(hashlib.sha256(stored_secret("encryption_key").encode()).digest()).decode()
    ]
else:
    SECRET_KEY = env.str("SECRET_KEY")  # an error where it is missing
    ENCRYPTION_KEYS = env.list("ENCRYPTION_KEYS")

PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or ""
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
ALLOWED_HOSTS = read("ALLOWED_HOSTS", [*LOCAL_HOSTS, PUBLIC_HOST] if EMBEDDED else [])
CSRF_TRUSTED_ORIGINS = read("CSRF_TRUSTED_ORIGINS", [PUBLIC_URL])

# --- what is installed ---------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "csp",
    "axes",
    "rules",
    "auditlog",
    "channels",
    "apps.config",
    "apps.core",
    "apps.accounts",
    "apps.credentials",
    "apps.layouts",
    "apps.live",
    "apps.tasks",
    "apps.archive",
    "apps.callbacks",
    "apps.operations",
    "apps.demo",
]
MIDDLEWARE = [
    "apps.core.logs.Requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "apps.accounts.middleware.TeamMiddleware",
    "apps.live.middleware.LiveMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "apps.config.urls"
ASGI_APPLICATION = "apps.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.accounts.context.team",
                "apps.core.context.version",
            ]
        },
    }
]

# --- rows ----------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(read("DATABASE_URL", f"sqlite:///{STATE_DIR}/quadbox.sqlite3"))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE and WAL: many processes write without "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        "PRAGMA mmap_size=134217728;",
    }
    DATABASES["default"]["TEST"] = {"NAME": str((STATE_DIR or ROOT) / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: broker, channel layer, cache, leases ---------------------------------------------------------------------
REDIS_SOCKET = str(STATE_DIR / "redis.sock") if STATE_DIR else ""
REDIS_URL = read("REDIS_URL", f"unix://{REDIS_SOCKET}?db=0")
CELERY_BROKER_URL = read(
    "CELERY_BROKER_URL", f"redis+socket://{REDIS_SOCKET}?virtual_host=1" if EMBEDDED else REDIS_URL
)
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        # redis-py closes a quiet connection after 5 s unless told otherwise.
        "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None}]},
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(STATE_DIR / "celerybeat-schedule") if STATE_DIR else "/tmp/celerybeat-schedule"  # noqa: S108

# --- people --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False

# --- words and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("简体中文"))]
LOCALE_PATHS = [ROOT / "templates" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# --- files ---------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static" / "dist"] if (ROOT / "static" / "dist").is_dir() else []
STATIC_ROOT = read("STATIC_ROOT", str((STATE_DIR or ROOT / ".state") / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": f"apps.core.static_files.{'Embedded' if EMBEDDED else 'Production'}Storage"},
}
WHITENOISE_IMMUTABLE_FILE_TEST = NEVER_CHANGES
WHITENOISE_USE_FINDERS = EMBEDDED
WHITENOISE_AUTOREFRESH = EMBEDDED
MEDIA_ROOT = read("MEDIA_ROOT", str((STATE_DIR or ROOT / ".state") / "media"))
MEDIA_URL = "/media/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
ASSET_MAX_BYTES = 10 * 1024 * 1024
ASSET_MAX_PIXELS = 40_000_000

# --- tasks -----------------------------------------------------------------------------------------------------------
CLAIM_SECONDS = read("CLAIM_SECONDS")
FILES_GRACE_SECONDS = read("FILES_GRACE_SECONDS")

# --- the sandbox -----------------------------------------------------------------------------------------------------
SANDBOX = read("SANDBOX", EMBEDDED)
SANDBOX_DIR = read("SANDBOX_DIR", str((STATE_DIR or ROOT / ".state") / "sandbox"))
SANDBOX_MIXING = read("SANDBOX_MIXING")
SANDBOX_CONTROL_OPEN = read("SANDBOX_CONTROL_OPEN", EMBEDDED)
SANDBOX_PUBLIC_URL = read("SANDBOX_PUBLIC_URL")
SANDBOX_REACHABLE_HOSTS = read("SANDBOX_REACHABLE_HOSTS")
SANDBOX_STRICT = read("SANDBOX_STRICT")
SANDBOX_TASK_LIMITS = read("SANDBOX_TASK_LIMITS")
SANDBOX_KEYS = read("SANDBOX_KEYS")
SANDBOX_MAX_MIXERS = read("SANDBOX_MAX_MIXERS")
SANDBOX_MAX_PIXELS = read("SANDBOX_MAX_PIXELS")
SANDBOX_FILE_DELAY = read("SANDBOX_FILE_DELAY")
SANDBOX_HANG_SECONDS = read("SANDBOX_HANG_SECONDS")
SANDBOX_TICK_SECONDS = read("SANDBOX_TICK_SECONDS")

# --- security --------------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if read("BEHIND_PROXY") else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0  # a browser that came by https keeps to it for a year
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, "'unsafe-inline'"],  # Konva and htmx set style attributes
        "img-src": [SELF, "data:", "blob:", "https:", "http:"],  # pictures of layouts may live anywhere
        "media-src": [SELF, "blob:", "https:", "http:"],
        "connect-src": [SELF, "ws:", "wss:", "https:", "http:"],  # recordings are read from the team's own buckets
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

# --- REST ----------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["apps.core.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "apps.core.pagination.KeyPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "PAGE_SIZE": 50,
    "EXCEPTION_HANDLER": "apps.core.http_errors.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Quadbox",
    "DESCRIPTION": "Design a layout once; every cloud draws it.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "OAS_VERSION": "3.1.0",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "apps.core.openapi.describe_refusals",
        "apps.layouts.rest.openapi.describe_documents",
    ],
}

LOGGING = log_settings(
    json_lines=read("LOG_JSON", not EMBEDDED),
    level=read("LOG_LEVEL"),
    worker_level=read("WORKER_LOG_LEVEL"),
)
