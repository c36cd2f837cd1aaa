"""Sending work to Celery: by name, after commit, with the schema that was current then."""

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from core.area import current_schema

logger = structlog.get_logger(__name__)

SCHEMA_HEADER = "krunet_schema"


def enqueue(task: str, *args: str | int) -> None:
    """Send a task once the present transaction commits.

    A broker that is away loses no work: what must happen is a row (a job), and the dispatcher
    sends again for rows that nobody took up.
    """
    schema = current_schema()
    transaction.on_commit(lambda: _send(task, args, schema))


def _send(task: str, args: tuple[str | int, ...], schema: str) -> None:
    try:
        current_app.send_task(task, args=args, headers={SCHEMA_HEADER: schema}, retry=False)
    except OperationalError:
        logger.warning("broker_unavailable", task=task)
