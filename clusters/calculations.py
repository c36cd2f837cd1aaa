"""Pure calculations over what clusters plan."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from clusters.enums import NetworkStage

HASHED_FIELDS = ("position", "work_scope", "text", "goal")


def content_hash(items: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 (hex) of a plan's items: anyone can recompute it.

    The bytes hashed are the JSON array of the items by position, each an object of HASHED_FIELDS,
    keys sorted, UTF-8, no white space.
    """
    plain = [{name: item[name] for name in HASHED_FIELDS} for item in items]
    plain.sort(key=lambda item: int(item["position"]))
    return hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()


def reached_stage(
    requirements: Mapping[str, Iterable[str]], evidence: set[str]
) -> NetworkStage | None:
    """The last stage up to which every stage, one after the other, has all its evidence."""
    reached = None
    for stage in NetworkStage:
        if not evidence.issuperset(requirements[stage]):
            break
        reached = stage
    return reached
