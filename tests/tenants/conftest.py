"""What onboarding tests share. The directory's memory outlives a test, so each starts afresh."""

import pytest
from django.core import mail

from core.jobs.actions import run_job
from core.jobs.models import Job
from tenants.directory import forget_areas
from tests.client import Api, body_of
from tests.tenants.cast import office


@pytest.fixture(autouse=True)
def _fresh_directory():
    forget_areas()
    yield
    forget_areas()


class Joining:
    """An office's way in, as the office and the operator walk it."""

    def __init__(self, api: Api) -> None:
        self.anyone = api.on_platform().with_token(None)
        self.operator = api.on_platform().as_("operator")

    def apply(self, name: str, **changes: str):
        return self.anyone.post("/api/v1/area-applications", office(name, **changes))

    def prove(self, token: str):
        return self.anyone.post("/api/v1/area-applications/prove", {"token": token})

    def status(self, token: str):
        return self.anyone.post("/api/v1/area-applications/status", {"token": token})

    def decide(self, application_id: str, verb: str, body=None):
        return self.operator.post(f"/api/v1/area-applications/{application_id}/{verb}", body)

    def submitted(self, name: str) -> str:
        """Applied and proven; the application's id."""
        applied = body_of(self.apply(name))
        work()
        assert self.prove(secret("prove")).status_code == 200
        return applied["application"]["id"]


@pytest.fixture
def joining(api) -> Joining:
    return Joining(api)


def work() -> None:
    """Do the waiting jobs of the platform, as its workers would."""
    for job in Job.objects.filter(state="waiting", kind__startswith="tenants.").order_by("id"):
        run_job(job.pk)


def secret(name: str) -> str:
    """What stands behind `#name=` in the newest mail."""
    return mail.outbox[-1].body.split(f"#{name}=")[1].split()[0]
