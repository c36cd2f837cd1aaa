"""The two kinds of jobs of an import."""

from typing import Any
from uuid import UUID

from core.actor import Actor
from core.imports.actions import APPLY, CHECK, apply_piece, check_import
from core.jobs.registry import Progress, job_kind


@job_kind(CHECK)
def check(params: dict[str, Any], _cursor: dict[str, Any], _actor: Actor) -> Progress | None:
    return check_import(UUID(params["batch"]))


@job_kind(APPLY)
def apply(params: dict[str, Any], cursor: dict[str, Any], actor: Actor) -> Progress | None:
    return apply_piece(UUID(params["batch"]), done=cursor.get("done", 0), actor=actor)
