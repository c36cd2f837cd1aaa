"""Rate limits per person and per area, counted in Redis; without Redis, requests go through."""

import time
from typing import Any

import redis
import structlog
from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from core.area import current_schema
from core.proxy import client_address

logger = structlog.get_logger(__name__)

WINDOW = 60  # seconds
_REST_AFTER_FAILURE = 5  # seconds in which a dead Redis is not asked again

_COUNT = """
local counts = {}
for place, key in ipairs(KEYS) do
    counts[place] = redis.call('INCR', key)
    redis.call('EXPIRE', key, ARGV[1])
end
return counts
"""


class _Counters:
    """Fixed windows: one command, hence one round trip, for all limits of a request."""

    def __init__(self) -> None:
        self._client = redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5
        )
        self._count = self._client.register_script(_COUNT)
        self._resting_until = 0.0

    def hit(self, keys: list[str], seconds: int) -> list[int] | None:
        """Count one more for each key; the counts so far, or None while Redis is away."""
        if time.monotonic() < self._resting_until:
            return None
        window = int(time.time()) // seconds
        names = [f"rate:{key}:{window}" for key in keys]
        try:
            counts: list[int] = self._count(names, [2 * seconds], self._client)
        except redis.RedisError:
            logger.warning("rate_limits_unavailable")
            self._resting_until = time.monotonic() + _REST_AFTER_FAILURE
            return None
        return counts


_counters = _Counters()


class RateLimit(BaseThrottle):
    """The person's limit and the area's, whichever is nearer, told in RateLimit-* headers."""

    seconds = WINDOW

    def allow_request(self, request: Request, view: Any) -> bool:
        keys = self.keys(request)
        counts = _counters.hit([f"{current_schema()}:{key}" for key, _ in keys], self.seconds)
        if counts is None:
            return True
        limit, left = min(
            ((limit, limit - count) for (_, limit), count in zip(keys, counts, strict=True)),
            key=lambda pair: pair[1],
        )
        reset = int(self.seconds - time.time() % self.seconds) + 1
        told = getattr(request._request, "rate_limit", None)
        if told is None or left < int(told["RateLimit-Remaining"]):  # of two, the nearer one
            request._request.rate_limit = {  # type: ignore[attr-defined]
                "RateLimit-Limit": str(limit),
                "RateLimit-Remaining": str(max(0, left)),
                "RateLimit-Reset": str(reset),
            }
        self._reset = reset
        return left >= 0

    def wait(self) -> float:
        return self._reset

    def keys(self, request: Request) -> list[tuple[str, int]]:
        person = request.user.pk if request.auth else f"ip:{client_address(request)}"
        return [
            (f"person:{person}", settings.RATE_LIMITS["person"]),
            ("area", settings.RATE_LIMITS["area"]),
        ]


class SignInRateLimit(RateLimit):
    """Attempts to sign in or to exchange a link, by address: a whole school may be behind one.

    Guesses at a password are held by accounts.lockout; a link's token cannot be guessed.
    """

    limit = "sign_in"

    def keys(self, request: Request) -> list[tuple[str, int]]:
        return [(f"{self.limit}:{client_address(request)}", settings.RATE_LIMITS[self.limit])]


class ApplicationRateLimit(SignInRateLimit):
    """An office's calls."""

    limit = "application"


class LetterRateLimit(SignInRateLimit):
    """Those of them that have us write to an address that anyone may have typed: in a day."""

    limit = "letters"
    seconds = 24 * 60 * WINDOW
