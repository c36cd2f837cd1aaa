"""One reader of an area's journal in this process, and the many who listen to it."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import Error as AnyDatabaseError

from core.api.problems import TooManyRequestsError
from core.area import current_schema
from monitoring.streams.entries import Entry, entries_after, heartbeat
from monitoring.streams.hearing import Hearing, hearings_of_sessions
from tenants.directory import area_by_schema
from tenants.enums import AreaState

logger = structlog.get_logger(__name__)

POLL = 0.3  # seconds between two looks at the journal
HEARTBEAT = 15.0  # seconds; proxies cut a connection that says nothing
MOST_WAITING = 2_000  # frames that a slow listener may be behind before it is sent away
MOST_PER_SESSION = 20  # streams: tabs of one browser

InArea = Callable[..., Awaitable[Any]]  # (schema name, function, *arguments), in a thread


class Listener:
    """One open stream: what waits to be sent on it."""

    __slots__ = ("_frames", "_ready", "hearing", "is_closed", "session_id", "since")

    def __init__(self, session_id: UUID, hearing: Hearing, since: int) -> None:
        self.session_id = session_id
        self.hearing = hearing
        self.since = since  # it has heard everything up to here
        self.is_closed = False
        self._frames: deque[bytes] = deque()
        self._ready = asyncio.Event()

    def tell(self, entry: Entry) -> None:
        if entry.number > self.since and self.hearing.covers(entry):
            self._offer(entry.frame)

    def beat(self, number: int, frame: bytes) -> None:
        self._offer(frame if number >= self.since else heartbeat(self.since))

    def close(self) -> None:
        """What waits is not sent: it comes again after the Last-Event-ID."""
        self.is_closed = True
        self._frames.clear()
        self._ready.set()

    async def chunks(self) -> AsyncIterator[bytes]:
        while not self.is_closed:
            await self._ready.wait()
            self._ready.clear()
            if self._frames:
                chunk = b"".join(self._frames)
                self._frames.clear()
                yield chunk

    def _offer(self, frame: bytes) -> None:
        if len(self._frames) >= MOST_WAITING:
            self.close()
        elif not self.is_closed:
            self._frames.append(frame)
            self._ready.set()


@dataclass(frozen=True)
class _News:
    entries: list[Entry]
    hearings: dict[UUID, Hearing] | None = None  # None: not asked this time


class Feed:
    """Reads while somebody listens. `number` is the last entry that was told."""

    def __init__(self, schema_name: str, number: int, in_area: InArea) -> None:
        self.schema_name = schema_name
        self.number = number
        self.listeners: set[Listener] = set()
        self._in_area = in_area

    def join(self, listener: Listener) -> None:
        same = sum(each.session_id == listener.session_id for each in self.listeners)
        if same >= MOST_PER_SESSION:
            raise TooManyRequestsError
        self.listeners.add(listener)

    async def run(self) -> None:
        """Until nobody listens. Listeners never outlive it."""
        began = time.monotonic()
        beat_at, check_at = began + HEARTBEAT, began + settings.STREAM_RECHECK_SECONDS
        try:
            while self.listeners:
                await asyncio.sleep(POLL)
                now = time.monotonic()
                is_due = now >= check_at
                if await self._tell_news(checking=is_due) and is_due:
                    check_at = now + settings.STREAM_RECHECK_SECONDS
                if now >= beat_at:
                    beat_at = now + HEARTBEAT
                    self._beat()
        finally:
            self.close()

    def close(self) -> None:
        for listener in self.listeners:
            listener.close()

    async def _tell_news(self, *, checking: bool) -> bool:
        sessions = {each.session_id for each in self.listeners} if checking else None
        try:
            news: _News = await self._in_area(self.schema_name, _news, self.number, sessions)
        except AnyDatabaseError:
            logger.warning("journal_unreadable", area=self.schema_name)
            return False
        if sessions is not None and news.hearings is not None:
            self._apply(news.hearings, sessions)
        for entry in news.entries:
            self.number = entry.number
            for listener in self.listeners:
                listener.tell(entry)
        return True

    def _apply(self, hearings: dict[UUID, Hearing], asked: set[UUID]) -> None:
        """Rights as they are now. Who joined meanwhile was checked on joining."""
        for listener in self.listeners:
            if listener.session_id in hearings:
                listener.hearing = hearings[listener.session_id]
            elif listener.session_id in asked:
                listener.close()

    def _beat(self) -> None:
        frame = heartbeat(self.number)
        for listener in self.listeners:
            listener.beat(self.number, frame)


def _news(number: int, sessions: Iterable[UUID] | None) -> _News:
    if sessions is None:
        return _News(entries_after(number))
    area = area_by_schema(current_schema())
    if area is None or area.state != AreaState.ACTIVE:
        return _News([], {})
    # Rights first: if they cannot be read, nothing is told.
    hearings = hearings_of_sessions(sessions)
    return _News(entries_after(number), hearings)
