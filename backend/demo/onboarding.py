"""Part 1: offices apply, prove their e-mail, are approved; their admins sign in."""

from typing import Any

import httpx

from backend.demo.letters import APPLICATION, INVITATION, opened
from backend.demo.visitor import RefusedError, Visitor, awaited, say

PASSWORD = "krunet-demo-2569"  # noqa: S105  (of the demonstration, printed by `make run`)
EMAIL = "{name}@{slug}.example.go.th"

BURIRAM = {
    "code": "3104",
    "slug": "buriram4",
    "name_th": "สพป.บุรีรัมย์ เขต 4",
    "name_en": "Buriram Primary Educational Service Area Office 4",
    "kind": "primary",
    "province": "บุรีรัมย์",
    "contact_name": "เสาวณี ใจดี",
}
RANONG = {
    "code": "8501",
    "slug": "ranong",
    "name_th": "สพป.ระนอง",
    "name_en": "Ranong Primary Educational Service Area Office",
    "kind": "primary",
    "province": "ระนอง",
    "contact_name": "ชาญชัย ทองดี",
}
_PROGRESS = ("unproven", "submitted", "approved")


def onboard(platform: Visitor, operator: Visitor, office: dict[str, str]) -> Visitor:
    """An office becomes an area; its administrator, signed in."""
    email = EMAIL.format(name="admin", slug=office["slug"])
    if not any(each["code"] == office["code"] for each in platform.all("areas")):
        _become_area(platform, operator, {**office, "email": email})
    area = platform.at(f"{office['slug']}.{platform.host}")
    try:
        admin = area.signed_in(email, PASSWORD)
    except RefusedError:
        admin = accepted(platform, area, email)
    say(f"   {office['name_en']}: {admin.host}")
    return admin


def _become_area(platform: Visitor, operator: Visitor, application: dict[str, Any]) -> None:
    earlier = [
        each
        for each in operator.all("area-applications")
        if each["slug"] == application["slug"] and each["state"] in _PROGRESS
    ]
    if earlier:
        found = max(earlier, key=lambda each: _PROGRESS.index(each["state"]))
    else:
        found = platform.post("area-applications", application)["application"]
    if found["state"] == "unproven":

        def prove(token: str) -> Any:
            return platform.post("area-applications/prove", {"token": token})

        opened(platform, APPLICATION, application["email"], prove)
    path = f"area-applications/{found['id']}"
    try:
        operator.finished(operator.post(f"{path}/approve")["id"])
    except RefusedError as refused:
        if refused.status != httpx.codes.CONFLICT:
            raise
        # An earlier run has approved it, and a worker is setting it up.
        awaited(lambda: operator.get(path)["area_url"], "the area to be set up")


def accepted(platform: Visitor, area: Visitor, email: str) -> Visitor:
    """Someone who was invited opens the letter's link, chooses a password and is signed in."""

    def accept(token: str) -> Visitor:
        answer = area.post("invitations/accept", {"token": token, "password": PASSWORD})
        return area.with_token(answer["session_token"])

    return opened(platform, INVITATION, email, accept)
