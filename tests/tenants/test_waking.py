"""Messages that wake workers for jobs which nobody holds: few, and each area's in its turn."""

import json
from datetime import timedelta

import pytest
from celery import Celery
from django.db import connection
from django.utils import timezone
from django_tenants.utils import schema_context
from psycopg import sql

from backend.embedded.valkey import Valkey
from core import queue
from core.actor import SYSTEM
from core.jobs.actions import RUN_NEXT, run_next_job, start_job
from core.jobs.models import Job, JobState
from core.jobs.registry import Progress, job_kind
from tenants.models import Area
from tenants.tasks import everywhere
from tenants.tasks import wake_waiting as dispatcher

QUEUES = ("krunet", "krunet.dispatcher")


def wake_waiting():
    with schema_context("public"):
        dispatcher.run()


@job_kind("tests.once")
def once(params, cursor, actor):
    return None if cursor else Progress(done=1, cursor={"done": 1})


@pytest.fixture
def broker(tmp_path, monkeypatch):
    """A Valkey of this test's own, which no worker listens to."""
    valkey = Valkey(tmp_path)
    valkey.start()
    app = Celery(set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.broker_url = valkey.url
    monkeypatch.setattr(queue, "current_app", app)
    monkeypatch.setattr(queue, "_broker", queue._Broker())
    with app.connection_for_read() as reading:
        yield reading.default_channel.client
    app.close()
    valkey.stop()


@pytest.fixture
def sent(broker, django_capture_on_commit_callbacks):
    """`sent(work)`: do it as if committed; (task, schema) of all messages since in the queues."""

    def do(work):
        with django_capture_on_commit_callbacks(execute=True):
            work()
        messages = [json.loads(each) for name in QUEUES for each in broker.lrange(name, 0, -1)]
        heads = [message["headers"] for message in messages]
        return sorted((head["task"], head["krunet_schema"]) for head in heads)

    return do


@pytest.fixture
def lost(world):
    """`lost("a_t1", 3)`: that many jobs whose messages are gone."""

    def make(schema, count):
        with schema_context(schema):
            return [start_job("tests.once", {}, actor=SYSTEM).pk for _ in range(count)]

    with schema_context("public"):
        Job.objects.all().delete()
    for area in (world.t1, world.t2):
        with schema_context(area.schema_name):
            Job.objects.all().delete()
    return make


def _left(schema):
    with schema_context(schema):
        return Job.objects.exclude(state=JobState.SUCCEEDED).count()


def _work_in(schema):
    def work():
        with schema_context(schema):
            run_next_job()

    return work


def test_wake_waiting__again_and_again_while_workers_are_busy__one_message_an_area(lost, sent):
    lost("a_t1", 3), lost("a_t2", 1), lost("public", 1)

    first = sent(wake_waiting)
    assert first == [(RUN_NEXT, "a_t1"), (RUN_NEXT, "a_t2"), (RUN_NEXT, "public")]
    assert sent(wake_waiting) == first


def test_wake_waiting__message_lost__sent_again(lost, sent, broker):
    lost("a_t1", 2)
    sent(wake_waiting)
    broker.flushall()

    assert sent(wake_waiting) == [(RUN_NEXT, "a_t1")]


def test_wake_waiting__jobs_held_or_ended__no_message(lost, sent):
    held, ended = lost("a_t1", 2)
    with schema_context("a_t1"):
        later = timezone.now() + timedelta(seconds=10)
        Job.objects.filter(pk=held).update(state=JobState.RUNNING, leased_until=later)
        Job.objects.filter(pk=ended).update(state=JobState.FAILED)

    assert sent(wake_waiting) == []


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.RUNNING])
def test_wake_waiting__lease_ran_out__message(lost, sent, state):
    (job,) = lost("a_t1", 1)
    with schema_context("a_t1"):
        past = timezone.now() - timedelta(seconds=1)
        Job.objects.filter(pk=job).update(state=state, leased_until=past)

    assert sent(wake_waiting) == [(RUN_NEXT, "a_t1")]


def test_wake_waiting__area_suspended__waits_until_it_is_open_again(lost, sent, broker):
    lost("a_t1", 1), lost("a_t2", 1)
    Area.objects.filter(code="t2").update(state="suspended")
    assert sent(wake_waiting) == [(RUN_NEXT, "a_t1")]

    broker.flushall()
    Area.objects.filter(code="t2").update(state="active")
    assert sent(wake_waiting) == [(RUN_NEXT, "a_t1"), (RUN_NEXT, "a_t2")]


def test_fan_out__area_suspended__left_out(lost, sent):
    Area.objects.filter(code="t2").update(state="suspended")
    with schema_context("public"):
        messages = sent(lambda: everywhere.run("core.jobs.forget_finished"))
    assert messages == [
        ("core.jobs.forget_finished", "a_t1"),
        ("core.jobs.forget_finished", "public"),
    ]


def test_wake_waiting__one_area_or_all__three_queries(lost, sent, django_assert_num_queries):
    """Which areas there are, which have the table, which have a job."""
    lost("a_t1", 1)
    with django_assert_num_queries(3):
        sent(wake_waiting)

    lost("a_t2", 1), lost("public", 1)
    with django_assert_num_queries(3):
        sent(wake_waiting)


def test_run_next_job__several_waiting__one_a_message_and_a_message_for_the_rest(lost, sent):
    lost("a_t1", 2)

    assert sent(_work_in("a_t1")) == [(RUN_NEXT, "a_t1")]
    assert _left("a_t1") == 1
    assert sent(_work_in("a_t1")) == [(RUN_NEXT, "a_t1")] * 2  # nobody took the first
    assert _left("a_t1") == 0


def test_run_next_job__none_left_or_at_a_piece__no_message(lost, sent):
    assert sent(_work_in("a_t1")) == []

    (job,) = lost("a_t1", 1)
    with schema_context("a_t1"):
        Job.objects.filter(pk=job).update(leased_until=timezone.now() + timedelta(seconds=10))
    assert sent(_work_in("a_t1")) == []


def test_run_next_job__another_worker_is_at_a_long_piece__no_message(races, sent):
    """A piece outlives its lease; asking for it again and again would keep a worker busy."""
    schema = races.area.schema_name
    with schema_context(schema):
        job = start_job("tests.once", {}, actor=SYSTEM)
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            held = sql.SQL("SELECT FROM {} FOR UPDATE").format(sql.Identifier(schema, "jobs_job"))
            cursor.execute(held)
        assert (RUN_NEXT, schema) not in sent(_work_in(schema))
        with schema_context(schema):
            assert Job.objects.get(pk=job.pk).state == JobState.WAITING
    finally:
        other.close()
        with schema_context(schema):
            Job.objects.filter(pk=job.pk).delete()
