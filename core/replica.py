"""Reads that a replica may answer: dashboards and exports, where REPLICA_URL names a standby.

An answer from the replica is never older than its question: it is asked only once it has replayed
all that the primary had committed when the question came. Where that takes longer than
REPLICA_WAIT_SECONDS, or the replica is away, the primary answers, and the replica is left alone
for REPLICA_REST_SECONDS. Who may read is always decided on the primary, before.
"""

import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, connections
from django_tenants.utils import schema_context
from prometheus_client import Counter, Histogram

T = TypeVar("T")

ALIAS = "replica"
_POLL_SECONDS = 0.002
_AWAY = (OperationalError, InterfaceError)

_reading: ContextVar[bool] = ContextVar("reading_from_replica", default=False)
_resting_until = 0.0  # of time.monotonic(), in this process

_log = structlog.get_logger(__name__)
_answers = Counter(
    "krunet_replica_answers", "Reads that a replica may answer, by who did", ["server"]
)
_waits = Histogram(
    "krunet_replica_wait_seconds",
    "How long a read waited until the replica had all that was committed before it",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1),
)


class ReplicaRouter:
    """Sends queries inside `from_replica` there; locks and writes go to the primary always."""

    def db_for_read(self, _model: type, **_hints: Any) -> str | None:
        return ALIAS if _reading.get() else None

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool | None:
        return False if db == ALIAS else None


def from_replica(read: Callable[[], T]) -> T:
    """What `read` answers, by the replica if it can.

    `read` evaluates its querysets, changes nothing, stays in the present area, and may be called
    twice: once more on the primary, if the replica goes away meanwhile or cancels a query.
    """
    if ALIAS not in settings.DATABASES or _reading.get():
        return read()
    if time.monotonic() >= _resting_until:
        try:
            if _has_caught_up():
                answer = _read_there(read)
                _answers.labels("replica").inc()
                return answer
            _rest("behind")
        except _AWAY as error:
            _rest(str(error).strip())
    _answers.labels("primary").inc()
    return read()


def state() -> str:
    """`ok`, `behind` or `unreachable`, by asking now."""
    try:
        with schema_context("public"):
            return "ok" if _has_caught_up() else "behind"
    except _AWAY:
        return "unreachable"


def _has_caught_up() -> bool:
    """Wait until the replica has all that is committed by now; False if it takes too long."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_flush_lsn()")  # a commit is seen once it is flushed
        (written,) = cursor.fetchone()
    began = time.monotonic()
    with _in_this_area().cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [written])
            (has_replayed,) = cursor.fetchone()  # null: not a standby
            waited = time.monotonic() - began
            if has_replayed:
                _waits.observe(waited)
                return True
            if waited >= settings.REPLICA_WAIT_SECONDS:
                return False
            time.sleep(_POLL_SECONDS)


def _read_there(read: Callable[[], T]) -> T:
    token = _reading.set(True)
    try:
        return read()
    finally:
        _reading.reset(token)


def _in_this_area() -> Any:
    """The replica's connection, switched to the area (role and path) that the thread works in."""
    replica: Any = connections[ALIAS]
    replica.set_tenant(connection.tenant)  # type: ignore[attr-defined]
    return replica


def _rest(why: str) -> None:
    global _resting_until  # noqa: PLW0603  (each process finds out for itself)
    _resting_until = time.monotonic() + settings.REPLICA_REST_SECONDS
    _log.warning("replica_rests", why=why)
