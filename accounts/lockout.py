"""Wrong secrets: the first few are free, then each costs a wait, then it stops for a while.

Counted by name and address together, or by a device that has signed in to the account before, and
by address alone; never by name alone, so that nobody can lock a school out by typing its staff
codes. Kept in Redis; without Redis attempts go through, as in core.api.throttling.
"""

from dataclasses import dataclass
from uuid import UUID

import redis
import structlog
from allauth.core.internal.ratelimit import truncate_ip
from django.conf import settings
from rest_framework.exceptions import Throttled

from accounts.models import User
from accounts.tokens import device_of, digest
from core.area import current_schema

logger = structlog.get_logger(__name__)

WINDOW = 15 * 60  # seconds: how long failures are remembered, and how long a lock holds

# Counts the attempt before it is checked, so that many at once are no way round. Answers with the
# milliseconds to wait, or 0: go ahead. Beyond ARGV[1] attempts the wait doubles, beyond ARGV[2] it
# is the window ARGV[3].
_ATTEMPT = """
local gate = KEYS[1] .. ':gate'
local wait = redis.call('PTTL', gate)
if wait > 0 then return wait end
local count = redis.call('INCR', KEYS[1])
redis.call('EXPIRE', KEYS[1], ARGV[3])
local over = count - tonumber(ARGV[1])
if over > 0 then
    local pause = 2 ^ over
    if count > tonumber(ARGV[2]) then pause = tonumber(ARGV[3]) end
    redis.call('SET', gate, 1, 'PX', math.floor(math.min(pause, tonumber(ARGV[3])) * 1000))
end
return 0
"""
_client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)


@dataclass(frozen=True)
class Attempt:
    """One try that has been counted as a failure until it says otherwise."""

    key: str
    address_key: str | None = None

    def succeeded(self) -> None:
        """Forget the failures of this name and device; the address keeps its other ones."""
        try:
            _client.delete(self.key, f"{self.key}:gate")
            if self.address_key is not None:
                _client.decr(self.address_key)
        except redis.RedisError:
            logger.warning("lockout_unavailable")


def attempt_sign_in(login: str, user: User | None, *, address: str, device_token: str) -> Attempt:
    """Count a try to sign in as this name; raises Throttled while it must wait."""
    device = device_of(device_token, user) if user is not None and device_token else None
    if device is not None:
        return _counted(_key("device", device), "account")
    place = truncate_ip(address)
    named = digest(login.strip().lower())
    attempt = Attempt(_key("name", named, place), _key("address", place))
    _wait_or_count(str(attempt.address_key), "address")
    _wait_or_count(attempt.key, "account")
    return attempt


def attempt_as(user_id: UUID, purpose: str) -> Attempt:
    """Count a try of someone whose password or session was right already (a code, a re-check)."""
    return _counted(_key(purpose, str(user_id)), "account")


def attempt_from(address: str, purpose: str) -> Attempt:
    """Count a try of someone who cannot be named yet, apart from those with passwords."""
    return _counted(_key(purpose, truncate_ip(address)), "address")


def _counted(key: str, kind: str) -> Attempt:
    _wait_or_count(key, kind)
    return Attempt(key)


def _key(*parts: str) -> str:
    return ":".join(("failures", current_schema(), *parts))


def _wait_or_count(key: str, kind: str) -> None:
    free, locked = settings.SIGN_IN_FAILURES[kind]
    try:
        wait = _client.eval(_ATTEMPT, 1, key, free, locked, WINDOW)
    except redis.RedisError:
        logger.warning("lockout_unavailable")
        return
    if int(wait) > 0:
        raise Throttled(wait=int(wait) / 1000)
