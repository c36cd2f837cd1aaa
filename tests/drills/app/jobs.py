"""A job whose every piece leaves a mark, and dawdles, so that kills meet it at work."""

import os
import time
from typing import Any

from core.actor import Actor
from core.jobs.registry import Progress, job_kind
from tests.drills.app.models import Mark

KIND = "drills.leave_marks"


@job_kind(KIND)
def leave_mark(params: dict[str, Any], cursor: dict[str, Any], actor: Actor) -> Progress | None:
    number = cursor.get("next", 0)
    if number == params["pieces"]:
        return None
    time.sleep(params["seconds"] / 2)
    Mark.objects.create(name=f"{params['name']}:{number}", process=os.getpid())
    time.sleep(params["seconds"] / 2)
    return Progress(done=number + 1, total=params["pieces"], cursor={"next": number + 1})
