"""Messages carry their area: a real worker on the test's own database shows what comes of it."""

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress

import pytest
import redis
from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django_tenants.utils import schema_context

from core.actor import SYSTEM
from core.jobs.models import Job, JobState
from core.journal.models import JournalEntry
from core.queue import enqueue
from tenants.actions.applications import approve_application
from tenants.celery import MissingAreaError
from tenants.models import Area, AreaApplication
from tenants.provisioning import remove
from tests.tenants.cast import office
from tests.tenants.worker_tasks import where

PATIENCE = 60  # seconds


def _environment(**changes: str) -> dict[str, str]:
    database = connection.settings_dict
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    return {**os.environ, "DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL, **changes}


@pytest.fixture(scope="module")
def queue() -> str:
    """A queue of this run's own: another run on the same Redis must not take its messages."""
    return f"tests-{uuid.uuid4().hex}"


@pytest.fixture(scope="module")
def _worker(django_db_setup, queue, tmp_path_factory) -> Iterator[subprocess.Popen]:
    log = tmp_path_factory.mktemp("worker") / "log"
    command = "celery -A backend worker -P solo -l INFO --without-mingle --without-gossip"
    arguments = ["-Q", queue, "-I", "tests.tenants.worker_tasks", "-n", queue]
    with log.open("wb") as told:
        worker = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *command.split(), *arguments],
            env=_environment(),
            stdout=told,
            stderr=subprocess.STDOUT,
        )
    worker.log = log
    yield worker
    worker.terminate()
    with suppress(subprocess.TimeoutExpired):
        worker.wait(10)
    worker.kill()


@pytest.fixture
def worker(_worker, queue, django_db_blocker) -> Iterator[subprocess.Popen]:
    """A real worker; this test commits for real."""
    usual = current_app.conf.task_default_queue
    current_app.conf.task_default_queue = queue
    with django_db_blocker.unblock():
        yield _worker
        connection.close()
    current_app.conf.task_default_queue = usual


class Seen:
    """What the worker noted, in the order in which it ran."""

    def __init__(self) -> None:
        self.key = f"tests-{uuid.uuid4().hex}"
        self._redis = redis.Redis.from_url(settings.REDIS_URL)

    def now(self) -> list[list[str]]:
        return [json.loads(each) for each in self._redis.lrange(self.key, 0, -1)]

    def until(self, count: int, worker: subprocess.Popen) -> list[list[str]]:
        _wait(lambda: len(self.now()) >= count, worker)
        return self.now()

    def close(self) -> None:
        self._redis.delete(self.key)
        self._redis.close()


@pytest.fixture
def seen() -> Iterator[Seen]:
    noted = Seen()
    yield noted
    noted.close()


def _wait(is_done, worker: subprocess.Popen) -> None:
    patience = time.monotonic() + PATIENCE
    while not is_done():
        assert worker.poll() is None, worker.log.read_text()
        assert time.monotonic() < patience, worker.log.read_text()
        time.sleep(0.05)


def test_message__schema__is_the_one_at_enqueue_time_and_sent_after_commit(worker, seen):
    with schema_context("a_t1"), transaction.atomic():
        enqueue("tests.where", seen.key)
        with schema_context("a_t2"):
            enqueue("tests.where", seen.key)
        assert seen.now() == []
        connection.set_schema("a_t2")  # switched before the commit
    with schema_context("public"):
        enqueue("tests.where", seen.key)

    assert seen.until(3, worker) == [
        ["a_t1", connection.role_of("a_t1")],
        ["a_t2", connection.role_of("a_t2")],
        ["public", connection.settings_dict["USER"]],
    ]


def test_message__transaction_rolled_back__nothing_is_sent(worker, seen):
    with schema_context("a_t1"), transaction.atomic():
        enqueue("tests.where", seen.key)
        transaction.set_rollback(True)
    with schema_context("a_t2"):
        where.delay(seen.key)
    assert seen.until(1, worker) == [["a_t2", connection.role_of("a_t2")]]


def test_message__without_schema_or_with_an_unknown_one__does_not_run(worker, seen):
    current_app.send_task("tests.where", args=[seen.key])
    current_app.send_task("tests.where", args=[seen.key], headers={"krunet_schema": "a_nowhere"})
    with schema_context("a_t1"):
        enqueue("tests.where", seen.key)

    assert seen.until(1, worker) == [["a_t1", connection.role_of("a_t1")]]
    assert MissingAreaError.__name__ in worker.log.read_text()


def test_task__called_without_a_message__does_not_run(world):
    with pytest.raises(MissingAreaError):
        where("nowhere")


def test_provisioning__by_a_real_worker__area_is_active(worker):
    application = AreaApplication.objects.create(**office("by-worker"), state="submitted")
    try:
        job = approve_application(application, actor=SYSTEM)
        _wait(lambda: Job.objects.get(pk=job.pk).state == JobState.SUCCEEDED, worker)
        assert Area.objects.get(slug="slug-by-worker").state == "active"
    finally:
        _undo(application)


def _undo(application: AreaApplication) -> None:
    area = Area.objects.filter(slug=application.slug).first()
    Job.objects.filter(params__application=str(application.pk)).delete()
    subjects = [application.pk, area.pk if area else None]
    JournalEntry.objects.filter(subject_id__in=subjects).delete()
    application.delete()
    if area is not None:
        remove(area)
        area.delete()


def test_enqueue__broker_away__request_is_not_held_up(django_db_setup):
    """In a process of its own, whose broker is a port where nobody listens."""
    script = (
        "import time, django; django.setup(); from core.queue import enqueue\n"
        "began = time.monotonic()\n"
        "for _ in range(3): enqueue('tests.where', 'x')\n"
        "print(time.monotonic() - began)"
    )
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script],
        env=_environment(REDIS_URL="redis://127.0.0.1:1/0"),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert float(told.stdout) < 3
    assert told.stderr.count("broker_unavailable") == 1  # then it rests, and asks no more
