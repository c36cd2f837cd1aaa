"""Official letters with personal links, for those whom nobody has come in for yet."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from consensus.actions.links import issue_letter_link, may_get_letter_link
from consensus.actions.recording import record_in
from consensus.enums import OVER, PanelistState
from consensus.errors import LetterTooLateError, WrongStudyStatusError
from consensus.models import Panelist, Study
from core.actor import Actor
from core.errors import invalid

MOST_LETTERS = 100  # in one PDF


@transaction.atomic
def issue_letters(
    study: Study, *, actor: Actor, panelists: Sequence[UUID] = ()
) -> list[tuple[Panelist, str]]:
    """A fresh link for a letter to each of these people; without names, to all who are invited.

    Whoever prints them holds the links, so nobody gets one who has opened their page another way
    or consented (see `actions.links`). Raises LetterTooLateError, WrongStudyStatusError,
    InvalidInputError.
    """
    if study.status in OVER:
        raise WrongStudyStatusError(status=study.status)
    asked = Panelist.objects.select_for_update(no_key=True).filter(study=study).order_by("pk")
    if panelists:
        people = list(asked.filter(pk__in=panelists))
        _require_all(people, panelists)
    else:
        invited = asked.filter(state=PanelistState.INVITED)
        people = [each for each in invited if may_get_letter_link(each)]
        _require_some(people)
    letters = [(each, issue_letter_link(each)) for each in people]
    for each in people:
        record_in(study, "consensus.panelist.letter_issued", each, actor, {})
    return letters


def _require_all(people: Sequence[Panelist], wanted: Sequence[UUID]) -> None:
    found = {each.pk for each in people}
    for place, pk in enumerate(wanted):
        if pk not in found:
            raise invalid(
                f"/panelists/{place}", "unknown", "ไม่มีผู้นี้ในการศึกษา", "Not asked by this study."
            )
    late = [each.name for each in people if not may_get_letter_link(each)]
    if late:
        raise LetterTooLateError(names=", ".join(late))


def _require_some(people: Sequence[Panelist]) -> None:
    if not 1 <= len(people) <= MOST_LETTERS:
        raise invalid(
            "/panelists",
            "name_some",
            f"ครั้งละ 1 ถึง {MOST_LETTERS} คน ที่ยังไม่มีการเปิดแบบสอบถาม กรุณาระบุรายชื่อ",
            f"1 to {MOST_LETTERS} people at a time, whose page nobody has opened: name them.",
        )
