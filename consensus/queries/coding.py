"""What became of the answers to open-ended questions."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from consensus.enums import RoundStatus
from consensus.models import Fragment, Panelist, Study, TextAnswer
from consensus.statistics import compare_coders, to_jsonable


def texts_of(study_id: UUID) -> QuerySet[TextAnswer]:
    """Everything that was written in closed open-ended rounds of a study."""
    rows = TextAnswer.objects.filter(round__study=study_id, round__status=RoundStatus.CLOSED)
    return rows.exclude(text="")


def fragments_of(study_id: UUID) -> QuerySet[Fragment]:
    return Fragment.objects.filter(text_answer__round__study=study_id)


def coding_of(study: Study, *, seen_by: UUID | None = None) -> dict[str, Any]:
    """The themes, what is coded of the answers, and how far both coders agree.

    They are compared over all answers; what the second coder did not code counts as "no". Whom
    `seen_by` names, the second coder, sees the own coding alone, as if there were no other.
    """
    rows = fragments_of(study.pk).order_by("theme", "pk")
    fragments = list(rows.filter(coder=seen_by) if seen_by else rows)
    answers = list(texts_of(study.pk).values_list("pk", flat=True))
    second = [each for each in fragments if each.coder == study.second_coder_id]
    first = [each for each in fragments if each.coder != study.second_coder_id]
    return {
        "answers": len(answers),
        "coded": len({each.text_answer_id for each in fragments}),
        "themes": _themes(fragments),
        "agreement": to_jsonable(compare_coders(answers, _decisions(first), _decisions(second))),
    }


def _decisions(fragments: Iterable[Fragment]) -> set[tuple[UUID, str]]:
    return {(each.text_answer_id, each.theme) for each in fragments if each.theme}


def _themes(fragments: Iterable[Fragment]) -> list[dict[str, Any]]:
    themes: dict[str, dict[str, Any]] = {}
    for each in fragments:
        if each.theme:
            line = themes.setdefault(each.theme, {"theme": each.theme, "fragments": 0, "items": []})
            line["fragments"] += 1
            if each.item_id and each.item_id not in line["items"]:
                line["items"].append(each.item_id)
    return list(themes.values())


def ideas_of(panelist: Panelist) -> list[dict[str, Any]]:
    """A panelist's own texts, each with the items that pieces of it went into."""
    texts = texts_of(panelist.study_id).filter(
        seat=panelist.seat_id, round__number__gt=panelist.unseen_to
    )
    return [
        {"prompt": each.prompt, "text": each.text, "items": _items_of(each)}
        for each in texts.order_by("prompt").prefetch_related("fragments__item")
    ]


def _items_of(answer: TextAnswer) -> list[dict[str, Any]]:
    items = {each.item for each in answer.fragments.all() if each.item}
    return [
        {
            "id": item.pk,
            "position": item.position,
            "text": item.text,
            "dropped": item.dropped_after is not None,
        }
        for item in sorted(items, key=lambda item: item.position)
    ]
