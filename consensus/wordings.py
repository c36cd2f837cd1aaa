"""Codes in the words that panelists and certifiers read."""

from clusters.enums import WorkScope
from consensus.protocol import Protocol
from consensus.statistics import IocRule
from core.text import Text

STRENGTHS = {  # of the agreement on an order, after Schmidt
    "very_weak": Text("ต่ำมาก", "very weak"),
    "weak": Text("ต่ำ", "weak"),
    "moderate": Text("ปานกลาง", "moderate"),
    "strong": Text("สูง", "strong"),
    "unusually_strong": Text("สูงเป็นพิเศษ", "unusually strong"),
}
WHOLE = Text("ภาพรวม", "Overall")
_NO_OR_YES = (Text("ไม่ใช่", "No"), Text("ใช่", "Yes"))
_CONGRUENCE = (
    Text("ไม่สอดคล้อง", "Not congruent"),
    Text("ไม่แน่ใจ", "Not sure"),
    Text("สอดคล้อง", "Congruent"),
)


def section_text(section: str) -> Text:
    """A plan's sections are work scopes; those of other studies are named by themselves."""
    if section in WorkScope.values:
        return WorkScope(section).text
    return Text(section, section)


def certifying_words(protocol: Protocol) -> list[tuple[int, Text]]:
    """Each value that a certifier may choose, from the lowest, with its words."""
    plan = protocol.certification
    values = range(plan.lowest, plan.highest + 1)
    if isinstance(plan.rule, IocRule):
        words: tuple[Text, ...] = _CONGRUENCE
    elif plan.points == len(_NO_OR_YES):
        words = _NO_OR_YES
    elif plan.points == protocol.points:
        words = protocol.labels
    else:
        words = tuple(Text(str(value), str(value)) for value in values)
    return list(zip(values, words, strict=True))


# What became of an item, in a report and where a plan is told why it is not validated.
VERDICTS = {
    "consensus_in": Text("เห็นพ้องว่าผ่านเกณฑ์", "consensus in"),
    "consensus_out": Text("เห็นพ้องว่าไม่ถึงเกณฑ์", "consensus out"),
    "stable_dissent": Text("เห็นต่างคงที่", "stable dissent"),
    "unstable": Text("ยังไม่ได้ฉันทามติ", "no consensus yet"),
}
