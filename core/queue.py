"""Sending work to Celery: by name, after commit, with the schema that was current then."""

import time
from typing import Any

import orjson
import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from core.area import current_schema
from core.logs import request_id

logger = structlog.get_logger(__name__)

SCHEMA_HEADER = "krunet_schema"
REQUEST_HEADER = "krunet_request_id"
_REST_AFTER_FAILURE = 5  # seconds in which a dead broker is not asked again


class _Broker:
    """Sends, unless the broker failed just now: then requests do not queue up behind it."""

    def __init__(self) -> None:
        self._resting_until = 0.0

    def send(self, task: str, args: tuple[str | int, ...], headers: dict[str, str]) -> None:
        if time.monotonic() < self._resting_until:
            return
        try:
            current_app.send_task(task, args=args, headers=headers, retry=False)
        except OperationalError:
            logger.warning("broker_unavailable", task=task)
            self._resting_until = time.monotonic() + _REST_AFTER_FAILURE


_broker = _Broker()


def enqueue(task: str, *args: str | int) -> None:
    """Send a task once the present transaction commits.

    A broker that is away loses no work: what must happen is a row (a job), and the dispatcher
    sends again for rows that nobody took up.
    """
    headers = {SCHEMA_HEADER: current_schema(), REQUEST_HEADER: request_id()}
    transaction.on_commit(lambda: _broker.send(task, args, headers))


def schemas_waiting_for(task: str) -> set[str]:
    """The schemas for which this task was sent and no worker has taken it yet."""
    queue = current_app.amqp.router.route({}, task)["queue"].name
    with current_app.connection_for_read() as connection:
        channel: Any = connection.default_channel
        messages = channel.client.lrange(queue, 0, -1)
    heads = [orjson.loads(message)["headers"] for message in messages]
    return {head[SCHEMA_HEADER] for head in heads if head["task"] == task}
