"""PostgreSQL ends a connection under a request: the caller is told to try again, not of a bug."""

import pytest
from django.db import connection

from tenants.directory import forget_areas
from tests.client import body_of
from tests.concurrency.together import together


@pytest.mark.parametrize("moment", ["before any view", "in a view"])
def test_request__connection_lost__says_try_again(races, moment):
    client = races.as_("officer")
    assert client.get("/api/v1/me").status_code == 200  # now the area is known
    if moment == "before any view":
        forget_areas()
    together(_killer_of(_own_pid()))

    response = client.get("/api/v1/me")

    assert (response.status_code, body_of(response)["code"]) == (503, "try_again")
    connection.close()
    assert client.get("/api/v1/me").status_code == 200


def _own_pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _killer_of(pid: int):
    def kill() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    return kill
