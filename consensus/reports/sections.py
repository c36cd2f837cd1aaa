"""The sections of a report that are not about single items."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from clusters.enums import Validation
from consensus.enums import GroupFeedback, RoundKind, StudyStatus
from consensus.reports.layout import NO, YES, Section, Table, held, read, shown
from consensus.reports.notes import READING, ROW_DATA
from consensus.reports.wording import (
    BY_RULE,
    DEVIATIONS,
    HEADS,
    LABELS,
    TITLES,
)
from consensus.statistics import MedianIqrRule
from consensus.wordings import section_text
from core.dates import thai_date
from core.documents.sheets import Cell
from core.text import Text, reads_english

_PAIR = ("auto", "1fr")


def say(name: str) -> str:
    return str(LABELS[name])


def of_round(name: str, round_: Mapping[str, Any]) -> str:
    return str(LABELS[name].format(number=round_["number"]))


def heading(name: str) -> str:
    return str(TITLES[name])


def head(name: str) -> list[str]:
    return [str(each) for each in HEADS[name]]


def day(moment: datetime | str | None) -> str:
    """A date for people, in the Buddhist era in Thai."""
    if isinstance(moment, str):
        moment = parse_datetime(moment)
    if moment is None:
        return ""
    local = timezone.localtime(moment).date()
    return local.isoformat() if reads_english() else thai_date(local)


def _told(wording: Mapping[str, str]) -> str:
    return str(Text(wording["th"], wording["en"]))


def _pairs(title: str, lines: Sequence[tuple[str, Cell]]) -> Table:
    return Table(title, head("pairs"), [[say(name), value] for name, value in lines], _PAIR)


def study_section(content: Mapping[str, Any]) -> Section:
    study, seal = content["study"], content["seal"]
    lines: list[tuple[str, Cell]] = [
        ("title", study["title"]),
        ("status", str(StudyStatus(study["status"]).text)),
        (
            "verdict" if study["plan_hash"] else "verdict_alone",
            str(Validation(study["verdict"]).text),
        ),
        *(("reason", _told(reason)) for reason in study["reasons"]),
        ("plan_hash", study["plan_hash"] or say("no_plan")),
        ("sealed_at", day(seal["sealed_at"])),
        ("seal", seal["sha256"]),
    ]
    return Section(heading("study"), tables=[_pairs("", lines)])


def protocol_section(content: Mapping[str, Any]) -> Section:
    protocol = content["protocol"]
    planned, validation = protocol["rounds"], protocol["validation"]
    prompts = [_told(each) for round_ in planned for each in round_.get("prompts", [])]
    kinds = {each["kind"] for each in planned}
    lines: list[tuple[str, Cell]] = [
        ("rounds", " → ".join(_kind(each) for each in planned)),
        *(("prompt", prompt) for prompt in prompts),
        *(_rating_lines(protocol) if RoundKind.RATING in kinds else []),
        *(_ranking_lines(planned) if RoundKind.RANKING in kinds else []),
        ("group_feedback", str(GroupFeedback(protocol.get("group_feedback", "whole")).text)),
        ("asked_again", say("asked_again_rule")),
        ("anonymity", str(LABELS["anonymity_rule"].format(smallest=protocol["smallest_shown"]))),
        *_certification_lines(protocol["certification"]),
        ("every_item_in", str(YES if validation["every_item_in"] else NO)),
        ("certified", str(YES if validation["certified"] else NO)),
    ]
    note = str(LABELS["sealed_text"])
    return Section(heading("protocol"), [note], [_pairs("", lines)])


def _rating_lines(protocol: Mapping[str, Any]) -> Iterator[tuple[str, Cell]]:
    words = [_told(each) for each in protocol["scale"]["labels"]]
    labels = [f"{n} {word}".removesuffix(f" {n}") for n, word in enumerate(words, 1)]
    yield "scale", " · ".join(labels)
    yield "consensus", rule_in_words(protocol["consensus"])
    yield "in_from", read(protocol["in_from"])
    yield "stability", rule_in_words(protocol["stability"])
    yield "quantiles", " · ".join(protocol["quantiles"].values())
    yield "stopping", say("stopping_rule")
    yield "feedback", say("feedback_shown" if protocol["comments_shown"] else "feedback_bare")
    if any(each.get("real_time") for each in protocol["rounds"]):
        yield "real_time", say("real_time_rule")


def _ranking_lines(planned: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Cell]]:
    rules = [rule_in_words(each["agreement"]) for each in planned if "agreement" in each]
    for rule in dict.fromkeys(rules):
        yield "agreement_rule", rule
    yield "stopping", say("stopping_ranking")
    yield "feedback", say("feedback_ranking")


def _certification_lines(plan: Mapping[str, Any]) -> Iterator[tuple[str, Cell]]:
    rule, counted = rule_in_words(plan["rule"]), ""
    if "relevant_from" in plan["rule"]:
        told = {"relevant_from": plan["rule"]["relevant_from"], "points": plan["points"]}
        counted = str(LABELS["relevant_from"].format(**told))
    yield "certification", f"{rule} ({counted})" if counted else rule
    yield "criteria", " · ".join(_told(each) for each in plan["criteria"])
    yield "certified_parts", say("by_section" if plan["by_section"] else "the_whole")


def _kind(planned: Mapping[str, Any]) -> str:
    kind = str(RoundKind(planned["kind"]).text)
    return f"{kind} ({say('real_time')})" if planned.get("real_time") else kind


def rule_in_words(rule: Mapping[str, Any]) -> str:
    """A rule's name with its limits, in words."""
    words = {name: value for name, value in rule.items() if name not in ("rule", "method")}
    limits = {name: shown(read(value)) for name, value in words.items()}
    if "method" in rule:
        limits["method"] = say(rule["method"])
    return str(BY_RULE[rule["rule"]].format(**limits))


def flow_section(content: Mapping[str, Any]) -> Section:
    flow = content["panel_flow"]
    replies = [
        [say(kind), *flow[kind].values()]
        for kind in ("panelists", "certifiers")
        if flow[kind]["invited"]
    ]
    rounds = [
        [
            f"{each['number']} {RoundKind(each['kind']).text}",
            day(each["opened_at"]),
            day(each["closed_at"]),
            Fraction(str(each["days"])),
            *(each[name] for name in ("asked", "answered", "complete", "incomplete")),
        ]
        for each in flow["rounds"]
    ]
    contacts = [
        [
            f"{each['number']} {RoundKind(each['kind']).text}",
            *each["recorded"].values(),
            each["reminders"],
            *each["follow_ups"].values(),
        ]
        for each in flow["rounds"]
    ]
    return Section(
        heading("flow"),
        [say("flow_note"), say("contacts_note")],
        [
            Table(say("replies"), head("replies"), replies, ["1fr"] + ["auto"] * 6, (1, 7)),
            Table(say("by_round"), head("by_round"), rounds, ["1fr"] + ["auto"] * 7, (3, 8)),
            Table(say("contacts"), head("contacts"), contacts, ["1fr"] + ["auto"] * 8, (1, 9)),
        ],
    )


def certification_section(content: Mapping[str, Any]) -> Section:
    found = [each for each in content["rounds"] if each["kind"] == RoundKind.CERTIFICATION]
    if not found:
        return Section(heading("certification"), [say("no_certification")])
    results = found[-1]["results"]
    criteria = content["protocol"]["certification"]["criteria"]
    words = {each["code"]: _told(each) for each in criteria}
    pairs = [("value", "threshold")]
    names = head("certification")
    if content["protocol"]["certification"]["rule"]["rule"] == MedianIqrRule.rule:
        pairs, names = [*pairs, ("iqr", "iqr_limit")], [*names, *head("certification_iqr")]
    rows = [
        [
            _part(line["part"]),
            words[line["criterion"]],
            line["n"],
            *(cell for pair in pairs for cell in _beside_limit(line["outcome"], *pair)),
            read(line["passed"]),
        ]
        for line in results["parts"]
    ]
    outcome = say("certified_yes" if results["certified"] else "certified_no")
    widths = ["1fr", "1fr", *["auto"] * (len(names) - 1)]
    table = Table(say("parts"), [*names, *head("passed")], rows, widths, (2, len(names)))
    return Section(heading("certification"), [outcome], [table])


def _beside_limit(outcome: Mapping[str, Any], name: str, limit: str) -> tuple[Cell, Cell]:
    value, bound = (outcome.get(each, outcome) for each in (name, limit))
    return held(read(value), bound), read(bound)


def _part(code: str) -> str:
    return str(section_text(code)) if code else say("the_whole")


def deviation_section(content: Mapping[str, Any]) -> Section:
    rows = [
        [str(DEVIATIONS.get(each["kind"], each["kind"])), each["reason"], day(each["at"])]
        for each in content["deviations"]
    ]
    if not rows:
        return Section(heading("deviations"), [say("no_deviations")])
    widths = ["auto", "1fr", "auto"]
    tables = [Table("", head("deviations"), rows, widths), *_comments(content)]
    return Section(heading("deviations"), tables=tables)


def _comments(content: Mapping[str, Any]) -> Iterator[Table]:
    """How many comments the panel does not see, or not all of; as it stands now."""
    rows: list[list[Cell]] = [
        [each["number"], each["comments"]["withheld"], each["comments"]["in_part"]]
        for each in content["rounds"]
        if any(each["comments"].values())
    ]
    if rows:
        yield Table(say("comments"), head("comments"), rows, ["1fr"] * 3, (1, 3))


def checklist_section(content: Mapping[str, Any]) -> Section:
    rows = [
        [
            each["accord"],
            each["delphistar"],
            _told(each),
            str(Text(each["where_th"], each["where_en"])),
        ]
        for each in content["checklist"]
    ]
    widths = ["auto", "auto", "1fr", "auto"]
    return Section(
        heading("checklist"),
        [say("checklist_note")],
        [Table("", head("checklist"), rows, widths)],
    )


def reading_section(content: Mapping[str, Any]) -> Section:
    """How to read the numbers, and what became of the row data."""
    withheld = content["row_data"].get("withheld")
    rows = ROW_DATA["withheld" if withheld else "left"]
    told = rows.format(
        rows=content["row_data"].get("rows"), why=_told(content["row_data"]) if withheld else ""
    )
    return Section(heading("reading"), [*(str(each) for each in READING), str(told)])
