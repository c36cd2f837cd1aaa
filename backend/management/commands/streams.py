"""`python manage.py streams`: serve the live stream."""

import resource
from argparse import ArgumentParser
from socket import socket
from typing import Any

import uvicorn
from django.core.management.base import BaseCommand

from backend.asgi import application

_GRACE = 5  # seconds


class _Server(uvicorn.Server):
    """Ends the streams before it waits for connections to end."""

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        application.end_all()
        await super().shutdown(sockets)


class Command(BaseCommand):
    help = "Serve the live stream (GET /api/v1/events/stream) until told to end."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8001)

    def handle(self, *_args: Any, **options: Any) -> None:
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a stream is an open file
        config = uvicorn.Config(
            application,
            host=options["host"],
            port=options["port"],
            log_config=None,  # Django's
            access_log=False,  # the application writes its own line, without the ticket
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
        _Server(config).run()
