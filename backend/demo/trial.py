"""A study that stays open, so that whoever looks around can answer it from a personal link."""

from typing import Any

from django.conf import settings

from backend.demo.area import SLUG, Cast
from backend.demo.letters import PANEL, opened
from backend.demo.panel import Expert, Study, ask, invite
from backend.demo.ratings import final_ratings
from backend.demo.visitor import Visitor, say
from core.addresses import area_url

_TITLE = "ทดลองตอบ: ความจำเป็นของขอบข่ายงานทั้งเจ็ด (สาธิต)"
GUEST = "guest1@experts.example"
_MUCH = 4  # the level that their ratings are around
_OTHERS = [Expert("panelist", n, f"guest{n + 1}@experts.example") for n in range(1, 5)]


def open_trial(platform: Visitor, cast: Cast, model: dict[str, Any]) -> None:
    """How much does a cluster need each of the seven work scopes? Asked in real time.

    Four have answered: with whoever looks around they are five, who see what the group says.
    """
    facilitator = cast.supervisor
    study = Study(f"studies/{_made(facilitator, model)['id']}", platform, facilitator, cast.teacher)
    invite(study, [Expert("panelist", 0, GUEST), *_OTHERS])
    facilitator.moved(study.path, "seal", when="draft")
    if not [*facilitator.all(f"{study.path}/rounds")]:
        facilitator.post(f"{study.path}/rounds", {})
    ask(study, _OTHERS, _rate)
    say("   another study is open in real time: be the fifth to answer, by the link printed below")


def _rate(me: Visitor, expert: Expert) -> None:
    given = [
        {"id": item["id"], "rating": final_ratings(_MUCH, item["position"])[expert.number]}
        for item in me.get("panel")["items"]
    ]
    me.put("panel/answers", {"items": given})


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


def _made(facilitator: Visitor, model: dict[str, Any]) -> dict[str, Any]:
    [ready] = [
        each
        for each in facilitator.get("study-planning")["templates"]
        if each["code"] == "real_time"
    ]
    items = [{"section": scope["code"], "text": scope["th"]} for scope in model["work_scopes"]]
    trial = {"title": _TITLE, "items": items, "protocol": ready["protocol"]}
    return facilitator.made("studies", "trial", trial)
