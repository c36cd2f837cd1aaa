"""Jobs: pieces with progress, resumed after a death, cancelled, told to the person."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tenants.utils import schema_context

from core.actor import SYSTEM
from core.jobs.actions import (
    FINISHED_KEPT_FOR,
    LEASE,
    MAX_ATTEMPTS,
    JobFailure,
    forget_finished_jobs,
    run_job,
    start_job,
)
from core.jobs.models import Job, JobState
from core.jobs.registry import Progress, job_kind
from core.text import Text
from tests.client import body_of


@job_kind("tests.count")
def _count(params, cursor, actor):
    """Counts to `params["to"]` by two; stumbles once where `params["stumble"]` says."""
    done = cursor.get("done", 0)
    if params.get("die"):
        raise SystemExit
    if done == params.get("stumble"):
        params["stumble"] = None
        raise ConnectionError("the worker died here")
    if done >= params["to"]:
        return None
    if params.get("refuse"):
        raise JobFailure(Text("ทำไม่ได้", "It cannot be done."))
    reached = min(done + 2, params["to"])
    return Progress(
        done=reached, total=params["to"], cursor={"done": reached}, result={"n": reached}
    )


@pytest.fixture
def in_area(world):
    with schema_context(world.t1.schema_name):
        yield


def _expire_lease(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))


def test_job__all_pieces_done__succeeded_with_progress(in_area):
    job = start_job("tests.count", {"to": 5}, actor=SYSTEM)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.result) == (JobState.SUCCEEDED, 5, 5, {"n": 5})


def test_job__worker_died__resumes_where_it_was(in_area):
    job = start_job("tests.count", {"to": 6, "stumble": 4}, actor=SYSTEM)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.cursor) == (JobState.RUNNING, {"done": 4})

    run_job(job.pk)  # the lease still holds: nobody else may touch it
    job.refresh_from_db()
    assert job.attempts == 1

    Job.objects.filter(pk=job.pk).update(params={"to": 6})
    _expire_lease(job)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.attempts) == (JobState.SUCCEEDED, 6, 2)


def test_job__always_crashing__failed_after_some_attempts(in_area):
    job = start_job("tests.count", {"to": 2, "stumble": 0}, actor=SYSTEM)
    pauses = []
    for _ in range(MAX_ATTEMPTS):
        before = timezone.now()
        run_job(job.pk)
        job.refresh_from_db()
        if job.leased_until is not None:
            pauses.append((job.leased_until - before) // LEASE)
            _expire_lease(job)

    assert pauses == [1, 3, 9, 27]  # the trouble may take a while to pass
    assert job.state == JobState.FAILED
    assert job.problems[0]["code"] == "internal_error"


def test_job__interrupted_often_but_moving__goes_on(in_area):
    """Many deploys or deaths over a long job are no reason to give it up."""
    job = start_job("tests.count", {"to": 20}, actor=SYSTEM)
    for reached in range(0, 20, 2):
        Job.objects.filter(pk=job.pk).update(params={"to": 20, "stumble": reached + 2})
        run_job(job.pk)
        _expire_lease(job)
    Job.objects.filter(pk=job.pk).update(params={"to": 20})
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.SUCCEEDED, 20)
    assert job.attempts > MAX_ATTEMPTS


def test_job__whose_workers_all_die_at_one_piece__failed(in_area):
    """A piece that takes its worker along must not do so for ever; nobody lives to report it."""
    job = start_job("tests.count", {"to": 2, "die": True}, actor=SYSTEM)
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(SystemExit):
            run_job(job.pk)
        _expire_lease(job)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, MAX_ATTEMPTS)
    assert job.problems[0]["code"] == "internal_error"


def test_job__that_cannot_succeed__says_why(in_area):
    job = start_job("tests.count", {"to": 2, "refuse": True}, actor=SYSTEM)
    run_job(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.problems[0]["detail"] == {"th": "ทำไม่ได้", "en": "It cannot be done."}


def test_cancel_job__waiting__cancelled_and_never_run(api):
    client = api.as_("officer")
    response = client.post(f"/api/v1/jobs/{api.area.things['job']}/cancel")
    assert (response.status_code, body_of(response)["state"]) == (200, "cancelled")
    entry = body_of(api.as_("area_admin").get("/api/v1/journal"))["items"][0]
    assert (entry["verb"], entry["subject_id"]) == ("jobs.job.cancelled", body_of(response)["id"])

    again = client.post(f"/api/v1/jobs/{api.area.things['job']}/cancel")
    assert (again.status_code, body_of(again)["code"]) == (409, "job_finished")


def test_jobs__of_someone_else__not_found(api):
    response = api.as_("area_admin").get(f"/api/v1/jobs/{api.area.things['job']}")
    assert response.status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_jobs__queries_do_not_grow(api, django_assert_num_queries, rows):
    with schema_context(api.area.schema_name):
        officer = api.area.people["officer"].user_id
        for _ in range(rows):
            Job.objects.create(kind="tests.count", started_by=officer)
    with django_assert_num_queries(2):
        assert api.as_("officer").get("/api/v1/jobs").status_code == 200


def test_forget__ended_a_month_ago__gone_the_others_stay(in_area):
    old, young, waiting = (start_job("tests.count", {"to": 1}, actor=SYSTEM) for _ in range(3))
    for job in (old, young):
        run_job(job.pk)
    Job.objects.filter(pk__in=[old.pk, waiting.pk]).update(
        created_at=timezone.now() - timedelta(days=90)
    )
    Job.objects.filter(pk=old.pk).update(
        finished_at=timezone.now() - FINISHED_KEPT_FOR - timedelta(seconds=1)
    )
    forget_finished_jobs()

    assert set(Job.objects.filter(kind="tests.count")) == {young, waiting}
