"""The ASGI application of the stream process: no middleware, little memory a connection."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from typing import Any, TypeVar

import structlog
from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django_tenants.utils import schema_context

from core.api.problems import MethodNotAllowedError, TryAgainError
from core.errors import NotFoundError
from core.logs import request_id_for
from monitoring.streams.answers import (
    Message,
    Send,
    allowing,
    is_preflight,
    problem_of,
    send_part,
    send_whole,
    start_events,
)
from monitoring.streams.entries import PAGE, entries_after, greeting
from monitoring.streams.feed import Feed, Listener
from monitoring.streams.opening import Opening, open_stream
from tenants.postgresql.base import area_connection

T = TypeVar("T")
Receive = Callable[[], Awaitable[Message]]

logger = structlog.get_logger(__name__)

PATH = "/api/v1/events/stream"
_THREADS = 4  # that read the database; each holds a connection only while it reads
_SEND_LIMIT = 30  # seconds for a listener to take what it is sent
_RETRY = (2_000, 5_000)  # milliseconds: spread, so that not all come back at once


class StreamServer:
    """`application` of backend.asgi."""

    def __init__(self) -> None:
        self._feeds: dict[str, Feed] = {}
        self._readers: set[asyncio.Task[None]] = set()
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="journal")
        self._is_ending = False

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            request = ASGIRequest(scope, BytesIO())
            chosen = request_id_for(request.headers.get("X-Request-ID", ""))
            with structlog.contextvars.bound_contextvars(request_id=chosen):
                await self._answer(request, receive, allowing(send, request))

    def end_all(self) -> None:
        """End every stream in good order; whoever listens comes back, to another process."""
        self._is_ending = True
        for feed in self._feeds.values():
            feed.close()

    async def _live(self, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        self.end_all()
        self._threads.shutdown(wait=False, cancel_futures=True)
        area_connection().close_pool()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, request: ASGIRequest, receive: Receive, send: Send) -> None:
        if request.path == "/healthz":
            return await send_whole(send, self._health())
        if is_preflight(request):
            return await send_whole(send, HttpResponse())
        began, status, area = time.monotonic(), 200, None
        try:
            _check_address(request)
            opening = await self._in_thread(open_stream, request)
            area = opening.schema_name
            feed, listener = self._join(opening)
        except Exception as exc:  # noqa: BLE001  (the border: whatever it is, it is answered)
            response = problem_of(exc, request)
            status = response.status_code
            await send_whole(send, response)
        else:
            await self._stream(opening, feed, listener, receive, send)
        logger.info(
            "request",
            area=area,
            method=request.method,
            path=request.path,
            status=status,
            ms=round((time.monotonic() - began) * 1_000, 1),
            user=getattr(request, "actor_id", None),
        )
        return None

    def _health(self) -> HttpResponse:
        streams = sum(len(feed.listeners) for feed in self._feeds.values())
        return JsonResponse({"status": "alive", "streams": streams})

    def _join(self, opening: Opening) -> tuple[Feed, Listener]:
        """From here on nothing new is missed; what is older is read by `_chunks`."""
        if self._is_ending:
            raise TryAgainError
        feed = self._feeds.get(opening.schema_name)
        if feed is None:
            feed = Feed(opening.schema_name, opening.start.newest, self._in_area)
        since = max(opening.start.number, feed.number)
        listener = Listener(opening.session_id, opening.hearing, since)
        feed.join(listener)
        if opening.schema_name not in self._feeds:
            self._feeds[opening.schema_name] = feed
            reader = asyncio.create_task(self._read(feed))
            self._readers.add(reader)
            reader.add_done_callback(self._readers.discard)
        return feed, listener

    async def _read(self, feed: Feed) -> None:
        try:
            await feed.run()
        finally:
            del self._feeds[feed.schema_name]

    async def _stream(
        self, opening: Opening, feed: Feed, listener: Listener, receive: Receive, send: Send
    ) -> None:
        gone = asyncio.create_task(_close_when_gone(receive, listener))
        try:
            await start_events(send)
            async for chunk in self._chunks(opening, listener):
                async with asyncio.timeout(_SEND_LIMIT):
                    await send_part(send, chunk)
            await send_part(send, b"", is_last=True)
        except TimeoutError:
            logger.info("listener_too_slow", area=opening.schema_name)
        finally:
            gone.cancel()
            feed.listeners.discard(listener)

    async def _chunks(self, opening: Opening, listener: Listener) -> AsyncIterator[bytes]:
        start, number, present = opening.start, opening.start.number, listener.since
        retry = random.randint(*_RETRY)  # noqa: S311  (no secret)
        yield greeting(number, retry=retry, is_reset=start.is_reset)
        while number < present and not listener.is_closed:
            missed = await self._in_area(
                opening.schema_name, entries_after, number, min(PAGE, present - number)
            )
            yield b"".join(each.frame for each in missed if listener.hearing.covers(each))
            number = missed[-1].number
        async for chunk in listener.chunks():
            yield chunk

    async def _in_area(self, schema_name: str, work: Callable[..., T], *args: Any) -> T:
        return await self._in_thread(_in_schema, schema_name, work, *args)

    async def _in_thread(self, work: Callable[..., T], *args: Any) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, _and_release, work, *args)


def _check_address(request: ASGIRequest) -> None:
    if request.path != PATH:
        raise NotFoundError
    if request.method != "GET":
        raise MethodNotAllowedError


def _and_release(work: Callable[..., T], *args: Any) -> T:
    """The thread's connection goes back to the pool."""
    try:
        return work(*args)
    finally:
        connection.close()


def _in_schema(schema_name: str, work: Callable[..., T], *args: Any) -> T:
    with schema_context(schema_name):
        return work(*args)


async def _close_when_gone(receive: Receive, listener: Listener) -> None:
    with suppress(asyncio.CancelledError):
        while (await receive())["type"] != "http.disconnect":
            pass
        listener.close()
