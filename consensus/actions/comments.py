"""Keeping from the panel what a comment gives away."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from consensus.actions.recording import note_deviation, record_in
from consensus.models import Round, WithheldComment
from consensus.queries.comments import Comment, comments_of
from core.actor import Actor
from core.errors import NotFoundError, invalid


@transaction.atomic
def withhold_comment(
    round_: Round,
    comment_id: UUID,
    *,
    pieces: Sequence[tuple[int, int]] | None,
    reason: str,
    actor: Actor,
) -> Comment:
    """Show the panel nothing of a comment, or not these [start, end) pieces of it.

    No piece at all shows it again. The reason is kept as a deviation, since the report tells how
    often it was done. Raises NotFoundError, RoundNotClosedError, InvalidInputError.
    """
    study = round_.study.locked()
    comment = _found(round_, comment_id)
    if pieces is not None and not pieces:
        WithheldComment.objects.filter(rating=comment.id).delete()
    else:
        hidden = _in_order(pieces or (), len(comment.text))
        WithheldComment.objects.update_or_create(
            rating_id=comment.id, defaults={"text": comment.text, "pieces": hidden}
        )
        note_deviation(study, "comment_withheld", reason)
        study.save_changes("deviations")
    # Which comment is not told: it would be told when, and so perhaps by whom, it was written.
    record_in(study, "consensus.comment.withheld", round_, actor, {"reason": reason})
    return _found(round_, comment_id)


def _found(round_: Round, comment_id: UUID) -> Comment:
    found = next((each for each in comments_of(round_) if each.id == comment_id), None)
    if found is None:
        raise NotFoundError
    return found


def _in_order(pieces: Sequence[tuple[int, int]], length: int) -> list[list[int]]:
    last, told = 0, []
    for start, end in sorted(pieces):
        if not last <= start < end <= length:
            raise invalid(
                "/pieces",
                "out_of_range",
                "ต้องเป็นช่วงที่อยู่ในความเห็นและไม่ซ้อนกัน",
                "Pieces must lie in the comment, and none may overlap another.",
            )
        told.append([start, end])
        last = end
    return told
