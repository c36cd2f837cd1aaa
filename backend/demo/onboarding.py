"""Part 1: offices apply, prove their e-mail, are approved; their admins sign in."""

import re
from typing import Any

from backend.demo.visitor import DemoError, Visitor

PASSWORD = "krunet-demo-2569"  # noqa: S105  (of the demonstration, printed by `make run`)
ADMIN_EMAIL = "admin@{slug}.example.go.th"

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


def onboard(platform: Visitor, operator: Visitor, office: dict[str, str]) -> Visitor:
    """An office becomes an area; its administrator, signed in."""
    slug = office["slug"]
    email = ADMIN_EMAIL.format(slug=slug)
    area = platform.at(f"{slug}.{platform.host}")
    if not _exists(platform, slug):
        _apply_and_be_approved(platform, operator, {**office, "email": email})
        token = mailed(platform, email, r"/invitation#token=([\w-]+)")
        area.post("invitations/accept", {"token": token, "password": PASSWORD})
    return area.signed_in(email, PASSWORD)


def mailed(platform: Visitor, to: str, pattern: str) -> str:
    """What the newest mail to this address says, found by a pattern in its text."""
    for mail in platform.page("/outbox", format="json")["items"]:
        found = re.search(pattern, mail["text"])
        if to in mail["to"] and found:
            return found[1]
    raise DemoError(f"no mail to {to} has {pattern}")


def _exists(platform: Visitor, slug: str) -> bool:
    return any(each["slug"] == slug for each in platform.all("areas"))


def _apply_and_be_approved(
    platform: Visitor, operator: Visitor, application: dict[str, Any]
) -> None:
    made = platform.post("area-applications", application)
    token = mailed(platform, application["email"], r"/application#prove=([\w-]+)")
    platform.post("area-applications/prove", {"token": token})
    operator.finished(operator.post(f"area-applications/{made['id']}/approve"))
