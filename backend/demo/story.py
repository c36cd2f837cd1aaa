"""The demonstration: KruNet's main job, done over the public HTTP API alone, on real input.

Run it again and it goes on where it stopped: what exists is found, not made twice.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from backend.demo.area import TEACHERS, furnish
from backend.demo.delphi import judge_plan
from backend.demo.onboarding import BURIRAM, RANONG, onboard
from backend.demo.visitor import DemoError, Visitor
from backend.demo.year import live_a_year

MODEL_FILE = Path(__file__).parent / "data" / "buriram4_model.json"
YEAR = 2026
OPERATOR = "operator@krunet.example"


def tell(address: str, host: str, operator_password: str, *, teachers: int = TEACHERS) -> None:
    """All five parts, with progress on the screen. `address` is where the server listens."""
    with httpx.Client(base_url=address, timeout=60) as http:
        platform = Visitor(http, host)
        operator = platform.signed_in(OPERATOR, operator_password)
        _say("1  Two offices apply, are approved and become areas")
        admin = onboard(platform, operator, BURIRAM)
        onboard(platform, operator, RANONG)
        _say(f"2  200 real schools, clusters by district, {teachers} synthetic staff, roles")
        cast = furnish(platform, admin, schools=200, teachers=teachers)
        _say("3  Training, supervision, a committee, a teacher's log")
        live_a_year(cast)
        _say("4  A plan is judged: 21 experts invited, 18 answer three rounds, 7 certify")
        model = json.loads(MODEL_FILE.read_text("utf-8"))
        version = submitted_plan(cast.coordinator, cast.cluster, model)
        study = judge_plan(platform, admin, version["id"], model)
        judged = admin.get(f"plan-versions/{version['id']}")
        _say(f"   verdict: {study['status']}; the plan version is {judged['validation']}")
        _say("5  The area's dashboard, against a recount of the lists")
        for name, told, recounted in compared(admin):
            if told != recounted:
                raise DemoError(f"{name}: the dashboard says {told}, a recount {recounted}")
            _say(f"   {name:<24}{told:>6}")


def submitted_plan(
    coordinator: Visitor, cluster: dict[str, Any], model: dict[str, Any]
) -> dict[str, Any]:
    """The cluster's plan over the seven work scopes, submitted; its first version."""
    plans = coordinator.get("plans", cluster=cluster["id"])["items"]
    plan = (
        plans[0]
        if plans
        else coordinator.post(
            "plans",
            {"cluster": cluster["id"], "academic_year": 2026, "title": "แผนพัฒนาครู 2569"},
        )
    )
    version = coordinator.get(f"plan-versions/{plan['versions'][0]['id']}")
    if version["status"] == "draft":
        items = [
            {"work_scope": scope["code"], "text": text}
            for scope in model["work_scopes"]
            for text in scope["items"]
        ]
        path = f"plan-versions/{version['id']}"
        coordinator.put(f"{path}/items", {"items": items}, version=version["version"])
        version = coordinator.post(f"{path}/submit")
    return version  # type: ignore[no-any-return]


def compared(admin: Visitor) -> Iterator[tuple[str, int, int]]:
    """An indicator, what the dashboard says of it, and what the lists of the API add up to."""
    board = admin.get("dashboards/area", academic_year=YEAR)
    visits = list(admin.all("visits", status="acknowledged"))
    meetings = list(admin.all("meetings", status="closed"))
    logs = list(admin.all("activity-logs", status="verified"))
    versions = list(admin.all("plan-versions"))
    yield "schools", board["schools"], len(list(admin.all("schools")))
    yield "clusters", board["clusters"], len(list(admin.all("clusters")))
    yield "staff", board["teachers"], len(list(admin.all("teachers")))
    yield "visits acknowledged", board["visits"]["acknowledged"], len(visits)
    yield "meetings closed", board["meetings"]["closed"], len(meetings)
    yield "logs verified", board["activity_logs"]["verified"], len(logs)
    validated = sum(each["validation"] == "validated" for each in versions)
    yield "plans validated", board["plans"]["validated"], validated


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (visible progress)
