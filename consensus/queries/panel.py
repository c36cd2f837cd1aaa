"""What a panelist or certifier sees: what is asked, and their own answers."""

from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from consensus.credentials import Entry
from consensus.enums import EntryWay, RoundKind, RoundStatus
from consensus.letters import NOTICE, RECORDED, RECORDER, UNSEEN
from consensus.models import (
    CertificationAnswer,
    Panelist,
    PanelSeat,
    Rating,
    Round,
    Study,
    StudyItem,
    TextAnswer,
)
from consensus.participation import PanelLink
from consensus.protocol import Protocol, Wording, parse_protocol
from consensus.queries.rankings import items_to_rank
from consensus.queries.recordings import may_read_back, recording_of, seen_in, unseen
from consensus.queries.rounds import (
    asked_items,
    asked_kind,
    planned,
    sections_of,
)
from consensus.queries.steps import steps_for
from consensus.wordings import WHOLE, certifying_words, section_text


def link_with_panelist(link_id: UUID) -> PanelLink | None:
    """A link with its person and study; the caller looks at its expiry."""
    return PanelLink.objects.select_related("panelist__study").filter(pk=link_id).first()


def open_round_for(panelist: Panelist) -> Round | None:
    """The round that is open and asks this person."""
    round_ = newest_round(panelist)
    return round_ if round_ is not None and _asks(round_, panelist) else None


def newest_round(panelist: Panelist) -> Round | None:
    """The round that was opened last, which is the open one if any is."""
    rounds = Round.objects.filter(study=panelist.study_id).defer("results").order_by("-number")
    round_ = rounds.first()
    if round_ is not None:
        round_.study = panelist.study
    return round_


def _asks(round_: Round, panelist: Panelist) -> bool:
    return round_.status == RoundStatus.OPEN and asked_kind(round_.kind) == panelist.kind


def page_for_recorder(entry: Entry, panelist: Panelist) -> dict[str, Any]:
    """The page as a recorder may read it: without answers, unless all came through this recorder.

    The person is held meanwhile, so that no other answer comes in between asking and reading.
    """
    with transaction.atomic():
        Panelist.objects.select_for_update(no_key=True).get(pk=panelist.pk)
        recording = recording_of(panelist, entry.round)
        is_shown = may_read_back(entry, recording)
        page = panel_page(panelist if is_shown else unseen(panelist))
    name = User.objects.values_list("display_name", flat=True).get(pk=entry.recorder)
    return {**page, **_through(entry.way, name, unseen=not is_shown)}


def panel_page(panelist: Panelist) -> dict[str, Any]:
    """Everything that the panelist's page shows, with what is left to answer."""
    newest = newest_round(panelist)
    round_ = newest if newest is not None and _asks(newest, panelist) else None
    protocol = parse_protocol(panelist.study.protocol)
    asker = seen_in(panelist, round_) if round_ else panelist
    asked = _asked(asker, round_, protocol) if round_ else _NOTHING
    entries = [entry for each in asked.values() for entry in each]
    return {
        "id": panelist.pk,
        "study": {"id": panelist.study_id, "title": panelist.study.title},
        "status": panelist.study.status,
        "kind": panelist.kind,
        "name": panelist.name,
        "state": panelist.state,
        "notice": _notice(panelist.study, protocol),
        "round": _head(round_) if round_ else None,
        "steps": steps_for(panelist, newest, protocol),
        "scale": [_said(str(n), text) for n, text in enumerate(protocol.labels, start=1)],
        **asked,
        "judged": _judged(round_) if round_ and asked["certification"] else [],
        "left": sum(not entry["answered"] for entry in entries),
        "finished": round_ is not None and _has_finished(asker, round_),
        **_recorded(panelist, round_),
    }


_NOTHING: dict[str, list[dict[str, Any]]] = {
    "prompts": [],
    "items": [],
    "ranking": [],
    "certification": [],
}


def _asked(panelist: Panelist, round_: Round, protocol: Protocol) -> dict[str, Any]:
    if round_.kind == RoundKind.OPEN_ENDED:
        return {**_NOTHING, "prompts": _prompts(panelist, round_)}
    if round_.kind == RoundKind.RATING:
        return {**_NOTHING, "items": _items(panelist, round_)}
    if round_.kind == RoundKind.RANKING:
        return {**_NOTHING, "ranking": items_to_rank(panelist, round_)}
    return {**_NOTHING, "certification": _certification(panelist, round_, protocol)}


def _head(round_: Round) -> dict[str, Any]:
    return {
        "number": round_.number,
        "kind": round_.kind,
        "closes_at": round_.closes_at,
        "real_time": round_.kind == RoundKind.RATING and planned(round_).real_time,
    }


def _has_finished(panelist: Panelist, round_: Round) -> bool:
    return PanelSeat.objects.filter(pk=panelist.seat_id, finished_round=round_.number).exists()


def _notice(study: Study, protocol: Protocol) -> str:
    recorder = str(RECORDER) if study.recorders else ""
    return str(NOTICE).format(smallest=protocol.smallest_shown, recorder=recorder)


def _recorded(panelist: Panelist, round_: Round | None) -> dict[str, Any]:
    if round_ is None:
        return _through("", "", unseen=False)
    unseen, found = round_.number <= panelist.unseen_to, recording_of(panelist, round_.pk)
    if found is None:
        return _through("", "", unseen=unseen)
    return _through(found.way, found.recorder.display_name, unseen=unseen)


def _through(way: str, by: str, *, unseen: bool) -> dict[str, Any]:
    """Who entered answers by which way, if anyone, and whether what stands is not shown."""
    told = [str(RECORDED).format(way=EntryWay(way).text, by=by)] if way else []
    return {
        "recording": {"way": way, "by": by} if way else None,
        "unseen": unseen,
        "remark": " · ".join([*told, *([str(UNSEEN)] if unseen else [])]),
    }


def _said(code: str, text: Any) -> dict[str, str]:
    return {"code": code, "text": str(text)}


def _prompts(panelist: Panelist, round_: Round) -> list[dict[str, Any]]:
    rows = TextAnswer.objects.filter(round=round_, seat=panelist.seat_id)
    given = dict(rows.values_list("prompt", "text"))

    def entry(wording: Wording) -> dict[str, Any]:
        text = given.get(wording.code, "")
        return {**_said(wording.code, wording.text), "answer": text, "answered": bool(text)}

    return [entry(wording) for wording in planned(round_).prompts]


def _items(panelist: Panelist, round_: Round) -> list[dict[str, Any]]:
    mine = {row.item_id: row for row in Rating.objects.filter(round=round_, seat=panelist.seat_id)}
    return [_item(item, mine.get(item.pk)) for item in asked_items(round_)]


def _item(item: StudyItem, mine: Rating | None) -> dict[str, Any]:
    return {
        "id": item.pk,
        **_statement(item),
        "rating": mine.score if mine else None,
        "no_opinion": mine is not None and mine.no_opinion,
        "comment": mine.comment if mine else "",
        "answered": mine is not None and (mine.score is not None or mine.no_opinion),
    }


def _certification(panelist: Panelist, round_: Round, protocol: Protocol) -> list[dict[str, Any]]:
    rows = CertificationAnswer.objects.filter(round=round_, seat=panelist.seat_id)
    given = {
        (part, code): value for part, code, value in rows.values_list("part", "criterion", "value")
    }
    plan = protocol.certification
    choices = [_said(str(value), text) for value, text in certifying_words(protocol)]
    return [
        {
            "part": part,
            "part_text": str(section_text(part) if part else WHOLE),
            "criterion": wording.code,
            "text": str(wording.text),
            "lowest": plan.lowest,
            "highest": plan.highest,
            "choices": choices,
            "value": given.get((part, wording.code)),
            "answered": (part, wording.code) in given,
        }
        for part in plan.parts(sections_of(round_))
        for wording in plan.criteria
    ]


def _judged(round_: Round) -> list[dict[str, Any]]:
    """What certifiers are asked about: the statements, in their order."""
    return [_statement(item) for item in asked_items(round_)]


def _statement(item: StudyItem) -> dict[str, Any]:
    return {
        "position": item.position,
        "section": item.section,
        "section_text": str(section_text(item.section)),
        "text": item.text,
    }
