"""Cache keys carry the schema: no value of one area is ever found under another."""

from django.db import connection


def area_key(key: str, prefix: str, version: int) -> str:
    return f"{connection.schema_name}:{prefix}:{version}:{key}"
