"""Production: every secret and address from the environment, strict transport."""

import os

from django.core.exceptions import ImproperlyConfigured

_NEEDED = ("BASE_DOMAIN", "SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL")
if _missing := [name for name in _NEEDED if not os.environ.get(name)]:
    raise ImproperlyConfigured(f"Set these environment variables: {', '.join(_missing)}")

from backend.settings.base import *  # noqa: E402, F403  (after the check, which names them all)
from backend.settings.base import BASE_DOMAIN, MIDDLEWARE, env  # noqa: E402

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = [BASE_DOMAIN, f".{BASE_DOMAIN}"]
# All requests come through the front proxy (docker/): it says who called, and that it was https.
MIDDLEWARE = ["core.proxy.ForwardedAddressMiddleware", *MIDDLEWARE]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STATIC_ROOT = env.str("STATIC_ROOT", "/srv/krunet/static")
WHITENOISE_USE_FINDERS = False
