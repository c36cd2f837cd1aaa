"""Development only: mails are not sent but kept in a folder and shown on a local page."""

import json
import os
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

logger = structlog.get_logger(__name__)

_number = count()


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            _keep(message)
        return len(email_messages)


def kept_mails(most: int = 100) -> Iterator[dict[str, Any]]:
    """The newest mails first."""
    for file in sorted(_folder().glob("*.json"), reverse=True)[:most]:
        yield json.loads(file.read_text("utf-8"))


def _keep(message: EmailMessage) -> None:
    mail = {
        "at": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "to": message.recipients(),
        "subject": str(message.subject),
        "text": str(message.body),
    }
    logger.info("mail", **mail)
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{time.time_ns()}-{os.getpid()}-{next(_number)}.json"
    written = folder / f"{name}.part"
    written.write_text(json.dumps(mail, ensure_ascii=False), "utf-8")
    written.rename(folder / name)  # a reader never meets half a mail


def _folder() -> Path:
    return Path(settings.OUTBOX_FOLDER)  # type: ignore[misc]  # in development alone
