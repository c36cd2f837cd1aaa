"""Recorders: who they are, and how they come in for one panelist and the round that is open."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.enums import Role
from accounts.links import personal_link
from accounts.models import RoleGrant, User
from consensus.actions.links import end_letters, note_opened
from consensus.actions.recording import record_in
from consensus.credentials import LIFE, Entry, new_recorder_credential
from consensus.enums import EntryWay
from consensus.errors import AlreadyOnPanelError, NothingAskedError, RoundNotOpenError
from consensus.models import Panelist, Study
from consensus.participation import Recording
from consensus.queries.panel import newest_round
from consensus.queries.recordings import is_recorder
from consensus.queries.rounds import asked_kind, is_taking_answers
from consensus.queries.studies import shows_person_on_panel
from core.actor import Actor
from core.errors import InvalidInputError, NotFoundError, invalid


def require_recorders(study: Study) -> None:
    """Recorders never run the study or code its answers, and are not on its panel.

    The caller holds the study. Raises InvalidInputError, AlreadyOnPanelError.
    """
    users = [UUID(each) for each in study.recorders]
    people = {each.pk: each for each in User.objects.filter(pk__in=users, is_active=True)}
    admins = RoleGrant.objects.holding().filter(role=Role.AREA_ADMIN, user__in=users)
    running = {study.facilitator_id, study.second_coder_id, *admins.values_list("user", flat=True)}
    for place, user in enumerate(users):
        pointer = f"/recorders/{place}"
        if user not in people:
            raise invalid(pointer, "unknown", "ไม่มีผู้ใช้นี้", "There is no such user.")
        if user in running:
            raise _runs_study(pointer)
        if shows_person_on_panel(study.pk, people[user].email or ""):
            raise AlreadyOnPanelError


def _runs_study(pointer: str) -> InvalidInputError:
    return invalid(
        pointer,
        "runs_study",
        "ผู้บันทึกคำตอบต้องไม่ใช่ผู้ดำเนินการศึกษา ผู้ลงรหัส หรือผู้ดูแลระบบ",
        "A recorder must not run the study, code its answers, or administer the area.",
    )


def require_no_recorder(study: Study, user: UUID | None, pointer: str) -> None:
    """Whoever is a recorder, or ever entered an answer here, knows too much to run the study.

    The caller holds the study: a recorder's writing holds it too. Raises InvalidInputError.
    """
    has_entered = Recording.objects.filter(round__study=study.pk, recorder=user)
    if user is not None and (is_recorder(study, user) or has_entered.exists()):
        raise invalid(
            pointer,
            "recorder",
            "บุคคลนี้เป็นหรือเคยเป็นผู้บันทึกคำตอบของการศึกษานี้ จึงดำเนินการหรือลงรหัสไม่ได้",
            "This person enters, or has entered, answers of the study, and so cannot run it "
            "or code its answers.",
        )


@dataclass(frozen=True)
class RecorderAccess:
    """What opens one panelist's page to a recorder: a credential, and a link that bears it."""

    credential: str
    link: str
    expires_in: int = LIFE


@transaction.atomic
def start_recording(
    panelist: Panelist, *, way: EntryWay, agreed: bool, actor: Actor
) -> RecorderAccess:
    """Come in for a panelist who agreed to it, for as long as the open round is open.

    The journal tells who may enter for whom from now on, and never whether an answer came.
    Raises RoundNotOpenError, NothingAskedError, InvalidInputError, NotFoundError.
    """
    study = panelist.study.locked()
    if actor.id is None or not is_recorder(study, actor.id) or actor.has(Role.AREA_ADMIN):
        raise NotFoundError
    if not agreed:
        raise invalid(
            "/agreed",
            "required",
            "ต้องได้รับความยินยอมจากผู้ตอบให้บันทึกแทนก่อน",
            "The person must first agree that you enter their answers.",
        )
    round_ = newest_round(panelist)
    if round_ is None or not is_taking_answers(round_):
        raise RoundNotOpenError
    if asked_kind(round_.kind) != panelist.kind:
        raise NothingAskedError
    person = panelist.locked()
    end_letters(person)
    note_opened(person)
    entry = Entry(actor.id, person.pk, round_.pk, way)
    changes = {"round": round_.number, "way": way}
    record_in(study, "consensus.panelist.recording_started", person, actor, changes)
    credential = new_recorder_credential(entry)
    return RecorderAccess(credential, personal_link("panel", credential=credential))
