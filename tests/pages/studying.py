"""Delphi studies of a site, made over HTTP, and people who answer besides the one with the page."""

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.drills.caller import Answer, Caller
from tests.drills.site import Site

RATING_TWICE = {"rounds": [{"kind": "rating"}, {"kind": "rating"}]}
RATING_ONCE = {"rounds": [{"kind": "rating"}]}
REAL_TIME = {"rounds": [{"kind": "rating", "real_time": True}]}
RANKING_TWICE = {"rounds": [{"kind": "ranking"}, {"kind": "ranking"}]}
PROMPTS = [
    {
        "code": "needs",
        "th": "เครือข่ายควรช่วยครูเรื่องใดก่อน",
        "en": "What should the network help teachers with first?",
    },
    {"code": "barriers", "th": "อะไรเป็นอุปสรรค", "en": "What stands in the way?"},
]
OPEN_FIRST = {"rounds": [{"kind": "open_ended", "prompts": PROMPTS}, {"kind": "rating"}]}
ITEMS = [
    {
        "section": "curriculum",
        "text": "กลุ่มโรงเรียนจัดทำหลักสูตรสถานศึกษาร่วมกันโดยใช้ข้อมูลผลสัมฤทธิ์ของผู้เรียนทุกโรงเรียนในเครือข่าย",
    },
    {"section": "curriculum", "text": "ครูแลกเปลี่ยนแผนการจัดการเรียนรู้กันทุกภาคเรียน"},
    {"section": "supervision", "text": "มีการนิเทศภายในแบบเพื่อนช่วยเพื่อนอย่างน้อยภาคเรียนละสองครั้ง"},
]


@dataclass
class Study:
    """`people` are links, the first one's for the page under test."""

    site: Site
    id: str
    links: dict[str, list[str]] = field(default_factory=dict)
    round: str = ""

    @property
    def link(self) -> str:
        return self.links["panelist"][0]

    def open(self, **options: Any) -> None:
        self.round = self._did(f"/studies/{self.id}/rounds", options)["id"]

    def close(self) -> None:
        self._did(f"/rounds/{self.round}/close", {})

    def conclude(self) -> None:
        self._did(f"/studies/{self.id}/conclude", {})

    def certify(self) -> None:
        self.round = self._did(f"/studies/{self.id}/certification", {})["id"]

    def others(self, kind: str = "panelist") -> list[Caller]:
        """Everyone but the first, in the order in which they were asked; all have accepted."""
        return [entered(self.site, link) for link in self.links[kind][1:]]

    def code(self, words: str, item: str) -> None:
        """Make an item of these words, which somebody wrote in the open-ended round."""
        texts = self.site.as_("supervisor").get(f"/api/v1/rounds/{self.round}/texts").body
        (text,) = (each["id"] for each in texts if each["text"] == words)
        piece = {"text": text, "start": 0, "end": len(words)}
        self._did(f"/studies/{self.id}/items", {"text": item, "fragments": [piece]})

    def drop(self, position: int, reason: str) -> None:
        """Ask no later round about the item at this position."""
        items = self.site.as_("supervisor").get(f"/api/v1/studies/{self.id}/items").body["items"]
        (item,) = (each["id"] for each in items if each["position"] == position)
        self._did(f"/studies/{self.id}/items/{item}/drop", {"reason": reason})

    def rate(self, scores: list[int], *, comment: str = "") -> None:
        """Each of the others gives their score to every item."""
        for caller, score in zip(self.others(), scores, strict=True):
            for item in caller.get("/api/v1/panel").body["items"]:
                body = {"rating": score, "comment": comment}
                done(caller.send("PUT", f"/api/v1/panel/answers/{item['id']}", body))

    def rank(self, orders: list[list[int]]) -> None:
        """Each of the others puts the items at these positions in this order."""
        for caller, order in zip(self.others(), orders, strict=True):
            items = [each["id"] for each in caller.get("/api/v1/panel").body["ranking"]]
            body = {"order": [items[position - 1] for position in order]}
            done(caller.send("PUT", "/api/v1/panel/ranking", body))

    def me(self, kind: str = "panelist") -> dict[str, Any]:
        """What the server knows of the first one."""
        found: dict[str, Any] = entered(self.site, self.links[kind][0]).get("/api/v1/panel").body
        return found

    def _did(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return done(self.site.as_("supervisor").post(f"/api/v1{path}", body))


def done(answer: Answer) -> Any:
    assert answer.status in (200, 201, 202, 204), answer
    return answer.body


def sealed(
    site: Site,
    protocol: dict[str, Any],
    *,
    items: Any = ITEMS,
    certifiers: int = 0,
    groups: Sequence[str] = ("",) * 6,
) -> Study:
    """A sealed study with a panelist of each group; all but the first have accepted."""
    supervisor = site.as_("supervisor")
    made = done(
        supervisor.post(
            "/api/v1/studies",
            {
                "title": "รูปแบบเครือข่ายพัฒนาครู",
                "protocol": protocol,
                "items": items,
                "facilitator": site.user_id("supervisor"),
            },
        )
    )
    study = Study(site, made["id"])
    for kind, count in (("panelist", len(groups)), ("certifier", certifiers)):
        for number in range(count):
            person = {"kind": kind, "name": f"ดร. {kind} สังเคราะห์ {number}"}
            if kind == "panelist":
                person["expertise"] = groups[number]
            added = done(supervisor.post(f"/api/v1/studies/{study.id}/panelists", person))
            study.links.setdefault(kind, []).append(mailed_link(site, added["id"]))
        for caller in study.others(kind) if count else []:
            done(caller.post("/api/v1/panel/accept", {}))
    done(supervisor.post(f"/api/v1/studies/{study.id}/seal", {}))
    return study


def mailed_link(site: Site, panelist: str) -> str:
    """A link as a mail brings it: one that opens on any device, however often."""
    token = secrets.token_urlsafe(32)
    site.rows(
        "INSERT INTO consensus_panellink (id, panelist_id, token_digest, channel, expires_at) "
        "VALUES (%s, %s, %s, 'mail', now() + interval '1 day') RETURNING id",
        uuid.uuid4(),
        panelist,
        hashlib.sha256(token.encode()).hexdigest(),
    )
    return site.address(f"/panel#token={token}")


def entered(site: Site, link: str) -> Caller:
    token = link.split("#token=")[1]
    exchanged = done(site.stranger.post("/api/v1/panel/exchange", {"token": token}))
    return Caller(site.port, site.stranger.host, exchanged["credential"])
