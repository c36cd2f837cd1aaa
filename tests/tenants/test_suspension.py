"""A suspended area answers one problem, keeps all it has, and is written in by no job either."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tenants.utils import schema_context

from core.actor import SYSTEM
from core.jobs.actions import run_job, start_job
from core.jobs.models import Job, JobState
from core.jobs.registry import Progress, job_kind
from tenants.actions.areas import suspend_area
from tenants.directory import forget_areas, may_be_worked_in
from tenants.models import Area
from tests.client import body_of


@job_kind("tests.three_pieces")
def _three_pieces(params, cursor, actor):
    """In the midst of the first, an operator suspends the area of this code, if there is one."""
    done = cursor.get("done", 0) + 1
    if done == 1 and params["suspends"]:
        with schema_context("public"):
            area = Area.objects.get(code=params["suspends"])
            suspend_area(area, reason="ตามคำขอ", actor=SYSTEM)
            forget_areas()
    return Progress(done=done, total=3, cursor={"done": done}, is_last=done == 3)


@pytest.fixture
def operator(api):
    return api.on_platform().as_("operator")


@pytest.fixture
def suspend(operator):
    def do(code: str) -> None:
        answer = operator.post(f"/api/v1/areas/{code}/suspend", {"reason": "ตามคำขอ"})
        assert answer.status_code == 200
        forget_areas()  # as after its commit

    return do


def test_suspended__every_request__one_problem_as_of_an_area_that_is_not_there(api, suspend):
    officer, neighbour = api.as_("officer"), api.on("t2").as_("officer")
    suspend("t1")
    answers = [
        officer.get("/api/v1/me"),
        officer.post("/api/v1/schools", {"name_th": "x"}),
        officer.get("/"),
        officer.send("GET", "/api/v1/me", host="nowhere.localhost"),
    ]
    assert {each.status_code for each in answers} == {404}
    told = [{**body_of(each), "request_id": ""} for each in answers]
    assert told == [told[0]] * 4
    assert told[0]["code"] == "area_unavailable"
    assert neighbour.get("/api/v1/me").status_code == 200


def test_suspended__and_reactivated__all_is_there_and_tokens_work(api, operator, suspend):
    officer = api.as_("officer")
    before = officer.get("/api/v1/schools").content
    suspend("t1")
    assert operator.post("/api/v1/areas/t1/reactivate").status_code == 200
    forget_areas()
    assert officer.get("/api/v1/schools").content == before


def _stands(job: Job) -> tuple[JobState, int]:
    job.refresh_from_db()
    return JobState(job.state), job.done


def test_job__area_suspended_midway__stops_after_its_piece_and_goes_on_when_it_is_open(
    world, operator
):
    with schema_context("a_t1"):
        job = start_job("tests.three_pieces", {"suspends": "t1"}, actor=SYSTEM)
        run_job(job.pk)
        assert _stands(job) == (JobState.RUNNING, 1)
    with schema_context("a_t2"):
        neighbours = start_job("tests.three_pieces", {"suspends": ""}, actor=SYSTEM)
        run_job(neighbours.pk)
        assert _stands(neighbours) == (JobState.SUCCEEDED, 3)

    operator.post("/api/v1/areas/t1/reactivate")
    forget_areas()
    with schema_context("a_t1"):
        Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
        run_job(job.pk)
        assert _stands(job) == (JobState.SUCCEEDED, 3)


@pytest.mark.parametrize(
    ("schema", "may"), [("public", True), ("a_t1", False), ("a_t2", True), ("a_nowhere", False)]
)
def test_worker__may_work__in_open_areas_and_on_the_platform(suspend, schema, may):
    suspend("t1")
    assert may_be_worked_in(schema) is may
