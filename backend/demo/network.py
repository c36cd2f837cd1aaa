"""Part 3, first half: a cluster is born. Its schools sign, and it writes a plan for the year."""

from typing import Any

from backend.demo.area import Cast
from backend.demo.calendar import FIRST_DAY, LAST_DAY, YEAR
from backend.demo.visitor import say, together
from core.dates import buddhist_year


def sign_agreement(cast: Cast) -> None:
    """Every member school signs."""
    run = cast.coordinator
    agreement = run.made(
        "agreements",
        "agreement",
        {
            "cluster": cast.cluster["id"],
            "title": f"บันทึกข้อตกลงความร่วมมือ ปีการศึกษา {buddhist_year(YEAR)}",
            "valid_from": FIRST_DAY,
            "valid_until": LAST_DAY,
        },
    )
    signed = {each["school"] for each in agreement["signatures"]}

    def sign(school: dict[str, Any]) -> None:
        body = {"school": school["id"], "signed_on": FIRST_DAY, "signatory": "ผู้อำนวยการ (สังเคราะห์)"}
        run.post(f"agreements/{agreement['id']}/sign", body)

    together(sign, [school for school in cast.schools if school["id"] not in signed])
    say(f"   {len(cast.schools)} schools of {cast.cluster['name_th']} have signed the agreement")


def submit_plan(cast: Cast, model: dict[str, Any]) -> dict[str, Any]:
    """The cluster's plan over the seven work scopes, submitted: its first version."""
    run = cast.coordinator
    year = buddhist_year(YEAR)
    plan = run.made(
        "plans",
        "plan",
        {"cluster": cast.cluster["id"], "academic_year": YEAR, "title": f"แผนพัฒนาครู {year}"},
    )
    path = f"plan-versions/{plan['versions'][0]['id']}"
    version = run.get(path)
    if version["status"] == "draft":
        items = [
            {"work_scope": scope["code"], "text": text}
            for scope in model["work_scopes"]
            for text in scope["items"]
        ]
        run.put(f"{path}/items", {"items": items}, version=version["version"])
        version = run.post(f"{path}/submit")
    scopes = {item["work_scope"] for item in version["items"]}
    say(f"   a plan of {len(version['items'])} items over {len(scopes)} work scopes is submitted")
    return version  # type: ignore[no-any-return]


def adopt_plan(cast: Cast, version: dict[str, Any]) -> None:
    """The validated version comes into force; the network stage follows from the evidence."""
    run = cast.coordinator
    run.moved(f"plan-versions/{version['id']}", "adopt", when="submitted")
    stage = run.post(f"clusters/{cast.cluster['id']}/reassess-stage")
    say(f"   the plan is in force; the cluster has reached the stage {stage['stage']}")
