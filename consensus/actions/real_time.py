"""Feedback of a real-time round: renewed in the transaction of the answer that makes it due."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models.functions import Coalesce
from django.utils import timezone

from consensus.models import FeedbackSnapshot, Rating, Round, StudyItem
from consensus.protocol import parse_protocol
from consensus.queries.snapshots import newest_answers, scores_now
from consensus.results.participation import NO_OPINION
from consensus.results.snapshots import Scores, changed, is_due, summary_of

QUIET_SHARE = 10  # the last tenth of a round that has a closing time


def keep_first_scores(round_: Round, seat: UUID, items: Collection[UUID]) -> None:
    """What this seat first said, before it could see the group's answers, for stability."""
    rows = Rating.objects.filter(round=round_.pk, seat=seat, item__in=items, first_score=None)
    said = rows.exclude(score=None, no_opinion=False)
    said.update(first_score=Coalesce("score", NO_OPINION))


def renew_feedback(round_: Round, items: Collection[UUID]) -> None:
    """Take a snapshot of each of these items that is due for one; the caller holds the round.

    Answers to one item wait for each other here, so that each sees all before it, and of two that
    make it due at once one does. In the last tenth of a round with a closing time nothing is
    renewed: what the last few change is then seen only together with all that came in since.
    """
    if _is_quiet(round_, timezone.now()):
        return
    locked = list(
        StudyItem.objects.select_for_update(no_key=True).filter(pk__in=items).order_by("pk")
    )
    smallest = parse_protocol(round_.study.protocol).smallest_shown
    now = scores_now(round_, item__in=locked)
    newest = newest_answers(round_, locked)
    for item in locked:
        scores, shown = now.get(str(item.pk), {}), newest.get(item.pk)
        if is_due([] if shown is None else [shown], scores, smallest):
            _renew(round_, item, scores)  # most answers do not come here


def _is_quiet(round_: Round, now: datetime) -> bool:
    if round_.closes_at is None:
        return False
    return round_.closes_at - now <= (round_.closes_at - round_.opened_at) / QUIET_SHARE


def _renew(round_: Round, item: StudyItem, now: Scores) -> None:
    """Take a snapshot, if it may be held against all that was shown before."""
    protocol = parse_protocol(round_.study.protocol)
    snapshots = FeedbackSnapshot.objects.filter(round=round_.pk, item=item.pk)
    earlier = list(snapshots.order_by("-number").values_list("answers", flat=True))
    if not is_due(earlier, now, protocol.smallest_shown):
        return
    written = Rating.objects.filter(round=round_.pk, item=item.pk).exclude(comment="")
    comments = written.order_by("pk").values_list("pk", "comment")  # by their random ids
    FeedbackSnapshot.objects.create(
        round=round_,
        item=item,
        number=len(earlier) + 1,
        changed=changed(earlier[0] if earlier else {}, now),
        answers=now,
        summary=summary_of(now, protocol),
        comments=[[str(pk), words] for pk, words in comments],
    )
