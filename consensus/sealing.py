"""The seal: SHA-256 over protocol, items and plan, fixed before the first answer."""

import hashlib
from collections.abc import Iterable

import orjson

from consensus.enums import ItemOrigin
from consensus.models import Study, StudyItem


def sealed_text(study: Study, items: Iterable[StudyItem]) -> bytes:
    """The exact bytes that are hashed: JSON, keys sorted, UTF-8, no white space.

    Items that were coded from answers came after the seal and are left out; each of them points
    to the words it was made from instead.
    """
    document = {
        "protocol": study.protocol,
        "plan_hash": study.plan_hash,
        "items": [
            {"position": item.position, "section": item.section, "text": item.text}
            for item in items
            if item.origin != ItemOrigin.CODED
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def seal_of(study: Study, items: Iterable[StudyItem]) -> str:
    return hashlib.sha256(sealed_text(study, items)).hexdigest()
