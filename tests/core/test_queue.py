"""Waking workers: a broker that does not answer costs one request a moment, and no work."""

import socket
import time

import pytest
from celery import Celery
from django.db import transaction
from django_tenants.utils import schema_context

from core import queue
from core.actor import SYSTEM
from core.jobs.actions import start_job
from core.jobs.models import Job


@pytest.fixture
def frozen_broker(monkeypatch):
    """Something that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        app = Celery(set_as_current=False)
        app.config_from_object("django.conf:settings", namespace="CELERY")
        app.conf.broker_url = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        monkeypatch.setattr(queue, "current_app", app)
        monkeypatch.setattr(queue, "_broker", queue._Broker())
        yield
        app.close()


def test_start_job__broker_frozen__first_waits_a_moment_and_the_next_not_at_all(
    races, frozen_broker
):
    took = []
    with schema_context(races.area.schema_name):
        for _ in range(2):
            began = time.monotonic()
            with transaction.atomic():
                job = start_job("tenants.mail_state", {}, actor=SYSTEM)
            took.append(time.monotonic() - began)
            assert Job.objects.filter(pk=job.pk).exists()

    assert 0.5 < took[0] < 4
    assert took[1] < 0.5
