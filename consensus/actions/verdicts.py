"""From frozen rounds to the verdict on a plan version."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from clusters.actions.plans import record_verdict
from clusters.enums import Validation
from consensus.actions.recording import note_deviation, record_study
from consensus.enums import RoundKind, StudyStatus
from consensus.errors import WrongStudyStatusError
from consensus.models import Round, Study, StudyItem
from consensus.protocol import Protocol, parse_protocol
from consensus.queries.rounds import dropped_items, last_advice, last_results
from consensus.results.rankings import is_agreed
from consensus.results.ratings import is_in, is_settled, verdict_of
from consensus.wordings import VERDICTS, WHOLE, section_text
from core.actor import Actor
from core.errors import invalid
from core.text import Text

_WHY = {**VERDICTS, "too_few": Text("ผู้ตอบน้อยเกินไป", "too few answers")}
_DROPPED = Text(
    "ตัดออกจากการถามแล้ว แต่ยังเป็นรายการหนึ่งของแผน",
    "dropped by the study, but a line of the plan all the same",
)
_NO_VALUE = Text("ตัดสินไม่ได้", "cannot be decided")
_ITEM = Text("ข้อ {position} “{text}”: {why.th}", "Item {position} “{text}”: {why.en}")
_ORDER = Text(
    "คณะผู้เชี่ยวชาญยังไม่เห็นพ้องในลำดับของรายการ", "The panel did not agree on the order of the items"
)
_PART = Text(
    "การรับรองด้าน{criterion.th}ของ “{part.th}” ไม่ผ่าน",
    "Certification of {criterion.en} for “{part.en}” failed",
)


@transaction.atomic
def conclude_study(study: Study, *, actor: Actor, reason: str = "") -> Study:
    """End the rating rounds. Earlier than the protocol recommends, it takes a reason.

    A plan whose kept items are not all in (where the protocol asks for that) is returned at once,
    and so is one of which a line was dropped, since it stands in the plan all the same; one that
    needs no certification is validated. A ranking says nothing of single items: it decides
    only in a study that rates none, and then asks for agreement on the order.

    Raises WrongStudyStatusError, InvalidInputError.
    """
    row = study.locked()
    last, advice = last_results(row.pk), last_advice(row.pk)
    if row.status != StudyStatus.ROUND_CLOSED or last is None or advice is None:
        raise WrongStudyStatusError(status=row.status)
    dropped = {str(item.pk): item for item in dropped_items(row.pk)}
    protocol = parse_protocol(row.protocol)
    if not _advises_stop(protocol, advice, dropped):
        _note_early_end(row, reason)
    row.status = StudyStatus.CONCLUDED
    row.save_changes("status", "deviations")
    reasons = _why_not(last, dropped) if protocol.every_item_in else []
    reasons += _lines_dropped(dropped.values())
    if reasons:
        _settle(row, Validation.RETURNED, reasons, actor)
    elif not protocol.certified:
        _settle(row, Validation.VALIDATED, [], actor)
    record_study("concluded", row, actor, {"verdict": row.verdict, "round": advice.number})
    return row


def _advises_stop(protocol: Protocol, advice: Round, dropped: Mapping[str, StudyItem]) -> bool:
    """As it was frozen, or because all that kept another round from being needless was dropped.

    Settled ratings do not spare the ranking that the protocol asks for after them.
    """
    results: dict[str, Any] = advice.results or {}
    left = {each.kind for each in protocol.rounds[advice.number :]}
    if advice.kind == RoundKind.RATING and RoundKind.RANKING in left:
        return False
    if results["recommendation"]["stop"] or advice.kind != RoundKind.RATING:
        return bool(results["recommendation"]["stop"])
    return all(is_settled(item) for item in results["items"] if item["id"] not in dropped)


def _note_early_end(study: Study, reason: str) -> None:
    if not reason:
        raise invalid(
            "/reason",
            "required",
            "ระเบียบวิธียังไม่แนะนำให้หยุด กรุณาระบุเหตุผล",
            "The protocol does not recommend to stop yet: say why.",
        )
    note_deviation(study, "concluded_early", reason)


def settle_certification(study: Study, closed: Round, *, actor: Actor) -> None:
    """The verdict of the certifiers, in the transaction that closes their round."""
    results: dict[str, Any] = closed.results or {}
    passed = bool(results["certified"])
    study.status = StudyStatus.CERTIFIED if passed else StudyStatus.NOT_CERTIFIED
    study.save_changes("status")
    protocol = parse_protocol(study.protocol)
    reasons = [] if passed else _parts_not_passed(protocol, results["parts"])
    _settle(study, Validation.VALIDATED if passed else Validation.RETURNED, reasons, actor)


def _settle(
    study: Study, verdict: Validation, reasons: Sequence[dict[str, str]], actor: Actor
) -> None:
    study.verdict, study.reasons = verdict, list(reasons)
    study.save_changes("verdict", "reasons")
    if study.plan_version_id is not None:
        record_verdict(
            study.plan_version_id,
            content_hash=study.plan_hash,
            validation=verdict,
            reasons=[f"{each['th']} ({each['en']})" for each in reasons],
            study_id=study.pk,
            actor=actor,
        )


def _why_not(last: Round, dropped: Mapping[str, StudyItem]) -> list[dict[str, str]]:
    results: dict[str, Any] = last.results or {}
    if last.kind == RoundKind.RATING:
        return _items_not_in([item for item in results["items"] if item["id"] not in dropped])
    return [] if is_agreed(results) else [_reason("no_agreement", _ORDER)]


def _lines_dropped(dropped: Iterable[StudyItem]) -> list[dict[str, str]]:
    return [
        _reason("dropped", _ITEM.format(position=item.position, text=item.text, why=_DROPPED))
        for item in dropped
        if item.plan_item is not None
    ]


def _items_not_in(items: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    return [
        _reason(
            verdict_of(item),
            _ITEM.format(
                position=item["position"],
                text=item["text"],
                why=_WHY.get(verdict_of(item), _NO_VALUE),
            ),
        )
        for item in items
        if not is_in(item)
    ]


def _parts_not_passed(protocol: Protocol, parts: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    wordings = {each.code: each.text for each in protocol.certification.criteria}
    return [
        _reason(
            "not_certified",
            _PART.format(
                criterion=wordings[line["criterion"]],
                part=section_text(line["part"]) if line["part"] else WHOLE,
            ),
        )
        for line in parts
        if not line["passed"]
    ]


def _reason(code: str, text: Text) -> dict[str, str]:
    return {"code": code, "th": text.th, "en": text.en}
