"""The protocol of a study: what was promised before the first answer came in.

Stored as JSON, complete with its defaults, and sealed; read through `parse_protocol`. The
defaults follow the published Buriram study.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from consensus.enums import RoundKind
from consensus.reading import Part
from consensus.statistics import (
    DEFAULT_CONSENSUS_RULE,
    DEFAULT_IN_FROM,
    DEFAULT_STABILITY_RULE,
    GROUPED_RULE,
    RAW_RULE,
    CertificationRule,
    ConsensusRule,
    IocRule,
    IprasRule,
    MedianIqrRule,
    NetChangeRule,
    UnanimousRule,
    dump_rule,
    parse_certification_rule,
    parse_consensus_rule,
    parse_rational,
    parse_stability_rule,
)
from core.text import Text

SMALLEST_SHOWN = 5  # nothing that leaves counts fewer answers
_NINE = 9
_FIVE = 5


@dataclass(frozen=True)
class Wording:
    """A prompt or a criterion, with a code that answers refer to."""

    code: str
    text: Text


@dataclass(frozen=True)
class PlannedRound:
    kind: RoundKind
    prompts: tuple[Wording, ...] = ()


@dataclass(frozen=True)
class CertificationPlan:
    """What certifiers are asked: each criterion, of the whole and (by_section) of each section."""

    rule: CertificationRule
    points: int  # 2 is no (1) and yes (2); `ioc` asks for -1, 0 or +1 instead
    criteria: tuple[Wording, ...]
    by_section: bool = True

    @property
    def lowest(self) -> int:
        return -1 if isinstance(self.rule, IocRule) else 1

    @property
    def highest(self) -> int:
        return 1 if isinstance(self.rule, IocRule) else self.points

    def parts(self, sections: list[str]) -> list[str]:
        """Codes of what is certified; the whole is the empty one."""
        return ["", *(sections if self.by_section else [])]


@dataclass(frozen=True)
class Protocol:
    rounds: tuple[PlannedRound, ...]
    points: int
    labels: tuple[Text, ...]
    consensus: ConsensusRule
    in_from: Fraction
    stability: NetChangeRule
    smallest_shown: int
    comments_shown: bool
    every_item_in: bool
    certified: bool
    certification: CertificationPlan = field(repr=False)


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
_KINDS = {kind.value: kind for kind in (RoundKind.OPEN_ENDED, RoundKind.RATING)}
# Said in every protocol, so that what was sealed is complete; there is one way to do each.
_FIXED: dict[str, Any] = {
    "quantiles": {"grouped": GROUPED_RULE, "raw": RAW_RULE},
    "stopping": "settled_or_limit",
    "anonymity": "pseudonymous",
}


def parse_protocol(document: object) -> Protocol:
    """Read a protocol; what is left out takes its default. Raises InvalidInputError."""
    whole = Part(document, "/protocol")
    given = whole.fields(
        "rounds", "scale", "consensus", "in_from", "stability", "smallest_shown",
        "comments_shown", "certification", "validation", *_FIXED,
    )  # fmt: skip
    for name, only in _FIXED.items():
        if name in given and given[name].value != only:
            raise given[name].wrong("fixed", Text("กำหนดไว้ตายตัว", "This is fixed."))
    points, labels = _scale(given.get("scale", Part({}, "")))
    validation = given.get("validation", Part({}, "")).fields("every_item_in", "certified")
    in_from = given.get("in_from", Part(_usual_in_from(points), ""))
    return Protocol(
        rounds=_rounds(given["rounds"]) if "rounds" in given else _ROUNDS,
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
        every_item_in=validation.get("every_item_in", Part(True, "")).boolean(),  # noqa: FBT003
        certified=validation.get("certified", Part(True, "")).boolean(),  # noqa: FBT003
        certification=_certification(given.get("certification", Part({}, ""))),
    )


def dump_protocol(protocol: Protocol) -> dict[str, Any]:
    """The complete document; parsing it gives an equal protocol."""
    plan = protocol.certification
    return {
        "rounds": [_dump_round(each) for each in protocol.rounds],
        "scale": {"points": protocol.points, "labels": [vars(each) for each in protocol.labels]},
        "consensus": dump_rule(protocol.consensus),
        "in_from": str(protocol.in_from),
        "stability": dump_rule(protocol.stability),
        "smallest_shown": protocol.smallest_shown,
        "comments_shown": protocol.comments_shown,
        "certification": {
            "rule": dump_rule(plan.rule),
            "points": plan.points,
            "criteria": [_dump_wording(each) for each in plan.criteria],
            "by_section": plan.by_section,
        },
        "validation": {"every_item_in": protocol.every_item_in, "certified": protocol.certified},
        **_FIXED,
    }


def _rounds(part: Part) -> tuple[PlannedRound, ...]:
    rounds = tuple(_round(each) for each in part.entries(1, 10))
    kinds = [each.kind for each in rounds]
    if kinds != sorted(kinds, key=list(_KINDS.values()).index) or RoundKind.RATING not in kinds:
        raise part.wrong(
            "wrong_order",
            Text("รอบปลายเปิดต้องมาก่อนรอบให้คะแนน", "Open-ended rounds come before rating rounds."),
        )
    return rounds


def _round(part: Part) -> PlannedRound:
    given = part.fields("kind", "prompts")
    kind = given.get("kind", Part(None, f"{part.pointer}/kind")).one_of(_KINDS)
    if kind == RoundKind.RATING:
        if "prompts" in given and given["prompts"].value != []:
            raise given["prompts"].wrong(
                "not_here", Text("รอบให้คะแนนไม่มีคำถาม", "A rating round has no prompts.")
            )
        return PlannedRound(kind)
    return PlannedRound(
        kind, _wordings(given.get("prompts", Part(None, f"{part.pointer}/prompts")), 20)
    )


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


def _dump_round(planned: PlannedRound) -> dict[str, Any]:
    document: dict[str, Any] = {"kind": planned.kind.value}
    if planned.prompts:
        document["prompts"] = [_dump_wording(each) for each in planned.prompts]
    return document


def _dump_wording(wording: Wording) -> dict[str, str]:
    return {"code": wording.code, "th": wording.text.th, "en": wording.text.en}
