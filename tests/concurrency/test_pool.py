"""The connection pool after PostgreSQL has ended all connections, as it does when it restarts."""

import threading
import time

from django.db import connection

from tests.concurrency.together import together

POOLED = 6


def test_pool__all_idle_connections_broken__next_request_does_not_wait(races):
    connection.close()
    everyone_connected = threading.Barrier(POOLED, timeout=30)

    def connect() -> None:
        connection.ensure_connection()
        everyone_connected.wait()

    together(*[connect] * POOLED)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= POOLED - 1

    began = time.monotonic()
    together(lambda: connection.ensure_connection())  # noqa: PLW0108  (the thread's own one)
    assert time.monotonic() - began < 2
