"""What people are mailed, read from the local outbox that stands in for their mailboxes."""

import re
from collections.abc import Callable
from typing import TypeVar

import httpx

from backend.demo.visitor import RefusedError, Visitor, awaited

APPLICATION = r"/application#prove=([\w-]+)"
INVITATION = r"/invitation#token=([\w-]+)"
PANEL = r"/panel#token=([\w-]+)"

T = TypeVar("T")


def opened(platform: Visitor, link: str, to: str, use: Callable[[str], T]) -> T:
    """What comes of using the newest link mailed to this address, once there is one that holds.

    A worker may yet send it, or be about to commit what it has mailed.
    """

    def attempt() -> T | None:
        token = _newest(platform, link, to)
        try:
            return None if token is None else use(token)
        except RefusedError as refused:
            if refused.status != httpx.codes.NOT_FOUND:
                raise
            return None

    return awaited(attempt, f"a mail to {to} with {link}")


def _newest(platform: Visitor, link: str, to: str) -> str | None:
    for mail in platform.page("/outbox", format="json")["items"]:  # newest first
        found = re.search(link, mail["text"])
        if found and to in mail["to"]:
            return found[1]
    return None
