"""Reading a protocol. What is left out takes the default, after the published Buriram study."""

from collections.abc import Mapping
from fractions import Fraction

from consensus.enums import SCORED, GroupFeedback, RoundKind
from consensus.protocol.model import (
    FIXED,
    RANKABLE,
    SMALLEST_SHOWN,
    CertificationPlan,
    PlannedRound,
    Protocol,
    Wording,
)
from consensus.protocol.parts import Part
from consensus.statistics import (
    DEFAULT_CONSENSUS_RULE,
    DEFAULT_IN_FROM,
    DEFAULT_STABILITY_RULE,
    ConsensusRule,
    IocRule,
    IprasRule,
    KendallWRule,
    MedianIqrRule,
    UnanimousRule,
    parse_certification_rule,
    parse_consensus_rule,
    parse_ranking_rule,
    parse_rational,
    parse_stability_rule,
)
from core.text import Text

_SCALE = (
    Text("น้อยที่สุด", "Least"),
    Text("น้อย", "Little"),
    Text("ปานกลาง", "Moderate"),
    Text("มาก", "Much"),
    Text("มากที่สุด", "Most"),
)
_ROUNDS = (
    PlannedRound(
        RoundKind.OPEN_ENDED,
        (
            Wording(
                "view",
                Text(
                    "ท่านมีความเห็นและข้อเสนอแนะต่อเรื่องนี้อย่างไร",
                    "What do you think of it, and what would you suggest?",
                ),
            ),
        ),
    ),
    PlannedRound(RoundKind.RATING),
    PlannedRound(RoundKind.RATING),
)
_CRITERIA = (
    Wording("appropriateness", Text("ความเหมาะสม", "Appropriateness")),
    Wording("usefulness", Text("ความเป็นประโยชน์", "Usefulness")),
    Wording("feasibility", Text("ความเป็นไปได้", "Feasibility")),
)
_NINE = 9
_FIVE = 5
_KINDS = {kind.value: kind for kind in (RoundKind.OPEN_ENDED, *SCORED)}
_GROUPS = {choice.value: choice for choice in GroupFeedback}
_USUAL_TOP = 3


def parse_protocol(document: object) -> Protocol:
    """Read a protocol; what is left out takes its default. Raises InvalidInputError."""
    whole = Part(document, "/protocol")
    given = whole.fields(
        "rounds", "scale", "consensus", "in_from", "stability", "smallest_shown",
        "comments_shown", "group_feedback", "certification", "validation", *FIXED,
    )  # fmt: skip
    for name, only in FIXED.items():
        if name in given and given[name].value != only:
            raise given[name].wrong("fixed", Text("กำหนดไว้ตายตัว", "This is fixed."))
    points, labels = _scale(given.get("scale", Part({}, "")))
    validation = given.get("validation", Part({}, "")).fields("every_item_in", "certified")
    in_from = given.get("in_from", Part(_usual_in_from(points), ""))
    rounds = _rounds(given["rounds"]) if "rounds" in given else _ROUNDS
    return Protocol(
        rounds=rounds,
        points=points,
        labels=labels,
        consensus=_consensus(given.get("consensus"), points),
        in_from=in_from.by(
            lambda value: parse_rational(value, low=Fraction(1), high=Fraction(points))
        ),
        stability=given["stability"].by(parse_stability_rule)
        if "stability" in given
        else DEFAULT_STABILITY_RULE,
        smallest_shown=given.get("smallest_shown", Part(SMALLEST_SHOWN, "")).whole(
            SMALLEST_SHOWN, 50
        ),
        comments_shown=given.get("comments_shown", Part(True, "")).boolean(),  # noqa: FBT003
        group_feedback=_groups(given.get("group_feedback", Part("whole", "")), rounds),
        every_item_in=validation.get("every_item_in", Part(True, "")).boolean(),  # noqa: FBT003
        certified=validation.get("certified", Part(True, "")).boolean(),  # noqa: FBT003
        certification=_certification(given.get("certification", Part({}, ""))),
    )


def _rounds(part: Part) -> tuple[PlannedRound, ...]:
    rounds = tuple(_round(each) for each in part.entries(1, 10))
    kinds = [each.kind for each in rounds]
    if kinds != sorted(kinds, key=list(_KINDS.values()).index) or not set(kinds) & {*SCORED}:
        raise part.wrong(
            "wrong_order",
            Text(
                "ต้องมีรอบให้คะแนนหรือจัดลำดับ โดยรอบปลายเปิดมาก่อน และรอบจัดลำดับมาหลังสุด",
                "It takes a rating or a ranking; open-ended rounds come before, rankings last.",
            ),
        )
    if any(each.real_time for each in rounds) and kinds.count(RoundKind.RATING) > 1:
        raise part.wrong(
            "not_alone",
            Text(
                "รอบแบบเรียลไทม์ต้องเป็นรอบให้คะแนนเพียงรอบเดียว",
                "A real-time round is the only rating round.",
            ),
        )
    return rounds


def _round(part: Part) -> PlannedRound:
    given = part.fields("kind", "prompts", "real_time", "top", "agreement")
    kind = given.get("kind", Part(None, f"{part.pointer}/kind")).one_of(_KINDS)
    own = {
        RoundKind.OPEN_ENDED: {"prompts"},
        RoundKind.RATING: {"real_time"},
        RoundKind.RANKING: {"top", "agreement"},
    }[kind]
    for name, each in given.items():
        if name not in {"kind", *own} and each.value not in ([], False):
            raise each.wrong(
                "not_here", Text("รอบชนิดนี้ไม่มีข้อมูลนี้", "A round of this kind has no such field.")
            )
    if kind == RoundKind.RATING:
        return PlannedRound(kind, real_time=given.get("real_time", Part(False, "")).boolean())  # noqa: FBT003
    if kind == RoundKind.RANKING:
        rule = given["agreement"].by(parse_ranking_rule) if "agreement" in given else KendallWRule()
        top = given.get("top", Part(_USUAL_TOP, "")).whole(1, RANKABLE[1])
        return PlannedRound(kind, top=top, agreement=rule)
    return PlannedRound(
        kind, _wordings(given.get("prompts", Part(None, f"{part.pointer}/prompts")), 20)
    )


def _groups(part: Part, rounds: tuple[PlannedRound, ...]) -> GroupFeedback:
    """In real time a small group's answers would show by what changed (decision 37)."""
    found = part.one_of(_GROUPS)
    if found != GroupFeedback.WHOLE and any(each.real_time for each in rounds):
        raise part.wrong(
            "not_in_real_time",
            Text("แบบเรียลไทม์แสดงผลได้เฉพาะทั้งคณะ", "In real time only the whole panel is fed back."),
        )
    return found


def _wordings(part: Part, most: int) -> tuple[Wording, ...]:
    found: dict[str, Wording] = {}
    for each in part.entries(1, most):
        given = each.fields("code", "th", "en")
        code = given.get("code", Part(None, f"{each.pointer}/code")).words(40)
        if code in found:
            raise each.wrong("twice", Text("รหัสซ้ำ", "The code stands twice."))
        found[code] = Wording(code, _text(each, given))
    return tuple(found.values())


def _text(part: Part, given: Mapping[str, Part]) -> Text:
    th = given.get("th", Part(None, f"{part.pointer}/th")).words(500)
    return Text(th, given["en"].words(500) if "en" in given else th)


def _scale(part: Part) -> tuple[int, tuple[Text, ...]]:
    given = part.fields("points", "labels")
    points = given.get("points", Part(_FIVE, "")).whole(2, 100)
    if "labels" in given:
        entries = given["labels"].entries(points, points)
        return points, tuple(_text(each, each.fields("th", "en")) for each in entries)
    numbers = tuple(Text(str(number), str(number)) for number in range(1, points + 1))
    return points, _SCALE if points == _FIVE else numbers


def _usual_in_from(points: int) -> str:
    """Half a step above the middle: 7/2 on five points."""
    return str(DEFAULT_IN_FROM if points == _FIVE else Fraction(points + 2, 2))


def _consensus(part: Part | None, points: int) -> ConsensusRule:
    if part is None:
        return DEFAULT_CONSENSUS_RULE
    rule = part.by(parse_consensus_rule)
    if isinstance(rule, IprasRule) and points != _NINE:
        raise part.wrong(
            "needs_nine_points", Text("กฎนี้ใช้กับสเกลเก้าระดับ", "This rule needs a nine-point scale.")
        )
    return rule


def _certification(part: Part) -> CertificationPlan:
    given = part.fields("rule", "points", "criteria", "by_section")
    rule = given["rule"].by(parse_certification_rule) if "rule" in given else UnanimousRule()
    usual = 3 if isinstance(rule, IocRule) else _FIVE if isinstance(rule, MedianIqrRule) else 2
    points = given.get("points", Part(usual, "")).whole(2, 100)
    fits = points == usual if isinstance(rule, IocRule) else True
    if not fits or getattr(rule, "relevant_from", 2) > points:
        raise given.get("points", part).wrong(
            "does_not_fit", Text("จำนวนระดับไม่เข้ากับกฎ", "The points do not fit the rule.")
        )
    return CertificationPlan(
        rule=rule,
        points=points,
        criteria=_wordings(given["criteria"], 10) if "criteria" in given else _CRITERIA,
        by_section=given.get("by_section", Part(True, "")).boolean(),  # noqa: FBT003
    )
