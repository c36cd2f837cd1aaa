"""Cache keys carry the schema: no value of one area is ever found under another."""

import redis
from django.conf import settings

from core.area import current_schema


def area_key(key: str, prefix: str, version: int) -> str:
    return f"{current_schema()}:{prefix}:{version}:{key}"


def forget_area_keys(schema: str) -> int:
    """Delete whatever Valkey holds of an area: cache, counters, failures to sign in; how many keys.

    Every key of ours names its schema between colons, or begins with it.
    """
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=10, socket_connect_timeout=2)
    return sum(
        int(client.delete(key))
        for pattern in (f"{schema}:*", f"*:{schema}:*")
        for key in client.scan_iter(match=pattern, count=1_000)
    )
