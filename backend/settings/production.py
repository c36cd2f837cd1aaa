"""Production: every secret from the environment, strict transport."""

from backend.settings.base import *  # noqa: F403
from backend.settings.base import BASE_DOMAIN, env

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = [BASE_DOMAIN, f".{BASE_DOMAIN}"]
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STATIC_ROOT = env.str("STATIC_ROOT", "/srv/krunet/static")
WHITENOISE_USE_FINDERS = False
