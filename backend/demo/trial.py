"""A study that stays open, so that whoever looks around can answer it from a personal link."""

from typing import Any

from django.conf import settings

from backend.demo.area import SLUG
from backend.demo.letters import PANEL, opened
from backend.demo.people import LABEL
from backend.demo.visitor import Visitor, say
from core.addresses import area_url

_TITLE = "ทดลองตอบ: ความจำเป็นของขอบข่ายงานทั้งเจ็ด (สาธิต)"
GUEST = "guest1@experts.example"
_GUESTS = [GUEST, *(f"guest{number}@experts.example" for number in range(2, 6))]


def open_trial(facilitator: Visitor, model: dict[str, Any]) -> None:
    """How much does a cluster need each of the seven work scopes? Five guests are asked."""
    study = _study(facilitator, model)
    path = f"studies/{study['id']}"
    known = {each["email"] for each in facilitator.all(f"{path}/panelists")}
    for number, email in enumerate(_GUESTS, start=1):
        if email not in known:
            guest = {"kind": "panelist", "name": f"ผู้ทดลองตอบ {number} ({LABEL})", "email": email}
            facilitator.post(f"{path}/panelists", guest)
    facilitator.moved(path, "seal", when="draft")
    if not [*facilitator.all(f"{path}/rounds")]:
        facilitator.post(f"{path}/rounds", {})
    say("   another study stays open for you to try: its link is printed below")


def guest_link(facilitator: Visitor) -> str:
    """A personal link to the open study, as a mail brings it; reminders bring fresh ones.

    DemoError if there is none that works.
    """
    for study in facilitator.all("studies"):
        for round_ in facilitator.all(f"studies/{study['id']}/rounds"):
            if (study["title"], round_["status"]) == (_TITLE, "open"):
                facilitator.post(f"rounds/{round_['id']}/remind")
    area = facilitator.with_token("")

    def link(token: str) -> str:
        area.post("panel/exchange", {"token": token})
        return area_url(SLUG, f"/panel#token={token}")

    return opened(facilitator.at(settings.BASE_DOMAIN), PANEL, GUEST, link)


def _study(facilitator: Visitor, model: dict[str, Any]) -> dict[str, Any]:
    items = [{"section": scope["code"], "text": scope["th"]} for scope in model["work_scopes"]]
    protocol = {"rounds": [{"kind": "rating"}, {"kind": "rating"}]}
    return facilitator.made(
        "studies", "trial", {"title": _TITLE, "items": items, "protocol": protocol}
    )
