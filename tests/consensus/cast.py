"""What this room adds to the world; called in each area's schema."""

from clusters.actions.plans import create_plan, set_plan_items, submit_plan
from clusters.models import Cluster
from consensus.actions.coding import code_fragment
from consensus.actions.dropping import drop_item
from consensus.actions.follow_ups import note_follow_up
from consensus.actions.items import add_item
from consensus.actions.panel import add_panelist
from consensus.actions.rounds import open_certification
from consensus.actions.studies import update_study
from consensus.actions.verdicts import conclude_study
from consensus.models import Rating
from consensus.queries.coding import texts_of
from core.actor import SYSTEM
from tests.consensus.building import build, credential_of, open_then_rating, token_of
from tests.world import Person, TestArea


def add(area: TestArea) -> None:
    """A study at each point of its life, with the supervisor as its facilitator."""
    facilitator = area.people["supervisor"].user_id
    plan = create_plan(
        cluster=Cluster.objects.get(pk=area.things["cluster"]),
        academic_year=2030,
        title="แผนสำหรับเดลฟาย",
        actor=SYSTEM,
    )
    items = [{"work_scope": "curriculum", "text": "หลักสูตรสถานศึกษาสอดคล้องมาตรฐาน"}]
    version = submit_plan(set_plan_items(plan.versions.get(), items, actor=SYSTEM), actor=SYSTEM)
    area.things["delphi_plan_version"] = version.pk
    _draft(area, facilitator, version.pk)
    _open(area, facilitator)
    _closed(area, facilitator)
    _certifying(area, facilitator)
    _open_ended(area, facilitator)
    _ranking(area, facilitator)


def _draft(area: TestArea, facilitator, version) -> None:
    draft = build(facilitator, plan_version=version)
    area.things["study"] = draft.study.pk
    area.things["study_item"] = draft.items[0].pk
    area.things["study_panelist"] = draft.panelists[0].pk
    invited = add_panelist(draft.study, kind="panelist", name="ผู้ที่ได้รับเชิญ", actor=draft.actor)
    area.things["invited_panelist"] = invited.pk
    area.things["sealed_study"] = build(facilitator).seal().study.pk


def _open(area: TestArea, facilitator) -> None:
    opened = build(facilitator).seal()
    recorders = [area.people["viewer"].user_id]
    opened.study = update_study(opened.study, {"recorders": recorders}, actor=opened.actor)
    area.things["open_round"] = opened.open().pk
    area.things["rated_item"] = opened.items[0].pk
    _seat(area, "panelist", opened.panelists[0])
    area.things["panel_token"] = token_of(opened.panelists[0])
    area.things["asked_panelist"] = opened.panelists[0].pk
    area.things["open_study"] = opened.study.pk
    area.things["noted_follow_up"] = note_follow_up(
        opened.study,
        panelist_id=opened.panelists[0].pk,
        round_id=opened.rounds[0].pk,
        way="call",
        actor=opened.actor,
    ).pk


def _closed(area: TestArea, facilitator) -> None:
    for name in ("dropping_study", "closed_study", "concluded_study"):
        built = build(facilitator, protocol={"rounds": [{"kind": "rating"}]}).seal()
        built.open()
        built.rate([5, 5, 4, 5, 4], comment="ตามที่ ผอ.สมศักดิ์ เสนอ")
        area.things[name.replace("study", "round")] = built.close().pk
        area.things[name] = built.study.pk
        if name == "dropping_study":
            dropped = drop_item(built.items[0], reason="ซ้ำกับข้ออื่น", actor=built.actor)
            area.things["dropped_item"] = dropped.pk
        if name == "closed_study":
            area.things["closed_item"] = built.items[0].pk
        area.things["comment"] = Rating.objects.filter(round=built.rounds[0]).first().pk
    conclude_study(built.study, actor=built.actor)


def _certifying(area: TestArea, facilitator) -> None:
    built = build(facilitator, protocol={"rounds": [{"kind": "rating"}]}).seal()
    built.open()
    built.rate([5, 5, 4, 5, 4])
    built.close()
    open_certification(conclude_study(built.study, actor=built.actor), actor=built.actor)
    _seat(area, "certifier", built.certifiers[0])


def _open_ended(area: TestArea, facilitator) -> None:
    area.things["prompt"] = prompt = f"needs-{area.slug}"
    for name, closes in (("text_round", True), ("open_text_round", False)):
        built = build(facilitator, protocol=open_then_rating(prompt), items=[]).seal()
        area.things[name] = built.open().pk
        built.write([f"ควรมีระบบสารสนเทศ {number}" for number in range(5)], prompt)
        if closes:
            built.close()
            _code(area, built)
    _seat(area, "writer", built.panelists[0])


def _ranking(area: TestArea, facilitator) -> None:
    built = build(facilitator, protocol={"rounds": [{"kind": "ranking"}]}).seal()
    built.open()
    area.things["ranked_items"] = [item.pk for item in built.items]
    _seat(area, "ranker", built.panelists[0])


def _code(area: TestArea, built) -> None:
    """Two items from a theme each, and a piece that no item has yet."""
    text = texts_of(built.study.pk).order_by("pk").first().pk
    area.things["coded_study"], area.things["text_answer"] = built.study.pk, text
    pieces = [
        code_fragment(built.study, text=text, start=0, end=4, theme=theme, actor=built.actor)
        for theme in ("ระบบ", "ข้อมูล", "สารสนเทศ")
    ]
    area.things["free_fragment"] = pieces[2].pk
    for name, theme in (("coded_item", "ระบบ"), ("other_coded_item", "ข้อมูล")):
        item = add_item(built.study, text=f"มี{theme}", themes=[theme], actor=built.actor)
        area.things[name] = item.pk


def _seat(area: TestArea, name: str, panelist) -> None:
    area.people[name] = Person(user_id=panelist.pk, token=credential_of(panelist))
