"""Who is asked: people and their pseudonyms."""

import unicodedata
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from accounts.enums import Language
from accounts.models import User
from consensus.actions.recording import note_deviation, record_in
from consensus.enums import PanelKind, StudyStatus
from consensus.errors import AlreadyOnPanelError, WrongStudyStatusError
from consensus.models import Panelist, PanelSeat, Study
from core.actor import Actor
from core.errors import invalid
from core.ids import new_id

_JOINABLE = {
    PanelKind.PANELIST: {
        StudyStatus.DRAFT,
        StudyStatus.SEALED,
        StudyStatus.ROUND_OPEN,
        StudyStatus.ROUND_CLOSED,
    },
    PanelKind.CERTIFIER: {
        StudyStatus.DRAFT,
        StudyStatus.SEALED,
        StudyStatus.ROUND_OPEN,
        StudyStatus.ROUND_CLOSED,
        StudyStatus.CONCLUDED,
        StudyStatus.CERTIFICATION_OPEN,
    },
}
_BEFORE_ROUNDS = {StudyStatus.DRAFT, StudyStatus.SEALED}


@transaction.atomic
def add_panelist(
    study: Study,
    *,
    kind: PanelKind,
    name: str,
    actor: Actor,
    email: str = "",
    expertise: str = "",
    language: Language = Language.THAI,
    reason: str = "",
    id: UUID | None = None,
) -> Panelist:
    """Put a person on the panel or among the certifiers, with a pseudonym of their own.

    Once rounds have begun it takes a reason, which is kept as a deviation from the protocol.
    Raises WrongStudyStatusError, AlreadyOnPanelError, InvalidInputError.
    """
    row = study.locked()  # two at once: the second sees the first
    if row.status not in _JOINABLE[kind]:
        raise WrongStudyStatusError(status=row.status)
    _require_new(row, name, email)
    if kind == PanelKind.PANELIST and row.status not in _BEFORE_ROUNDS:
        if not reason:
            raise invalid(
                "/reason",
                "required",
                "การเพิ่มผู้เชี่ยวชาญหลังเปิดรอบต้องระบุเหตุผล",
                "A panelist who joins after the first round needs a reason.",
            )
        note_deviation(row, "panelist_added", reason)
        row.save_changes("deviations")
    seat = PanelSeat.objects.create(study=row, kind=kind, expertise=expertise)
    panelist = Panelist.objects.create(
        id=id or new_id(),
        study=row,
        seat=seat,
        kind=kind,
        name=name,
        email=email,
        expertise=expertise,
        language=language,
    )
    record_in(row, "consensus.panelist.added", panelist, actor, {"kind": kind, "reason": reason})
    return panelist


def _require_new(study: Study, name: str, email: str, *, besides: UUID | None = None) -> None:
    """Nobody stands twice, and certifiers are no panelists: told by e-mail and by name."""
    everyone = study.panelists.all()
    others = everyone.exclude(pk=besides) if besides else everyone
    others_told = others.values_list("name", "email")
    for other_name, other_email in others_told:
        same_mail = bool(email) and email.lower() == other_email.lower()
        if same_mail or _same_name(name) == _same_name(other_name):
            raise AlreadyOnPanelError
    runs_it = [study.facilitator_id, study.second_coder_id, *study.recorders]
    if email and User.objects.filter(pk__in=filter(None, runs_it), email__iexact=email).exists():
        raise AlreadyOnPanelError


def _same_name(name: str) -> str:
    """As it reads: ำ typed as one letter or as two, with or without spaces and unseen marks."""
    letters = unicodedata.normalize("NFKC", name).casefold()
    return "".join(
        each for each in letters if not each.isspace() and unicodedata.category(each) != "Cf"
    )


@transaction.atomic
def update_panelist(panelist: Panelist, changes: Mapping[str, str], *, actor: Actor) -> Panelist:
    """Correct name, e-mail, expertise or language. A new address ends earlier links.

    Links that go to it show nothing that was answered before: whoever changes it might read it.
    Nobody moves to another group once the rounds have begun: what both groups say would differ by
    that one person. Raises AlreadyOnPanelError, WrongStudyStatusError,
    StaleVersionError.
    """
    study = panelist.study.locked()
    if "expertise" in changes:
        _require_movable(study)
    row = panelist.locked_unchanged()
    told = {name: [getattr(row, name), value] for name, value in changes.items()}
    for name, value in changes.items():
        setattr(row, name, value)
    _require_new(study, row.name, row.email, besides=row.pk)
    if "email" in changes and told["email"][0] != row.email:
        row.links.all().delete()
        if row.consented_at is not None:  # before, nothing can have been answered
            row.unseen_to = study.rounds.count()
    if "expertise" in changes:
        PanelSeat.objects.filter(pk=row.seat_id).update(expertise=row.expertise)
    row.save_changes(*changes, "unseen_to")
    record_in(study, "consensus.panelist.updated", row, actor, told)
    return row


def _require_movable(study: Study) -> None:
    if study.status not in _BEFORE_ROUNDS:
        raise WrongStudyStatusError(status=study.status)
