"""Sending a spreadsheet and letting its jobs run."""

import io
from pathlib import Path
from typing import Any
from uuid import UUID

from django_tenants.utils import schema_context

from core.jobs.actions import run_job
from tests.client import Api, body_of

DEMO_SCHOOLS = Path(__file__).parents[2] / "backend/demo/data/buriram4_schools.csv"


def send(client: Api, kind: str, content: bytes, name: str = "file.csv", **options: str) -> Any:
    file = io.BytesIO(content)
    file.name = name
    return client.upload("/api/v1/imports", {"kind": kind, "file": file, **options})


def checked(client: Api, kind: str, content: bytes, **options: str) -> dict[str, Any]:
    """The import after its check."""
    started = send(client, kind, content, **options)
    assert started.status_code == 202, started.content
    return _after_its_job(client, body_of(started))


def applied(client: Api, batch: dict[str, Any], *, skip: bool = False) -> dict[str, Any]:
    path = f"/api/v1/imports/{batch['id']}/apply"
    started = client.post(path, {"skip_problem_rows": skip})
    assert started.status_code == 202, started.content
    return _after_its_job(client, body_of(started))


def _after_its_job(client: Api, batch: dict[str, Any]) -> dict[str, Any]:
    with schema_context(client.area.schema_name):
        run_job(UUID(batch["job_id"]))
    return body_of(client.get(f"/api/v1/imports/{batch['id']}"))
