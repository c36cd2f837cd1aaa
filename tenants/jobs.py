"""Long work of the platform: setting an area up, and letters to applicants."""

from collections.abc import Callable
from typing import Any

from core.actor import Actor
from core.addresses import BASE_PATH
from core.jobs.registry import Progress, job_kind
from tenants.actions.applications import MAIL_STATE
from tenants.actions.areas import activate_area
from tenants.actions.leaving import DELETE, MAIL_LEAVING, certify, count_rows, drop
from tenants.enums import AreaState
from tenants.mails import send_leaving, send_ready, send_state
from tenants.models import Area, AreaApplication
from tenants.provisioning import STEPS, administrators_of, invite_first_admin
from tenants.queries import PROVISION


@job_kind(MAIL_STATE)
def mail_state(params: dict[str, Any], _cursor: dict[str, Any], _actor: Actor) -> None:
    """One letter. Its links are made as it is sent, so that no secret waits in a table."""
    send_state(AreaApplication.objects.get(pk=params["application"]))


@job_kind(PROVISION)
def provision(params: dict[str, Any], cursor: dict[str, Any], actor: Actor) -> Progress | None:
    """One step of setting an area up; each bears being done again, and is committed by itself."""
    done = cursor.get("done", 0)
    if done == len(_PIECES):
        return None
    application = AreaApplication.objects.select_related("area").get(pk=params["application"])
    _PIECES[done](application, actor)
    return Progress(
        done=done + 1,
        total=len(_PIECES),
        cursor={"done": done + 1},
        result={"url": f"{BASE_PATH}areas/{application.area_id}"},
    )


@job_kind(MAIL_LEAVING)
def mail_leaving(params: dict[str, Any], _cursor: dict[str, Any], _actor: Actor) -> None:
    """One letter to all administrators of an area that leaves, or stays after all."""
    area = Area.objects.get(pk=params["area"])
    if area.state != AreaState.DELETED:
        send_leaving(area, params["what"], administrators_of(area))


@job_kind(DELETE)
def delete_area(params: dict[str, Any], cursor: dict[str, Any], _actor: Actor) -> Progress | None:
    """Count, drop, certify: each a piece of its own. Nothing if the area stays after all."""
    area, done = Area.objects.get(pk=params["area"]), cursor.get("done", 0)
    if done == 0:
        if area.state != AreaState.LEAVING:
            return None
        return Progress(done=1, total=3, cursor={"done": 1, "rows": count_rows(area)})
    if done == 1:
        drop(area)
        return Progress(done=2, total=3, cursor={**cursor, "done": 2})
    certificate = certify(area, cursor["rows"])
    url = f"{BASE_PATH}deletion-certificates/{certificate.pk}"
    return Progress(done=3, total=3, cursor={}, result={"url": url}, is_last=True)


def _step(step: Callable[[Area], None]) -> Callable[[AreaApplication, Actor], None]:
    return lambda application, _actor: step(_area(application))


def _activate(application: AreaApplication, actor: Actor) -> None:
    activate_area(_area(application), actor=actor)


def _welcome(application: AreaApplication, _actor: Actor) -> None:
    area = _area(application)
    invitation = invite_first_admin(area, application)
    if invitation is not None:
        send_ready(application, area, invitation=invitation)


def _area(application: AreaApplication) -> Area:
    if application.area is None:
        raise RuntimeError("An approved application has its area")
    return application.area


_PIECES = (*(_step(step) for _, step in STEPS), _activate, _welcome)
