"""Items that no further round asks: dropped between two rounds, for a reason, and told as such."""

from django.db import transaction

from consensus.actions.recording import note_deviation, record_in
from consensus.enums import StudyStatus
from consensus.errors import LastItemError, MissedRoundError, WrongStudyStatusError
from consensus.models import Study, StudyItem
from core.actor import Actor


@transaction.atomic
def drop_item(item: StudyItem, *, reason: str, actor: Actor) -> StudyItem:
    """Ask no later round about an item; what was frozen of it stays, and the report tells why.

    Every item is asked in every round unless it is dropped, so this is a deviation. Dropped
    already, it stays as it is. Raises WrongStudyStatusError, LastItemError.
    """
    study, row = _between_rounds(item)
    if row.dropped_after is not None:
        return row
    if study.items.filter(dropped_after=None).count() == 1:
        raise LastItemError
    return _save(study, row, "dropped", study.rounds.count(), reason, actor)


@transaction.atomic
def keep_item(item: StudyItem, *, reason: str, actor: Actor) -> StudyItem:
    """Take back that an item was dropped, before a round has been held without it.

    Raises WrongStudyStatusError, MissedRoundError.
    """
    study, row = _between_rounds(item)
    if row.dropped_after is None:
        return row
    if row.dropped_after < study.rounds.count():
        raise MissedRoundError
    return _save(study, row, "kept", None, reason, actor)


def _between_rounds(item: StudyItem) -> tuple[Study, StudyItem]:
    # The lock on the study keeps a round from opening, and the study from being concluded.
    study = item.study.locked()
    if study.status != StudyStatus.ROUND_CLOSED:
        raise WrongStudyStatusError(status=study.status)
    return study, item.locked()


def _save(
    study: Study, row: StudyItem, what: str, after: int | None, reason: str, actor: Actor
) -> StudyItem:
    row.dropped_after, row.dropped_why = after, reason if after else ""
    row.save_changes("dropped_after", "dropped_why")
    note_deviation(study, f"item_{what}", f"{row.position}. {reason}")
    study.save_changes("deviations")
    record_in(study, f"consensus.item.{what}", row, actor, {"after": after, "reason": reason})
    return row
