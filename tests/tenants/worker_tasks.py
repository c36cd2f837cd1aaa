"""Tasks of the tests' own, for a real worker."""

import json

import redis
from celery import shared_task
from django.conf import settings
from django.db import connection


@shared_task(name="tests.where")
def where(key: str) -> None:
    """Note in Redis under which schema and role this runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_user")
        redis.Redis.from_url(settings.REDIS_URL).rpush(key, json.dumps(cursor.fetchone()))
