"""Settings. Everything that differs between machines is read from the environment."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from apps.config.settings.env import env, made_once, text
from apps.config.state import ROOT, last_address, state_dir
from apps.core.logs import log_settings
from apps.core.static_files import NEVER_CHANGES

EMBEDDED = not (text("DATABASE_URL") or text("REDIS_URL"))
BASE_DIR = ROOT
DEBUG = env.bool("DEBUG", default=False)
STATE_DIR = state_dir() if EMBEDDED or "QUADBOX_STATE" in env.ENVIRON else None
if EMBEDDED:
    # A command beside a running `make run` uses the address that this has; PORT and PUBLIC_URL set another.
    LAST = {} if text("PORT") or text("PUBLIC_URL") else last_address()
    LOCAL_URL = f"http://127.0.0.1:{text('PORT') or LAST.get('port', '8000')}"  # where this server reaches itself
    PUBLIC_URL = (text("PUBLIC_URL") or LAST.get("public_url") or LOCAL_URL).rstrip("/")
else:
    LOCAL_URL = ""
    PUBLIC_URL = text("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")

# --- secrets -------------------------------------------------------------------------------------------------------
if EMBEDDED:
    SECRET_KEY = text("SECRET_KEY") or made_once("secret_key")
    ENCRYPTION_KEYS = env.list("ENCRYPTION_KEYS", default=[]) or [
        base64.urlsafe_b64encode(hashlib.sha256(made_once("encryption_key").encode()).digest()).decode()
    ]
else:
    SECRET_KEY = env.str("SECRET_KEY")
    ENCRYPTION_KEYS = env.list("ENCRYPTION_KEYS")  # Fernet keys, newest first

PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or ""
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[*LOCAL_HOSTS, PUBLIC_HOST] if EMBEDDED else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PUBLIC_URL])

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
            ]
        },
    }
]

# --- rows ----------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(text("DATABASE_URL", f"sqlite:///{STATE_DIR}/quadbox.sqlite3"))}
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
REDIS_URL = text("REDIS_URL", f"unix://{REDIS_SOCKET}?db=0")
CELERY_BROKER_URL = text(
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
STATIC_ROOT = text("STATIC_ROOT", str((STATE_DIR or ROOT / ".state") / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": f"apps.core.static_files.{'Embedded' if EMBEDDED else 'Production'}Storage"},
}
WHITENOISE_IMMUTABLE_FILE_TEST = NEVER_CHANGES
WHITENOISE_USE_FINDERS = EMBEDDED
WHITENOISE_AUTOREFRESH = EMBEDDED
MEDIA_ROOT = text("MEDIA_ROOT", str((STATE_DIR or ROOT / ".state") / "media"))
MEDIA_URL = "/media/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
ASSET_MAX_BYTES = 10 * 1024 * 1024
ASSET_MAX_PIXELS = 40_000_000

# --- tasks -----------------------------------------------------------------------------------------------------------
# How long a worker holds a task: so long its work waits for the next one when it is killed.
CLAIM_SECONDS = env.int("CLAIM_SECONDS", default=60)
# How long after a stop files may come where only files prove the end (Aliyun: DelayStopTime, and writing the file).
FILES_GRACE_SECONDS = env.int("FILES_GRACE_SECONDS", default=900)

# --- the sandbox -----------------------------------------------------------------------------------------------------
SANDBOX = env.bool("SANDBOX", default=EMBEDDED)
SANDBOX_DIR = text("SANDBOX_DIR", str((STATE_DIR or ROOT / ".state") / "sandbox"))
SANDBOX_MIXING = env.bool("SANDBOX_MIXING", default=True)
SANDBOX_CONTROL_OPEN = env.bool("SANDBOX_CONTROL_OPEN", default=EMBEDDED)
SANDBOX_PUBLIC_URL = text("SANDBOX_PUBLIC_URL")  # of its media; unset: the host that was asked
SANDBOX_REACHABLE_HOSTS = env.list("SANDBOX_REACHABLE_HOSTS", default=[])  # beside the loopback
SANDBOX_STRICT = env.bool("SANDBOX_STRICT", default=False)
SANDBOX_TASK_LIMITS = env.bool("SANDBOX_TASK_LIMITS", default=True)
SANDBOX_KEYS = env.json("SANDBOX_KEYS", default={})  # {"volcengine": {"<access key id>": "<secret>"}}
SANDBOX_MAX_MIXERS = env.int("SANDBOX_MAX_MIXERS", default=4)
SANDBOX_MAX_PIXELS = env.int("SANDBOX_MAX_PIXELS", default=1280 * 720)
SANDBOX_FILE_DELAY = env.float("SANDBOX_FILE_DELAY", default=0.5)  # seconds
SANDBOX_HANG_SECONDS = env.float("SANDBOX_HANG_SECONDS", default=20.0)
SANDBOX_TICK_SECONDS = env.float("SANDBOX_TICK_SECONDS", default=0.2)

# --- safety --------------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
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
    "EXCEPTION_HANDLER": "apps.core.http_errors.answer",
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
    json_lines=env.bool("LOG_JSON", default=not EMBEDDED),
    level=text("LOG_LEVEL", "INFO"),
    worker_level=text("WORKER_LOG_LEVEL", "WARNING"),
)
