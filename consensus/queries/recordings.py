"""Who enters answers for others, for whom, what of it they may read, and how often it happened."""

import uuid
from copy import copy
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from accounts.enums import Role
from accounts.models import RoleGrant, User
from consensus.credentials import Entry
from consensus.enums import EntryWay, PanelistState, RoundKind, RoundStatus
from consensus.models import Panelist, Round, Study
from consensus.participation import Recording
from consensus.queries.rounds import asked_kind, is_taking_answers, seats_answering
from core.actor import Actor

_ASKED = reduce(or_, (Q(study__rounds__kind=each, kind=asked_kind(each)) for each in RoundKind))
_TAKING_PART = [PanelistState.INVITED, PanelistState.ACCEPTED]


def is_recorder(study: Study, user: UUID) -> bool:
    return str(user) in study.recorders


def recorded_by(actor: Actor) -> QuerySet[Panelist]:
    """Everyone who takes part in the studies whose recorder this is; administrators are none."""
    if actor.id is None or actor.has(Role.AREA_ADMIN):
        return Panelist.objects.none()
    studies = Study.objects.filter(recorders__contains=[str(actor.id)])
    people = Panelist.objects.filter(study__in=studies, state__in=_TAKING_PART)
    return people.select_related("study")


def awaiting_recorder(actor: Actor) -> QuerySet[Panelist]:
    """Of these, whom an open round asks. It does not tell who has answered."""
    asked = recorded_by(actor).filter(_ASKED, study__rounds__status=RoundStatus.OPEN)
    return asked.annotate(
        study_title=F("study__title"),
        round_number=F("study__rounds__number"),
        round_kind=F("study__rounds__kind"),
        closes_at=F("study__rounds__closes_at"),
    )


def panelist_entered_for(entry: Entry) -> Panelist | None:
    """Whose page a recorder's credential opens: none once round or right is over."""
    people = Panelist.objects.filter(
        pk=entry.panelist, study__recorders__contains=[str(entry.recorder)]
    )
    panelist = people.select_related("study").first()
    round_ = Round.objects.filter(pk=entry.round).defer("results").first()
    admins = RoleGrant.objects.holding().filter(role=Role.AREA_ADMIN).values("user")
    recorder = User.objects.filter(pk=entry.recorder, is_active=True).exclude(pk__in=admins)
    may_record = recorder.exists()
    if panelist is None or round_ is None or not may_record or not is_taking_answers(round_):
        return None
    return panelist


def recording_of(panelist: Panelist, round_id: UUID) -> Recording | None:
    rows = Recording.objects.filter(panelist=panelist.pk, round=round_id)
    return rows.select_related("recorder").first()


def may_read_back(entry: Entry, recording: Recording | None) -> bool:
    """Only while nothing stands in the round but what came through this recorder."""
    return (
        recording is not None and recording.recorder_id == entry.recorder and not recording.is_mixed
    )


def unseen(panelist: Panelist) -> Panelist:
    """The same person to a reader who may read none of their answers: on a seat that nobody has."""
    shown = copy(panelist)
    shown.seat_id = uuid.uuid4()
    return shown


def seen_in(panelist: Panelist, round_: Round) -> Panelist:
    """The person as the own page may tell of a round: unseen if the address was changed since."""
    return panelist if round_.number > panelist.unseen_to else unseen(panelist)


def entered_by_way(round_: Round) -> dict[str, int]:
    """How many who answered the round have answers in it that a recorder entered, by the way."""
    rows = Recording.objects.filter(round=round_.pk, panelist__seat__in=seats_answering(round_))
    ways = list(rows.values_list("way", flat=True))
    return {way: ways.count(way) for way in EntryWay.values}


def entered_in(results: dict[str, Any]) -> dict[str, int]:
    """The same as frozen at closing; a round from before there were recorders has none."""
    frozen = results.get("recorded", {})
    return {way: frozen.get(way, 0) for way in EntryWay.values}
