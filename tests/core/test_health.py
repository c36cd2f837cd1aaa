"""What probes ask: alive, and able to serve."""

import pytest
import redis
from django.test import Client

from backend.embedded.process import free_port
from tests.client import body_of


def test_readyz__all_there__ready(world):
    response = Client().get("/readyz")

    assert response.status_code == 200
    assert body_of(response) == {
        "status": "ready",
        "database": "ok",
        "broker": "ok",
        "migrations": "ok",
    }


def test_readyz__broker_away__still_ready_and_says_so(world, settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    with pytest.raises(redis.ConnectionError):
        redis.Redis.from_url(settings.REDIS_URL).ping()

    response = Client().get("/readyz")

    assert (response.status_code, body_of(response)["broker"]) == (200, "unreachable")
