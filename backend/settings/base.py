"""What every environment shares. Secrets and addresses come from the environment only."""

from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from kombu import Queue

from core.logs import LOGGING  # noqa: F401  (a Django setting)

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# --- The rooms -------------------------------------------------------------------------------
# Public schema: areas and the platform's own people. The same `accounts`, `journal` and `jobs`
# tables exist in the public schema (operators) and in every area (its own people).
_EVERYWHERE = [
    "core.journal",
    "core.jobs",
    "core.api",
    "accounts",
    "allauth.account",
    "allauth.mfa",
]
SHARED_APPS = [
    "backend",  # its templates go before those of Django's admin, and those before django_tenants'
    "django.contrib.admin",
    "tenants",  # before django_tenants: it refines the `migrate_schemas` command
    "django_tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.headless",
    "rest_framework",
    "django_filters",
    "corsheaders",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_prometheus",
    "core.pages",
    *_EVERYWHERE,
]
TENANT_APPS = [
    *_EVERYWHERE,
    "accounts.operator_access",
    "core.imports",
    "core.documents",
    "core.area_settings",
    "clusters",
    "pd_activities",
    "consensus",
    "monitoring",
]
INSTALLED_APPS = [*SHARED_APPS, *(app for app in TENANT_APPS if app not in SHARED_APPS)]

MIGRATION_MODULES = {"admin": None}  # no table for its log: see backend.apps

# --- Tenancy ---------------------------------------------------------------------------------
TENANT_MODEL = "tenants.Area"
TENANT_DOMAIN_MODEL = "tenants.Domain"
DATABASE_ROUTERS = ["core.replica.ReplicaRouter", "django_tenants.routers.TenantSyncRouter"]
TENANT_LIMIT_SET_CALLS = True
LEAVE_GRACE_DAYS = env.int("LEAVE_GRACE_DAYS", 30)  # that an area which leaves can still be read
AREA_KEPT_SECONDS = 5.0  # how late a suspension may show in another process
ROOT_URLCONF = "backend.urls_area"
PUBLIC_SCHEMA_URLCONF = "backend.urls_platform"
WSGI_APPLICATION = "backend.wsgi.application"

# The platform answers on BASE_DOMAIN, an area on <area>.BASE_DOMAIN, and the gateway for mobile
# apps (which name their area by header) on api.BASE_DOMAIN.
BASE_DOMAIN = env.str("BASE_DOMAIN", "localhost")
GATEWAY_HOST = f"api.{BASE_DOMAIN}"
# The address that people's links start with: scheme and port of the outside, not of this process.
PUBLIC_SCHEME = env.str("PUBLIC_SCHEME", "https")
PUBLIC_PORT = env.str("PUBLIC_PORT", "")


# --- Data ------------------------------------------------------------------------------------
def _database(url: dict[str, Any], **pool: float) -> dict[str, Any]:
    """A server, with a pool of connections for each process."""
    shared = {
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL_SIZE", 8),
        "max_lifetime": 180,  # seconds: bounds the catalog memory of a connection
    }
    return {
        **url,
        "ENGINE": "tenants.postgresql",
        "CONN_HEALTH_CHECKS": False,  # tenants.postgresql checks each connection that it takes
        "OPTIONS": {"pool": {**shared, **pool}},
    }


DATABASES = {
    # seconds: PostgreSQL away is told by a 503 after the first of these. Within the second
    # the pool tries again each second; beyond it, pauses would double.
    "default": _database(env.db("DATABASE_URL"), timeout=5, reconnect_timeout=2)
}
# A streaming standby of it, on which dashboards and exports are read (core.replica).
if env.str("REPLICA_URL", ""):
    DATABASES["replica"] = _database(env.db("REPLICA_URL"), timeout=0.5, reconnect_timeout=2)
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
REPLICA_WAIT_SECONDS = 0.5  # at most, for the standby to have all that was committed before
REPLICA_REST_SECONDS = 5.0  # after it was away or too far behind
DATABASE_EXTENSIONS = ["btree_gist", "pg_trgm", "unaccent"]  # in a schema of their own
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_FUNCTION": "tenants.caching.area_key",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker however long
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A request never waits for a broker that is away: the dispatcher sends again (core.queue).
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 0,
    "socket_connect_timeout": 1,  # seconds
    "socket_timeout": 2,  # seconds; more than the one that a worker's BRPOP takes
}
# A worker takes from the two queues in turn. In the first there is a message for each job started;
# in the second what beat sends, and at most a few for each area: so neither a long queue nor one
# area with many jobs keeps another's from being resumed.
CELERY_TASK_DEFAULT_QUEUE = "krunet"
CELERY_TASK_QUEUES = [Queue("krunet"), Queue("krunet.dispatcher")]
CELERY_TASK_ROUTES = {
    "tenants.*": {"queue": "krunet.dispatcher"},
    "core.jobs.run_next": {"queue": "krunet.dispatcher"},
}
CELERY_TIMEZONE = "Asia/Bangkok"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Beat knows no area: its messages are for the platform, and those tasks look at every area.
_ON_PLATFORM = {"headers": {"krunet_schema": "public"}}


def _daily(hour: int, minute: int, task: str, *args: str) -> dict[str, Any]:
    when = crontab(hour=hour, minute=minute)
    return {"task": task, "args": args, "schedule": when, "options": _ON_PLATFORM}


CELERY_BEAT_SCHEDULE = {
    "wake-waiting-jobs": {
        "task": "tenants.wake_waiting_jobs",
        "schedule": 10.0,
        "options": {**_ON_PLATFORM, "expires": 10},
    },
    "count-usage": _daily(0, 20, "tenants.in_every_area", "tenants.count_usage"),
    "forget-old-answers": _daily(1, 30, "tenants.everywhere", "core.api.forget_old_answers"),
    "forget-finished-jobs": _daily(1, 40, "tenants.everywhere", "core.jobs.forget_finished"),
    "forget-old-documents": _daily(1, 45, "tenants.in_every_area", "core.documents.forget_old"),
    "resume-failed-applications": _daily(1, 55, "tenants.resume_failed"),
    "forget-old-imports": _daily(1, 35, "tenants.in_every_area", "core.imports.forget_old"),
    "publish-areas": _daily(0, 5, "tenants.in_every_area", "tenants.publish_area"),
    "forget-stale-applications": _daily(1, 50, "tenants.forget_stale_applications"),
    "delete-left-areas": _daily(3, 0, "tenants.delete_left_areas"),
    "forget-expired-credentials": _daily(2, 0, "tenants.everywhere", "accounts.forget_expired"),
    "tell-operators": _daily(7, 30, "accounts.tell_operators"),
    "reassess-stages": _daily(2, 30, "tenants.in_every_area", "clusters.reassess_stages"),
}

# --- Requests --------------------------------------------------------------------------------
MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "core.health.HealthMiddleware",
    "core.logs.RequestLogMiddleware",
    "corsheaders.middleware.CorsMiddleware",  # answers preflights before an area is looked up
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "tenants.routing.AreaMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- People ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the staff code is unique in lower case: user_username_once
SESSION_COOKIE_AGE = 30 * 24 * 3600  # a phone stays signed in this long after its last use
PASSWORD_RESET_TIMEOUT = 24 * 3600
OIDC_KEYS_KEPT_SECONDS = 600.0  # of an area's issuer
OIDC_KEYS_REST_SECONDS = 30.0  # between two readings, for unknown keys or while it is away
OUTBOUND_TO_PRIVATE = False  # whether we may ask http, and hosts that are not public: core.outbound
SIGN_IN_FAILURES = {  # in a quarter of an hour: how many are free, how many lock
    "account": (5, 10),  # of one name from one address, or from one known device
    "address": (50, 100),  # of any names from one address, known devices not counted
}

# --- Languages and time ----------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # production collects them into STATIC_ROOT instead

EMAIL_CONFIG = env.email("EMAIL_URL", "consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"KruNet <no-reply@{BASE_DOMAIN}>")

# --- The API ---------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.api.authentication.SessionTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.permissions.RulePermission"],
    "DEFAULT_RENDERER_CLASSES": ["core.api.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "core.api.pagination.CursorPagination",
    "DEFAULT_FILTER_BACKENDS": ["core.api.filters.FilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": ["core.api.throttling.RateLimit"],
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.ApiSchema",
    "EXCEPTION_HANDLER": "core.api.problems.exception_handler",
    "DEFAULT_METADATA_CLASS": None,
    "UNAUTHENTICATED_USER": None,
}
RATE_LIMITS = {  # requests a minute, letters a day
    "person": env.int("RATE_LIMIT_PERSON", 600),
    "area": env.int("RATE_LIMIT_AREA", 30_000),
    "sign_in": env.int("RATE_LIMIT_SIGN_IN", 120),
    "application": env.int("RATE_LIMIT_APPLICATION", 20),
    "letters": env.int("RATE_LIMIT_LETTERS", 60),
}

# Front ends on other origins: none, unless the environment names them (`https://app.example.go.th`).
# Credentials travel in a header, so no answer ever allows a browser to send cookies along.
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = [
    "accept",
    "accept-language",
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "last-event-id",
    "x-request-id",
    "x-service-area",
]
CORS_EXPOSE_HEADERS = [
    "ETag",
    "Idempotency-Replayed",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset",
    "Retry-After",
    "X-Request-ID",
]
CORS_PREFLIGHT_MAX_AGE = 3600  # seconds

# How long a revoked session or role may still hear the live stream.
STREAM_RECHECK_SECONDS = env.float("STREAM_RECHECK_SECONDS", 20)

SPECTACULAR_SETTINGS = {
    "TITLE": "KruNet",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "POSTPROCESSING_HOOKS": [
        "core.api.enumerations.name_enumerations",
        "core.api.openapi.finish",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

# allauth supplies the flows of signing in; accounts.api wraps them in our own endpoints.
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("app",)
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_TOTP_TOLERANCE = 1  # periods: phones' clocks differ
SESSION_ENGINE = "accounts.sessions"
# Cookies are for operators in Django's admin alone (accounts.admin); the API takes none.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # bytes; JSON: core.api.parsers
