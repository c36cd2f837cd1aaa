"""Round 1, read closely: fragments of answers get themes, themes are merged into items.

All of it happens after an open-ended round and before the first rating, and leaves traces: an item
keeps its verbatim fragments with theme and coder, and what it was called before.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from consensus.actions.recording import record_in
from consensus.enums import SCORED, ItemOrigin, StudyStatus
from consensus.errors import FragmentInUseError, StudySealedError
from consensus.models import Fragment, Study, StudyItem
from consensus.queries.coding import fragments_of, texts_of
from core.actor import Actor
from core.errors import InvalidInputError, NotAllowedError, invalid
from core.ids import new_id


def require_coding_time(study: Study) -> None:
    """Raise StudySealedError unless an open-ended round has closed and nothing was rated yet."""
    rated = study.rounds.filter(kind__in=SCORED).exists()
    if study.status != StudyStatus.ROUND_CLOSED or rated:
        raise StudySealedError


@transaction.atomic
def code_fragment(
    study: Study,
    *,
    text: UUID,
    start: int,
    end: int,
    theme: str,
    actor: Actor,
    id: UUID | None = None,
) -> Fragment:
    """Give the characters [start, end) of an answer a theme; the same again is the same one.

    Raises StudySealedError, InvalidInputError.
    """
    row = study.locked()
    require_coding_time(row)
    piece = {"text": text, "start": start, "end": end}
    _require_in_answers(row, [piece], pointer=lambda _: "/text")
    span = {"text_answer_id": text, "start": start, "end": end}
    fragment, is_new = Fragment.objects.get_or_create(
        **span, theme=theme, coder=actor.id, defaults={"id": id or new_id()}
    )
    if is_new:
        record_in(row, "consensus.fragment.coded", fragment, actor, {"theme": theme})
    return fragment


@transaction.atomic
def remove_fragment(fragment: Fragment, study: Study, *, actor: Actor) -> None:
    """Take back one's own coding. Raises StudySealedError, FragmentInUseError, NotAllowedError."""
    row = study.locked()
    require_coding_time(row)
    if fragment.coder != actor.id:
        raise NotAllowedError
    if Fragment.objects.filter(pk=fragment.pk, item__isnull=False).exists():
        raise FragmentInUseError
    record_in(row, "consensus.fragment.removed", fragment, actor, {"theme": fragment.theme})
    fragment.delete()


def link_themes(item: StudyItem, themes: Sequence[str]) -> None:
    """Give an item every fragment of these themes that no item has, whoever coded it."""
    free = fragments_of(item.study_id).filter(item__isnull=True)
    for place, theme in enumerate(themes):
        if not free.filter(theme=theme).update(item=item):
            raise invalid(
                f"/themes/{place}",
                "not_found",
                "ไม่มีข้อความที่ให้ประเด็นนี้และยังไม่อยู่ในรายการใด",
                "No fragment has this theme that is not part of an item already.",
            )


def link_fragments(item: StudyItem, pieces: Sequence[Mapping[str, Any]], actor: Actor) -> None:
    """Make fragments without theme for an item: coding and merging at once."""
    _require_in_answers(item.study, pieces, pointer=lambda place: f"/fragments/{place}")
    Fragment.objects.bulk_create(
        [
            Fragment(
                item=item,
                text_answer_id=each["text"],
                start=each["start"],
                end=each["end"],
                coder=actor.id,
            )
            for each in pieces
        ],
        ignore_conflicts=True,  # the same piece named twice is one piece
    )


def _require_in_answers(
    study: Study, pieces: Sequence[Mapping[str, Any]], *, pointer: Callable[[int], str]
) -> None:
    texts = texts_of(study.pk).in_bulk([each["text"] for each in pieces])
    for place, each in enumerate(pieces):
        answer = texts.get(each["text"])
        if answer is None or not 0 <= each["start"] < each["end"] <= len(answer.text):
            raise _no_such_fragment(pointer(place))


def _no_such_fragment(pointer: str) -> InvalidInputError:
    return invalid(
        pointer,
        "not_found",
        "ไม่มีข้อความช่วงนี้ในคำตอบของการศึกษานี้",
        "No answer of this study has such a piece.",
    )


def note_wording(item: StudyItem, kind: str, text: str, actor: Actor) -> None:
    """Keep what an item (or one merged into it) was called; the caller saves `history`."""
    entry = {"kind": kind, "text": text, "by": str(actor.id), "at": timezone.now().isoformat()}
    item.history = [*item.history, entry]


def _piece(fragment: Fragment) -> tuple[Any, ...]:
    """What an item holds once."""
    place = (fragment.text_answer_id, fragment.start, fragment.end)
    return (*place, fragment.theme, fragment.coder)


@transaction.atomic
def merge_items(item: StudyItem, *, into: UUID, actor: Actor) -> StudyItem:
    """Let one coded item be part of another, which takes its fragments and remembers its words.

    Raises StudySealedError, InvalidInputError.
    """
    row = item.study.locked()
    require_coding_time(row)
    coded = row.items.filter(origin=ItemOrigin.CODED, dropped_after=None).select_for_update()
    found = coded.in_bulk([item.pk, into])
    gone, kept = found.get(item.pk), found.get(into)
    if gone is None or kept is None or gone == kept:
        raise invalid(
            "/into",
            "not_coded",
            "รวมได้เฉพาะรายการสองรายการที่ได้จากคำตอบของผู้เชี่ยวชาญ",
            "Both must be items coded from answers, and not the same one.",
        )
    there = {_piece(each) for each in kept.fragments.all()}
    doubled = [each.pk for each in gone.fragments.all() if _piece(each) in there]
    gone.fragments.filter(pk__in=doubled).delete()
    gone.fragments.update(item=kept)
    kept.history = [*kept.history, *gone.history]
    note_wording(kept, "merged", gone.text, actor)
    kept.save_changes("history")
    gone.delete()
    record_in(row, "consensus.item.merged", kept, actor, {"merged": gone.text})
    return kept
