"""A study's life but for its rounds: created, changed, sealed, abandoned."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clusters.enums import PlanStatus, Validation
from clusters.models import PlanVersion
from consensus.actions.items import copy_plan_items, write_items
from consensus.actions.recorders import require_no_recorder, require_recorders
from consensus.actions.recording import note_deviation, record_study
from consensus.enums import OVER, SCORED, ItemOrigin, RoundKind, RoundStatus, StudyStatus
from consensus.errors import (
    AlreadyOnPanelError,
    PlanVersionNotSubmittedError,
    StudyNotReadyError,
    StudySealedError,
    VerdictSettledError,
    WrongStudyStatusError,
)
from consensus.models import Round, Study
from consensus.protocol import parse_protocol
from consensus.queries.coding import fragments_of
from consensus.queries.studies import (
    FACILITATING_ROLES,
    may_facilitate,
    plan_versions_open_to,
    shows_person_on_panel,
)
from consensus.rules import may_name_facilitator
from consensus.sealing import seal_of
from consensus.study_defaults import complete_protocol
from core.actor import Actor
from core.errors import NotAllowedError, invalid
from core.ids import new_id
from core.lookups import named
from core.quotas import Quota, take

_NAMED = {"facilitator", "second_coder", "recorders"}  # who may still be named after sealing


@transaction.atomic
def create_study(
    *,
    title: str,
    actor: Actor,
    id: UUID | None = None,
    plan_version: UUID | None = None,
    facilitator: UUID | None = None,
    protocol: Mapping[str, Any] | None = None,
    items: Sequence[Mapping[str, str]] = (),
    items_from_plan: bool = False,
) -> Study:
    """Write a draft. A coordinator proposes one for the own cluster's plan, without facilitator.

    Raises PlanVersionNotSubmittedError, InvalidInputError, NotAllowedError, QuotaExceededError.
    """
    take(Quota.STUDIES)
    version = _submitted_version(plan_version, actor)
    study = Study.objects.create(
        id=id or new_id(),
        title=title,
        plan_version=version,
        plan_hash=version.content_hash if version else "",
        facilitator_id=_first_facilitator(facilitator, actor),
        protocol=complete_protocol(protocol or {}),
    )
    if items_from_plan:
        copy_plan_items(study)
    write_items(study, items, origin=ItemOrigin.GIVEN)
    record_study("created", study, actor, {"title": title, "plan_hash": study.plan_hash})
    return study


def _submitted_version(version_id: UUID | None, actor: Actor) -> PlanVersion | None:
    if version_id is None:
        if not actor.has(*FACILITATING_ROLES):
            raise invalid(
                "/plan_version",
                "required",
                "ผู้ประสานงานเสนอได้เฉพาะแผนของกลุ่มตนเอง",
                "A coordinator proposes a study of a plan: name its version.",
            )
        return None
    version = named(plan_versions_open_to(actor), version_id, "/plan_version")
    if version.status == PlanStatus.DRAFT:
        raise PlanVersionNotSubmittedError
    return version


def _first_facilitator(wanted: UUID | None, actor: Actor) -> UUID | None:
    if wanted is None:
        return actor.id if actor.has(*FACILITATING_ROLES) else None
    if wanted != actor.id and not may_name_facilitator(actor):
        raise NotAllowedError
    return _checked_facilitator(wanted)


def _checked_facilitator(user_id: UUID, pointer: str = "/facilitator") -> UUID:
    if not may_facilitate(user_id):
        raise invalid(
            pointer,
            "may_not_facilitate",
            "ต้องเป็นผู้ดูแลระบบ นักวิชาการศึกษา หรือศึกษานิเทศก์ของเขตพื้นที่",
            "Must be an administrator, officer or supervisor of the area.",
        )
    return user_id


@transaction.atomic
def update_study(
    study: Study, changes: Mapping[str, Any], *, actor: Actor, reason: str = ""
) -> Study:
    """Change title and protocol of a draft; facilitator, second coder, recorders before the end.

    After sealing, another facilitator takes a `reason`, which is kept as a deviation. Raises
    StudySealedError, WrongStudyStatusError, AlreadyOnPanelError, InvalidInputError,
    StaleVersionError.
    """
    row = study.locked_unchanged()
    _refuse(row, OVER)
    if row.status != StudyStatus.DRAFT and set(changes) - _NAMED:
        raise StudySealedError
    before = {name: _plain(row, name) for name in changes}
    row.recorders = [*dict.fromkeys(map(str, changes.get("recorders", row.recorders)))]
    if "facilitator" in changes:
        _name_facilitator(row, changes["facilitator"], reason, actor)
    if "second_coder" in changes:
        if changes["second_coder"] != row.second_coder_id and _is_coded(row):
            raise StudySealedError
        _name_second_coder(row, changes["second_coder"])
    if "recorders" in changes:
        require_recorders(row)
    row.title = changes.get("title", row.title)
    if "protocol" in changes:
        row.protocol = complete_protocol(changes["protocol"])
    row.save_changes("title", "protocol", *sorted(_NAMED), "deviations")
    after = {name: [old, _plain(row, name)] for name, old in before.items()}
    record_study("updated", row, actor, after)
    return row


def _name_facilitator(study: Study, user_id: UUID, reason: str, actor: Actor) -> None:
    if not may_name_facilitator(actor):
        raise NotAllowedError
    study.facilitator_id = _checked_facilitator(user_id)
    _require_two_people(study, "/facilitator")
    require_no_recorder(study, study.facilitator_id, "/facilitator")
    if study.facilitator and shows_person_on_panel(study.pk, study.facilitator.email or ""):
        raise AlreadyOnPanelError
    if study.status != StudyStatus.DRAFT:
        if not reason:
            raise invalid(
                "/reason",
                "required",
                "การเปลี่ยนผู้ดำเนินการหลังผนึกต้องระบุเหตุผล",
                "Another facilitator after sealing needs a reason.",
            )
        note_deviation(study, "facilitator_changed", reason)


def _is_coded(study: Study) -> bool:
    """Coding is over, and with it how far both coders agree."""
    rated = study.rounds.filter(kind__in=SCORED).exists()
    return rated and fragments_of(study.pk).exists()


def _name_second_coder(study: Study, user_id: UUID | None) -> None:
    study.second_coder_id = (
        None if user_id is None else _checked_facilitator(user_id, "/second_coder")
    )
    _require_two_people(study, "/second_coder")
    require_no_recorder(study, study.second_coder_id, "/second_coder")
    if study.second_coder and shows_person_on_panel(study.pk, study.second_coder.email or ""):
        raise AlreadyOnPanelError


def _require_two_people(study: Study, pointer: str) -> None:
    if study.second_coder_id is not None and study.second_coder_id == study.facilitator_id:
        raise invalid(
            pointer,
            "same_person",
            "ผู้ลงรหัสคนที่สองต้องไม่ใช่ผู้ดำเนินการศึกษา",
            "Facilitator and second coder must be two people.",
        )


def _plain(study: Study, name: str) -> Any:
    one_person = name in ("facilitator", "second_coder")
    return str(getattr(study, f"{name}_id")) if one_person else getattr(study, name)


@transaction.atomic
def seal_study(study: Study, *, actor: Actor) -> Study:
    """Freeze protocol and items under their hash.

    Raises WrongStudyStatusError, StudyNotReadyError.
    """
    row = study.locked()
    if row.status != StudyStatus.DRAFT:
        raise WrongStudyStatusError(status=row.status)
    items = list(row.items.order_by("position"))
    starts_open = parse_protocol(row.protocol).rounds[0].kind == RoundKind.OPEN_ENDED
    if row.facilitator_id is None or not (items or starts_open):
        raise StudyNotReadyError
    row.seal, row.sealed_at, row.status = seal_of(row, items), timezone.now(), StudyStatus.SEALED
    row.save_changes("seal", "sealed_at", "status")
    record_study("sealed", row, actor, {"seal": row.seal})
    return row


@transaction.atomic
def abandon_study(study: Study, *, reason: str, actor: Actor) -> Study:
    """End a study before its end; an open round is discarded.

    Raises WrongStudyStatusError; VerdictSettledError where its verdict stands already.
    """
    row = study.locked()
    _refuse(row, OVER)
    if row.verdict != Validation.NOT_VALIDATED:
        raise VerdictSettledError
    for open_round in Round.objects.select_for_update().filter(study=row, status=RoundStatus.OPEN):
        open_round.status, open_round.closed_at = RoundStatus.DISCARDED, timezone.now()
        open_round.save_changes("status", "closed_at")
    row.status = StudyStatus.ABANDONED
    row.reasons = [*row.reasons, {"code": "abandoned", "th": reason, "en": reason}]
    row.save_changes("status", "reasons")
    record_study("abandoned", row, actor, {"reason": reason})
    return row


def _refuse(study: Study, statuses: Collection[StudyStatus]) -> None:
    if study.status in statuses:
        raise WrongStudyStatusError(status=study.status)
