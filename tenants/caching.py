"""Cache keys carry the schema: no value of one area is ever found under another."""

from core.area import current_schema


def area_key(key: str, prefix: str, version: int) -> str:
    return f"{current_schema()}:{prefix}:{version}:{key}"
