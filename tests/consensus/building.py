"""Studies at any point of their life, made with the room's own actions."""

from dataclasses import dataclass, field

from consensus.actions.answers import (
    GivenRating,
    accept_invitation,
    save_certification,
    save_rating,
    save_text,
)
from consensus.actions.links import issue_link
from consensus.actions.panel import add_panelist
from consensus.actions.ranking import save_ranking
from consensus.actions.rounds import close_round, open_round
from consensus.actions.studies import create_study, seal_study
from consensus.credentials import new_credential
from consensus.enums import LinkChannel, PanelKind
from consensus.models import Panelist, Round, Study, StudyItem
from consensus.participation import PanelLink
from core.actor import Actor, ActorKind, Grant

RATING_TWICE = {"rounds": [{"kind": "rating"}, {"kind": "rating"}]}


REAL_TIME = {"rounds": [{"kind": "rating", "real_time": True}]}
RANKING_TWICE = {"rounds": [{"kind": "ranking"}, {"kind": "ranking"}]}


def open_then_rating(prompt: str = "needs"):
    prompts = [{"code": prompt, "th": "ต้องการอะไร"}]
    opening = {"kind": "open_ended", "prompts": prompts}
    return {"rounds": [opening, {"kind": "rating"}, {"kind": "rating"}]}


ITEMS = [
    {"section": "awareness", "text": "สร้างความตระหนักแก่สมาชิก"},
    {"section": "commitment", "text": "กำหนดเป้าหมายร่วมกัน"},
]


@dataclass
class Built:
    """A study with its people; `actor` may do everything to it."""

    study: Study
    actor: Actor
    panelists: list[Panelist] = field(default_factory=list)
    certifiers: list[Panelist] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)

    @property
    def items(self) -> list[StudyItem]:
        return list(self.study.items.order_by("position"))

    def seal(self) -> "Built":
        self.study = seal_study(self.study, actor=self.actor)
        return self

    def open(self, **options) -> Round:
        self.rounds.append(open_round(self.study, actor=self.actor, **options))
        return self.rounds[-1]

    def close(self) -> Round:
        round_ = close_round(self.rounds[-1], actor=self.actor)
        self.study.refresh_from_db()
        return round_

    def rate(self, scores: list[int], items=None, comment: str = "") -> None:
        """Panelist n answers `scores[n]` on every item."""
        for panelist, score in zip(self.panelists, scores, strict=False):
            for item in items or self.items:
                save_rating(panelist, item.pk, GivenRating(rating=score, comment=comment))

    def rank(self, orders: list[list[int]]) -> None:
        """Panelist n puts the items at these positions in this order."""
        items = [item.pk for item in self.items]
        for panelist, order in zip(self.panelists, orders, strict=False):
            save_ranking(panelist, [items[position - 1] for position in order])

    def write(self, texts: list[str], prompt: str = "needs") -> None:
        for panelist, text in zip(self.panelists, texts, strict=False):
            save_text(panelist, prompt, text)

    def certify(self, value: int = 2) -> None:
        for certifier in self.certifiers:
            answers = [
                {"part": part, "criterion": criterion, "value": value}
                for part in ("", "awareness", "commitment")
                for criterion in ("appropriateness", "usefulness", "feasibility")
            ]
            save_certification(certifier, answers)


def as_admin(user_id) -> Actor:
    return Actor(kind=ActorKind.USER, id=user_id, grants=(Grant("area_admin", "area"),))


def build(
    facilitator_id, *, protocol=None, items=ITEMS, panel=5, certifiers=5, groups=(), **given
) -> Built:
    """A draft with accepted panelists (of these expertise groups) and certifiers."""
    actor = as_admin(facilitator_id)
    study = create_study(
        title="การศึกษาสังเคราะห์",
        protocol=RATING_TWICE if protocol is None else protocol,
        items=items,
        facilitator=facilitator_id,
        actor=actor,
        **given,
    )
    built = Built(study, actor)
    for kind, count, people in (
        (PanelKind.PANELIST, panel, built.panelists),
        (PanelKind.CERTIFIER, certifiers, built.certifiers),
    ):
        for number in range(count):
            person = add_panelist(
                study,
                kind=kind,
                name=f"{kind} สังเคราะห์ {number}",
                email=f"{kind}{number}@example.ac.th",
                expertise=groups[number] if kind == PanelKind.PANELIST and groups else "",
                actor=actor,
            )
            people.append(accept_invitation(person, actor=actor))
            people[-1].study = study
    return built


def token_of(panelist: Panelist) -> str:
    """A personal link's token, as a mail would bring it."""
    return issue_link(panelist, LinkChannel.MAIL).split("#token=")[1]


def credential_of(panelist: Panelist) -> str:
    token_of(panelist)
    return new_credential(PanelLink.objects.filter(panelist=panelist).latest("pk").pk)
