"""Feedback of a real-time round: renewed in the transaction of the answer that makes it due."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from consensus.models import FeedbackSnapshot, Rating, Round, StudyItem
from consensus.protocol import parse_protocol
from consensus.queries.snapshots import scores_now
from consensus.results.snapshots import changed, is_due, summary_of

QUIET_SHARE = 10  # the last tenth of a round that has a closing time


def renew_feedback(round_: Round, items: Collection[UUID]) -> None:
    """Take a snapshot of each of these items that is due for one; the caller holds the round.

    Answers to one item wait for each other here, so that each sees all before it, and of two that
    make it due at once one does. In the last tenth of a round with a closing time nothing is
    renewed: what the last few change is then seen only together with all that came in since.
    """
    if _is_quiet(round_, timezone.now()):
        return
    locked = StudyItem.objects.select_for_update(no_key=True).filter(pk__in=items).order_by("pk")
    for item in list(locked):
        _renew(round_, item)


def _is_quiet(round_: Round, now: datetime) -> bool:
    if round_.closes_at is None:
        return False
    return round_.closes_at - now <= (round_.closes_at - round_.opened_at) / QUIET_SHARE


def _renew(round_: Round, item: StudyItem) -> None:
    protocol = parse_protocol(round_.study.protocol)
    now = scores_now(round_, item=item.pk).get(str(item.pk), {})
    snapshots = FeedbackSnapshot.objects.filter(round=round_.pk, item=item.pk)
    newest_first = snapshots.order_by("-number").values_list("answers", flat=True)
    newest, smallest = newest_first.first(), protocol.smallest_shown
    if not is_due([newest] if newest else [], now, smallest):
        return  # most answers end here, without a look at all that was shown
    earlier = list(newest_first)
    if not is_due(earlier, now, smallest):
        return
    written = Rating.objects.filter(round=round_.pk, item=item.pk).exclude(comment="")
    comments = written.order_by("pk").values_list("pk", "comment")  # by their random ids
    FeedbackSnapshot.objects.create(
        round=round_,
        item=item,
        number=len(earlier) + 1,
        changed=changed(newest or {}, now),
        answers=now,
        summary=summary_of(now, protocol),
        comments=[[str(pk), words] for pk, words in comments],
    )
