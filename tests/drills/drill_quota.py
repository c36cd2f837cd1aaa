"""Fifty people accept an invitation at the same moment, and ten seats are free."""

import time
from functools import partial

from tests.drills.caller import new_key
from tests.drills.holding import hold, wait_for
from tests.drills.registry import drill
from tests.drills.site import Site
from tests.drills.together import together

CROWD, FREE = 50, 10
_SEATS = "SELECT count(*) FROM accounts_user WHERE is_active"


@drill("seats_are_exact", count=5)
def seats_are_exact(site: Site, count: int) -> str:
    slowest = 0.0
    for _ in range(count):
        tokens = [_invited(site) for _ in range(CROWD)]
        taken = site.number(_SEATS)
        slowest = max(slowest, _limit(site, taken + FREE))
        accept = [
            partial(
                site.stranger.post,
                "/api/v1/invitations/accept",
                {"token": token, "password": "ข้าวเหนียวมะม่วง-2569"},
            )
            for token in tokens
        ]
        answers = together(*accept)
        in_, out = ([each for each in answers if each.status == status] for status in (201, 403))
        hold(len(in_) == FREE, f"{len(in_)} got in: {sorted(each.status for each in answers)}")
        hold({each.code for each in out} == {"quota_exceeded"}, "refused for another reason")
        hold(site.number(_SEATS) == taken + FREE, "more accounts than seats")
    _limit(site, None)
    return f"{FREE} of {CROWD} get in each time; a new plan counted after {slowest:.1f} s"


def _invited(site: Site) -> str:
    """The token of a fresh invitation's link."""
    body = {"username": new_key(), "display_name": "แข่ง", "role": "viewer", "scope": "area"}
    invited = site.admin.post("/api/v1/invitations", body)
    hold(invited.status == 201, f"inviting: {invited.status} {invited.body}")
    return str(invited.body["link"]).split("token=")[1]


def _limit(site: Site, seats: int | None) -> float:
    """Move the area to a plan with so many seats; the seconds until every process knows."""
    plan = site.operator.post(
        "/api/v1/service-plans", {"name_th": "แผน", "name_en": "Plan", "seats": seats}
    )
    moved = site.operator.post(
        "/api/v1/areas/drill/service-plan", {"service_plan": plan.body["id"]}
    )
    hold(moved.status == 200, f"moving: {moved.status} {moved.body}")
    began = time.monotonic()
    wait_for(lambda: _knows(site, seats), 10, "every process knows the new plan")
    return time.monotonic() - began


def _knows(site: Site, seats: int | None) -> bool:
    """Asked often enough to meet each web worker."""
    told = [site.admin.get("/api/v1/usage").body["quotas"][0]["allowed"] for _ in range(12)]
    return told == [seats] * len(told)
