"""Rankings that panelists give: kept as places, in the rows that also hold ratings."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from consensus.actions.answers import hold_open_round
from consensus.credentials import Entry
from consensus.enums import RoundKind
from consensus.models import Panelist, Rating
from consensus.queries.rounds import asked_items
from core.errors import invalid


@transaction.atomic
def save_ranking(
    panelist: Panelist,
    order: Sequence[UUID],
    *,
    number: int | None = None,
    entry: Entry | None = None,
) -> Sequence[UUID]:
    """Keep the items in this order, the first first, until it is changed or the round closes.

    Items that are left out have no place yet. Raises RoundNotOpenError, NothingAskedError,
    ConsentNeededError, InvalidInputError.
    """
    round_ = hold_open_round(panelist, RoundKind.RANKING, number=number, entry=entry)
    asked = list(asked_items(round_).values_list("pk", flat=True))
    if not {*order} <= {*asked}:
        raise invalid(
            "/order", "not_asked", "มีรายการที่ไม่ได้ถาม", "It has an item that is not asked about."
        )
    if len({*order}) < len(order):
        raise invalid("/order", "twice", "มีรายการซ้ำ", "An item stands twice.")
    places = {item: place for place, item in enumerate(order, start=1)}
    # Always all rows in one order: of two devices at once, the later ranking stands as a whole.
    Rating.objects.bulk_create(
        [
            Rating(round=round_, seat_id=panelist.seat_id, item_id=item, score=places.get(item))
            for item in asked
        ],
        update_conflicts=True,
        unique_fields=["round", "item", "seat"],
        update_fields=["score"],
    )
    return order
